#pragma once

#include <vector>

#include "tabularium/form/label_match_internal.h"
#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// All labels whose absence speaks against a layout: of fields and columns that are not optional.
std::vector<const Labels*> expected_labels(const LayoutSpec& spec);

/// Tells which labels stand on the pages, whatever place is theirs.
class LabelFinder {
 public:
  explicit LabelFinder(const std::vector<TabulatedPage>& pages);

  bool has(const Label& label) const;
  bool has_any(const Labels& labels) const;

 private:
  std::vector<FoldedText> texts_;
};

}  // namespace tabularium
