#include <fmt/format.h>

#include <array>

#include "export_tables_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/store/csv.h"

namespace tabularium {
namespace {

/// Whether a spreadsheet may take the text for a formula, or our mark of one. The full-width signs
/// count in programs that are set to Chinese or Japanese.
bool needs_mark(std::string_view text) {
  constexpr std::array<std::string_view, 12> beginnings = {"=",  "+", "-",  "@",  "\t", "\r",
                                                           "\n", "'", "＝", "＋", "－", "＠"};
  for (const std::string_view beginning : beginnings) {
    if (!text.starts_with(beginning)) continue;
    // A number is none, nor is a sign alone, as operators are.
    return (text != beginning && !Decimal::parse(text)) || beginning == "'";
  }
  return false;
}

std::string cell_text(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) return plain_text(value);
  return csv_field(needs_mark(*text) ? "'" + *text : *text);
}

class CsvSink final : public TableSink {
 public:
  CsvSink(const std::vector<ExportTable>& tables, const std::filesystem::path& folder, bool bom);

  void add(std::size_t table, const ExportRow& row) override;
  std::vector<std::filesystem::path> finish() override;

 private:
  std::vector<PartStream> streams_;
};

CsvSink::CsvSink(const std::vector<ExportTable>& tables, const std::filesystem::path& folder,
                 bool bom) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure) {
    throw Error(Error::Code::unwritable, fmt::format("{}: the folder cannot be made: {}",
                                                     folder.string(), failure.message()));
  }
  for (const ExportTable& table : tables) {
    streams_.emplace_back(folder / (table.name + ".csv"));
    if (bom) streams_.back().write("\xEF\xBB\xBF");
    streams_.back().write(fmt::format("{}\n", fmt::join(table.columns, ",")));
  }
}

void CsvSink::add(std::size_t table, const ExportRow& row) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) line += ',';
    line += cell_text(row[i]);
  }
  streams_[table].write(line += '\n');
}

std::vector<std::filesystem::path> CsvSink::finish() {
  std::vector<std::filesystem::path> written;
  for (PartStream& stream : streams_) written.push_back(stream.finish());
  return written;
}

}  // namespace

std::unique_ptr<TableSink> csv_sink(const std::vector<ExportTable>& tables,
                                    const std::filesystem::path& folder, bool bom) {
  return std::make_unique<CsvSink>(tables, folder, bom);
}

}  // namespace tabularium
