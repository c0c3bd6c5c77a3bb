#include "tabularium/table/paragraphs.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "tabularium/page/text.h"
#include "tabularium/table/list_marker_internal.h"

namespace tabularium {
namespace {

// GB/T 15834-2011, 5.1: what may not begin a line, and what may not end one.
constexpr std::u32string_view kNoStart = U"，。、；：？！）》」』】〕〉｝’”,.;:?!)]}%％‰℃°·…—/-";
constexpr std::u32string_view kNoEnd = U"（《「『【〔〈｛‘“([{￥$#＃№";
// Browsers take curly quotes for quotes that may stand on either side: no break on either side.
constexpr std::u32string_view kQuotes = U"“”‘’\"'";
constexpr std::u32string_view kSentenceEnd = U"。；;！!？?：:.…";
constexpr std::u32string_view kTrimmed = U"，。、；：？！）》」』】〕〉｝”’";
constexpr std::u32string_view kHanging = U"，。、；：";

// Columns narrower than this, in font sizes, tell nothing about the way that lines break.
constexpr double kNarrow = 8.0;

// A line of justified text that ends this much before the others, in font sizes, is not stretched.
constexpr double kFlushSlack = 0.06;

bool in(std::u32string_view set, char32_t code) { return set.find(code) != set.npos; }

bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }
bool is_letter(char32_t code) {
  return (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z') ||
         (code >= 0xC0 && code <= 0x24F);
}
bool is_word_code(char32_t code) { return is_digit(code) || is_letter(code); }
bool is_word_joint(char32_t code) { return in(U".,:/-_@&+*'\\~–≥≤=<>", code); }

const Glyph& first_glyph(const TextLine& line) { return line.words.front().glyphs.front(); }
const Glyph& last_glyph(const TextLine& line) { return line.words.back().glyphs.back(); }

/// Whether a line may end between two glyphs of one word.
bool may_break(char32_t before, char32_t after, const BreakStyle& style) {
  if (!style.splits_words) {
    const bool left = is_word_code(before) || is_word_joint(before);
    const bool right = is_word_code(after) || is_word_joint(after);
    if (left && right) return false;
    if (is_word_code(before) && in(U"([{", after)) return false;
    // LibreOffice keeps a number with the mark that it follows, "。2023".
    if (in(kTrimmed, before) && is_digit(after)) return false;
  }
  if (style.anywhere) return true;
  return !in(kNoStart, after) && !in(kNoEnd, before) && !in(kQuotes, before) && !in(kQuotes, after);
}

/// Width of what cannot be cut from the beginning of the line.
double first_unit_width(const TextLine& line, const BreakStyle& style, double tracking = 0.0) {
  double width = 0.0;
  char32_t before = 0;
  for (std::size_t w = 0; w < line.words.size(); ++w) {
    const Word& word = line.words[w];
    if (w > 0 && word.after_space) return width;
    for (const Glyph& glyph : word.glyphs) {
      if (before != 0 && may_break(before, glyph.code, style)) return width;
      width += glyph.box.width() + tracking;
      before = glyph.code;
    }
  }
  return width;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

enum class Alignment : std::uint8_t { left, centre, right };

/// One line in the frame of its column: 0 is the left edge of the cell.
struct Placed {
  double left = 0.0;
  double right = 0.0;  // without punctuation that hangs over the margin
  double foot = 0.0;
  int gaps = 0;        // between glyphs of words
  double slack = 0.0;  // mean gap between glyphs: justified lines are stretched
  int page = 0;
  double width() const { return right - left; }
};

struct Column {
  std::vector<Placed> lines;
  double em = 1.0;
  double width = 0.0;     // of the cell; 0 where there is none
  double left = 0.0;      // where lines begin
  double right = 0.0;     // where full lines end
  double longest = 0.0;   // right end of the longest line
  double pitch = 0.0;     // usual distance of two lines
  double tracking = 0.0;  // space that the style sets behind every glyph
  double space = 0.0;     // between two words
  Alignment alignment = Alignment::left;
  std::optional<double> flush;  // of justified text: where all lines but the last ones end
};

int gaps_of(const TextLine& line) {
  int count = 0;
  for (const Word& word : line.words) count += static_cast<int>(word.glyphs.size()) - 1;
  return count;
}

/// Mean gap between the glyphs of words; gaps of spaces do not count.
double mean_slack(const TextLine& line) {
  double gaps = 0.0;
  for (const Word& word : line.words) {
    gaps += word.box.width();
    for (const Glyph& glyph : word.glyphs) gaps -= glyph.box.width();
  }
  return gaps / std::max(gaps_of(line), 1);
}

/// The bottom of the line's CJK glyphs: Latin glyphs of another font reach elsewhere.
double foot_of(const TextLine& line) {
  for (const Word& word : line.words) {
    for (const Glyph& glyph : word.glyphs) {
      if (is_cjk(glyph.code)) return glyph.box.y1;
    }
  }
  return line.box.y1;
}

const CellPart* part_of(const TextLine& line, const std::vector<CellPart>& parts) {
  const CellPart* found = nullptr;
  for (const CellPart& part : parts) {
    if (part.page != line.page) continue;
    if (found == nullptr || part.box.contains(line.box.centre())) found = &part;
  }
  return found;
}

/// Where lines are measured from. The rule at the left may be drawn a little beside its place on
/// the next page, and the text is not; cells of pages that are bound on either side truly move.
double origin_of(const CellPart* part, const std::vector<CellPart>& parts, double em) {
  if (part == nullptr) return 0.0;
  const double first = parts.front().box.x0;
  return std::abs(part->box.x0 - first) < 0.3 * em ? first : part->box.x0;
}

Placed place(const TextLine& line, double origin) {
  return {line.box.x0 - origin, line.box.x1 - origin, foot_of(line),
          gaps_of(line),        mean_slack(line),     line.page};
}

/// Takes off punctuation that hangs over the right margin, as LibreOffice sets it: the line without
/// it ends where lines without such punctuation end at the most.
void take_off_hanging(Column& column, const std::vector<TextLine>& lines) {
  const auto hangs = [&](std::size_t i) { return in(kHanging, last_glyph(lines[i]).code); };
  double most = 0.0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!hangs(i)) most = std::max(most, column.lines[i].right);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double width = last_glyph(lines[i]).box.width();
    const double without = column.lines[i].right - width;
    const bool over = column.lines[i].right > most + 0.3 * column.em;
    const bool out = column.width > 0.0 && column.lines[i].right > column.width;
    if (hangs(i) && (out || (over && std::abs(without - most) < 0.1 * column.em))) {
      column.lines[i].right = without;
    }
  }
}

Alignment find_alignment(const Column& column) {
  if (column.lines.size() < 2) return Alignment::left;
  const double near = 0.3 * column.em;
  double leftmost = column.lines.front().left;
  double rightmost = column.lines.front().right;
  for (const Placed& line : column.lines) {
    leftmost = std::min(leftmost, line.left);
    rightmost = std::max(rightmost, line.right);
  }
  const double centre = (leftmost + rightmost) / 2;
  std::size_t at_left = 0;
  std::size_t at_right = 0;
  std::size_t at_centre = 0;
  for (const Placed& line : column.lines) {
    at_left += line.left - leftmost < near;
    at_right += rightmost - line.right < near;
    at_centre += std::abs((line.left + line.right) / 2 - centre) < near;
  }
  const std::size_t count = column.lines.size();
  if (at_left * 5 >= count * 4) return Alignment::left;
  if (at_centre * 5 >= count * 4) return Alignment::centre;
  if (at_right == count) return Alignment::right;
  return Alignment::left;
}

/// The right end of the longest line. Browsers set closing punctuation half as wide at the end of a
/// line where it has no room otherwise, though its glyph stays wide.
double find_longest(const Column& column, const std::vector<TextLine>& lines) {
  double longest = 0.0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Glyph& last = last_glyph(lines[i]);
    const double trimmed = in(kTrimmed, last.code) ? last.box.width() / 2 : 0.0;
    longest = std::max(longest, column.lines[i].right - trimmed);
  }
  return longest;
}

