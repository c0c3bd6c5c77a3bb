// The gold records of the corpus, where it is at hand: what they say, our readers must say.
#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

#include "support.h"
#include "tabularium/record/parse.h"
#include "tabularium/record/validate.h"

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

// What the checks find in right records must be true of the forms: dates of 2018 on a form of 2019,
// and targets that begin like a quantity and go on in words.
TEST(Gold, ChecksFindOnlyWhatTheFormsHaveWrong) {
  TABULARIUM_NEEDS_SHARED_DATA();
  for (const auto& file : testing::gold_files()) {
    for (const Record& record :
         records_from_json(testing::read_file(file), testing::shipped_models())) {
      for (const Issue& issue : validate(record, *testing::shipped_models().find(record.record))) {
        const bool expected = issue.check == "dates_in_year" || issue.check == "unparsed_quantity";
        EXPECT_TRUE(expected && record.layout == "declaration-2019")
            << file.filename() << ": " << issue.check << ' ' << issue.pointer << ' '
            << issue.message;
      }
    }
  }
}

// The scorer reads our JSON as it reads the gold: nothing is lost or changed in its eyes.
TEST(Gold, TheScorerGivesFullMarksToGoldThatWeWrote) {
  TABULARIUM_NEEDS_SHARED_DATA();
  const auto scorer = testing::shared_folder() / "tools" / "score.py";
  if (!std::filesystem::exists(scorer) || std::system("python3 --version >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "no python3, or no scorer";
  const auto folder = std::filesystem::path(::testing::TempDir()) / "tabularium_gold";
  std::filesystem::create_directories(folder);
  for (const auto& file : testing::gold_files()) {
    if (file.parent_path().filename() != "corpus") continue;
    std::string name = file.filename().string();
    name.resize(name.size() - std::string_view(".gold.json").size());
    std::ofstream out(folder / (name + ".json"));
    const char* separator = "[";
    for (const Record& record :
         records_from_json(testing::read_file(file), testing::shipped_models()))
      out << std::exchange(separator, ",") << to_json(record);
    out << ']';
  }
  const auto result = folder / "score.txt";
  const std::string command = "python3 " + scorer.string() + " --dir " +
                              (testing::shared_folder() / "corpus").string() + ' ' +
                              folder.string() + " > " + result.string();
  ASSERT_EQ(std::system(command.c_str()), 0);
  const auto totals = nlohmann::json::parse(testing::read_file(result))["totals"];
  EXPECT_EQ(totals["extra_fields"], 0);
  EXPECT_EQ(totals["indicator_rows"]["f1"], 1.0);
  EXPECT_EQ(totals["narrative"]["cer_raw"], 0.0);
  for (const char* metric : {"header", "short_fields", "typed_fields", "indicator_cells",
                             "quantities", "funding_cells", "subprojects", "paragraphs"})
    EXPECT_EQ(totals[metric]["accuracy"], 1.0) << metric;
}

}  // namespace
}  // namespace tabularium
