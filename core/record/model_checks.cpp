#include <algorithm>
#include <array>
#include <functional>

#include "model_internal.h"

namespace tabularium {
namespace {

using strict_toml::hint_for;
using strict_toml::TomlTable;

constexpr std::array<std::pair<std::string_view, CheckKind>, 21> kKinds = {{
    {"required", CheckKind::required},
    {"filled", CheckKind::filled},
    {"order", CheckKind::order},
    {"in_year", CheckKind::in_year},
    {"sum", CheckKind::sum},
    {"at_most", CheckKind::at_most},
    {"range", CheckKind::range},
    {"equals", CheckKind::equals},
    {"product", CheckKind::product},
    {"ratio", CheckKind::ratio},
    {"target_met", CheckKind::target_met},
    {"explained", CheckKind::explained},
    {"bands", CheckKind::bands},
    {"taxonomy", CheckKind::taxonomy},
    {"known", CheckKind::known},
    {"parsed", CheckKind::parsed},
    {"same_unit", CheckKind::same_unit},
    {"unique", CheckKind::unique},
    {"contiguous", CheckKind::contiguous},
    {"note_agrees", CheckKind::note_agrees},
    {"digits", CheckKind::digits},
}};

template <typename Named>
std::vector<std::string> names_of(const std::vector<Named>& all) {
  std::vector<std::string> names;
  names.reserve(all.size());
  for (const Named& one : all) names.push_back(one.name);
  return names;
}

/// Reads the checks of one model; knows the names that checks may speak of.
class CheckReader {
 public:
  explicit CheckReader(const RecordModel& model) : model_(model) {}

  Check read(TomlTable& table) const;
  ValuePath path(const TomlTable& table, std::string_view key, const std::string& text) const;

 private:
  void read_members(TomlTable& table, Check& check) const;
  const TableModel& table_model(const TomlTable& table, std::string_view key,
                                const std::string& name) const;
  void condition(const TomlTable& table, std::string_view key, std::string_view text,
                 ValuePath& path) const;
  Operand operand(const TomlTable& table, std::string_view key, const std::string& text) const;
  std::vector<Operand> operands(TomlTable& table, std::string_view key) const;
  std::vector<ValuePath> paths(TomlTable& table, std::string_view key) const;
  std::vector<std::string> columns(TomlTable& table, const Check& check) const;