/// Where full lines end. The cell tells it where its padding is the same on both sides; many lines
/// that end at one place tell it better.
double find_right(const Column& column) {
  const double rightmost = column.longest;
  if (column.width <= 0.0) return rightmost;
  const double by_cell = column.width - std::min(column.left, 1.5 * column.em);
  if (rightmost > by_cell - 0.3 * column.em) return std::max(rightmost, by_cell);
  // Where lines wrap, most end near the margin; where each is a paragraph, they end anywhere.
  const double near = (column.lines.size() < 4 ? 0.3 : 1.2) * column.em;
  std::size_t full = 0;
  for (const Placed& line : column.lines) full += rightmost - line.right < near;
  const bool agreed = full >= 3 && full * 2 >= column.lines.size();
  return agreed ? rightmost : by_cell;
}

/// The space that the style sets behind every glyph: of lines that end early, since full ones may
/// be stretched.
double find_tracking(const Column& column) {
  std::vector<double> slacks;
  for (const Placed& line : column.lines) {
    const bool full = column.right - line.right < 0.5 * column.em;
    if (!full && line.gaps >= 2) slacks.push_back(line.slack);
  }
  return std::max(0.0, median(slacks));
}

/// Whether lines end a little before `flush` that end no sentence: then so may any other line, and
/// its end tells nothing.
bool misses_flush(const Column& column, const std::vector<TextLine>& lines, double flush) {
  std::size_t full = 0;
  std::size_t missing = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double before = flush - column.lines[i].right;
    const char32_t last = last_glyph(lines[i]).code;
    if (before > 0.9 * column.em || in(kSentenceEnd, last) || in(kTrimmed, last)) continue;
    ++full;
    missing += before > kFlushSlack * column.em;
  }
  return missing * 8 > full;
}

