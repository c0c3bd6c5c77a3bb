#include "tabularium/form/form_view_internal.h"

#include <algorithm>
#include <iterator>

#include "tabularium/page/text.h"

namespace tabularium {
namespace {

// A form without ruled tables may still have some that alignment shows.
bool any_ruled(const std::vector<Table>& tables) {
  return std::any_of(tables.begin(), tables.end(),
                     [](const Table& table) { return table.kind == TableKind::ruled; });
}

}  // namespace

FormView::FormView(const std::vector<TabulatedPage>& given, const ContinuationHints& hints) {
  const auto whole = with_overhangs(given, hints);
  const std::vector<TabulatedPage>& pages = whole ? *whole : given;
  tables_ = join_continued(pages, hints);
  // Words of aligned tables stand in the lines too and would be read twice.
  if (any_ruled(tables_)) {
    std::erase_if(tables_, [](const Table& table) { return table.kind != TableKind::ruled; });
  }
  for (const TabulatedPage& page : pages) {
    for (const TextLine& line : page.lines) lines_.push_back({line});
  }
  for (const std::vector<TextLine>& line : lines_) {
    places_.push_back(
        {nullptr, nullptr, &line, fold_lines(line), is_page_number(line.front()), false});
  }
  BreakObserver observer;
  for (const Table& table : tables_) {
    first_place_.push_back(places_.size());
    for (const Cell& cell : table.cells) {
      places_.push_back({&table, &cell, &cell.lines, fold_lines(cell.lines), false, false});
      observer.add(cell.lines);
    }
  }
  style_ = observer.style();
}

TextPlace& FormView::place_of(const Cell& cell) {
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    const std::vector<Cell>& cells = tables_[t].cells;
    if (cells.empty() || &cell < &cells.front() || &cell > &cells.back()) continue;
    return places_[first_place_[t] + static_cast<std::size_t>(&cell - &cells.front())];
  }
  return places_.front();  // not reached: cells come from tables()
}

RawValue FormView::value_of(const std::vector<TextLine>& lines,
                            const std::vector<CellPart>& parts) const {
  RawValue value;
  if (lines.empty()) {
    if (!parts.empty()) value.evidence = {parts.front().page, parts.front().box, {}, 1.0, {}};
    return value;
  }
  value.text = paragraph_text(lines, parts, style_);
  value.evidence = evidence_of(lines);
  return value;
}

RawValue FormView::take(TextPlace& place, std::size_t skipped) {
  place.claimed = true;
  const std::vector<CellPart> parts = place.cell ? place.cell->parts : std::vector<CellPart>();
  if (skipped == 0) return value_of(*place.lines, parts);
  RawValue value = value_of(without_prefix(*place.lines, skipped), parts);
  if (value.text.empty()) value.evidence = evidence_of(*place.lines), value.evidence.text.clear();
  return value;
}

RawValue FormView::take(const std::vector<const Cell*>& cells) {
  if (cells.size() == 1) return take(place_of(*cells.front()));
  std::vector<TextLine> lines;
  std::vector<CellPart> parts;
  for (const Cell* cell : cells) {
    place_of(*cell).claimed = true;
    lines.insert(lines.end(), cell->lines.begin(), cell->lines.end());
    parts.insert(parts.end(), cell->parts.begin(), cell->parts.end());
  }
  return value_of(lines, parts);
}

namespace {

// Values of more words are sentences, for which nobody needs another reading.
constexpr std::size_t kMostWords = 6;

/// What was read, also where it was mended since.
std::string raw_text(const TextLine& line) {
  if (std::all_of(line.words.begin(), line.words.end(),
                  [](const Word& word) { return word.raw.empty(); })) {
    return line.text();
  }
  std::string text;
  for (const Word& word : line.words) {
    text = join_text(std::move(text), word.raw.empty() ? word.text() : word.raw, word.after_space);
  }
  return text;
}

/// Other readings of the whole text: of one word each.
std::vector<Alternative> alternatives_of(const std::vector<TextLine>& lines) {
  std::vector<const Word*> words;
  for (const TextLine& line : lines) {
    for (const Word& word : line.words) words.push_back(&word);
  }
  std::vector<Alternative> all;
  if (words.size() > kMostWords) return all;
  for (const Word* changed : words) {
    for (const Alternative& other : changed->alternatives) {
      std::string text;
      for (const Word* word : words) {
        text = join_text(std::move(text), word == changed ? other.text : word->text(),
                         word->after_space);
      }
      all.push_back({std::move(text), other.confidence});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Alternative& a, const Alternative& b) {
    return a.confidence > b.confidence;
  });
  return all;
}

}  // namespace

Evidence evidence_of(const std::vector<TextLine>& lines) {
  Evidence evidence;
  evidence.page = lines.front().page;
  evidence.box = lines.front().box;
  evidence.extractor = lines.front().words.front().extractor;
  for (const TextLine& line : lines) {
    if (line.page == evidence.page) evidence.box = united(evidence.box, line.box);
    if (!evidence.text.empty()) evidence.text += '\n';
    evidence.text += raw_text(line);
    for (const Word& word : line.words) {
      evidence.confidence = std::min(evidence.confidence, word.confidence);
      evidence.recognized = evidence.recognized || word.recognized;
    }
  }
  if (evidence.recognized) evidence.alternatives = alternatives_of(lines);
  return evidence;
}

}  // namespace tabularium
