// The reader of records: only `Error` may leave it, and what it takes must come back from its text.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tabularium/page/error.h"
#include "tabularium/record/json.h"
#include "tabularium/record/validate.h"

namespace {

const tabularium::Models& models() {
  static const auto loaded =
      tabularium::Models::load({std::string(TABULARIUM_SOURCE_DIR) + "/models"});
  return loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<tabularium::Record> records;
  try {
    records = tabularium::records_from_json(text, models());
  } catch (const tabularium::Error&) {
    return 0;
  }
  for (const auto& record : records) {
    const tabularium::RecordModel& model = *models().find(record.record);
    tabularium::validate(record, model);
    const std::string json = tabularium::to_json(record);
    if (tabularium::to_json(tabularium::record_from_json(json, model)) != json) std::abort();
  }
  return 0;
}
