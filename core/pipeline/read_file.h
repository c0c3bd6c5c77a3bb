#pragma once

#include <functional>

#include "tabularium/pipeline/extract.h"
#include "tabularium/store/ledger.h"

namespace tabularium {

/// Reads `document` as an import keeps it. Nothing that the document does is an error: where it
/// cannot be read, or no layout knows what it holds, the `reason` says so.
///
/// `take` gets the records one by one; `records` of what is given back stays empty. `opened` learns
/// the number of pages before the first is read.
TABULARIUM_API FileReading read_file(Extractor& extractor, const Document& document,
                                     const std::function<void(Record)>& take,
                                     const std::function<void(int)>& opened = {});

}  // namespace tabularium
