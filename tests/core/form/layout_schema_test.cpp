#include "tabularium/form/layout_schema.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/page/error.h"

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
    parse_layout(text, "a.toml");
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

const std::string kHead = "layout = \"a\"\nversion = \"1\"\nrecord = \"r\"\ntitles = [\"t\"]\n";
const std::string kNobody = "nobody_knows_this_key_at_all = 1";

TEST(LayoutSchema, HasTheKeysThatTheParserKnowsAndNoOthers) {
  const Json schema = Json::parse(layout_schema());
  const Json& parts = schema.at("definitions");
  EXPECT_EQ(keys_of(schema), known_to_parser(kNobody + "\n" + kHead + "[fields]\n"));
  EXPECT_EQ(keys_of(parts.at("field")),
            known_to_parser(kHead + "[fields]\na = { label = \"x\", " + kNobody + " }\n"));
  EXPECT_EQ(keys_of(parts.at("table")), known_to_parser(kHead + "[fields]\n[tables.t]\n" + kNobody +
                                                        "\n[tables.t.columns]\nc = \"x\"\n"));
  EXPECT_EQ(keys_of(parts.at("column")),
            known_to_parser(kHead + "[fields]\n[tables.t.columns]\nc = { header = \"x\", " +
                            kNobody + " }\n"));
}

TEST(LayoutSchema, EveryKeyIsDescribed) {
  const Json schema = Json::parse(layout_schema());
  const auto described = [](const Json& object) {
    for (const auto& [key, part] : object.at("properties").items()) {
      EXPECT_FALSE(part.value("description", "").empty()) << key;
    }
  };
  described(schema);
  for (const char* part : {"field", "column", "table"}) {
    described(schema.at("definitions").at(part));
  }
}

}  // namespace
}  // namespace tabularium
