#include "tabularium/store/export.h"

#include "export_tables_internal.h"
#include "tabularium/record/json.h"

namespace tabularium {

Exported export_lines(Store& store, const StoreFilter& filter,
                      const std::function<void(std::string_view)>& write) {
  Exported exported;
  store.each_file(filter, [&](const StoredFile& file) {
    ++exported.files;
    for (const StoredRecord& stored : file.records) {
      write(to_json(stored.record, 0) + "\n");
      ++exported.records;
    }
  });
  return exported;
}

Exported export_store(Store& store, const Models& models, const ExportOptions& options,
                      const std::filesystem::path& output) {
  if (options.format == ExportFormat::jsonl) {
    PartStream stream(output);
    Exported exported =
        export_lines(store, options.filter, [&](std::string_view line) { stream.write(line); });
    exported.written = {stream.finish()};
    return exported;
  }
  const ExportRows rows(models);
  const auto sink = options.format == ExportFormat::csv
                        ? csv_sink(rows.tables(), output, options.bom)
                        : xlsx_sink(rows.tables(), output);
  Exported exported;
  store.each_file(options.filter, [&](const StoredFile& file) {
    ++exported.files;
    exported.records += static_cast<std::int64_t>(file.records.size());
    rows.add(file, *sink);
  });
  exported.written = sink->finish();
  return exported;
}

}  // namespace tabularium
