#include "toml_internal.h"

#include <algorithm>

namespace tabularium::strict_toml {
namespace {

[[noreturn]] void refuse_at(const std::string& file, const toml::source_region& place,
                            const std::string& reason) {
  throw Error(Error::Code::bad_model, file + ':' + std::to_string(place.begin.line) + ':' +
                                          std::to_string(place.begin.column) + ": " + reason);
}

std::string quoted(std::string_view word) {
  std::string out = "`";
  out += word;
  return out += '`';
}

std::string bracketed(std::string_view open, std::string_view key, std::string_view close) {
  std::string out(open);
  out += key;
  return out += close;
}

std::string kind_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a number with a point";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

}  // namespace

toml::table parse(std::string_view text, const std::string& file) {
  try {
    return toml::parse(text, file);
  } catch (const toml::parse_error& error) {
    refuse_at(file, error.source(), std::string(error.description()));
  }
}

TomlTable::TomlTable(const toml::table& table, std::string file, std::string what)
    : table_(&table), file_(std::move(file)), what_(std::move(what)) {}

void TomlTable::refuse(std::string_view key, const std::string& reason) const {
  const toml::node* node = table_->get(key);
  refuse_at(file_, node ? node->source() : table_->source(), what_ + ": " + reason);
}

const toml::node* TomlTable::node(std::string_view key) {
  asked_.emplace_back(key);
  return table_->get(key);
}

const toml::node& TomlTable::asked(std::string_view key) {
  const toml::node* found = node(key);
  if (!found) refuse(key, "the key " + quoted(key) + " is missing");
  return *found;
}

std::string TomlTable::text(std::string_view key) {
  const toml::node& found = asked(key);
  const auto* value = found.as_string();
  if (!value) refuse(key, quoted(key) + " must be a text, found " + kind_of(found));
  if (value->get().empty()) refuse(key, quoted(key) + " must not be empty");
  return value->get();
}

std::string TomlTable::text_or(std::string_view key, std::string fallback) {
  asked_.emplace_back(key);
  return has(key) ? text(key) : std::move(fallback);
}

std::int64_t TomlTable::integer_or(std::string_view key, std::int64_t fallback) {
  const toml::node* found = node(key);
  if (!found) return fallback;
  const auto* value = found->as_integer();
  if (!value) refuse(key, quoted(key) + " must be an integer, found " + kind_of(*found));
  return value->get();
}

bool TomlTable::flag_or(std::string_view key, bool fallback) {
  const toml::node* found = node(key);
  if (!found) return fallback;
  const auto* value = found->as_boolean();
  if (!value) refuse(key, quoted(key) + " must be true or false, found " + kind_of(*found));
  return value->get();
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
  std::vector<std::string> out;
  const toml::node* found = node(key);
  if (!found) return out;
  const auto* list = found->as_array();
  if (!list) refuse(key, quoted(key) + " must be a list of texts, found " + kind_of(*found));
  for (const toml::node& item : *list) {
    const auto* value = item.as_string();
    if (!value || value->get().empty()) {
      refuse_at(file_, item.source(),
                what_ + ": " + quoted(key) + " must hold texts, found " +
                    (value ? "an empty one" : kind_of(item)));
    }
    out.push_back(value->get());
  }
  return out;
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  std::vector<TomlTable> out;
  const toml::node* found = node(key);
  if (!found) return out;
  const auto* list = found->as_array();
  if (!list) refuse(key, quoted(key) + " must be a list of tables, found " + kind_of(*found));
  for (const toml::node& item : *list) {
    const auto* table = item.as_table();
    if (!table) {
      refuse_at(file_, item.source(),
                what_ + ": " + quoted(key) + " must hold tables, found " + kind_of(item));
    }
    out.emplace_back(*table, file_, bracketed("[[", key, "]]"));
  }
  return out;
}

std::optional<TomlTable> TomlTable::table(std::string_view key) {
  const toml::node* found = node(key);
  if (!found) return std::nullopt;
  const auto* table = found->as_table();
  if (!table) refuse(key, quoted(key) + " must be a table, found " + kind_of(*found));
  return TomlTable(*table, file_, bracketed("[", key, "]"));
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::string> out;
  for (const auto& [key, node] : *table_) out.emplace_back(key.str());
  return out;
}

void TomlTable::finish() const {
  for (const auto& [key, node] : *table_) {
    if (std::find(asked_.begin(), asked_.end(), key.str()) != asked_.end()) continue;
    const auto hint = nearest(key.str(), asked_);
    refuse_at(file_, key.source(),
              what_ + ": unknown key " + quoted(key.str()) +
                  (hint ? "; did you mean " + quoted(*hint) + "?" : ""));
  }
}

}  // namespace tabularium::strict_toml
