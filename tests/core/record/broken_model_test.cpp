// Model and vocabulary files that are wrong in one way each, and what is said of them.
#include <gmock/gmock.h>

#include "tabularium/page/error.h"
#include "tabularium/record/model.h"

namespace tabularium {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kModel = R"(record = "invoice"
title = "发票"
vocabulary = "words"
[[field]]
name = "seller"
type = "text"
labels = ["销售方"]
[[field]]
name = "day"
type = "date"
[[field]]
name = "state"
type = "choice"
options = [{ name = "新" }, { name = "旧", labels = ["旧", "二手"] }]
[[field]]
name = "total"
type = "money"
total_of = "items.price"
suffixes = ["元"]
[[table]]
name = "items"
labels = ["明细"]
[[table.column]]
name = "kind"
type = "key"
options = [{ name = "goods", labels = ["货物"] }, { name = "service" }]
[[table.column]]
name = "price"
type = "money"
[year]
from = ["day"]
[summary]
unit = "seller"
amount = "total"
[[check]]
id = "sum"
kind = "sum"
severity = "error"
total = "total"
parts = ["items[kind=goods].price", "items[kind=service].price"]
[[check]]
id = "grade"
kind = "bands"
values = ["total"]
label = "state"
bands = [{ label = "新", from = "90" }, { label = "旧", from = "60" }]
[[check]]
id = "limits"
kind = "range"
values = ["total"]
least = "0"
most = 100
)";

constexpr const char* kWords = R"(vocabulary = "words"
first_year = 1990
last_year = 2099
blanks = ["-"]
[operators]
">=" = ["不低于"]
[multipliers]
"万" = 4
[money_units]
"元" = 0
)";

/// `from`, replaced by `to`, makes the file wrong.
struct Broken {
  const char* from;
  const char* to;
  const char* said;
};

const Broken kBroken[] = {
    {"record = ", "recrod = ",
     "m.toml:1:1: the file: the key `record` is missing; is `recrod` meant?"},
    {"title = \"发票\"\n", "", "the key `title` is missing"},
    {"title = ", "titel = ", "the key `title` is missing"},
    {"vocabulary = \"words\"", "vocabulary = \"wrods\"", "did you mean `words`?"},
    {"vocabulary = \"words\"\n", "", "the key `vocabulary` is missing"},
    {"[summary]", "[sumary]", "unknown key `sumary`; did you mean `summary`?"},
    {"[year]", "[years]", "did you mean `year`?"},
    {"labels = [\"销售方\"]", "lable = [\"销售方\"]",
     "m.toml:7:1: seller: unknown key `lable`; did you mean `labels`?"},
    {"labels = [\"销售方\"]", "labels = \"销售方\"",
     "`labels` must be a list of texts, found a text"},
    {"labels = [\"销售方\"]", "labels = [1]", "`labels` must hold texts, found an integer"},
    {"name = \"seller\"", "name = \"Seller\"", "must be of a-z, 0-9 and _, a letter first"},
    {"name = \"seller\"", "name = \"1st\"", "a letter first"},
    {"name = \"seller\"", "nmae = \"seller\"", "the key `name` is missing"},
    {"name = \"day\"", "name = \"seller\"", "there are two of this name"},
    {"type = \"text\"", "type = \"txt\"",
     "m.toml:6:8: seller: unknown type `txt`; did you mean `text`?"},
    {"type = \"text\"", "type = \"colour\"", "known are"},
    {"type = \"date\"", "type = 3", "`type` must be a text, found an integer"},
    {"type = \"choice\"", "type = \"date\"", "only choice, list, key and text have `options`"},
    {"options = [{ name = \"goods\", labels = [\"货物\"] }, { name = \"service\" }]\n", "",
     "a key needs `options`"},
    {"total_of = \"items.price\"", "total_of = \"items.prise\"",
     "\"items.prise\", which is no \"table.column\" of this record; did you mean `items.price`?"},
    {"[[table.column]]\nname = \"price\"", "[[table.colum]]\nname = \"price\"",
     "did you mean `column`?"},
    {"from = [\"day\"]", "from = [\"dya\"]", "there is no field `dya`; did you mean `day`?"},
    {"from = [\"day\"]", "form = [\"day\"]", "did you mean `from`?"},
    {"unit = \"seller\"", "unit = \"seler\"", "there is no field `seler`; did you mean `seller`?"},
    {"unit = \"seller\"", "unit = \"total\"", "of another type than this needs"},
    {"unit = \"seller\"", "unit = \"items.kind\"", ""},
    {"amount = \"total\"", "amount = \"day\"", "of another type than this needs"},
    {"amount = \"total\"", "amout = \"total\"", "did you mean `amount`?"},
    {"id = \"sum\"\n", "", "the key `id` is missing"},
    {"kind = \"sum\"", "kind = \"smu\"", "unknown kind of check `smu`; did you mean `sum`?"},
    {"kind = \"sum\"\n", "", "the key `kind` is missing"},
    {"severity = \"error\"", "severity = \"eror\"",
     "`eror` is none of info, warning, error; did you mean `error`?"},
    {"total = \"total\"", "total = \"totla\"", "there is no field `totla`; did you mean `total`?"},
    {"total = \"total\"", "totl = \"total\"", "the key `total` is missing"},
    {"parts = [\"items", "prats = [\"items", "the check `sum`: `parts` must name at least 1"},
    {"items[kind=goods].price", "itmes[kind=goods].price",
     "there is no table `itmes`; did you mean `items`?"},
    {"items[kind=goods].price", "items[kind=goods].prise",
     "no column `prise`; did you mean `price`?"},
    {"items[kind=goods].price", "items[knid=goods].price",
     "no column `knid`; did you mean `kind`?"},
    {"items[kind=goods].price", "items[kind=good].price",
     "`kind` is never `good`; did you mean `goods`?"},
    {"items[kind=goods].price", "items[kind].price", "a condition is written as [column=value]"},
    {"items[kind=goods].price", "items[kind=goods.price", "the bracket is never closed"},
    {"from = \"90\"", "from = \"50\"", "bands must fall from the highest to the lowest"},
    {"from = \"90\"", "from = \"ninety\"", "`ninety` is no number"},
    {"from = \"90\"", "form = \"90\"", "the key `from` is missing"},
    {"label = \"state\"", "lable = \"state\"", "the key `label` is missing"},
    {"least = \"0\"", "lest = \"0\"", "unknown key `lest`; did you mean `least`?"},
    {"least = \"0\"", "least = \"zero\"", "`zero` is no number"},
    {"most = 100", "most = 1.5", "`most` must be a text, found a number with a point"},
    {"[[check]]\nid = \"limits\"", "[check]\nid = \"limits\"", "m.toml:"},
    {"[[field]]", "[[field]", "m.toml:4:"},
};