  const RecordModel& model_;
};

const TableModel& CheckReader::table_model(const TomlTable& table, std::string_view key,
                                           const std::string& name) const {
  const TableModel* found = model_.table(name);
  if (!found)
    table.refuse(key, "there is no table `" + name + "`" + hint_for(name, names_of(model_.tables)));
  return *found;
}

// "[source=total]" without the brackets.
void CheckReader::condition(const TomlTable& table, std::string_view key, std::string_view text,
                            ValuePath& path) const {
  const std::size_t sign = text.find('=');
  if (sign == std::string_view::npos || sign == 0 || sign + 1 == text.size())
    table.refuse(key, "a condition is written as [column=value]");
  path.column = text.substr(0, sign);
  path.equals = text.substr(sign + 1);
  const TableModel& rows = table_model(table, key, path.table);
  const FieldModel* column = rows.column(path.column);
  if (!column) {
    table.refuse(key, "the table `" + path.table + "` has no column `" + path.column + "`" +
                          hint_for(path.column, names_of(rows.columns)));
  }
  const auto names = names_of(column->options);
  if (!names.empty() && std::find(names.begin(), names.end(), path.equals) == names.end()) {
    table.refuse(
        key, "`" + path.column + "` is never `" + path.equals + "`" + hint_for(path.equals, names));
  }
}

ValuePath CheckReader::path(const TomlTable& table, std::string_view key,
                            const std::string& text) const {
  ValuePath path;
  const std::size_t dot = text.rfind('.');
  if (dot == std::string::npos) {
    path.name = text;
    if (!model_.field(text))
      table.refuse(key,
                   "there is no field `" + text + "`" + hint_for(text, names_of(model_.fields)));
    return path;
  }
  path.name = text.substr(dot + 1);
  path.table = text.substr(0, dot);
  const std::size_t bracket = path.table.find('[');
  std::string inside;
  if (bracket != std::string::npos) {
    if (path.table.back() != ']') table.refuse(key, "`" + text + "`: the bracket is never closed");
    inside = path.table.substr(bracket + 1, path.table.size() - bracket - 2);
    path.table.resize(bracket);
  }
  const TableModel& rows = table_model(table, key, path.table);
  if (!rows.column(path.name)) {
    table.refuse(key, "the table `" + path.table + "` has no column `" + path.name + "`" +
                          hint_for(path.name, names_of(rows.columns)));
  }
  if (bracket != std::string::npos) condition(table, key, inside, path);
  return path;
}

Operand CheckReader::operand(const TomlTable& table, std::string_view key,
                             const std::string& text) const {
  Operand operand;
  operand.number = Decimal::parse(text);
  if (!operand.number) operand.path = path(table, key, text);
  return operand;
}

std::vector<Operand> CheckReader::operands(TomlTable& table, std::string_view key) const {
  std::vector<Operand> out;
  for (const std::string& text : table.texts(key)) out.push_back(operand(table, key, text));
  return out;
}

std::vector<ValuePath> CheckReader::paths(TomlTable& table, std::string_view key) const {
  std::vector<ValuePath> out;
  for (const std::string& text : table.texts(key)) out.push_back(path(table, key, text));
  return out;
}

std::vector<std::string> CheckReader::columns(TomlTable& table, const Check& check) const {
  std::vector<std::string> columns = table.texts("columns");
  if (columns.empty()) table.refuse("columns", "the key `columns` is missing");
  const TableModel& rows = table_model(table, "table", check.table);
  for (const std::string& name : columns) {
    if (!rows.column(name)) {
      table.refuse("columns", "the table `" + check.table + "` has no column `" + name + "`" +
                                  hint_for(name, names_of(rows.columns)));
    }
  }
  return columns;
}

Severity read_severity(TomlTable& table) {
  const std::string name = table.text_or("severity", "warning");
  for (const Severity severity : {Severity::info, Severity::warning, Severity::error}) {
    if (to_string(severity) == name) return severity;
  }
  table.refuse("severity", "`" + name + "` is none of info, warning, error" +
                               hint_for(name, {"info", "warning", "error"}));
}

CheckKind read_kind(TomlTable& table) {
  const std::string name = table.text("kind");
  std::vector<std::string> known;
  for (const auto& [word, kind] : kKinds) {
    if (word == name) return kind;
    known.emplace_back(word);
  }
  table.refuse("kind", "unknown kind of check `" + name + "`" + hint_for(name, known));
}

/// Numbers stand in quotes in a model, so that they stay exact.
std::optional<Decimal> read_number(TomlTable& table, std::string_view key) {
  const toml::node* node = table.node(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* whole = node->as_integer()) return Decimal(whole->get(), 0);
  const std::string text = table.text(key);
  const auto number = Decimal::parse(text);
  if (!number) table.refuse(key, "`" + text + "` is no number");
  return number;
}

Decimal needed_number(TomlTable& table, std::string_view key) {
  const auto number = read_number(table, key);
  if (!number) table.refuse(key, "the key `" + std::string(key) + "` is missing");
  return *number;
}

std::vector<Check::Band> read_bands(TomlTable& table) {
  std::vector<Check::Band> bands;
  for (TomlTable& band : table.tables("bands")) {
    bands.push_back({band.text("label"), needed_number(band, "from")});
    band.finish();
    if (bands.size() > 1 && bands[bands.size() - 2].from <= bands.back().from)
      band.refuse("from", "bands must fall from the highest to the lowest");
  }
  if (bands.empty()) table.refuse("bands", "the key `bands` is missing");
  return bands;
}

std::vector<Check::Branch> read_branches(TomlTable& table) {
  std::vector<Check::Branch> branches;
  auto tree = table.table("tree");
  if (!tree) table.refuse("tree", "the key `tree` is missing");
  for (const std::string& parent : tree->keys()) branches.push_back({parent, tree->texts(parent)});
  return branches;
}

template <typename Things>
void need(TomlTable& table, std::string_view key, const Things& things, std::size_t least) {
  if (things.size() < least)
    table.refuse(key, "`" + std::string(key) + "` must name at least " + std::to_string(least));
}

void CheckReader::read_members(TomlTable& table, Check& check) const {
  const auto limit = [&](std::string_view key) {
    check.limit = operand(table, key, table.text(key));
  };
  switch (check.kind) {
    case CheckKind::required:
    case CheckKind::known:
    case CheckKind::in_year:
    case CheckKind::parsed:
    case CheckKind::note_agrees:
      check.values = paths(table, "values");
      if (check.kind == CheckKind::note_agrees) check.unless = table.texts("unless");
      return need(table, "values", check.values, 1);
    case CheckKind::order:
      check.values = paths(table, "values");
      return need(table, "values", check.values, 2);
    case CheckKind::filled:
    case CheckKind::unique:
    case CheckKind::contiguous:
      check.table = table.text("table");
      table_model(table, "table", check.table);
      if (check.kind != CheckKind::filled) check.columns = columns(table, check);
      return;
    case CheckKind::sum:
      limit("total");
      check.parts = operands(table, "parts");
      return need(table, "parts", check.parts, 1);
    case CheckKind::at_most:
    case CheckKind::equals:
      check.values = paths(table, "values");
      limit(check.kind == CheckKind::equals ? "to" : "limit");
      return need(table, "values", check.values, 1);
    case CheckKind::range:
    case CheckKind::digits:
      check.values = paths(table, "values");
      check.least = read_number(table, "least");
      check.most = read_number(table, "most");
      check.unit = table.text_or("unit", "");
      return need(table, "values", check.values, 1);
    case CheckKind::product:
      check.values = paths(table, "values");
      check.parts = operands(table, "factors");
      check.scale = read_number(table, "divisor").value_or(check.scale);
      if (check.scale.is_zero()) table.refuse("divisor", "the divisor is 0");
      if (table.node("cap") != nullptr) limit("cap");
      need(table, "values", check.values, 1);
      return need(table, "factors", check.parts, 2);
    case CheckKind::ratio:
      check.values = paths(table, "values");
      check.parts = {operand(table, "numerator", table.text("numerator")),
                     operand(table, "denominator", table.text("denominator"))};
      check.scale = read_number(table, "times").value_or(check.scale);
      return need(table, "values", check.values, 1);
    case CheckKind::target_met:
    case CheckKind::same_unit:
    case CheckKind::explained:
      check.table = table.text("table");
      check.columns = columns(table, check);
      return need(table, "columns", check.columns,
                  check.kind == CheckKind::same_unit   ? 2
                  : check.kind == CheckKind::explained ? 3
                                                       : 4);
    case CheckKind::bands:
      check.values = paths(table, "values");
      limit("label");
      check.bands = read_bands(table);
      return need(table, "values", check.values, 1);
    case CheckKind::taxonomy:
      check.table = table.text("table");
      check.columns = columns(table, check);
      check.branches = read_branches(table);
      return need(table, "columns", check.columns, 2);
  }
}

Check CheckReader::read(TomlTable& table) const {
  Check check;
  check.id = table.text("id");
  table.rename("the check `" + check.id + "`");
  check.kind = read_kind(table);
  check.severity = read_severity(table);
  check.hint = table.text_or("hint", "");
  check.when_same_year = paths(table, "when_same_year");
  read_members(table, check);
  table.finish();
  return check;
}

}  // namespace

std::optional<ValuePath> read_path(TomlTable& table, std::string_view key,
                                   const RecordModel& model) {
  const std::string text = table.text_or(key, "");
  if (text.empty()) return std::nullopt;
  return CheckReader(model).path(table, key, text);
}

std::vector<Check> read_checks(TomlTable& file, const RecordModel& model) {
  const CheckReader reader(model);
  std::vector<Check> checks;
  for (TomlTable& table : file.tables("check")) checks.push_back(reader.read(table));
  return checks;
}

}  // namespace tabularium
