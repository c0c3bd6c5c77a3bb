#pragma once

#include "tabularium/form/lexicon.h"
#include "tabularium/record/model.h"

namespace tabularium {

/// What `model` knows of the words that forms print.
Lexicon lexicon_of(const RecordModel& model);

}  // namespace tabularium
