// The readers of printed values: any text gives a value or nothing.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tabularium/page/text.h"
#include "tabularium/record/json.h"
#include "tabularium/record/parse.h"

namespace {

const tabularium::Vocabulary& words() {
  static const auto models =
      tabularium::Models::load({std::string(TABULARIUM_SOURCE_DIR) + "/models"});
  return *models.find("performance_declaration")->vocabulary;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const tabularium::Quantity quantity = tabularium::parse_quantity(text, words());
  if (quantity.text != tabularium::squeeze(text)) std::abort();
  if (quantity.value.has_value() != quantity.op.has_value()) std::abort();
  tabularium::parse_number(text, {"%"});
  tabularium::parse_money(text, "万元", words());
  tabularium::parse_year(text, words());
  tabularium::begins_like_quantity(text, words());
  const auto date = tabularium::parse_date(text);
  if (date && !tabularium::make_date(date->year, date->month, date->day)) std::abort();
  return 0;
}
