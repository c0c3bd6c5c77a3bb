#include <algorithm>
#include <fstream>
#include <iterator>

#include "layout_names_internal.h"
#include "tabularium/page/strict_toml_internal.h"

namespace tabularium {
namespace {

using strict_toml::hint_for;
using strict_toml::TomlFile;
using strict_toml::TomlTable;

template <typename Named>
std::vector<std::string> names_of(const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const Named& one : all) names.push_back(one.name);
  return names;
}

/// `what`: "field", "column of `items`".
void require_each(const TomlTable& table, const std::vector<std::string>& known,
                  const std::string& what) {
  for (const std::string& name : table.keys()) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    table.refuse(name, "the record has no " + what + " `" + name + "`" + hint_for(name, known));
  }
}

void require_rows(TomlTable& table, const TableModel& model) {
  auto rows = table.table("rows");
  if (!rows) return;
  for (const FieldModel& column : model.columns) {
    if (column.type == ValueType::key) {
      require_each(*rows, names_of(column.options), "row of `" + model.name + "` named");
    }
  }
}

}  // namespace

void require_names_of_record(const std::filesystem::path& layout, const RecordModel& model) {
  std::ifstream in(layout, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const TomlFile file{layout.string(), Error::Code::bad_layout};
  const toml::table parsed = file.parse(text);
  TomlTable root(parsed, file, "the layout");
  if (const auto fields = root.table("fields")) {
    require_each(*fields, names_of(model.fields), "field");
  }
  auto tables = root.table("tables");
  if (!tables) return;
  require_each(*tables, names_of(model.tables), "table");
  for (const std::string& name : tables->keys()) {
    auto table = tables->table(name);
    const TableModel& known = *model.table(name);
    if (const auto columns = table->table("columns")) {
      require_each(*columns, names_of(known.columns), "column of `" + name + "` named");
    }
    require_rows(*table, known);
  }
}

}  // namespace tabularium
