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

/// The text of lines of a text file, which say themselves what is a paragraph.
std::string told_paragraphs(const std::vector<TextLine>& lines) {
  std::string text;
  int paragraph = 0;
  for (const TextLine& line : lines) {
    const Word& first = line.words.front();
    if (!text.empty() && first.paragraph == paragraph) {
      text = first.after_space ? join_text(std::move(text), line.text(), true)
                               : std::move(text) + line.text();
    } else {
      text += (text.empty() ? "" : "\n") + line.text();
    }
    paragraph = line.words.back().paragraph;
  }
  return text;
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
  value.text = lines.front().words.front().paragraph > 0 ? told_paragraphs(lines)
                                                         : paragraph_text(lines, parts, style_);
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
  const Word& evidence_word = lines.front().words.front();
  evidence.extractor = evidence_word.extractor;
  const bool told = evidence_word.source_line > 0;
  if (told) evidence.box = evidence_word.box;
  for (const TextLine& line : lines) {
    if (line.page == evidence.page && !told) evidence.box = united(evidence.box, line.box);
    if (!evidence.text.empty()) evidence.text += '\n';
    evidence.text += raw_text(line);
    for (const Word& word : line.words) {
      if (word.source_line > 0) {
        // A text that was set again stands where the file has it.
        evidence.box = united(evidence.box, word.box);
        const bool first = evidence.first_line == 0;
        evidence.first_line =
            first ? word.source_line : std::min(evidence.first_line, word.source_line);
        evidence.last_line = std::max(evidence.last_line, word.source_line);
      }
      evidence.confidence = std::min(evidence.confidence, word.confidence);
      evidence.recognized = evidence.recognized || word.recognized;
    }
  }
  if (evidence.recognized) evidence.alternatives = alternatives_of(lines);
  return evidence;
}

}  // namespace tabularium
