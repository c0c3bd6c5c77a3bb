#include <algorithm>
#include <numeric>

#include "toml_internal.h"

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

/// Edit distance where a swap of neighbours counts once (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  std::iota(d[0].begin(), d[0].end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] =
          std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates) {
  std::optional<std::string> best;
  std::size_t least = 0;
  if (word.size() > 60) return best;
  for (const std::string& candidate : candidates) {
    const std::size_t away = distance(word, candidate);
    if (best && away >= least) continue;
    if (away > std::max(word.size(), candidate.size()) / 2) continue;
    best = candidate;
    least = away;
  }
  return best;
}

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
