#pragma once

#include <functional>

#include "tabularium/form/form_look.h"
#include "tabularium/pipeline/extract.h"
#include "tabularium/store/ledger.h"

namespace tabularium {

/// Tells what the forms of files look like. `extractor` and `host` must outlive it.
class TABULARIUM_API FileLooker {
 public:
  FileLooker(Extractor& extractor, const PluginHost& host, const Models& models);

  /// Hands the looks to `take` in the order in which the forms stand in the file. Pages of tables
  /// that follow each other and that no title heads are one form. Nothing that the document does is
  /// an error: where it cannot be read, or holds no form, the `reason` says so; what is given back
  /// has no records. `opened` learns the number of pages before the first is read.
  FileReading look(const Document& document, const std::function<void(FormLook)>& take,
                   const std::function<void(int)>& opened = {});

  /// The pages of those forms of the document whose ordinals are `wanted`. Throws as
  /// `Extractor::extract`.
  std::vector<SampleForm> forms(const Document& document, const std::vector<int>& wanted);

 private:
  void each_form(const Document& document, const std::function<void(FormPages)>& take,
                 FileReading& reading, const std::function<void(int)>& opened);

  Extractor& extractor_;
  const PluginHost& host_;
  FormLooker looker_;
};

}  // namespace tabularium
