#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "tabularium/form/field_reader_internal.h"
#include "tabularium/form/tick_boxes_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

/// A label on paper.
struct Anchor {
  TextPlace* place = nullptr;
  LabelMatch match;
};

bool in_half(const TextPlace& place, Half half) {
  if (half == Half::any || place.table == nullptr) return true;
  const Box& table = place.table->parts.front().box;
  // A label of the right half begins at the middle at the earliest; its cell may be wide.
  const bool left = place.cell->box().centre().x < table.centre().x;
  return left == (half == Half::left);
}

/// All places of the field's label, in reading order: whole cells first, since text that merely
/// begins with the label may be a sentence.
std::vector<Anchor> find_anchors(FormView& view, const FieldSpec& field) {
  std::vector<Anchor> whole;
  std::vector<Anchor> beginnings;
  for (TextPlace& place : view.places()) {
    if (place.empty() || (place.claimed && !place.label) || !in_half(place, field.half)) continue;
    for (const Label& label : field.labels) {
      const auto match = match_label(place.folded, label);
      if (!match) continue;
      (match->whole ? whole : beginnings).push_back({&place, *match});
      break;
    }
  }
  // Text beside a free line is nobody's cell: a whole free line has no value.
  std::stable_partition(whole.begin(), whole.end(),
                        [](const Anchor& anchor) { return anchor.place->cell != nullptr; });
  whole.insert(whole.end(), beginnings.begin(), beginnings.end());
  return whole;
}

/// Whether a field's label fills the place or, with `beginning`, stands at its beginning.
bool is_label(const LayoutSpec& spec, const TextPlace& place, bool beginning) {
  if (place.empty()) return false;
  return std::any_of(spec.fields.begin(), spec.fields.end(), [&](const FieldSpec& field) {
    return std::any_of(field.labels.begin(), field.labels.end(), [&](const Label& label) {
      const auto match = match_label(place.folded, label);
      return match && (beginning || match->whole);
    });
  });
}

/// Whether a text begins with a label of any field, or is a heading.
bool begins_with_label(const LayoutSpec& spec, const TextPlace& place) {
  if (match_whole(place.folded, spec.headings)) return true;
  return std::any_of(spec.fields.begin(), spec.fields.end(), [&](const FieldSpec& field) {
    return std::any_of(field.labels.begin(), field.labels.end(), [&](const Label& label) {
      return match_label(place.folded, label).has_value();
    });
  });
}

/// An empty cell too narrow for a character is the gap between two rules that should be one.
constexpr double kTooNarrow = 5.0;

/// Where the cells right of the label begin.
int value_column(const Table& table, const Cell& label) {
  int col = label.col + label.col_span;
  const Cell* next = table.cell_at(label.row, col);
  while (next != nullptr && next->lines.empty() && next->box().width() <= kTooNarrow) {
    col = next->col + next->col_span;
    next = table.cell_at(label.row, col);
  }
  return col;
}

/// Where the cells below the label begin.
int value_row(const Table& table, const Cell& label) {
  int row = label.row + label.row_span;
  const Cell* next = table.cell_at(row, label.col);
  while (next != nullptr && next->lines.empty() && next->parts.size() == 1 &&
         next->box().height() <= kTooNarrow) {
    row = next->row + next->row_span;
    next = table.cell_at(row, label.col);
  }
  return row;
}

/// Cells that begin where the label ends, in the label's rows.
std::vector<const Cell*> right_of(const Anchor& anchor) {
  const Cell& label = *anchor.place->cell;
  const Table& table = *anchor.place->table;
  const int col = value_column(table, label);
  std::vector<const Cell*> cells;
  for (int row = label.row; row < label.row + label.row_span; ++row) {
    const Cell* cell = table.cell_at(row, col);
    if (cell == nullptr || (!cells.empty() && cells.back() == cell)) continue;
    if (cell->row >= label.row) cells.push_back(cell);
  }
  return cells;
}

std::vector<const Cell*> below(const Anchor& anchor) {
  const Cell& label = *anchor.place->cell;
  const Table& table = *anchor.place->table;
  const Cell* best = nullptr;
  double most = 0.0;
  const int row = value_row(table, label);
  for (int col = label.col; col < label.col + label.col_span; ++col) {
    const Cell* cell = table.cell_at(row, col);
    if (cell == nullptr || cell == best) continue;
    const auto x = [&](int at) { return table.column_edges[static_cast<std::size_t>(at)]; };
    const double shared = overlap(x(cell->col), x(cell->col + cell->col_span), x(label.col),
                                  x(label.col + label.col_span));
    if (shared > most) most = shared, best = cell;
  }
  return best ? std::vector<const Cell*>{best} : std::vector<const Cell*>{};
}