/// The width of a typed space: the least that is seen, since those of full lines may be stretched.
double find_space(const Column& column, const std::vector<TextLine>& lines) {
  double least = 0.0;
  for (const TextLine& line : lines) {
    for (std::size_t w = 1; w < line.words.size(); ++w) {
      const double gap = line.words[w].box.x0 - line.words[w - 1].box.x1;
      const bool typed = line.words[w].after_space && gap > 0.1 * column.em;
      if (typed && (least == 0.0 || gap < least)) least = gap;
    }
  }
  constexpr double kUsual = 0.35;  // font sizes
  return least == 0.0 ? kUsual * column.em : std::min(least, 0.6 * column.em);
}

/// The place where most lines end exactly, if they are stretched to end there: the text is
/// justified, and a line that ends before it is the last of its paragraph.
std::optional<double> find_flush(const Column& column, const std::vector<TextLine>& lines) {
  const double exact = 0.02 * column.em;
  std::size_t most = 0;
  double flush = 0.0;
  for (const Placed& candidate : column.lines) {
    std::size_t count = 0;
    for (const Placed& line : column.lines) count += std::abs(line.right - candidate.right) < exact;
    if (count > most) most = count, flush = candidate.right;
  }
  if (most < 3 || most * 5 < column.lines.size() * 2) return std::nullopt;
  if (column.longest > flush + 0.05 * column.em) return std::nullopt;
  // Lines of one length end at one place too, without being stretched.
  std::size_t stretched = 0;
  for (const Placed& line : column.lines) {
    const double by = (line.slack - column.tracking) * line.gaps;
    stretched += std::abs(line.right - flush) < exact && by > 0.05 * column.em;
  }
  if (stretched < 2 || stretched * 5 < most * 2) return std::nullopt;
  if (misses_flush(column, lines, flush)) return std::nullopt;
  return flush;
}

