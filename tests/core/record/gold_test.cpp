// The gold records of the corpus, where it is at hand: what they say, our readers must say.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "support.h"
#include "tabularium/record/parse.h"

namespace tabularium {
namespace {

/// "operator value unit note" of a quantity, numbers without trailing zeros.
std::string parts(const Quantity& q) {
  return q.op.value_or("-") + ' ' + (q.value ? q.value->reduced().to_string() : "-") + ' ' +
         q.unit.value_or("-") + ' ' + q.note.value_or("-");
}

TEST(Gold, EveryPrintedQuantityIsReadAsTheGoldSays) {
  TABULARIUM_NEEDS_SHARED_DATA();
  int quantities = 0;
  for (const auto& file : testing::gold_files()) {
    for (const Record& record :
         records_from_json(testing::read_file(file), testing::shipped_models())) {
      for (const Row& row : record.table("indicators")->rows) {
        for (const char* column : {"target", "actual"}) {
          const Value* cell = row.find(column);
          if (!cell || !std::holds_alternative<Quantity>(*cell)) continue;
          const auto& gold = std::get<Quantity>(*cell);
          EXPECT_EQ(parts(parse_quantity(gold.text, testing::words())), parts(gold))
              << file.filename() << ": " << gold.text;
          ++quantities;
        }
      }
    }
  }
  EXPECT_GT(quantities, 1000);
}

TEST(Gold, RecordsComeBackFromJsonWithTheSameContent) {
  TABULARIUM_NEEDS_SHARED_DATA();
  for (const auto& file : testing::gold_files()) {
    const std::string text = testing::read_file(file);
    const auto gold = nlohmann::json::parse(text);
    const auto records = records_from_json(text, testing::shipped_models());
    ASSERT_EQ(records.size(), gold.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      const auto back = nlohmann::json::parse(to_json(records[i]));
      for (const char* key : {"record", "layout", "title", "year", "fields", "tables"})
        EXPECT_EQ(back[key], gold[i][key]) << file.filename() << " #" << i << ' ' << key;
    }
  }
}

}  // namespace
}  // namespace tabularium
