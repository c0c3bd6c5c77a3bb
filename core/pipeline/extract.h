#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tabularium/form/draft.h"
#include "tabularium/form/split.h"
#include "tabularium/page/document.h"
#include "tabularium/pipeline/pixels.h"
#include "tabularium/plugin/host.h"
#include "tabularium/record/model.h"
#include "tabularium/record/record.h"
#include "tabularium/table/tabulate.h"

namespace tabularium {

/// What came of one document.
struct ExtractSummary {
  int pages = 0;
  int records = 0;
  std::string sha256;
  /// One issue of severity error for each page that could not be read: damaged, or a scan that
  /// needs a recognizer. The record that covers the page, or else `issues`, carries it too.
  std::vector<Issue> unread;
  std::vector<Issue> issues;  ///< of what belongs to no record: pages, forms, plugins
};

/// Pages `first` to `last`, counted from 1, both included.
struct PageRange {
  int first = 1;
  int last = 1;
};

/// A form that a layout is to be written for.
struct SampleForm {
  std::vector<TabulatedPage> pages;
  std::string record;  ///< the record type whose words fit it best
};

/// Takes one document through all stages. One object per thread: it owns its readers. `host` and
/// `models` must outlive it.
///
/// Every call of a plugin is guarded: an `Error` passes as it is, anything else that a plugin
/// throws becomes `plugin_failed` and names the plugin; what a plugin hands over is checked before
/// a stage uses it.
class TABULARIUM_API Extractor {
 public:
  Extractor(const PluginHost& host, const Models& models);
  ~Extractor();
  Extractor(const Extractor&) = delete;
  Extractor& operator=(const Extractor&) = delete;

  /// Hands the records to `take` in the order in which their forms stand in the file; no more than
  /// one form is in memory. A page that cannot be read costs an issue, the others go on. Throws
  /// `Error` where the document as a whole cannot be read: `unknown_format`, `encrypted`,
  /// `damaged_input`, `limit_exceeded`, `plugin_failed`; and what `take` throws.
  /// `opened`, if given, learns the number of pages before the first is read.
  ExtractSummary extract(const Document& document, const std::function<void(Record)>& take,
                         const std::function<void(int)>& opened = {});

  /// The tables of the document, page by page; nothing is joined over pages. `ranges`: the pages
  /// wanted, in the order wanted; empty for all. A page that cannot be read comes without tables
  /// and with an issue of severity error. Throws as `extract`, and `bad_page_number` for a range
  /// that the document does not have.
  void tables(const Document& document, const std::function<void(TabulatedPage)>& take,
              const std::vector<PageRange>& ranges = {});

  /// Whether a reader would try the document.
  bool accepts(const Document& document) const;

  /// Completes `page`, which `opened` read, the way `extract` does: a page that must be read from
  /// its pixels as a whole is given back, a page that lacks some words gets them. Throws `Error` as
  /// plugins do.
  std::optional<PixelPage> from_pixels(OpenedDocument& opened, Page& page,
                                       const Document& document);

  /// The forms of a document in order, cut as `extract` cuts them but with `layouts` in place of
  /// the loaded ones; forms that none of them knows, and pages of no form, come as the splitter
  /// gives them. No more than one form is in memory. Gives the issues of pages that could not be
  /// read. `opened`, if given, learns the number of pages. Throws as `extract`, and what `take`
  /// throws.
  std::vector<Issue> forms(const Document& document, const std::vector<const Layout*>& layouts,
                           const std::function<void(FormPages)>& take,
                           const std::function<void(int)>& opened = {});

  /// The forms of a document as the lexicon finds them, for whoever writes a layout: the pages of
  /// each, and the record type whose words fit best. Throws as `extract`.
  std::vector<SampleForm> sample_forms(const Document& document);

  /// A first layout named `name` for forms of one arrangement, told from the layouts that are
  /// loaded. Throws `Error::Code::bad_usage` where there are no forms.
  LayoutDraft draft_layout(const std::string& name, const std::vector<SampleForm>& forms) const;

  /// Opens the document with the first reader that accepts it. Throws as `extract`.
  std::unique_ptr<OpenedDocument> open(const Document& document);

 private:
  const PluginHost& host_;
  const Models& models_;
  std::vector<std::unique_ptr<Reader>> readers_;
  std::unique_ptr<PixelReader> pixels_;
  std::vector<std::unique_ptr<Layout>> lexicons_;  ///< one for each model, for unknown forms
};

}  // namespace tabularium
