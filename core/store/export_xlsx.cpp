#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>

#include "export_tables_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"
#include "tabularium/store/csv.h"

namespace tabularium {
namespace {

constexpr std::size_t kCellCharacters = 32'767;             // Excel holds no more
constexpr std::int64_t kExactDigits = 999'999'999'999'999;  // 15 digits, likewise
constexpr double kWidestColumn = 60.0;                      // in characters
constexpr double kNarrowestColumn = 6.0;
constexpr std::size_t kNameCharacters = 27;  // of a sheet, with room for " (9)"

/// `text` as a cell can hold it: no characters that XML does not have, not too long.
std::string cell_text(const std::string& text) {
  std::u32string points = to_utf32(text);
  for (char32_t& point : points) {
    const bool control = point < 0x20 && point != U'\t' && point != U'\n';
    if (control || point == 0xFFFE || point == 0xFFFF) point = 0xFFFD;
  }
  // Excel counts UTF-16, where some characters are two.
  std::size_t units = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    units += points[i] > 0xFFFF ? 2 : 1;
    if (units < kCellCharacters) continue;
    points.resize(i);
    points += U'…';
    break;
  }
  return to_utf8(points);
}

/// How many columns of a terminal the longest line of the text takes, counted up to the widest.
double width_of(const std::string& text) {
  double widest = 0.0;
  double width = 0.0;
  for (const char32_t point : to_utf32(std::string_view(text).substr(0, 400))) {
    if (point == U'\n') width = 0.0;
    width += is_cjk(point) ? 2.0 : 1.0;
    widest = std::max(widest, width);
  }
  return widest;
}

class XlsxSink final : public TableSink {
 public:
  XlsxSink(const std::vector<ExportTable>& tables, const std::filesystem::path& file);
  ~XlsxSink() override;

  void add(std::size_t table, const ExportRow& row) override;
  std::vector<std::filesystem::path> finish() override;

 private:
  /// A table and the sheet that it is at.
  struct Sheet {
    ExportTable table;
    lxw_worksheet* worksheet = nullptr;
    lxw_row_t next = 0;
    int number = 0;  ///< of its sheets; a full one is followed by another
    std::vector<double> widths;
  };

  void begin(Sheet& sheet);
  void end(Sheet& sheet);
  void write(Sheet& sheet, lxw_col_t column, const Value& value);
  void write_number(Sheet& sheet, lxw_col_t column, const Decimal& number, lxw_format* format);
  void write_text(Sheet& sheet, lxw_col_t column, const std::string& text, lxw_format* format);
  bool has_failed() const;

  PartFile file_;
  std::string folder_;
  lxw_workbook* workbook_;
  lxw_format* header_;
  lxw_format* money_;
  lxw_format* date_;
  std::vector<Sheet> sheets_;
  std::vector<lxw_worksheet*> worksheets_;
};

XlsxSink::XlsxSink(const std::vector<ExportTable>& tables, const std::filesystem::path& file)
    : file_(file), folder_(std::filesystem::absolute(file).parent_path().string()) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder_, ignored)) {
    throw Error(Error::Code::unwritable, fmt::format("{}: there is no such folder", folder_));
  }
  // Each row goes to a file of its sheet as soon as the next begins; these files lie beside the
  // output, where there must be room anyhow.
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.use_zip64 = LXW_TRUE;
  options.tmpdir = folder_.data();
  workbook_ = workbook_new_opt(file_.part().c_str(), &options);
  lxw_doc_properties properties{};
  properties.created = 946'684'800;  // 2000-01-01: the same records give the same bytes
  workbook_set_properties(workbook_, &properties);
  header_ = workbook_add_format(workbook_);
  format_set_bold(header_);
  format_set_bottom(header_, LXW_BORDER_THIN);
  money_ = workbook_add_format(workbook_);
  format_set_num_format(money_, "#,##0.00");
  date_ = workbook_add_format(workbook_);
  format_set_num_format(date_, "yyyy-mm-dd");
  for (const ExportTable& table : tables) {
    sheets_.push_back({table, nullptr, 0, 0, {}});
    begin(sheets_.back());
  }
}

XlsxSink::~XlsxSink() {
  if (workbook_ != nullptr) lxw_workbook_free(workbook_);
}