Column measure(const std::vector<TextLine>& lines, const std::vector<CellPart>& parts) {
  Column column;
  std::vector<double> sizes;
  for (const TextLine& line : lines) {
    const CellPart* part = part_of(line, parts);
    if (part) column.width = std::max(column.width, part->box.width());
    const double size = line.words.front().font_size;
    column.lines.push_back(place(line, origin_of(part, parts, size)));
    sizes.push_back(size);
  }
  column.em = std::max(median(sizes), 0.1);
  column.left = column.lines.front().left;
  for (const Placed& line : column.lines) column.left = std::min(column.left, line.left);
  take_off_hanging(column, lines);
  column.alignment = find_alignment(column);
  column.longest = find_longest(column, lines);
  column.right = find_right(column);
  column.tracking = find_tracking(column);
  column.space = find_space(column, lines);
  if (column.alignment == Alignment::left) column.flush = find_flush(column, lines);
  std::vector<double> pitches;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (column.lines[i].page == column.lines[i - 1].page) {
      pitches.push_back(column.lines[i].foot - column.lines[i - 1].foot);
    }
  }
  column.pitch = median(pitches);
  return column;
}

/// Room that is left at the end of a line.
double room(const Column& column, std::size_t i) {
  if (column.alignment == Alignment::left) return column.right - column.lines[i].right;
  double widest = 0.0;
  for (const Placed& line : column.lines) widest = std::max(widest, line.width());
  return widest - column.lines[i].width();
}

/// Browsers set lines on whole pixels, so that distances differ by one.
bool gap_before(const Column& column, std::size_t next) {
  const Placed& above = column.lines[next - 1];
  const Placed& below = column.lines[next];
  return above.page == below.page && column.lines.size() > 2 &&
         below.foot - above.foot > column.pitch + std::max(1.5, 0.18 * column.em);
}

enum class Indents : std::uint8_t { none, first_lines, hanging };

double indent(const Column& column, std::size_t i) { return column.lines[i].left - column.left; }

/// What an indented line means here: the beginning of a paragraph, or its later lines.
Indents find_indents(const Column& column, const std::vector<std::optional<ListMarker>>& markers) {
  if (column.alignment != Alignment::left) return Indents::none;
  const double least = 0.8 * column.em;
  int first = 0;
  int hanging = 0;
  for (std::size_t i = 0; i < column.lines.size(); ++i) {
    if (indent(column, i) < least) continue;
    if (i == 0) {
      first += 2;
    } else if (markers[i]) {
      ++first;
    } else {
      const bool under_marker = markers[i - 1] && indent(column, i - 1) < least;
      const bool under_hanging = indent(column, i - 1) >= least;
      // One step to the right of a full line is a first line; below a marker it hangs.
      (under_marker || under_hanging ? hanging : first) += 1;
    }
  }
  if (first == 0 && hanging == 0) return Indents::none;
  return hanging > first ? Indents::hanging : Indents::first_lines;
}

/// Which list markers stand within lines here: such a list runs on, and a marker that stands at the
/// beginning of a line may stand there by chance.
std::vector<ListMarker::Kind> inline_kinds(const std::vector<TextLine>& lines) {
  std::vector<ListMarker::Kind> kinds;
  for (const TextLine& line : lines) {
    const std::u32string text = to_utf32(squeeze(line.text()));
    for (std::size_t at = 1; at < text.size(); ++at) {
      if (!in(kSentenceEnd, text[at - 1])) continue;
      const auto marker = list_marker(std::u32string_view(text).substr(at));
      if (marker) kinds.push_back(marker->kind);
    }
  }
  return kinds;
}

/// Whether a line ends with digits that do not fill it alone: a number that is wider than its
/// column is cut in any style.
bool ends_in_number_after_text(const TextLine& line) {
  const std::vector<Glyph>& glyphs = line.words.back().glyphs;
  if (!is_digit(glyphs.back().code)) return false;
  if (line.words.size() > 1) return true;
  return std::any_of(glyphs.begin(), glyphs.end(),
                     [](const Glyph& glyph) { return is_cjk(glyph.code); });
}

