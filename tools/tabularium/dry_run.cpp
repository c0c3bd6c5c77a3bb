#include "dry_run.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "enter_files.h"
#include "tabularium/page/error.h"

namespace tabularium::tool {
namespace {

/// What the records of one layout would become.
struct LayoutChanges {
  std::int64_t values = 0;   ///< that would be others
  std::int64_t records = 0;  ///< with such values
  std::int64_t added = 0;    ///< records that there are none of yet
  std::int64_t lost = 0;     ///< records that would go
};
using Changes = std::map<std::string, LayoutChanges>;  ///< by layout

using Values = std::map<std::string, Value>;  ///< by JSON Pointer

Values values_of(const Record& record) {
  Values values;
  values["/title"] = record.title;
  if (record.year) values["/year"] = Decimal(*record.year, 0);
  for (const Field& field : record.fields) values[field_pointer(field.name)] = field.value;
  for (const RecordTable& table : record.tables) {
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      for (const Field& cell : table.rows[row].cells) {
        values[cell_pointer(table.name, row, cell.name)] = cell.value;
      }
    }
  }
  return values;
}

/// How many values differ, there or not; those at `kept`, which a person corrected, stay as they
/// are.
std::int64_t differences(const Record& before, const Record& after,
                         const std::set<std::string>& kept) {
  const Values old = values_of(before);
  const Values now = values_of(after);
  std::set<std::string> pointers;
  for (const auto& [pointer, value] : old) pointers.insert(pointer);
  for (const auto& [pointer, value] : now) pointers.insert(pointer);
  return std::count_if(pointers.begin(), pointers.end(), [&](const std::string& pointer) {
    if (kept.contains(pointer)) return false;
    const auto a = old.find(pointer);
    const auto b = now.find(pointer);
    return a == old.end() || b == now.end() || a->second != b->second;
  });
}

/// "0.2.0" for the layout, out of the lines of `Versions::layouts`.
std::string version_of(const Versions& versions, const std::string& layout) {
  std::istringstream lines(versions.layouts);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name;
    std::string version;
    if (words >> name >> version && name == layout) return " " + version;
  }
  return "";
}

/// A database that does not exist yet is asked in a folder that nobody sees.
class AskedDatabase {
 public:
  explicit AskedDatabase(const std::string& address) : address_(address) {
    if (address.find("://") != std::string::npos || std::filesystem::exists(address)) return;
    std::string name = (std::filesystem::temp_directory_path() / "tabularium-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
      throw Error(Error::Code::unwritable, fmt::format("{}: no temporary folder", name));
    }
    folder_ = name;
    address_ = (folder_ / "new.db").string();
  }
  ~AskedDatabase() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
  }
  AskedDatabase(const AskedDatabase&) = delete;
  AskedDatabase& operator=(const AskedDatabase&) = delete;

  const std::string& address() const { return address_; }
  StoreMode mode() const { return folder_.empty() ? StoreMode::existing : StoreMode::create; }

 private:
  std::string address_;
  std::filesystem::path folder_;
};

class DryRun {
 public:
  DryRun(LastingStore& store, WorkerPool& pool, const std::optional<std::string>& password)
      : store_(store), pool_(pool), password_(password) {}

  void plan(const std::vector<FoundFile>& found, Retry retry);
  void read_changed(const StopSignal& stop);
  void print() const;

 private:
  void compare(const std::string& path, const FileReading& reading);

  LastingStore& store_;
  WorkerPool& pool_;
  const std::optional<std::string>& password_;
  std::map<LedgerChange, std::int64_t> counts_;
  std::vector<std::string> changed_;
  std::int64_t failing_ = 0;  ///< read before, and could not be read now
  Changes changes_;
};

void DryRun::plan(const std::vector<FoundFile>& found, Retry retry) {
  const auto changes =
      store_.call([&](Store& store) { return store.plan(found, pool_.versions(), retry); });
  for (std::size_t i = 0; i < changes.size(); ++i) {
    ++counts_[changes[i]];
    if (changes[i] == LedgerChange::changed) changed_.push_back(found[i].path);
  }
}