void XlsxSink::begin(Sheet& sheet) {
  std::string name = sheet.table.name.substr(0, kNameCharacters);
  if (++sheet.number > 1) name += fmt::format(" ({})", sheet.number);
  sheet.worksheet = workbook_add_worksheet(workbook_, name.c_str());
  if (sheet.worksheet == nullptr) {
    throw Error(Error::Code::unwritable,
                fmt::format("{}: the sheet {} cannot be made", file_.part().string(), name));
  }
  worksheets_.push_back(sheet.worksheet);
  sheet.widths.assign(sheet.table.columns.size(), kNarrowestColumn);
  sheet.next = 0;
  for (std::size_t i = 0; i < sheet.table.columns.size(); ++i) {
    write_text(sheet, static_cast<lxw_col_t>(i), sheet.table.columns[i], header_);
  }
  sheet.next = 1;
  worksheet_freeze_panes(sheet.worksheet, 1, 0);
}

void XlsxSink::end(Sheet& sheet) {
  for (std::size_t i = 0; i < sheet.widths.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    const double width = std::min(sheet.widths[i] + 2.0, kWidestColumn);
    worksheet_set_column(sheet.worksheet, column, column, width, nullptr);
  }
  const auto last = static_cast<lxw_col_t>(sheet.widths.size() - 1);
  worksheet_autofilter(sheet.worksheet, 0, 0, std::max(sheet.next, lxw_row_t{2}) - 1, last);
}

void XlsxSink::write_text(Sheet& sheet, lxw_col_t column, const std::string& text,
                          lxw_format* format) {
  sheet.widths[column] = std::max(sheet.widths[column], width_of(text));
  worksheet_write_string(sheet.worksheet, sheet.next, column, cell_text(text).c_str(), format);
}

/// A number where Excel keeps all its digits, else the text.
void XlsxSink::write_number(Sheet& sheet, lxw_col_t column, const Decimal& number,
                            lxw_format* format) {
  const std::string text = number.to_string();
  if (std::abs(number.units()) > kExactDigits) return write_text(sheet, column, text, format);
  constexpr double groups_margin = 1.35;  // thousands are parted by commas
  sheet.widths[column] =
      std::max(sheet.widths[column], static_cast<double>(text.size()) * groups_margin);
  worksheet_write_number(sheet.worksheet, sheet.next, column, std::strtod(text.c_str(), nullptr),
                         format);
}

void XlsxSink::write(Sheet& sheet, lxw_col_t column, const Value& value) {
  if (std::holds_alternative<std::monostate>(value)) return;
  if (const auto* amount = std::get_if<Money>(&value)) {
    return write_number(sheet, column, yuan(*amount), money_);
  }
  if (const auto* number = std::get_if<Decimal>(&value)) {
    return write_number(sheet, column, *number, nullptr);
  }
  if (const auto* yes = std::get_if<bool>(&value)) {
    worksheet_write_boolean(sheet.worksheet, sheet.next, column, *yes ? 1 : 0, nullptr);
    return;
  }
  constexpr int first_year = 1900;  // of Excel's calendar
  const auto* day = std::get_if<Date>(&value);
  if (day != nullptr && day->year >= first_year) {
    sheet.widths[column] = std::max(sheet.widths[column], width_of(to_string(*day)));
    lxw_datetime moment{day->year, day->month, day->day, 0, 0, 0.0};
    worksheet_write_datetime(sheet.worksheet, sheet.next, column, &moment, date_);
    return;
  }
  write_text(sheet, column, plain_text(value), nullptr);
}

void XlsxSink::add(std::size_t table, const ExportRow& row) {
  Sheet& sheet = sheets_[table];
  if (sheet.next == LXW_ROW_MAX) {
    end(sheet);
    begin(sheet);
  }
  for (std::size_t i = 0; i < row.size(); ++i) write(sheet, static_cast<lxw_col_t>(i), row[i]);
  ++sheet.next;
}

/// The library does not look whether its files of rows could be written.
bool XlsxSink::has_failed() const {
  return std::any_of(worksheets_.begin(), worksheets_.end(), [](const lxw_worksheet* sheet) {
    return sheet->optimize_tmpfile != nullptr &&
           (std::fflush(sheet->optimize_tmpfile) != 0 || std::ferror(sheet->optimize_tmpfile) != 0);
  });
}

std::vector<std::filesystem::path> XlsxSink::finish() {
  for (Sheet& sheet : sheets_) end(sheet);
  const bool failed = has_failed();
  const lxw_error error = workbook_close(std::exchange(workbook_, nullptr));
  if (failed || error != LXW_NO_ERROR) {
    throw Error(Error::Code::unwritable,
                fmt::format("{}: cannot be written: {}", file_.part().string(),
                            failed ? "the disk is full or failed" : lxw_strerror(error)));
  }
  return {file_.finish()};
}

}  // namespace

std::unique_ptr<TableSink> xlsx_sink(const std::vector<ExportTable>& tables,
                                     const std::filesystem::path& file) {
  return std::make_unique<XlsxSink>(tables, file);
}

}  // namespace tabularium
