#include "strict_toml_internal.h"

#include <algorithm>

namespace tabularium::strict_toml {
namespace {

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

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

}  // namespace

std::string hint_for(std::string_view word, const std::vector<std::string>& known) {
  const auto meant = nearest(word, known);
  return meant ? "; did you mean " + quoted(*meant) + "?" : "";
}

toml::table TomlFile::parse(std::string_view text) const {
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    refuse(error.source(), std::string(error.description()));
  }
}

void TomlFile::refuse(const toml::source_region& place, const std::string& reason) const {
  throw Error(refusal, name + ':' + std::to_string(place.begin.line) + ':' +
                           std::to_string(place.begin.column) + ": " + reason);
}

TomlTable::TomlTable(const toml::table& table, TomlFile file, std::string what)
    : table_(&table), file_(std::move(file)), what_(std::move(what)) {}

void TomlTable::refuse(std::string_view key, const std::string& reason) const {
  const toml::node* node = table_->get(key);
  file_.refuse(node ? node->source() : table_->source(), what_ + ": " + reason);
}

const toml::node* TomlTable::node(std::string_view key) {
  asked_.emplace_back(key);
  return table_->get(key);
}

const toml::node& TomlTable::asked(std::string_view key) {
  const toml::node* found = node(key);
  if (found) return *found;
  const auto meant = nearest(key, keys());
  const std::string reason = what_ + ": the key " + quoted(key) + " is missing";
  if (!meant) refuse(key, "the key " + quoted(key) + " is missing");
  file_.refuse(place_of_key(*meant), reason + "; is " + quoted(*meant) + " meant?");
}

/// Where the key itself stands, not its value.
toml::source_region TomlTable::place_of_key(std::string_view key) const {
  for (const auto& [one, node] : *table_) {
    if (one.str() == key) return one.source();
  }
  return table_->source();
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

void TomlTable::require_known(std::string_view key, const std::string& word,
                              const std::vector<std::string>& words) const {
  if (std::find(words.begin(), words.end(), word) != words.end()) return;
  std::string reason = quoted(key) + " is \"" + word + "\"";
  if (const auto meant = nearest(word, words)) {
    refuse(key, reason + "; did you mean \"" + *meant + "\"?");
  }
  std::string known;
  for (std::size_t i = 0; i < words.size(); ++i) {
    known += (i == 0 ? "\"" : i + 1 == words.size() ? " and \"" : ", \"") + words[i] + '"';
  }
  refuse(key, reason + "; known are " + known);
}

std::string TomlTable::choice(std::string_view key, const std::vector<std::string>& words) {
  std::string word = text(key);
  require_known(key, word, words);
  return word;
}

std::vector<std::string> TomlTable::choices(std::string_view key,
                                            const std::vector<std::string>& words) {
  std::vector<std::string> all = text_or_texts(key);
  for (const std::string& word : all) require_known(key, word, words);
  return all;
}

std::int64_t TomlTable::integer_or(std::string_view key, std::int64_t fallback) {
  const toml::node* found = node(key);
  if (!found) return fallback;
  const auto* value = found->as_integer();
  if (!value) refuse(key, quoted(key) + " must be an integer, found " + kind_of(*found));
  return value->get();
}

std::int64_t TomlTable::within(const toml::node& node, std::string_view key, std::int64_t least,
                               std::int64_t most) const {
  const auto* value = node.as_integer();
  if (value && value->get() >= least && value->get() <= most) return value->get();
  file_.refuse(node.source(), what_ + ": " + quoted(key) + " must be an integer from " +
                                  std::to_string(least) + " to " + std::to_string(most));
}

std::optional<std::int64_t> TomlTable::integer_between(std::string_view key, std::int64_t least,
                                                       std::int64_t most) {
  const toml::node* found = node(key);
  if (!found) return std::nullopt;
  return within(*found, key, least, most);
}

std::vector<std::int64_t> TomlTable::integers_between(std::string_view key, std::int64_t least,
                                                      std::int64_t most) {
  std::vector<std::int64_t> out;
  const toml::node* found = node(key);
  if (!found) return out;
  const auto* list = found->as_array();
  if (!list) refuse(key, quoted(key) + " must be a list of integers, found " + kind_of(*found));
  for (const toml::node& item : *list) out.push_back(within(item, key, least, most));
  return out;
}

bool TomlTable::flag_or(std::string_view key, bool fallback) {
  const toml::node* found = node(key);
  if (!found) return fallback;
  const auto* value = found->as_boolean();
  if (!value) refuse(key, quoted(key) + " must be true or false, found " + kind_of(*found));
  return value->get();
}

std::vector<std::string> TomlTable::texts_of(std::string_view key, const toml::array& list) const {
  std::vector<std::string> out;
  for (const toml::node& item : list) {
    const auto* value = item.as_string();
    if (!value || value->get().empty()) {
      file_.refuse(item.source(), what_ + ": " + quoted(key) + " must hold texts, found " +
                                      (value ? "an empty one" : kind_of(item)));
    }
    out.push_back(value->get());
  }
  return out;
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
  const toml::node* found = node(key);
  if (!found) return {};
  if (const auto* list = found->as_array()) return texts_of(key, *list);
  refuse(key, quoted(key) + " must be a list of texts, found " + kind_of(*found));
}

std::vector<std::string> TomlTable::text_or_texts(std::string_view key) {
  const toml::node* found = node(key);
  if (!found) return {};
  if (found->is_string()) return {text(key)};
  if (const auto* list = found->as_array()) return texts_of(key, *list);
  refuse(key, quoted(key) + " must be a text or a list of texts, found " + kind_of(*found));
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
      file_.refuse(item.source(),
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
  std::vector<const toml::key*> keys;  // toml++ sorts them by name
  for (const auto& [key, node] : *table_) keys.push_back(&key);
  std::stable_sort(keys.begin(), keys.end(), [](const toml::key* a, const toml::key* b) {
    const auto& left = a->source().begin;
    const auto& right = b->source().begin;
    return std::pair(left.line, left.column) < std::pair(right.line, right.column);
  });
  std::vector<std::string> out;
  out.reserve(keys.size());
  for (const toml::key* key : keys) out.emplace_back(key->str());
  return out;
}

void TomlTable::finish() const {
  for (const auto& [key, node] : *table_) {
    if (std::find(asked_.begin(), asked_.end(), key.str()) != asked_.end()) continue;
    const auto meant = nearest(key.str(), asked_);
    file_.refuse(key.source(), what_ + ": unknown key " + quoted(key.str()) + "; " +
                                   (meant ? "did you mean " + quoted(*meant) + "?"
                                          : "known are: " + listed(asked_)));
  }
}

}  // namespace tabularium::strict_toml
