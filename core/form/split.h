#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "tabularium/form/layout.h"
#include "tabularium/page/limits.h"

namespace tabularium {

/// The pages of one form, cut at the forms before and after, and the layout that fits them best.
struct FormPages {
  std::vector<TabulatedPage> pages;  ///< at least one
  /// Null where no layout knows the form, and for pages that belong to no form. A heading above
  /// a title goes with the form.
  const Layout* layout = nullptr;
};

/// Cuts a document into forms, page by page, so that no more than one form is in memory. A title
/// that a layout knows begins a new form, wherever on a page it stands; so does a large heading
/// above a table that looks like a title and that no layout knows: its form is for the fallbacks.
class TABULARIUM_API FormSplitter {
 public:
  /// `layouts` and `fallbacks`, which are asked where no layout knows a title, must outlive the
  /// splitter. Forms longer than `limits.max_form_pages` are cut there.
  FormSplitter(std::vector<const Layout*> layouts, Limits limits,
               std::vector<const Layout*> fallbacks = {});

  /// Takes the next page; gives the forms that it completes, in order.
  std::vector<FormPages> push(TabulatedPage page);

  /// Gives what is left at the end of the document.
  std::vector<FormPages> finish();

 private:
  void close(std::vector<FormPages>& done);
  void begin(TabulatedPage page, std::vector<const Layout*> candidates);
  void go_on(TabulatedPage page, std::vector<FormPages>& done);

  std::vector<const Layout*> layouts_;
  std::vector<const Layout*> fallbacks_;
  Limits limits_;
  std::vector<TabulatedPage> open_;        // the form that is being read; empty: none
  std::vector<const Layout*> candidates_;  // the layouts that know its title
};

}  // namespace tabularium
