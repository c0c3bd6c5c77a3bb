#include "cell_markup.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "tabularium/page/text.h"

namespace tabularium::text {
namespace {

constexpr std::size_t kLongestTag = 200;

struct Tag {
  std::u32string name;  // lower case, without "/"
  std::u32string all;   // lower case, between the brackets
  std::size_t length = 0;
};

constexpr std::array<std::u32string_view, 8> kBreaks{U"p",  U"br", U"div", U"li",
                                                     U"ul", U"ol", U"tr",  U"h1"};
constexpr std::array<std::u32string_view, 17> kPlain{
    U"b",   U"i",  U"u",  U"em", U"strong", U"span", U"sup",  U"sub", U"font",
    U"del", U"td", U"th", U"a",  U"small",  U"mark", U"code", U"s"};

char32_t lower(char32_t code) { return code >= U'A' && code <= U'Z' ? code + (U'a' - U'A') : code; }

bool is_letter(char32_t code) { return code >= U'a' && code <= U'z'; }

/// The tag that begins at the front of `text`.
std::optional<Tag> tag_at(std::u32string_view text) {
  if (text.empty() || text.front() != U'<') return std::nullopt;
  const std::size_t end = text.substr(0, kLongestTag).find(U'>');
  if (end == text.npos) return std::nullopt;
  Tag tag;
  tag.length = end + 1;
  for (const char32_t code : text.substr(1, end - 1)) tag.all += lower(code);
  std::size_t at = !tag.all.empty() && tag.all[0] == U'/' ? 1 : 0;
  while (at < tag.all.size() &&
         (is_letter(tag.all[at]) || (tag.all[at] >= U'1' && tag.all[at] <= U'6'))) {
    tag.name += tag.all[at++];
  }
  const bool ends = at == tag.all.size() || tag.all[at] == U' ' || tag.all[at] == U'/';
  return tag.name.empty() || !ends ? std::nullopt : std::optional(tag);
}

/// What a tag stands for; nothing where it is no tag that converters write.
std::optional<std::u32string> text_of(const Tag& tag) {
  if (std::find(kBreaks.begin(), kBreaks.end(), tag.name) != kBreaks.end()) return U"\n";
  if (std::find(kPlain.begin(), kPlain.end(), tag.name) != kPlain.end()) return U"";
  if (tag.name != U"input" || tag.all.find(U"checkbox") == tag.all.npos) return std::nullopt;
  return tag.all.find(U"checked") == tag.all.npos ? U"☐" : U"☑";
}

constexpr std::array<std::pair<std::u32string_view, char32_t>, 6> kEntities{{
    {U"&nbsp;", U' '},
    {U"&lt;", U'<'},
    {U"&gt;", U'>'},
    {U"&amp;", U'&'},
    {U"&quot;", U'"'},
    {U"&#39;", U'\''},
}};

}  // namespace

std::u32string_view trimmed(std::u32string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool is_blank(std::u32string_view text) { return trimmed(text).empty(); }

void add_lines(const Line& line, std::vector<Line>& lines) {
  std::u32string plain;
  const auto end_line = [&] {
    if (!is_blank(plain)) lines.push_back({plain, line.number});
    plain.clear();
  };
  std::u32string_view rest = line.text;
  while (!rest.empty()) {
    std::size_t used = 1;
    std::u32string text(1, rest.front());
    if (rest.front() == U'<') {
      if (const auto tag = tag_at(rest)) {
        if (const auto known = text_of(*tag)) {
          used = tag->length;
          text = *known;
        }
      }
    } else if (rest.front() == U'&') {
      for (const auto& [entity, code] : kEntities) {
        if (!rest.starts_with(entity)) continue;
        used = entity.size();
        text = code;
        break;
      }
    }
    if (text == U"\n") {
      end_line();
    } else {
      plain += text;
    }
    rest.remove_prefix(used);
  }
  end_line();
}

}  // namespace tabularium::text
