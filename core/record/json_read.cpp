#include <charconv>
#include <limits>

#include "json_tree_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/record/json.h"
#include "tabularium/record/parse.h"

namespace tabularium {
namespace {

using Kind = JsonNode::Kind;

[[noreturn]] void refuse(const std::string& pointer, const std::string& reason) {
  throw Error(Error::Code::damaged_input,
              "no record: " + (pointer.empty() ? "" : pointer + ": ") + reason);
}

const JsonNode& expect(const JsonNode& node, Kind kind, const std::string& pointer) {
  static constexpr const char* kNames[] = {"null",   "true or false", "a number",
                                           "a text", "an array",      "an object"};
  if (node.kind != kind)
    refuse(pointer, std::string("expected ") + kNames[static_cast<std::size_t>(kind)] + ", found " +
                        kNames[static_cast<std::size_t>(node.kind)]);
  return node;
}

const std::string& text_of(const JsonNode& node, const std::string& pointer) {
  return expect(node, Kind::text, pointer).text;
}

std::string text_member(const JsonNode& object, std::string_view key, const std::string& pointer) {
  const JsonNode* node = object.find(key);
  return node && node->kind != Kind::null ? text_of(*node, pointer + '/' + std::string(key)) : "";
}

/// Exact value of a JSON number, exponents included: other programs write 1e6.
Decimal number_of(const JsonNode& node, const std::string& pointer) {
  const std::string& digits = expect(node, Kind::number, pointer).text;
  const std::size_t mark = digits.find_first_of("eE");
  auto number = Decimal::parse(std::string_view(digits).substr(0, mark));
  if (number && mark != std::string::npos) {
    int exponent = 0;
    const char* first = digits.data() + mark + 1;
    if (*first == '+') ++first;
    const auto read = std::from_chars(first, digits.data() + digits.size(), exponent);
    if (read.ec != std::errc() || exponent < -18 || exponent > 18)
      number = std::nullopt;
    else
      number = shifted(*number, exponent);
  }
  if (!number) refuse(pointer, "the number " + digits + " has more than 18 digits");
  return *number;
}

int integer_of(const JsonNode& node, const std::string& pointer) {
  const Decimal number = number_of(node, pointer).reduced();
  if (number.scale() != 0 || number.units() > std::numeric_limits<int>::max() ||
      number.units() < std::numeric_limits<int>::min())
    refuse(pointer, "expected an integer, found " + node.text);
  return static_cast<int>(number.units());
}

/// For places on the page only; values of the record stay exact.
double float_of(const JsonNode& node, const std::string& pointer) {
  const std::string& digits = expect(node, Kind::number, pointer).text;
  double value = 0.0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (read.ec != std::errc()) refuse(pointer, "the number " + digits + " is out of range");
  return value;
}

std::optional<std::string> optional_text(const JsonNode& object, std::string_view key,
                                         const std::string& pointer) {
  const JsonNode* node = object.find(key);
  if (!node || node->kind == Kind::null) return std::nullopt;
  return text_of(*node, pointer + '/' + std::string(key));
}

Quantity quantity_of(const JsonNode& node, const std::string& pointer) {
  expect(node, Kind::object, pointer);
  Quantity quantity;
  quantity.text = text_member(node, "text", pointer);
  quantity.op = optional_text(node, "operator", pointer);
  if (const JsonNode* value = node.find("value"); value && value->kind != Kind::null)
    quantity.value = number_of(*value, pointer + "/value");
  quantity.unit = optional_text(node, "unit", pointer);
  quantity.note = optional_text(node, "note", pointer);
  return quantity;
}

Value list_of(const JsonNode& node, const std::string& pointer) {
  std::vector<std::string> texts;
  for (const JsonNode& item : expect(node, Kind::array, pointer).items)
    texts.push_back(text_of(item, pointer));
  return texts;
}

Value value_of(const JsonNode& node, ValueType type, const std::string& pointer) {
  if (node.kind == Kind::null) return {};
  switch (type) {
    case ValueType::boolean:
      return expect(node, Kind::boolean, pointer).yes;
    case ValueType::money: {
      const auto amount = money(number_of(node, pointer));
      if (!amount) refuse(pointer, node.text + " is finer than a fen");
      return *amount;
    }
    case ValueType::number:
    case ValueType::percent:
      return number_of(node, pointer);
    case ValueType::date: {
      const auto date = parse_date(text_of(node, pointer));
      if (!date) refuse(pointer, '`' + node.text + "` is no date");
      return *date;
    }
    case ValueType::list:
      return list_of(node, pointer);
    case ValueType::quantity:
      return quantity_of(node, pointer);
    default:
      return text_of(node, pointer);
  }
}

/// The members of `object` in the order of `models`; absent ones stay absent.
std::vector<Field> fields_of(const JsonNode& object, const std::vector<FieldModel>& models,
                             const std::string& pointer) {
  expect(object, Kind::object, pointer);
  std::vector<Field> fields;
  for (const FieldModel& model : models) {
    const JsonNode* node = object.find(model.name);
    if (node)
      fields.push_back({model.name, value_of(*node, model.type, pointer + '/' + model.name)});
  }
  for (const std::string& key : object.keys) {
    bool known = false;
    for (const Field& field : fields) known = known || field.name == key;
    if (!known) refuse(pointer, "the model has no `" + key + "`");
  }
  return fields;
}

std::vector<RecordTable> tables_of(const JsonNode& object, const RecordModel& model) {
  expect(object, Kind::object, "/tables");
  std::vector<RecordTable> tables;
  for (const TableModel& table : model.tables) {
    const JsonNode* node = object.find(table.name);
    if (!node) continue;
    const std::string pointer = "/tables/" + table.name;
    RecordTable& rows = tables.emplace_back(RecordTable{table.name, {}});
    for (const JsonNode& row : expect(*node, Kind::array, pointer).items) {
      rows.rows.push_back(
          {fields_of(row, table.columns, pointer + '/' + std::to_string(rows.rows.size()))});
    }
  }
  for (const std::string& key : object.keys) {
    if (!model.table(key)) refuse("/tables", "the model has no table `" + key + "`");
  }
  return tables;
}

Source source_of(const JsonNode& object) {
  expect(object, Kind::object, "/source");
  Source source{
      text_member(object, "file", "/source"), text_member(object, "sha256", "/source"), {}};
  if (const JsonNode* pages = object.find("pages")) {
    for (const JsonNode& page : expect(*pages, Kind::array, "/source/pages").items)
      source.pages.push_back(integer_of(page, "/source/pages"));
  }
  return source;
}

Evidence evidence_of(const JsonNode& object, const std::string& pointer) {
  expect(object, Kind::object, pointer);
  Evidence evidence;
  if (const JsonNode* page = object.find("page")) evidence.page = integer_of(*page, pointer);
  if (const JsonNode* box = object.find("bbox"); box && box->kind != Kind::null) {
    if (expect(*box, Kind::array, pointer + "/bbox").items.size() != 4)
      refuse(pointer + "/bbox", "a box has four numbers");
    evidence.box = {float_of(box->items[0], pointer), float_of(box->items[1], pointer),
                    float_of(box->items[2], pointer), float_of(box->items[3], pointer)};
  }
  if (const JsonNode* lines = object.find("lines"); lines && lines->kind != Kind::null) {
    if (expect(*lines, Kind::array, pointer + "/lines").items.size() != 2)
      refuse(pointer + "/lines", "a first and a last line");
    evidence.first_line = integer_of(lines->items[0], pointer);
    evidence.last_line = integer_of(lines->items[1], pointer);
  }
  evidence.text = text_member(object, "text", pointer);
  if (const JsonNode* confidence = object.find("confidence");
      confidence && confidence->kind != Kind::null)
    evidence.confidence = float_of(*confidence, pointer);
  evidence.extractor = text_member(object, "extractor", pointer);
  evidence.unit = text_member(object, "unit", pointer);
  return evidence;
}

Issue issue_of(const JsonNode& object, const std::string& pointer) {
  expect(object, Kind::object, pointer);
  Issue issue;
  issue.check = text_member(object, "check", pointer);
  issue.pointer = text_member(object, "pointer", pointer);
  issue.message = text_member(object, "message", pointer);
  const std::string severity = text_member(object, "severity", pointer);
  for (const Severity known : {Severity::info, Severity::warning, Severity::error}) {
    if (to_string(known) == severity) issue.severity = known;
  }
  if (to_string(issue.severity) != severity)
    refuse(pointer, "`" + severity + "` is none of info, warning, error");
  if (const JsonNode* related = object.find("related")) {
    for (const JsonNode& one : expect(*related, Kind::array, pointer + "/related").items)
      issue.related.push_back(text_of(one, pointer + "/related"));
  }
  return issue;
}

void read_findings(const JsonNode& root, Record& record) {
  if (const JsonNode* source = root.find("source")) record.source = source_of(*source);
  if (const JsonNode* evidence = root.find("evidence")) {
    expect(*evidence, Kind::object, "/evidence");
    for (std::size_t i = 0; i < evidence->keys.size(); ++i)
      record.evidence[evidence->keys[i]] = evidence_of(evidence->items[i], "/evidence");
  }
  if (const JsonNode* issues = root.find("issues")) {
    for (const JsonNode& issue : expect(*issues, Kind::array, "/issues").items)
      record.issues.push_back(issue_of(issue, "/issues"));
  }
}

Record record_of(const JsonNode& root, const RecordModel& model) {
  expect(root, Kind::object, "");
  Record record;
  record.record = text_member(root, "record", "");
  if (record.record != model.name)
    refuse("/record", "expected " + model.name + ", found `" + record.record + "`");
  record.layout = text_member(root, "layout", "");
  record.title = text_member(root, "title", "");
  if (const JsonNode* year = root.find("year"); year && year->kind != Kind::null)
    record.year = integer_of(*year, "/year");
  if (const JsonNode* fields = root.find("fields"))
    record.fields = fields_of(*fields, model.fields, "/fields");
  if (const JsonNode* tables = root.find("tables")) record.tables = tables_of(*tables, model);
  read_findings(root, record);
  return record;
}

}  // namespace

Value value_from_json(std::string_view json, const FieldModel& field) {
  return value_of(parse_json(json), field.type, "");
}

Record record_from_json(std::string_view json, const RecordModel& model) {
  return record_of(parse_json(json), model);
}

std::vector<Record> records_from_json(std::string_view json, const Models& models) {
  const JsonNode root = parse_json(json);
  const auto read = [&](const JsonNode& node) {
    expect(node, Kind::object, "");
    const std::string name = text_member(node, "record", "");
    const RecordModel* model = models.find(name);
    if (!model) refuse("/record", "there is no model `" + name + "`");
    return record_of(node, *model);
  };
  if (root.kind == Kind::object) return {read(root)};
  std::vector<Record> records;
  for (const JsonNode& node : expect(root, Kind::array, "").items) records.push_back(read(node));
  return records;
}

}  // namespace tabularium