/// Whether a label goes to the table's right side and a cell as wide stands below it: there its
/// text stands, whatever the layout expects.
bool heads_its_text(const Anchor& anchor) {
  const Cell& label = *anchor.place->cell;
  const Table& table = *anchor.place->table;
  if (label.col + label.col_span < table.cols) return false;
  const Cell* below = table.cell_at(label.row + label.row_span, label.col);
  return below != nullptr && below->col == label.col && below->col_span == label.col_span;
}

/// Where the value of a label stands that fills its cell.
std::vector<const Cell*> value_cells(FormView& view, const LayoutSpec& spec, const FieldSpec& field,
                                     const Anchor& anchor) {
  if (anchor.place->cell == nullptr) return {};
  std::vector<Place> places = field.places;
  if (places == std::vector{Place::right} && heads_its_text(anchor)) {
    places.push_back(Place::below);
  }
  for (const Place place : places) {
    std::vector<const Cell*> cells = place == Place::right ? right_of(anchor) : below(anchor);
    std::erase_if(cells, [&](const Cell* cell) {
      const TextPlace& other = view.place_of(*cell);
      // Below a label stands perhaps the next field, label and text in one cell.
      return other.claimed || is_label(spec, other, place == Place::below);
    });
    if (!cells.empty()) return cells;
  }
  return {};
}

/// Removes what the layout declares as no part of the value from its end.
void strip_end(RawValue& value, const Labels& strip) {
  for (const Label& suffix : strip) {
    std::u32string text = to_utf32(value.text);
    std::u32string folded;
    std::size_t keep = text.size();
    while (keep > 0 && folded.size() < suffix.folded.size()) {
      std::u32string one;
      append_folded(one, text[--keep]);
      folded.insert(0, one);
    }
    if (folded != suffix.folded) continue;
    text.resize(keep);
    value.text = trim(to_utf8(text));
  }
}

void read_boxes(RawValue& value, const std::vector<TextLine>& lines, const FieldSpec& field) {
  TickBoxes boxes = read_tick_boxes(lines, field.options);
  // Somebody may have typed the answer instead.
  if (!boxes.any) return;
  value.ticked = std::move(boxes.ticked);
  value.text.clear();
  for (const std::string& text : value.ticked)
    value.text += (value.text.empty() ? "" : "\n") + text;
}

Issue missing_label(const FieldSpec& field) {
  return {"layout",
          Severity::warning,
          "/fields/" + field.name,
          {},
          fmt::format("no label \"{}\" on the form", field.labels.front().text)};
}

/// Whether a table stands between two lines of one page, or of two.
bool table_between(const FormView& view, const TextLine& above, const TextLine& below) {
  const auto between = [&](const CellPart& part) {
    const double top = part.box.y0;
    if (above.page == below.page) {
      return part.page == above.page && top > above.box.y0 && top < below.box.y0;
    }
    return (part.page == above.page && top > above.box.y0) ||
           (part.page == below.page && top < below.box.y0);
  };
  return std::any_of(view.tables().begin(), view.tables().end(), [&](const Table& table) {
    return std::any_of(table.parts.begin(), table.parts.end(), between);
  });
}

/// The lines below a label that stands on a line of its own, up to the next label or table: forms
/// without side borders.
RawValue take_lines_below(FormView& view, const LayoutSpec& spec, const TextPlace& label) {
  std::vector<TextLine> lines;
  bool below = false;
  for (TextPlace& place : view.places()) {
    if (place.cell != nullptr) break;  // lines come first
    if (&place == &label) {
      below = true;
      continue;
    }
    if (!below || place.claimed) continue;
    const TextLine& line = place.lines->front();
    const TextLine& last = lines.empty() ? label.lines->front() : lines.back();
    if (begins_with_label(spec, place) || table_between(view, last, line)) break;
    place.claimed = true;
    lines.push_back(line);
  }
  if (lines.empty()) return {};
  std::vector<CellPart> parts;
  for (const TextLine& line : lines) {
    if (parts.empty() || parts.back().page != line.page) parts.push_back({line.page, line.box});
    parts.back().box = united(parts.back().box, line.box);
  }
  return view.value_of(lines, parts);
}

/// The paper between the sides of the table that stands next below the line: lines above a table
/// are as wide as it is. Nothing where there is none on its page.
std::optional<CellPart> room_above_table(const FormView& view, const TextLine& line) {
  std::optional<CellPart> room;
  double top = 0.0;
  for (const Table& table : view.tables()) {
    for (const CellPart& part : table.parts) {
      if (part.page != line.page || part.box.y0 < line.box.centre().y) continue;
      if (room && part.box.y0 >= top) continue;
      top = part.box.y0;
      room = {line.page, united(line.box, {part.box.x0, line.box.y0, part.box.x1, line.box.y1})};
    }
  }
  return room;
}

