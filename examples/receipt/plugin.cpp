// 收据, a receipt. Its values stand in a sentence, wrapped wherever the line ends:
//
//     今收到柳岸小学交来课桌椅维修款，人民币3,480.00元。
//     2024年11月6日
//
// A layout file finds values by labels and cells; a sentence needs code.
#include <tabularium/page/text.h>
#include <tabularium/plugin/api.h>

#include <algorithm>
#include <optional>

namespace {

using tabularium::Form;
using tabularium::RawValue;
using tabularium::TabulatedPage;
using tabularium::TextLine;
using tabularium::Word;

/// All glyphs of a form as one text, so that a sentence is found however it is wrapped; a place in
/// the text leads back to the word that it came from.
class Letter {
 public:
  explicit Letter(const std::vector<TabulatedPage>& pages) {
    for (const TabulatedPage& page : pages) {
      for (const TextLine& line : page.lines) {
        for (const Word& word : line.words) add(word, line.page);
      }
    }
  }

  struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  std::optional<std::size_t> find(std::u32string_view words, std::size_t from = 0) const {
    const std::size_t at = text_.find(words, from);
    return at == std::u32string::npos ? std::nullopt : std::optional(at);
  }

  /// What stands between two words, behind `from`; nothing where one of them is not there.
  std::optional<Span> between(std::u32string_view before, std::u32string_view after,
                              std::size_t from = 0) const {
    const auto begin = find(before, from);
    if (!begin) return std::nullopt;
    const auto end = find(after, *begin + before.size());
    if (!end) return std::nullopt;
    return Span{*begin + before.size(), *end};
  }

  RawValue value(const Span& span) const {
    RawValue value;
    value.text =
        tabularium::to_utf8(std::u32string_view(text_).substr(span.begin, span.end - span.begin));
    value.evidence.text = value.text;
    for (std::size_t i = span.begin; i < span.end; ++i)
      add_place(value.evidence, places_[i], i == span.begin);
    return value;
  }

  std::size_t size() const { return text_.size(); }
  /// The digit, if any, with which the last date of the letter begins.
  std::optional<std::size_t> last_year() const;

 private:
  struct Place {
    const Word* word = nullptr;
    tabularium::Box box;
    int page = 1;
  };

  void add(const Word& word, int page) {
    for (const auto& glyph : word.glyphs) {
      text_ += glyph.code;
      places_.push_back({&word, glyph.box, page});
    }
  }

  static void add_place(tabularium::Evidence& evidence, const Place& place, bool first) {
    if (first) {
      evidence.page = place.page;
      evidence.box = place.box;
      evidence.extractor = place.word->extractor;
    }
    if (place.page == evidence.page) {
      evidence.box = {
          std::min(evidence.box.x0, place.box.x0), std::min(evidence.box.y0, place.box.y0),
          std::max(evidence.box.x1, place.box.x1), std::max(evidence.box.y1, place.box.y1)};
    }
    evidence.confidence = std::min(evidence.confidence, place.word->confidence);
    evidence.recognized = evidence.recognized || place.word->recognized;
  }

  std::u32string text_;
  std::vector<Place> places_;
};

std::optional<std::size_t> Letter::last_year() const {
  constexpr std::size_t digits = 4;
  for (std::size_t at = text_.rfind(U'年'); at != std::u32string::npos && at >= digits;
       at = text_.rfind(U'年', at - 1)) {
    const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(at - digits);
    const bool year =
        std::all_of(begin, begin + digits, [](char32_t c) { return c >= U'0' && c <= U'9'; });
    if (year) return at - digits;
  }
  return std::nullopt;
}

constexpr std::u32string_view kTitle = U"收据";
constexpr std::u32string_view kFrom = U"今收到";
constexpr std::u32string_view kHandedIn = U"交来";
constexpr std::u32string_view kMoney = U"人民币";

class ReceiptLayout final : public tabularium::Layout {
 public:
  std::string_view name() const noexcept override { return "receipt"; }
  std::string_view version() const noexcept override { return "1.0.0"; }
  std::string_view record() const noexcept override { return "receipt"; }

  std::optional<double> begins(const TabulatedPage& page) const override {
    for (const TextLine& line : page.lines) {
      if (tabularium::to_utf32(tabularium::fold(line.text())) == kTitle) return line.box.y0;
    }
    return std::nullopt;
  }

  double fit(const std::vector<TabulatedPage>& pages) const override {
    const Letter letter(pages);
    double found = 0.0;
    for (const auto words : {kTitle, kFrom, kHandedIn, kMoney})
      found += letter.find(words) ? 1.0 : 0.0;
    return found / 4.0;
  }

  Form read(const std::vector<TabulatedPage>& pages) const override {
    const Letter letter(pages);
    Form form;
    form.layout = name();
    form.record = record();
    form.title = tabularium::to_utf8(kTitle);
    for (const TabulatedPage& page : pages) form.pages.push_back(page.number);
    add(form, letter, "payer", letter.between(kFrom, kHandedIn));
    const auto purpose = letter.between(kHandedIn, U"，");
    add(form, letter, "purpose", purpose);
    const auto amount = letter.between(kMoney, U"。", purpose ? purpose->end : 0);
    add(form, letter, "amount", amount);
    add(form, letter, "received_on", date(letter, amount ? amount->end : 0));
    return form;
  }

 private:
  static std::optional<Letter::Span> date(const Letter& letter, std::size_t from) {
    const auto begin = letter.last_year();
    if (!begin || *begin < from) return std::nullopt;
    const auto end = letter.find(U"日", *begin);
    if (!end) return std::nullopt;
    return Letter::Span{*begin, *end + 1};
  }

  /// A value, or an empty one and an issue that says so: nothing is lost without a word.
  static void add(Form& form, const Letter& letter, const char* name,
                  const std::optional<Letter::Span>& span) {
    form.fields.push_back({name, span ? letter.value(*span) : RawValue{}});
    if (span) return;
    form.issues.push_back({"layout",
                           tabularium::Severity::warning,
                           std::string("/fields/") + name,
                           {},
                           std::string("the sentence does not say the ") + name});
  }
};

void register_all(tabularium::PluginRegistry& registry) {
  registry.add_layout(std::make_unique<ReceiptLayout>());
}

}  // namespace

extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
const tabularium::PluginInfo tabularium_plugin = {tabularium::kPluginApi, TABULARIUM_BUILD_TAG,
                                                  "receipt", "1.0.0", &register_all};
