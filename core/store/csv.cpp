#include "tabularium/store/csv.h"

#include <fmt/format.h>

#include "tabularium/page/text.h"

namespace tabularium {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

/// Writes the lines of one record.
class Lines {
 public:
  Lines(const Record& record, int ordinal)
      : record_(record),
        prefix_(fmt::format("{},{},{},", csv_field(to_utf8(to_utf32(record.source.file))), ordinal,
                            csv_field(record.layout))) {}

  void value(const std::string& pointer, const Value& value);
  std::string text() && { return std::move(text_); }

 private:
  /// `traced`: the pointer that the evidence is kept under; a part of a quantity has that of the
  /// whole.
  void line(const std::string& pointer, std::string_view value, const std::string& traced);
  void quantity(const std::string& pointer, const Quantity& quantity);

  const Record& record_;
  std::string prefix_;
  std::string text_;
};

void Lines::line(const std::string& pointer, std::string_view value, const std::string& traced) {
  text_ += prefix_ + csv_field(pointer) + "," + csv_field(value) + ",";
  const auto found = record_.evidence.find(traced);
  if (found == record_.evidence.end()) {
    text_ += ",\n";
  } else {
    text_ += fmt::format("{},{}\n", found->second.page, found->second.confidence);
  }
}

void Lines::quantity(const std::string& pointer, const Quantity& quantity) {
  line(pointer + "/text", quantity.text, pointer);
  const auto part = [&](const char* name, const std::optional<std::string>& text) {
    if (text) line(pointer + "/" + name, *text, pointer);
  };
  part("operator", quantity.op);
  if (quantity.value) line(pointer + "/value", quantity.value->to_string(), pointer);
  part("unit", quantity.unit);
  part("note", quantity.note);
}

void Lines::value(const std::string& pointer, const Value& value) {
  if (const auto* whole = std::get_if<Quantity>(&value)) return quantity(pointer, *whole);
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      line(fmt::format("{}/{}", pointer, i), (*list)[i], pointer);
    }
    return;
  }
  line(pointer, plain_text(value), pointer);
}

}  // namespace

std::string csv_field(std::string_view text) {
  const bool padded =
      !text.empty() && (text.front() == ' ' || text.back() == ' ' || text.front() == '\t');
  if (!padded && text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted += '"';
}

std::string csv_header() { return "file,record,layout,pointer,value,page,confidence\n"; }

std::string to_csv(const Record& record, int ordinal) {
  Lines lines(record, ordinal);
  lines.value("/title", record.title);
  lines.value("/year", record.year ? Value(Decimal(*record.year, 0)) : Value());
  for (const Field& field : record.fields) lines.value(field_pointer(field.name), field.value);
  for (const RecordTable& table : record.tables) {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      for (const Field& cell : table.rows[row].cells) {
        lines.value(cell_pointer(table.name, row, cell.name), cell.value);
      }
    }
  }
  return std::move(lines).text();
}

std::string plain_text(const Value& value) {
  return std::visit(Overloaded{
                        [](std::monostate) { return std::string(); },
                        [](const std::string& text) { return text; },
                        [](bool yes) { return std::string(yes ? "true" : "false"); },
                        [](const Decimal& number) { return number.to_string(); },
                        [](const Money& money) { return to_string(money); },
                        [](const Date& date) { return to_string(date); },
                        [](const std::vector<std::string>& list) {
                          return fmt::format("{}", fmt::join(list, "; "));
                        },
                        [](const Quantity& quantity) { return quantity.text; },
                    },
                    value);
}

}  // namespace tabularium