const Broken kBrokenWords[] = {
    {"vocabulary = \"words\"", "vocabulary = \"\"", "`vocabulary` must not be empty"},
    {"first_year = 1990", "first_year = 90", "a year has four digits"},
    {"first_year = 1990", "first_year = \"1990\"", "`first_year` must be an integer, found a text"},
    {"last_year = 2099", "last_year = 1900", "it is before `first_year`"},
    {"blanks = ", "blnaks = ",
     "w.toml:4:1: the file: unknown key `blnaks`; did you mean `blanks`?"},
    {"blanks = [\"-\"]", "blanks = \"-\"", "`blanks` must be a list of texts, found a text"},
    {"\">=\" = ", "\"=>\" = ", "`=>` is no operator"},
    {"[operators]", "[operator]", "did you mean `operators`?"},
    {"\"万\" = 4", "\"万\" = 40", "the power of ten of `万` must be -2 to 12"},
    {"\"万\" = 4", "\"万\" = \"4\"", "must be an integer, found a text"},
    {"[money_units]", "[money_unit]", "did you mean `money_units`?"},
};

std::string said_of(const std::string& model, const std::string& words) {
  try {
    Models::parse({{"m.toml", model}, {"w.toml", words}});
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::bad_model);
    return error.what();
  }
  return "was taken";
}

std::string changed(std::string text, const Broken& broken) {
  const std::size_t at = text.find(broken.from);
  EXPECT_NE(at, text.npos) << broken.from;
  if (at != text.npos) text.replace(at, std::string(broken.from).size(), broken.to);
  return text;
}

TEST(BrokenModel, TheGoodOneIsTaken) { EXPECT_EQ(said_of(kModel, kWords), "was taken"); }

TEST(BrokenModel, EveryMistakeIsNamedWithItsPlace) {
  for (const Broken& broken : kBroken) {
    const std::string said = said_of(changed(kModel, broken), kWords);
    EXPECT_THAT(said, StartsWith("m.toml:")) << broken.from << " -> " << broken.to;
    EXPECT_THAT(said, HasSubstr(broken.said)) << broken.from << " -> " << broken.to;
  }
}

TEST(BrokenModel, EveryMistakeOfAVocabularyToo) {
  for (const Broken& broken : kBrokenWords) {
    const std::string said = said_of(kModel, changed(kWords, broken));
    EXPECT_THAT(said, AnyOf(StartsWith("w.toml:"), StartsWith("m.toml:"))) << broken.to;
    EXPECT_THAT(said, HasSubstr(broken.said)) << broken.from << " -> " << broken.to;
  }
}

TEST(BrokenModel, WhatIsCutOffAnywhereIsRefusedOrTakenButNeverWorse) {
  const std::string text = kModel;
  for (std::size_t size = 0; size < text.size(); ++size) {
    const std::string said = said_of(text.substr(0, size), kWords);
    EXPECT_TRUE(said == "was taken" || said.starts_with("m.toml:")) << size << ": " << said;
  }
}

}  // namespace
}  // namespace tabularium
