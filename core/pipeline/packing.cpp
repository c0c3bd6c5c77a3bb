#include "packing_internal.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

class Packer {
 public:
  void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  void number(std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) byte(static_cast<std::uint8_t>(value >> shift));
  }
  /// Sizes and page numbers: seven bits a byte, the lowest first.
  void count(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) byte(static_cast<std::uint8_t>(value | 0x80));
    byte(static_cast<std::uint8_t>(value));
  }
  void integer(std::int64_t value) { number(static_cast<std::uint64_t>(value)); }
  void real(double value) { number(std::bit_cast<std::uint64_t>(value)); }
  void text(std::string_view value) {
    count(value.size());
    bytes_ += value;
  }
  template <typename Items, typename Pack>
  void list(const Items& items, Pack pack) {
    count(items.size());
    for (const auto& item : items) pack(item);
  }
  template <typename Item, typename Pack>
  void optional(const std::optional<Item>& item, Pack pack) {
    byte(item ? 1 : 0);
    if (item) pack(*item);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

[[noreturn]] void refuse() { throw Error(Error::Code::damaged_input, "no packed record"); }

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t byte() {
    if (rest_.empty()) refuse();
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 8) value |= std::uint64_t{byte()} << shift;
    return value;
  }
  std::uint64_t count() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      const std::uint8_t part = byte();
      value |= std::uint64_t{part & 0x7FU} << shift;
      if (part < 0x80) return value;
    }
    refuse();
  }
  int page() {
    const std::uint64_t value = count();
    constexpr std::uint64_t beyond_all_pages = 1U << 30;
    if (value > beyond_all_pages) refuse();
    return static_cast<int>(value);
  }
  std::int64_t integer() { return static_cast<std::int64_t>(number()); }
  double real() {
    const auto value = std::bit_cast<double>(number());
    if (!std::isfinite(value)) refuse();
    return value;
  }
  std::string text() {
    const std::uint64_t size = count();
    if (size > rest_.size()) refuse();
    std::string value(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return storable(std::move(value));
  }
  template <typename Unpack>
  auto list(Unpack unpack) {
    std::vector<decltype(unpack())> items;
    // Every item has a byte at least: a size that is a lie costs no memory.
    const std::uint64_t size = count();
    if (size > rest_.size()) refuse();
    for (std::uint64_t i = 0; i < size; ++i) items.push_back(unpack());
    return items;
  }
  template <typename Unpack>
  auto optional(Unpack unpack) -> std::optional<decltype(unpack())> {
    if (byte() == 0) return std::nullopt;
    return unpack();
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

void pack(Packer& out, const Decimal& number) {
  out.integer(number.units());
  out.byte(static_cast<std::uint8_t>(number.scale()));
}

/// A whole number that decimals and amounts can hold: of eighteen digits at most.
std::int64_t units(Unpacker& in) {
  constexpr std::int64_t kMost = 999'999'999'999'999'999;
  const std::int64_t read = in.integer();
  if (read > kMost || read < -kMost) refuse();
  return read;
}

Decimal decimal(Unpacker& in) {
  const std::int64_t read = units(in);
  const int scale = in.byte();
  if (scale > 18) refuse();
  return {read, scale};
}

struct ValuePacker {
  Packer& out;
  void operator()(std::monostate) const {}
  void operator()(const std::string& text) const { out.text(text); }
  void operator()(bool yes) const { out.byte(yes ? 1 : 0); }
  void operator()(const Decimal& number) const { pack(out, number); }
  void operator()(const Money& amount) const { out.integer(amount.fen); }
  void operator()(const Date& date) const {
    out.count(static_cast<std::uint64_t>(date.year));
    out.byte(static_cast<std::uint8_t>(date.month));
    out.byte(static_cast<std::uint8_t>(date.day));
  }
  void operator()(const std::vector<std::string>& texts) const {
    out.list(texts, [&](const std::string& text) { out.text(text); });
  }
  void operator()(const Quantity& quantity) const {
    const auto text = [&](const std::string& part) { out.text(part); };
    out.text(quantity.text);
    out.optional(quantity.op, text);
    out.optional(quantity.value, [&](const Decimal& number) { pack(out, number); });
    out.optional(quantity.unit, text);
    out.optional(quantity.note, text);
  }
};

Date date(Unpacker& in) {
  const int year = in.page();
  const int month = in.byte();
  const auto made = make_date(year, month, in.byte());
  if (!made) refuse();
  return *made;
}

Quantity quantity(Unpacker& in) {
  const auto text = [&] { return in.text(); };
  Quantity value;
  value.text = in.text();
  value.op = in.optional(text);
  value.value = in.optional([&] { return decimal(in); });
  value.unit = in.optional(text);
  value.note = in.optional(text);
  return value;
}

/// The kinds are the places of the types in `Value`.
Value value(Unpacker& in) {
  switch (in.byte()) {
    case 0:
      return std::monostate();
    case 1:
      return in.text();
    case 2:
      return in.byte() != 0;
    case 3:
      return decimal(in);
    case 4:
      return Money{units(in)};
    case 5:
      return date(in);
    case 6:
      return in.list([&] { return in.text(); });
    case 7:
      return quantity(in);
    default:
      refuse();
  }
}

void pack(Packer& out, const std::vector<Field>& fields) {
  out.list(fields, [&](const Field& field) {
    out.text(field.name);
    out.byte(static_cast<std::uint8_t>(field.value.index()));
    std::visit(ValuePacker{out}, field.value);
  });
}

std::vector<Field> fields(Unpacker& in) {
  return in.list([&] {
    Field field;
    field.name = in.text();
    field.value = value(in);
    return field;
  });
}

void pack(Packer& out, const Evidence& evidence) {
  out.count(static_cast<std::uint64_t>(std::max(evidence.page, 0)));
  for (const double side : {evidence.box.x0, evidence.box.y0, evidence.box.x1, evidence.box.y1}) {
    out.real(std::isfinite(side) ? side : 0.0);
  }
  out.text(evidence.text);
  out.real(std::isfinite(evidence.confidence) ? evidence.confidence : 0.0);
  out.text(evidence.extractor);
  out.text(evidence.unit);
  out.count(static_cast<std::uint64_t>(std::max(evidence.first_line, 0)));
  out.count(static_cast<std::uint64_t>(std::max(evidence.last_line, 0)));
  out.byte(evidence.recognized ? 1 : 0);
}

Evidence evidence(Unpacker& in) {
  Evidence made;
  made.page = in.page();
  for (double* side : {&made.box.x0, &made.box.y0, &made.box.x1, &made.box.y1}) *side = in.real();
  made.text = in.text();
  made.confidence = in.real();
  made.extractor = in.text();
  made.unit = in.text();
  made.first_line = in.page();
  made.last_line = in.page();
  made.recognized = in.byte() != 0;
  return made;
}

void pack(Packer& out, const Issue& issue) {
  out.text(issue.check);
  out.byte(static_cast<std::uint8_t>(issue.severity));
  out.text(issue.pointer);
  out.list(issue.related, [&](const std::string& pointer) { out.text(pointer); });
  out.text(issue.message);
}

Issue issue(Unpacker& in) {
  Issue made;
  made.check = in.text();
  const std::uint8_t severity = in.byte();
  if (severity > static_cast<std::uint8_t>(Severity::error)) refuse();
  made.severity = static_cast<Severity>(severity);
  made.pointer = in.text();
  made.related = in.list([&] { return in.text(); });
  made.message = in.text();
  return made;
}

}  // namespace

std::string packed(const Record& record) {
  Packer out;
  out.text(record.record);
  out.text(record.layout);
  out.text(record.title);
  out.optional(record.year, [&](int year) { out.integer(year); });
  pack(out, record.fields);
  out.list(record.tables, [&](const RecordTable& table) {
    out.text(table.name);
    out.list(table.rows, [&](const Row& row) { pack(out, row.cells); });
  });
  out.text(record.source.file);
  out.text(record.source.sha256);
  out.list(record.source.pages,
           [&](int page) { out.count(static_cast<std::uint64_t>(std::max(page, 0))); });
  out.list(record.evidence, [&](const auto& entry) {
    out.text(entry.first);
    pack(out, entry.second);
  });
  out.list(record.issues, [&](const Issue& each) { pack(out, each); });
  return out.take();
}

Record unpacked(std::string_view bytes) {
  Unpacker in(bytes);
  Record record;
  record.record = in.text();
  record.layout = in.text();
  record.title = in.text();
  if (const auto year = in.optional([&] { return in.integer(); })) {
    record.year = static_cast<int>(std::clamp<std::int64_t>(*year, 0, 9999));
  }
  record.fields = fields(in);
  record.tables = in.list([&] {
    RecordTable table;
    table.name = in.text();
    table.rows = in.list([&] { return Row{fields(in)}; });
    return table;
  });
  record.source.file = in.text();
  record.source.sha256 = in.text();
  record.source.pages = in.list([&] { return in.page(); });
  for (auto& [pointer, made] : in.list([&] {
         std::string pointer = in.text();
         return std::pair(std::move(pointer), evidence(in));
       })) {
    record.evidence.emplace_hint(record.evidence.end(), std::move(pointer), std::move(made));
  }
  record.issues = in.list([&] { return issue(in); });
  if (!in.at_end()) refuse();
  return record;
}

}  // namespace tabularium
