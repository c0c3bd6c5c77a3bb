#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "session.h"
#include "tabularium/pipeline/seat_work.h"

namespace tabularium::tool {

/// What an import or a seat says while it works and at its end: messages on standard error, with a
/// bar on a terminal and a line now and then elsewhere; with `json` one event a line on standard
/// output in their place.
class ImportReport {
 public:
  /// `named`: paths that the user gave, as `ledger_path` writes them.
  ImportReport(const Session& session, bool json, std::set<std::string> named = {});
  ~ImportReport();
  ImportReport(const ImportReport&) = delete;
  ImportReport& operator=(const ImportReport&) = delete;

  void note(const std::string& message);

  /// Files have been entered in the ledger. `failed`: those of them that stand as failed now, just
  /// found so (`message` is told) or since an earlier import (`message` is empty).
  void entered(const Enqueued& entered, const std::vector<FileRow>& failed);
  /// Files that an earlier import had entered and not read are read too.
  void left_from_before(std::int64_t files);
  void read(const SeatResult& result);
  /// The same for a seat, which learns of a file when it takes it.
  void taken(const SeatResult& result);
  std::int64_t to_read() const { return counts_.to_read; }
  /// Moves the bar, where it is time to.
  void tick();

  /// The closing summary. Its counts add up to the files that were found or waited. `left`: files
  /// that wait still.
  void summary(std::int64_t left);
  /// Whether every file was read as a whole, or had been before. What lies in a folder and is no
  /// form by its kind (a text, a pipe, a link to a folder) counts as failed, and yet as well.
  bool all_well() const { return failures_ == 0; }

 private:
  struct Counts {
    std::int64_t found = 0, before = 0, unchanged = 0, duplicates = 0;
    std::int64_t done = 0, review = 0, failed = 0, records = 0, unread_pages = 0;
    std::int64_t to_read = 0, has_read = 0;
  };
  using Clock = std::chrono::steady_clock;

  bool is_wanted(const FileRow& row) const;
  void fail(const FileRow& row);
  void say_file(const SeatResult& result);
  void say_event(const FileRow& row, std::int64_t milliseconds);
  void show_bar();
  void show_line();
  void clear_bar();
  std::string pace() const;
  std::string states() const;
  void event(const std::string& members);

  const Session& session_;
  bool json_;
  std::set<std::string> named_;
  bool terminal_;
  bool bar_shown_ = false;
  Counts counts_;
  std::map<std::string, std::int64_t> reasons_;
  std::int64_t failures_ = 0;     ///< of wanted files, and pages that could not be read
  Clock::time_point began_;       ///< the reading of what was entered last
  std::int64_t read_before_ = 0;  ///< files, then
  Clock::time_point shown_;
};

}  // namespace tabularium::tool
