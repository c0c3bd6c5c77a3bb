#pragma once

#include <functional>
#include <vector>

#include "tabularium/plugin/host.h"
#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium {

/// What came of one document.
struct ExtractSummary {
  int pages = 0;
  int records = 0;
  std::string sha256;
  std::vector<Issue> issues;  ///< of pages that belong to no record, or could not be read
};

/// Takes one document through all stages. One object per thread: it owns its readers. `host` and
/// `models` must outlive it.
class TABULARIUM_API Extractor {
 public:
  Extractor(const PluginHost& host, const Models& models);
  ~Extractor();

  /// Hands the records to `take` in the order in which their forms stand in the file; no more than
  /// one form is in memory. A page that cannot be read costs an issue, the others go on. Throws
  /// `Error` where the document as a whole cannot be read: `unknown_format`, `encrypted`,
  /// `damaged_input`, `limit_exceeded`, `plugin_failed`.
  ExtractSummary extract(const Document& document, const std::function<void(Record)>& take);

  /// The tables of the document, page by page; nothing is joined over pages.
  void tables(const Document& document, const std::function<void(TabulatedPage)>& take);

  /// Opens the document with the first reader that accepts it. Throws as `extract`.
  std::unique_ptr<OpenedDocument> open(const Document& document);

 private:
  const PluginHost& host_;
  const Models& models_;
  std::vector<std::unique_ptr<Reader>> readers_;
};

}  // namespace tabularium
