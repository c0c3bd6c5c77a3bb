#pragma once

#include <set>
#include <string>
#include <vector>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// Whether any word of the page was read from pixels.
bool has_recognized_words(const TabulatedPage& page);

/// Sets brackets of one recognized text right: of two that belong together one was taken for
/// another kind, or for two marks. `Word::raw` keeps what was read.
void mend_marks(std::vector<TextLine>& lines);

/// Joins two cells that stand one below the other where only both together say one of `words`, the
/// levels that merged cells hold.
void join_cut_words(Table& table, const Labels& words);

/// Sets the labels of one layout right where a recognizer misread them, so that all that follows
/// may compare labels exactly. Words that the file itself stores stay as they are, and so do
/// values: only what a label can stand for as a whole cell, a whole line, or before a colon or the
/// end of a line is mended, where one label is clearly the nearest. `Word::raw` keeps what was
/// read.
class LabelMender {
 public:
  explicit LabelMender(const LayoutSpec& spec);

  /// The pages, mended. Labels that the pages hold unharmed must be nearer than others to be found
  /// once more.
  std::vector<TabulatedPage> mended(std::vector<TabulatedPage> pages) const;

 private:
  using Present = std::set<std::u32string>;  // labels that are found unharmed, folded

  Present present_on(const std::vector<TabulatedPage>& pages) const;
  void mend(std::vector<TextLine>& lines, const Present& present) const;

  void mend_headers(Table& table, const std::vector<Labels>& columns) const;

  std::vector<std::vector<Labels>> headers_;  // by table and column
  Present repeated_;                          // labels that may stand on a form more than once
  Labels labels_;
  Labels titles_;
  Labels years_;
  Labels words_;  // of merged cells, over all columns
};

}  // namespace tabularium
