#include "tabularium/record/validate.h"

namespace tabularium {

std::vector<Issue> validate(const Record&, const RecordModel&) { return {}; }

}  // namespace tabularium