/// Whether a free line goes on in the next one: it has no room for more, and the next begins where
/// it begins.
bool wraps_into(const FormView& view, const TextLine& line, const TextLine& next) {
  const double size = line.words.front().font_size;
  const auto room = room_above_table(view, line);
  const bool below = next.page == line.page && next.box.y0 > line.box.centre().y &&
                     next.box.y0 - line.box.y1 < size;
  const bool same_left = std::abs(next.box.x0 - line.box.x0) < 0.5 * size;
  const bool same_size = std::abs(next.words.front().font_size - size) < 0.1 * size;
  return room && below && same_left && same_size && may_go_on(line, *room, next, view.style());
}

/// The text behind a label in a free line, with the lines that it wraps into.
RawValue take_free_text(FormView& view, const LayoutSpec& spec, const Anchor& anchor) {
  std::vector<TextPlace>& places = view.places();
  std::vector<TextLine> lines = without_prefix(*anchor.place->lines, anchor.match.length);
  if (lines.empty()) return view.take(*anchor.place, anchor.match.length);
  anchor.place->claimed = true;
  auto at = static_cast<std::size_t>(anchor.place - places.data());
  while (at + 1 < places.size() && places[at + 1].cell == nullptr && !places[at + 1].claimed &&
         !begins_with_label(spec, places[at + 1]) &&
         wraps_into(view, places[at].lines->front(), places[at + 1].lines->front())) {
    places[++at].claimed = true;
    lines.push_back(places[at].lines->front());
  }
  Box box = lines.front().box;
  for (const TextLine& line : lines) box = united(box, line.box);
  return view.value_of(lines, {{lines.front().page, box}});
}

RawValue read_at(FormView& view, const LayoutSpec& spec, const FieldSpec& field, Anchor& anchor) {
  std::vector<TextLine> lines;
  RawValue value;
  if (!anchor.match.whole) {
    if (field.boxes) lines = without_prefix(*anchor.place->lines, anchor.match.length);
    value = anchor.place->cell == nullptr ? take_free_text(view, spec, anchor)
                                          : view.take(*anchor.place, anchor.match.length);
  } else {
    FormView::claim_label(*anchor.place);
    if (anchor.place->cell == nullptr) {
      value = take_lines_below(view, spec, *anchor.place);
      if (!value.text.empty()) return value;
    }
    const auto cells = value_cells(view, spec, field, anchor);
    if (cells.empty()) {
      value.evidence = evidence_of(*anchor.place->lines);
      value.evidence.text.clear();
      return value;
    }
    value = view.take(cells);
    for (const Cell* cell : cells)
      lines.insert(lines.end(), cell->lines.begin(), cell->lines.end());
  }
  if (field.boxes) read_boxes(value, lines, field);
  if (!field.strip.empty()) strip_end(value, field.strip);
  return value;
}

/// Where the label taken stands, and, unless the layout counts equal labels, where others stand
/// that only come later in the order of reading.
std::vector<Evidence> as_good_as(const std::vector<Anchor>& anchors, std::size_t taken,
                                 bool counted) {
  const Anchor& chosen = anchors[taken];
  std::vector<Evidence> places = {evidence_of(*chosen.place->lines)};
  for (std::size_t i = 0; i < anchors.size() && !counted; ++i) {
    const bool as_good = anchors[i].match.whole == chosen.match.whole &&
                         (anchors[i].place->cell == nullptr) == (chosen.place->cell == nullptr);
    if (i != taken && as_good) places.push_back(evidence_of(*anchors[i].place->lines));
  }
  return places;
}

}  // namespace

std::string printed_unit(FormView& view, const Labels& labels) {
  for (TextPlace& place : view.places()) {
    const auto match = match_whole(place.folded, labels);
    if (match && !match->unit.empty()) {
      FormView::claim_label(place);
      return match->unit;
    }
  }
  return {};
}

RawValue read_field(FormView& view, const LayoutSpec& spec, const FieldSpec& field,
                    const Totals& totals, std::vector<Issue>& issues, LayoutTrace* trace) {
  if (!field.total_of.empty()) {
    const auto total = totals.find({field.total_of, field.column});
    return total == totals.end() ? RawValue{} : total->second;
  }
  std::vector<Anchor> anchors = find_anchors(view, field);
  const std::size_t wanted = field.nth > 0 ? static_cast<std::size_t>(field.nth - 1) : 0;
  if (anchors.size() <= wanted) {
    if (!field.optional) issues.push_back(missing_label(field));
    return {};
  }
  if (trace != nullptr) trace->labels[field.name] = as_good_as(anchors, wanted, field.nth > 0);
  RawValue value = read_at(view, spec, field, anchors[wanted]);
  value.unit = anchors[wanted].match.unit;
  if (value.unit.empty()) value.unit = printed_unit(view, field.unit_labels);
  if (value.unit.empty()) value.unit = field.unit;
  return value;
}

}  // namespace tabularium
