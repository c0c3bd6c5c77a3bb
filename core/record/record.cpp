#include "tabularium/record/record.h"

#include <algorithm>

namespace tabularium {
namespace {

template <typename Named>
const Named* find_named(const std::vector<Named>& all, std::string_view name) {
  const auto it =
      std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  return it == all.end() ? nullptr : &*it;
}

const Value* value_of(const Field* field) { return field ? &field->value : nullptr; }

/// A name as one part of a JSON Pointer.
std::string escaped(std::string_view key) {
  std::string out;
  out.reserve(key.size());
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

}  // namespace

const Value* Row::find(std::string_view name) const { return value_of(find_named(cells, name)); }

const Value* Record::field(std::string_view name) const {
  return value_of(find_named(fields, name));
}

const RecordTable* Record::table(std::string_view name) const { return find_named(tables, name); }

std::string field_pointer(std::string_view name) { return "/fields/" + escaped(name); }

std::string cell_pointer(std::string_view table, std::size_t row, std::string_view column) {
  return "/tables/" + escaped(table) + '/' + std::to_string(row) + '/' + escaped(column);
}

}  // namespace tabularium
