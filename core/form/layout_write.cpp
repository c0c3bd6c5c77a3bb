#include "tabularium/form/layout_write_internal.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using Examples = std::map<std::string, std::string>;

/// A basic string of TOML.
std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  return out += '"';
}

std::string list(const std::vector<std::string>& texts) {
  std::vector<std::string> parts;
  for (const std::string& text : texts) parts.push_back(toml_string(text));
  return fmt::format("[{}]", fmt::join(parts, ", "));
}

std::vector<std::string> texts_of(const Labels& labels) {
  std::vector<std::string> texts;
  for (const Label& label : labels) texts.push_back(label.text);
  return texts;
}

std::string text_or_list(const Labels& labels) {
  return labels.size() == 1 ? toml_string(labels.front().text) : list(texts_of(labels));
}

void add_list(std::string& out, const char* key, const Labels& labels) {
  if (!labels.empty()) out += fmt::format("{} = {}\n", key, list(texts_of(labels)));
}

std::string place_names(const std::vector<Place>& places) {
  std::vector<std::string> names;
  for (const Place place : places) names.push_back(place == Place::right ? "right" : "below");
  return names.size() == 1 ? toml_string(names.front()) : list(names);
}

std::string field_value(const FieldSpec& field) {
  if (!field.total_of.empty()) {
    return fmt::format("{{ total_of = {}, column = {} }}", toml_string(field.total_of),
                       toml_string(field.column));
  }
  std::vector<std::string> parts = {"label = " + text_or_list(field.labels)};
  const std::vector<Place> usual = {Place::right};
  if (field.places != usual) parts.push_back("value = " + place_names(field.places));
  if (field.nth > 0) parts.push_back(fmt::format("nth = {}", field.nth));
  if (field.half != Half::any) {
    parts.push_back(fmt::format("half = \"{}\"", field.half == Half::left ? "left" : "right"));
  }
  if (field.optional) parts.emplace_back("optional = true");
  if (field.boxes) parts.push_back("ticked = " + list(texts_of(field.options)));
  if (!field.strip.empty()) parts.push_back("strip = " + list(texts_of(field.strip)));
  if (!field.unit.empty()) parts.push_back("unit = " + toml_string(field.unit));
  if (!field.unit_labels.empty())
    parts.push_back("unit_label = " + text_or_list(field.unit_labels));
  if (parts.size() == 1) return text_or_list(field.labels);
  return fmt::format("{{ {} }}", fmt::join(parts, ", "));
}

std::string column_value(const ColumnSpec& column) {
  std::vector<std::string> parts = {"header = " + text_or_list(column.headers)};
  if (column.optional) parts.emplace_back("optional = true");
  if (!column.words.empty()) parts.push_back("words = " + list(texts_of(column.words)));
  if (!column.unit.empty()) parts.push_back("unit = " + toml_string(column.unit));
  if (!column.unit_labels.empty()) {
    parts.push_back("unit_label = " + text_or_list(column.unit_labels));
  }
  if (parts.size() == 1) return text_or_list(column.headers);
  return fmt::format("{{ {} }}", fmt::join(parts, ", "));
}

/// "  # as the sample has it", in one line.
std::string example(const Examples& examples, const std::string& key) {
  constexpr std::size_t kLongest = 24;
  const auto found = examples.find(key);
  if (found == examples.end()) return "";
  std::u32string text = to_utf32(found->second);
  for (char32_t& code : text) {
    if (code < 0x20 || code == 0x7F) code = U' ';
  }
  if (text.size() > kLongest) text = text.substr(0, kLongest) + U"…";
  return text.empty() ? "  # empty in the samples" : "  # " + to_utf8(text);
}

void add_head(std::string& out, const LayoutSpec& spec) {
  out += fmt::format("layout = {}\nversion = {}\nrecord = {}\n", toml_string(spec.name),
                     toml_string(spec.version), toml_string(spec.record));
  out += fmt::format("years = [{}]\n\n", fmt::join(spec.years, ", "));
  add_list(out, "titles", spec.titles);
  add_list(out, "year", spec.year);
  out += "# Labels that tell this layout from others of the same title.\n";
  out += fmt::format("must_have = {}\n", list(texts_of(spec.must_have)));
  add_list(out, "must_not_have", spec.must_not_have);
  out += "# Texts of the form that are nobody's value.\n";
  out += fmt::format("headings = {}\n", list(texts_of(spec.headings)));
}

void add_table(std::string& out, const TableSpec& table, const Examples& examples) {
  out += fmt::format("\n[tables.{}]\nrows_by = {}\n", table.name, list(table.rows_by));
  if (!table.key.empty()) out += fmt::format("key = {}\n", toml_string(table.key));
  add_list(out, "side", table.side);
  add_list(out, "until", table.until);
  add_list(out, "total", table.total);
  if (table.unnamed_total) out += "unnamed_total = true\n";
  out += fmt::format("\n[tables.{}.columns]\n", table.name);
  for (const ColumnSpec& column : table.columns) {
    out += fmt::format("{} = {}{}\n", column.name, column_value(column),
                       example(examples, table.name + "." + column.name));
  }
  if (table.rows.empty()) return;
  out += fmt::format("\n[tables.{}.rows]\n", table.name);
  for (const RowSpec& row : table.rows) {
    out += fmt::format("{} = {}\n", row.name, text_or_list(row.labels));
  }
}

}  // namespace

std::string layout_toml(const LayoutSpec& spec, const Examples& examples,
                        const std::string& about) {
  std::string out = about;
  add_head(out, spec);
  out += "\n[fields]\n";
  for (const FieldSpec& field : spec.fields) {
    out +=
        fmt::format("{} = {}{}\n", field.name, field_value(field), example(examples, field.name));
  }
  for (const TableSpec& table : spec.tables) add_table(out, table, examples);
  return out;
}

}  // namespace tabularium
