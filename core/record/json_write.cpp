#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tabularium/page/text.h"
#include "tabularium/record/json.h"

namespace tabularium {
namespace {

/// The text with the characters escaped that JSON asks for; what is no UTF-8 becomes U+FFFD.
std::string quoted(std::string_view text) {
  const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  });
  if (plain && is_storable(text)) return fmt::format("\"{}\"", text);
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// `value` rounded to 10^-digits, without trailing zeros. Integers do the work, so that the bytes
/// are the same everywhere.
std::string rounded(double value, int digits) {
  std::int64_t power = 1;
  for (int i = 0; i < digits; ++i) power *= 10;
  const double scaled = value * static_cast<double>(power);
  if (!(std::abs(scaled) < 1e15)) return "0";
  return Decimal(std::llround(scaled), digits).reduced().to_string();
}

/// Writes nested objects and arrays with their commas and line breaks. An inline one stays on its
/// line, with all that it holds.
class Writer {
 public:
  explicit Writer(int indent) : indent_(indent) {}

  void open(char bracket, bool inlined = false) {
    out_ += bracket;
    ++depth_;
    if (inlined && inline_depth_ == 0) inline_depth_ = depth_;
    empty_ = true;
  }

  void close(char bracket) {
    const bool was_inline = is_inline();
    if (inline_depth_ == depth_) inline_depth_ = 0;
    --depth_;
    if (!empty_ && !was_inline) break_line();
    if (!empty_ && was_inline && indent_ > 0 && bracket == '}') out_ += ' ';
    out_ += bracket;
    empty_ = false;
  }

  /// Begins the next member of an array.
  void item() {
    if (!empty_) out_ += ',';
    if (!is_inline())
      break_line();
    else if (indent_ > 0 && (!empty_ || out_.back() == '{'))
      out_ += ' ';
    empty_ = false;
  }

  void key(std::string_view name) {
    item();
    out_ += quoted(name);
    out_ += indent_ > 0 ? ": " : ":";
  }

  void raw(std::string_view text) { out_ += text; }
  void text(std::string_view text) { out_ += quoted(text); }
  void text(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }

  std::string take() { return std::move(out_); }

 private:
  bool is_inline() const { return inline_depth_ > 0; }
  void break_line() {
    if (indent_ == 0) return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent_) * static_cast<std::size_t>(depth_), ' ');
  }

  std::string out_;
  int indent_;
  int depth_ = 0;
  int inline_depth_ = 0;
  bool empty_ = true;
};

void write_optional(Writer& out, std::string_view key, const std::optional<std::string>& value) {
  out.key(key);
  if (value)
    out.text(*value);
  else
    out.raw("null");
}

struct ValueWriter {
  Writer& out;

  void operator()(std::monostate) const { out.raw("null"); }
  void operator()(const std::string& text) const { out.text(text); }
  void operator()(bool yes) const { out.raw(yes ? "true" : "false"); }
  void operator()(const Decimal& number) const { out.raw(number.to_string()); }
  void operator()(const Money& amount) const { out.raw(to_string(amount)); }
  void operator()(const Date& date) const { out.text(to_string(date)); }
  void operator()(const std::vector<std::string>& texts) const {
    out.open('[', true);
    for (const std::string& text : texts) {
      out.item();
      out.text(text);
    }
    out.close(']');
  }
  void operator()(const Quantity& quantity) const {
    out.open('{', true);
    out.text("text", quantity.text);
    write_optional(out, "operator", quantity.op);
    out.key("value");
    out.raw(quantity.value ? quantity.value->to_string() : "null");
    write_optional(out, "unit", quantity.unit);
    write_optional(out, "note", quantity.note);
    out.close('}');
  }
};

void write_fields(Writer& out, const std::vector<Field>& fields) {
  out.open('{');
  for (const Field& field : fields) {
    out.key(field.name);
    std::visit(ValueWriter{out}, field.value);
  }
  out.close('}');
}

void write_tables(Writer& out, const std::vector<RecordTable>& tables) {
  out.open('{');
  for (const RecordTable& table : tables) {
    out.key(table.name);
    out.open('[');
    for (const Row& row : table.rows) {
      out.item();
      write_fields(out, row.cells);
    }
    out.close(']');
  }
  out.close('}');
}

void write_source(Writer& out, const Source& source) {
  out.open('{');
  out.text("file", source.file);
  out.text("sha256", source.sha256);
  out.key("pages");
  out.open('[', true);
  for (const int page : source.pages) {
    out.item();
    out.raw(std::to_string(page));
  }
  out.close(']');
  out.close('}');
}

void write_evidence(Writer& out, const std::map<std::string, Evidence>& all) {
  out.open('{');
  for (const auto& [pointer, evidence] : all) {
    out.key(pointer);
    out.open('{', true);
    out.key("page");
    out.raw(std::to_string(evidence.page));
    out.key("bbox");
    out.open('[');
    for (const double side : {evidence.box.x0, evidence.box.y0, evidence.box.x1, evidence.box.y1}) {
      out.item();
      out.raw(rounded(side, 2));
    }
    out.close(']');
    if (evidence.first_line > 0) {
      out.key("lines");
      out.open('[');
      for (const int line : {evidence.first_line, evidence.last_line}) {
        out.item();
        out.raw(std::to_string(line));
      }
      out.close(']');
    }
    out.text("text", evidence.text);
    out.key("confidence");
    out.raw(rounded(evidence.confidence, 4));
    out.text("extractor", evidence.extractor);
    if (!evidence.unit.empty()) out.text("unit", evidence.unit);
    out.close('}');
  }
  out.close('}');
}

void write_issues(Writer& out, const std::vector<Issue>& issues) {
  out.open('[');
  for (const Issue& issue : issues) {
    out.item();
    out.open('{', true);
    out.text("check", issue.check);
    out.text("severity", to_string(issue.severity));
    out.text("pointer", issue.pointer);
    out.key("related");
    ValueWriter{out}(issue.related);
    out.text("message", issue.message);
    out.close('}');
  }
  out.close(']');
}

/// What the record says, without where it stands.
void write_values(Writer& out, const Record& record) {
  out.text("record", record.record);
  out.text("layout", record.layout);
  out.text("title", record.title);
  out.key("year");
  out.raw(record.year ? std::to_string(*record.year) : "null");
  out.key("fields");
  write_fields(out, record.fields);
  out.key("tables");
  write_tables(out, record.tables);
}

}  // namespace

std::string to_json(const Value& value) {
  Writer out(0);
  std::visit(ValueWriter{out}, value);
  return out.take();
}

std::string to_json(const Record& record, int indent) {
  Writer out(indent);
  out.open('{');
  write_values(out, record);
  out.key("source");
  write_source(out, record.source);
  out.key("evidence");
  write_evidence(out, record.evidence);
  out.key("issues");
  write_issues(out, record.issues);
  out.close('}');
  return out.take();
}

std::string values_to_json(const Record& record) {
  Writer out(0);
  out.open('{');
  write_values(out, record);
  out.key("source");
  write_source(out, {"", record.source.sha256, record.source.pages});
  out.key("evidence");
  write_evidence(out, {});
  out.key("issues");
  write_issues(out, {});
  out.close('}');
  return out.take();
}

}  // namespace tabularium