class Paragraphs {
 public:
  Paragraphs(const std::vector<TextLine>& lines, const std::vector<CellPart>& parts,
             const BreakStyle& style)
      : lines_(lines), style_(style), column_(measure(lines, parts)) {
    for (const TextLine& line : lines) markers_.push_back(list_marker(to_utf32(line.text())));
    indents_ = find_indents(column_, markers_);
    inline_ = inline_kinds(lines);
  }

  std::string text() {
    std::string all = lines_.front().text();
    begin_paragraph(0);
    for (std::size_t i = 1; i < lines_.size(); ++i) {
      if (begins_paragraph(i)) {
        begin_paragraph(i);
        all += '\n';
        all += lines_[i].text();
      } else {
        all = join_lines(std::move(all), i);
      }
    }
    return all;
  }

 private:
  void begin_paragraph(std::size_t i) {
    if (markers_[i]) begun_.push_back(*markers_[i]);
  }

  std::string join_lines(std::string all, std::size_t i) const {
    const char32_t before = last_glyph(lines_[i - 1]).code;
    const char32_t after = first_glyph(lines_[i]).code;
    const bool cut_word = is_word_code(before) && is_word_code(after) &&
                          (style_.splits_words || (is_digit(before) && is_digit(after)));
    if (cut_word) return all.append(lines_[i].text());
    return join_text(std::move(all), lines_[i].text(), false);
  }

  bool begins_paragraph(std::size_t i) const {
    if (gap_before(column_, i)) return true;
    if (indents_ == Indents::first_lines && indent(column_, i) >= 0.8 * column_.em) return true;
    if (indents_ == Indents::hanging && begins_by_hanging(i)) return true;
    const double free = room(column_, i - 1);
    const double unit = first_unit_width(lines_[i], style_, column_.tracking) + space_before(i);
    const bool at_left = column_.alignment == Alignment::left;
    if (free > unit + (at_left ? 0.2 : 1.0) * column_.em) return true;
    // What had room on another line had room on this one: no doubt about the margin here.
    const double surely = column_.longest - column_.lines[i - 1].right;
    if (at_left && surely > unit - 0.001 * column_.em) return true;
    if (column_.flush && ends_sentence(i - 1) &&
        *column_.flush - column_.lines[i - 1].right > kFlushSlack * column_.em) {
      return true;
    }
    return continues_list(i);
  }

  /// Behind Latin punctuation and between two words stands a space, which has no glyph at the end
  /// of a line; between Latin and Chinese characters many programs leave a quarter of one.
  double space_before(std::size_t i) const {
    const char32_t last = last_glyph(lines_[i - 1]).code;
    if (in(U",.;:!?", last)) return column_.space;
    const char32_t first = first_glyph(lines_[i]).code;
    if (!is_word_code(last) && !is_word_code(first)) return 0.0;
    if (is_word_code(last) && is_word_code(first)) {
      const bool cut_number = style_.splits_words && is_digit(last) && is_digit(first);
      return cut_number ? 0.0 : column_.space;
    }
    return 0.25 * column_.em;
  }

  bool ends_sentence(std::size_t i) const { return in(kSentenceEnd, last_glyph(lines_[i]).code); }

  bool begins_by_hanging(std::size_t i) const {
    return indent(column_, i) < 0.4 * column_.em &&
           (markers_[i] || indent(column_, i - 1) >= 0.8 * column_.em);
  }

