#include <algorithm>

#include "tabularium/form/label_finder_internal.h"

namespace tabularium {

std::vector<const Labels*> expected_labels(const LayoutSpec& spec) {
  std::vector<const Labels*> all;
  for (const FieldSpec& field : spec.fields) {
    if (!field.optional && !field.labels.empty()) all.push_back(&field.labels);
  }
  for (const TableSpec& table : spec.tables) {
    for (const ColumnSpec& column : table.columns) {
      if (!column.optional) all.push_back(&column.headers);
    }
  }
  return all;
}

LabelFinder::LabelFinder(const std::vector<TabulatedPage>& pages) {
  for (const TabulatedPage& page : pages) {
    for (const TextLine& line : page.lines) texts_.push_back(fold_lines({line}));
    for (const Table& table : page.tables) {
      for (const Cell& cell : table.cells) {
        if (!cell.lines.empty()) texts_.push_back(fold_lines(cell.lines));
      }
    }
  }
}

bool LabelFinder::has(const Label& label) const {
  return std::any_of(texts_.begin(), texts_.end(),
                     [&](const FoldedText& text) { return match_label(text, label).has_value(); });
}

bool LabelFinder::has_any(const Labels& labels) const {
  return std::any_of(labels.begin(), labels.end(), [&](const Label& label) { return has(label); });
}

}  // namespace tabularium