void DryRun::read_changed(const StopSignal& stop) {
  for (std::size_t next = 0; (next < changed_.size() || pool_.in_hand() > 0) && !stop.heard();) {
    while (next < changed_.size() && pool_.has_room()) {
      pool_.submit({static_cast<std::int64_t>(next), changed_[next], password_});
      ++next;
    }
    constexpr int half_a_second = 500;
    const auto result = pool_.next(half_a_second, {stop.descriptor()});
    if (result) compare(changed_[static_cast<std::size_t>(result->id)], result->reading);
  }
}

void DryRun::compare(const std::string& path, const FileReading& reading) {
  const auto stored = store_.call([&](Store& store) { return store.records_of(path); });
  const auto corrections = store_.call([&](Store& store) { return store.corrections_of(path); });
  if (!reading.reason.empty() && !stored.empty()) ++failing_;
  for (std::size_t i = 0; i < std::max(stored.size(), reading.records.size()); ++i) {
    if (i >= stored.size()) {
      ++changes_[reading.records[i].layout].added;
    } else if (i >= reading.records.size()) {
      ++changes_[stored[i].record.layout].lost;
    } else {
      std::set<std::string> kept;
      for (const Correction& correction : corrections) {
        if (correction.ordinal == stored[i].ordinal) kept.insert(correction.pointer);
      }
      LayoutChanges& changes = changes_[reading.records[i].layout];
      const std::int64_t values = differences(stored[i].record, reading.records[i], kept);
      changes.values += values;
      changes.records += values > 0 ? 1 : 0;
    }
  }
}

void DryRun::print() const {
  const auto number = [](std::int64_t count, const char* what) {
    return counted(static_cast<std::size_t>(count), what);
  };
  const auto of = [&](LedgerChange change) {
    const auto found = counts_.find(change);
    return found == counts_.end() ? 0 : found->second;
  };
  std::int64_t files = 0;
  for (const auto& [change, count] : counts_) files += count;
  Output output({});
  for (const auto& [layout, change] : changes_) {
    const std::string name = "layout " + layout + version_of(pool_.versions(), layout);
    if (change.values > 0) {
      output.write(fmt::format("{} changes {} in {}\n", name, number(change.values, "value"),
                               number(change.records, "record")));
    }
    if (change.added > 0) {
      output.write(fmt::format("{} adds {}\n", name, number(change.added, "record")));
    }
    if (change.lost > 0) {
      output.write(fmt::format("{} loses {}\n", name, number(change.lost, "record")));
    }
  }
  if (failing_ > 0) {
    output.write(
        fmt::format("{} with records could not be read any more\n", number(failing_, "file")));
  }
  output.write(fmt::format(
      "{}: {} new, {} read anew, {} waiting, {} unchanged, {}, {} not readable; nothing written\n",
      number(files, "file"), of(LedgerChange::added), of(LedgerChange::changed),
      of(LedgerChange::waiting), of(LedgerChange::unchanged),
      number(of(LedgerChange::duplicate), "duplicate"), of(LedgerChange::failed)));
  output.close();
}

/// All of it, since a plan looks for duplicates among what it is given.
std::vector<FoundFile> all_files(const std::vector<std::string>& paths, const SeatOptions& options,
                                 const StopSignal& stop) {
  std::vector<FoundPath> found;
  find_files(paths, [&](FoundPath path) {
    if (!is_database_file(path.path, options.database)) found.push_back(std::move(path));
    return !stop.heard();
  });
  return look_at(found, options.jobs);
}

}  // namespace

int dry_run(const Session& session, const SeatOptions& options,
            const std::vector<std::string>& paths, Retry retry, const StopSignal& stop) {
  const Models models = session.load_models();
  const AskedDatabase asked(options.database);
  LastingStore store(asked.address(), models, asked.mode(),
                     {options.patience_seconds,
                      [&](const std::string& message) { session.say(Severity::info, message); },
                      [&] { return stop.heard(); }});
  WorkerPool pool(pool_settings(session, options), models);
  DryRun run(store, pool, options.password);
  run.plan(all_files(paths, options, stop), retry);
  run.read_changed(stop);
  if (stop.heard()) return kSomeFailed;
  run.print();
  return kAllWell;
}

}  // namespace tabularium::tool
