#include "tabularium/record/model_schema.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tabularium/page/error.h"
#include "tabularium/record/model.h"

namespace tabularium {
namespace {

using Json = nlohmann::json;
using Keys = std::set<std::string>;

Keys keys_of(const Json& object) {
  Keys keys;
  for (const auto& [key, part] : object.at("properties").items()) keys.insert(key);
  return keys;
}

/// The keys that the parser knows where `text` has one that nobody knows: it lists them.
Keys known_to_parser(const std::string& text) {
  try {
    Models::parse({{"a.toml", text}, {"w.toml", "vocabulary = \"w\""}});
  } catch (const Error& error) {
    const std::string what = error.what();
    const std::string sign = "known are: ";
    const std::size_t at = what.find(sign);
    if (at == what.npos) return {what};
    Keys keys;
    std::istringstream words(what.substr(at + sign.size()));
    for (std::string word; words >> word;) {
      if (word.back() == ',') word.pop_back();
      keys.insert(word);
    }
    return keys;
  }
  return {"was taken"};
}

const std::string kHead = "record = \"r\"\ntitle = \"t\"\nvocabulary = \"w\"\n";
const std::string kNobody = "nobody_knows_this_key_at_all = 1\n";
const std::string kFields = R"([[field]]
name = "f"
type = "number"
[[field]]
name = "g"
type = "date"
[[table]]
name = "t"
[[table.column]]
name = "a"
type = "quantity"
[[table.column]]
name = "b"
type = "quantity"
[[table.column]]
name = "c"
type = "number"
[[table.column]]
name = "d"
type = "number"
)";

TEST(ModelSchema, HasTheKeysThatTheParserKnowsAndNoOthers) {
  const Json parts = Json::parse(model_schema()).at("definitions");
  EXPECT_EQ(keys_of(parts.at("model")), known_to_parser(kHead + kNobody + kFields));
  EXPECT_EQ(keys_of(parts.at("field")),
            known_to_parser(kHead + "[[field]]\nname = \"f\"\ntype = \"text\"\n" + kNobody));
  EXPECT_EQ(keys_of(parts.at("table")),
            known_to_parser(kHead + "[[table]]\nname = \"t\"\n" + kNobody +
                            "[[table.column]]\nname = \"a\"\ntype = \"text\"\n"));
  EXPECT_EQ(keys_of(parts.at("vocabulary")), known_to_parser("vocabulary = \"v\"\n" + kNobody));
  const Json& members = parts.at("model").at("properties");
  EXPECT_EQ(keys_of(members.at("year")), known_to_parser(kHead + kFields + "[year]\n" + kNobody));
  EXPECT_EQ(keys_of(members.at("summary")),
            known_to_parser(kHead + kFields + "[summary]\n" + kNobody));
}

/// What a check of each kind must say to be read.
const std::map<std::string, std::string> kMembers = {
    {"required", "values = [\"f\"]"},
    {"filled", "table = \"t\""},
    {"order", "values = [\"f\", \"g\"]"},
    {"in_year", "values = [\"g\"]"},
    {"sum", "total = \"f\"\nparts = [\"t.c\"]"},
    {"at_most", "values = [\"f\"]\nlimit = \"3\""},
    {"range", "values = [\"f\"]\nleast = \"0\""},
    {"equals", "values = [\"f\"]\nto = \"3\""},
    {"product", "values = [\"f\"]\nfactors = [\"f\", \"2\"]"},
    {"ratio", "values = [\"f\"]\nnumerator = \"f\"\ndenominator = \"2\""},
    {"target_met", "table = \"t\"\ncolumns = [\"a\", \"b\", \"c\", \"d\"]"},
    {"explained", "table = \"t\"\ncolumns = [\"a\", \"b\", \"c\"]"},
    {"bands", "values = [\"f\"]\nlabel = \"f\"\nbands = [{ label = \"x\", from = \"1\" }]"},
    {"taxonomy", "table = \"t\"\ncolumns = [\"a\", \"b\"]\ntree.x = [\"y\"]"},
    {"known", "values = [\"f\"]"},
    {"parsed", "values = [\"f\"]"},
    {"same_unit", "table = \"t\"\ncolumns = [\"a\", \"b\"]"},
    {"unique", "table = \"t\"\ncolumns = [\"a\"]"},
    {"contiguous", "table = \"t\"\ncolumns = [\"a\"]"},
    {"note_agrees", "values = [\"t.a\"]"},
    {"digits", "values = [\"f\"]"}};

TEST(ModelSchema, HasTheKeysOfEveryKindOfCheck) {
  const Json check = Json::parse(model_schema()).at("definitions").at("check");
  Keys kinds;
  for (const Json& branch : check.at("allOf")) {
    const std::string kind = branch.at("if").at("properties").at("kind").at("const");
    kinds.insert(kind);
    Keys keys;
    for (const Json& key : branch.at("then").at("propertyNames").at("enum")) keys.insert(key);
    EXPECT_EQ(keys, known_to_parser(kHead + kFields + "[[check]]\nid = \"i\"\nkind = \"" + kind +
                                    "\"\n" + kNobody + kMembers.at(kind) + "\n"))
        << kind;
  }
  const auto named = check.at("properties").at("kind").at("enum").get<std::vector<std::string>>();
  EXPECT_EQ(kinds, Keys(named.begin(), named.end()));
  EXPECT_EQ(kinds.size(), kMembers.size());
}

TEST(ModelSchema, NamesEveryTypeThatTheParserKnows) {
  const Json schema = Json::parse(model_schema());
  const Json& types = schema.at("definitions").at("field").at("properties").at("type").at("enum");
  for (int type = 0; type <= static_cast<int>(ValueType::key); ++type) {
    const std::string name(to_string(static_cast<ValueType>(type)));
    EXPECT_TRUE(std::find(types.begin(), types.end(), name) != types.end()) << name;
  }
  EXPECT_EQ(types.size(), static_cast<std::size_t>(ValueType::key) + 1);
}

}  // namespace
}  // namespace tabularium
