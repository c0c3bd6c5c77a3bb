#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/form/form.h"
#include "tabularium/form/label_match_internal.h"
#include "tabularium/table/continuation.h"
#include "tabularium/table/paragraphs.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// A text of the form: a cell, or a line outside of all tables.
struct TextPlace {
  const Table* table = nullptr;  // null for a line
  const Cell* cell = nullptr;
  const std::vector<TextLine>* lines = nullptr;
  FoldedText folded;
  bool claimed = false;  // a field took it, or the layout knows it
  bool label = false;    // claimed, but only as a label: another field may look for it too

  bool empty() const { return lines->empty(); }
};

/// One form while it is read: its joined tables, the lines around them, and which texts have been
/// taken. Owns all that its places point to.
class FormView {
 public:
  FormView(const std::vector<TabulatedPage>& given, const ContinuationHints& hints);
  FormView(const FormView&) = delete;
  FormView& operator=(const FormView&) = delete;

  const std::vector<Table>& tables() const { return tables_; }
  std::vector<TextPlace>& places() { return places_; }  ///< lines first, then cells, in order
  const BreakStyle& style() const { return style_; }

  /// Claims a place as a label.
  static void claim_label(TextPlace& place) {
    place.label = place.label || !place.claimed;
    place.claimed = true;
  }

  /// The place of a cell of `tables()`.
  TextPlace& place_of(const Cell& cell);

  /// The value that the lines of `place` hold, `skipped` folded characters left out at its
  /// beginning; claims the place.
  RawValue take(TextPlace& place, std::size_t skipped = 0);

  /// The value of several cells that stand below each other.
  RawValue take(const std::vector<const Cell*>& cells);

  RawValue value_of(const std::vector<TextLine>& lines, const std::vector<CellPart>& parts) const;

 private:
  std::vector<Table> tables_;
  std::vector<std::vector<TextLine>> lines_;  // one each: places point to vectors
  std::vector<TextPlace> places_;
  std::vector<std::size_t> first_place_;  // of each table
  BreakStyle style_;
};

/// Where lines stand and what they say. `lines` is not empty.
Evidence evidence_of(const std::vector<TextLine>& lines);

}  // namespace tabularium