  /// A full line tells nothing. A marker that counts on from one that began a paragraph does,
  /// unless such markers also stand within lines.
  bool continues_list(std::size_t i) const {
    if (!markers_[i]) return false;
    const ListMarker& marker = *markers_[i];
    if (std::find(inline_.begin(), inline_.end(), marker.kind) != inline_.end()) return false;
    if (marker.kind == ListMarker::Kind::sign) return ends_sentence(i - 1);
    // Below the next item of the list around it, a list begins anew.
    const bool anew = marker.number == 1 && !begun_.empty() && begun_.back().kind != marker.kind;
    if (anew && ends_sentence(i - 1)) return true;
    for (auto before = begun_.rbegin(); before != begun_.rend(); ++before) {
      if (before->kind != marker.kind) continue;
      return marker.number == before->number + 1 && may_end_item(i - 1);
    }
    // The first number of a list may be missing, or stand within a line.
    return marker.number >= 1 && marker.number <= 2 &&
           (ends_sentence(i - 1) || (may_end_item(i - 1) && counts_on_below(i)));
  }

  /// Whether a later line begins with the next number.
  bool counts_on_below(std::size_t i) const {
    return std::any_of(markers_.begin() + static_cast<std::ptrdiff_t>(i) + 1, markers_.end(),
                       [&](const std::optional<ListMarker>& other) {
                         return other && other->kind == markers_[i]->kind &&
                                other->number == markers_[i]->number + 1;
                       });
  }

  /// Whether an item of a list may end here: its author may have typed no mark behind it, but none
  /// that surely goes on.
  bool may_end_item(std::size_t i) const {
    const char32_t last = last_glyph(lines_[i]).code;
    const bool in_number = is_digit(last) || in(U"一二三四五六七八九十第", last);
    return !in_number && !in(kNoEnd, last) && !in(U"，、,", last);
  }

  const std::vector<TextLine>& lines_;
  BreakStyle style_;
  Column column_;
  std::vector<std::optional<ListMarker>> markers_;
  std::vector<ListMarker::Kind> inline_;
  std::vector<ListMarker> begun_;  // markers that began paragraphs so far
  Indents indents_ = Indents::none;
};

}  // namespace

void BreakObserver::add(const std::vector<TextLine>& lines) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const char32_t after = first_glyph(lines[i]).code;
    // In a narrow column there may be no other place to break.
    if (lines[i - 1].box.width() < kNarrow * lines[i - 1].words.front().font_size) continue;
    ++line_ends_;
    // The dash and the dots may begin a line in some styles that otherwise keep the rules.
    forbidden_starts_ += in(U"，。、；：？！）》」』】", after);
    split_numbers_ += is_digit(after) && !lines[i].words.front().after_space &&
                      ends_in_number_after_text(lines[i - 1]);
  }
}

BreakStyle BreakObserver::style() const {
  BreakStyle style;
  // One such line may be a typing error of its author.
  style.anywhere = forbidden_starts_ >= 2 && forbidden_starts_ * 60 >= line_ends_;
  style.splits_words = split_numbers_ >= (style.anywhere ? 1 : 2);
  return style;
}

std::string paragraph_text(const std::vector<TextLine>& lines, const std::vector<CellPart>& parts,
                           const BreakStyle& style) {
  if (lines.empty()) return {};
  if (lines.size() == 1) return lines.front().text();
  return Paragraphs(lines, parts, style).text();
}

double room_after(const TextLine& line, const CellPart& part) {
  const double em = std::max(line.words.front().font_size, 0.1);
  const double before = line.box.x0 - part.box.x0;
  const double after = part.box.x1 - line.box.x1;
  const bool centred = std::abs(before - after) < 0.5 * em;
  if (centred) return before + after - 2 * std::min(before, 0.4 * em);
  return after - std::min(before, 1.5 * em);
}

bool may_go_on(const TextLine& line, const CellPart& part, const TextLine& next,
               const BreakStyle& style) {
  const double em = std::max(line.words.front().font_size, 0.1);
  // The boxes of recognized glyphs bound their ink: half of the em of a closing mark is missing.
  const double slack = line.is_recognized() || next.is_recognized() ? 0.35 : 0.1;
  return room_after(line, part) < first_unit_width(next, style) + slack * em;
}

}  // namespace tabularium
