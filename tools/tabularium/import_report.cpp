#include "import_report.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace tabularium::tool {
namespace {

constexpr std::chrono::milliseconds kBarPause(100);
constexpr std::chrono::seconds kLinePause(10);
constexpr std::chrono::seconds kEventPause(1);
constexpr int kBarWidth = 24;

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

double seconds_since(std::chrono::steady_clock::time_point then) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - then).count();
}

/// "0:07", "6:38", "2:05:00".
std::string clock_text(double seconds) {
  const auto all = static_cast<std::int64_t>(std::max(0.0, seconds + 0.5));
  const std::int64_t hours = all / 3600;
  if (hours > 0) return fmt::format("{}:{:02}:{:02}", hours, all / 60 % 60, all % 60);
  return fmt::format("{}:{:02}", all / 60, all % 60);
}

/// The end of a file's name from its last dot on, in lower case.
std::string name_end(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  std::string end(dot == path.npos ? "" : path.substr(dot));
  std::transform(end.begin(), end.end(), end.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return end;
}

bool is_pdf_by_name(std::string_view path) { return name_end(path) == ".pdf"; }

/// Any folder has text files that are no forms.
bool is_text_by_name(std::string_view path) {
  constexpr std::array<std::string_view, 10> kEnds{".txt", ".text",  ".md",  ".markdown", ".html",
                                                   ".htm", ".xhtml", ".tsv", ".tab",      ".csv"};
  return std::find(kEnds.begin(), kEnds.end(), name_end(path)) != kEnds.end();
}

std::string counted_files(std::int64_t count) {
  return counted(static_cast<std::size_t>(count), "file");
}

}  // namespace

ImportReport::ImportReport(const Session& session, bool json, std::set<std::string> named)
    : session_(session),
      json_(json),
      named_(std::move(named)),
      terminal_(!json && !session.quiet && ::isatty(STDERR_FILENO) != 0),
      began_(Clock::now()),
      shown_(began_) {}

ImportReport::~ImportReport() { clear_bar(); }

void ImportReport::note(const std::string& message) {
  clear_bar();
  session_.say(Severity::info, message);
  if (json_) event(fmt::format(R"("event":"note","message":{})", json_string(message)));
}

/// Whether a person would expect the file to be read, so that it is worth a message.
bool ImportReport::is_wanted(const FileRow& row) const {
  constexpr std::array<std::string_view, 3> other_kinds{"unknown_format", "not_a_file",
                                                        "linked_folder"};
  const bool other =
      std::find(other_kinds.begin(), other_kinds.end(), row.reason) != other_kinds.end() ||
      (row.reason == "no_form" && is_text_by_name(row.path));
  return !other || named_.contains(row.path) || is_pdf_by_name(row.path);
}

void ImportReport::fail(const FileRow& row) {
  ++counts_.failed;
  ++reasons_[row.reason];
  if (is_wanted(row)) ++failures_;
}

void ImportReport::entered(const Enqueued& entered, const std::vector<FileRow>& failed) {
  counts_.found += entered.added + entered.changed + entered.unchanged + entered.waiting +
                   entered.duplicates + entered.failed;
  counts_.unchanged += entered.unchanged - entered.unchanged_failed;
  counts_.duplicates += entered.duplicates;
  counts_.to_read += entered.added + entered.changed + entered.waiting;
  for (const FileRow& row : failed) {
    fail(row);
    if (json_) {
      say_event(row, 0);
    } else if (!row.message.empty() && is_wanted(row)) {
      clear_bar();
      session_.say(Severity::error, row.message);
    }
  }
  began_ = Clock::now();
  read_before_ = counts_.has_read;
}

void ImportReport::left_from_before(std::int64_t files) {
  if (files <= 0) return;
  counts_.before = files;
  counts_.to_read += files;
  note(fmt::format("{} that an earlier import entered and did not read", counted_files(files)));
}

void ImportReport::read(const SeatResult& result) {
  const FileRow& row = result.row;
  ++counts_.has_read;
  counts_.records += row.records;
  counts_.unread_pages += row.unread_pages;
  if (row.unread_pages > 0 && row.state != FileState::failed) ++failures_;
  switch (row.state) {
    case FileState::done:
      ++counts_.done;
      break;
    case FileState::review:
      ++counts_.review;
      break;
    case FileState::duplicate:
      ++counts_.duplicates;
      break;
    default:
      fail(row);
  }
  if (json_) {
    say_event(row, result.milliseconds);
  } else {
    say_file(result);
  }
}

void ImportReport::taken(const SeatResult& result) {
  ++counts_.found;
  ++counts_.to_read;
  read(result);
}

void ImportReport::say_event(const FileRow& row, std::int64_t milliseconds) {
  event(fmt::format(R"("event":"file","path":{},"state":{},"reason":{},"message":{},)"
                    R"("records":{},"pages":{},"unread_pages":{},"milliseconds":{})",
                    json_string(row.path), json_string(to_string(row.state)),
                    json_string(row.reason), json_string(row.message), row.records, row.pages,
                    row.unread_pages, milliseconds));
}

void ImportReport::say_file(const SeatResult& result) {
  const FileRow& row = result.row;
  std::vector<Issue> issues = result.issues;
  std::erase_if(issues, [](const Issue& issue) { return issue.severity == Severity::info; });
  const bool failed = row.state == FileState::failed;
  if (failed ? !is_wanted(row) : issues.empty() && row.unread_pages == 0) return;
  clear_bar();
  const bool said = std::any_of(issues.begin(), issues.end(), [&](const Issue& issue) {
    return row.message.find(issue.message) != std::string::npos;
  });
  if (failed && !said) session_.say(Severity::error, row.message);
  say_issues(session_, row.path, issues);
  if (!failed && row.unread_pages > 0) {
    session_.say(Severity::warning,
                 fmt::format("{}: {} of {} could not be read", row.path, row.unread_pages,
                             counted(static_cast<std::size_t>(row.pages), "page")));
  }
  if (!result.said.empty()) {
    session_.say(Severity::info, fmt::format("{}: its worker said: {}", row.path, result.said));
  }
}

std::string ImportReport::pace() const {
  const double rate =
      static_cast<double>(counts_.has_read - read_before_) / std::max(seconds_since(began_), 1e-3);
  const auto left = static_cast<double>(counts_.to_read - counts_.has_read);
  return fmt::format("{:.1f} a second, {} left", rate,
                     counts_.has_read == read_before_ ? "?" : clock_text(left / rate));
}

std::string ImportReport::states() const {
  return fmt::format("{} done, {} review, {} failed, {} duplicates", counts_.done, counts_.review,
                     counts_.failed, counts_.duplicates);
}

void ImportReport::tick() {
  if (session_.quiet || counts_.to_read == 0) return;
  const auto since = Clock::now() - shown_;
  if (since < (terminal_ ? Clock::duration(kBarPause)
               : json_   ? Clock::duration(kEventPause)
                         : Clock::duration(kLinePause))) {
    return;
  }
  shown_ = Clock::now();
  if (terminal_) {
    show_bar();
  } else if (json_) {
    event(fmt::format(R"("event":"progress","read":{},"to_read":{},"seconds":{:.1f})",
                      counts_.has_read, counts_.to_read, seconds_since(began_)));
  } else {
    fmt::print(stderr, "{} of {}, {}: {}\n", counts_.has_read, counted_files(counts_.to_read),
               pace(), states());
  }
}

void ImportReport::show_bar() {
  const auto filled = static_cast<std::size_t>(counts_.has_read * kBarWidth / counts_.to_read);
  const std::size_t full = std::min<std::size_t>(filled, kBarWidth);
  std::string line = fmt::format("[{:<{}}] {}/{}  {}  {}", std::string(full, '#'), kBarWidth,
                                 counts_.has_read, counts_.to_read, pace(), states());
  line.resize(std::min(line.size(), terminal_width() - 1));
  fmt::print(stderr, "\r\x1b[K{}", line);
  std::fflush(stderr);
  bar_shown_ = true;
}

void ImportReport::clear_bar() {
  if (!bar_shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  bar_shown_ = false;
}

void ImportReport::event(const std::string& members) {
  const std::string line = "{" + members + "}\n";
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

void ImportReport::summary(std::int64_t left) {
  clear_bar();
  const std::int64_t others = counts_.found + counts_.before - counts_.done - counts_.review -
                              counts_.failed - counts_.unchanged - counts_.duplicates - left;
  if (json_) {
    event(fmt::format(
        R"("event":"summary","files":{},"done":{},"review":{},"records":{},"failed":{},"unchanged":{},"duplicates":{},"left":{},"others":{},"unread_pages":{})",
        counts_.found + counts_.before, counts_.done, counts_.review, counts_.records,
        counts_.failed, counts_.unchanged, counts_.duplicates, left,
        std::max<std::int64_t>(others, 0), counts_.unread_pages));
    return;
  }
  if (session_.quiet) return;
  fmt::print(stderr, "{}: {} done, {} review ({}), {} failed, {} unchanged, {}",
             counted_files(counts_.found + counts_.before), counts_.done, counts_.review,
             counted(static_cast<std::size_t>(counts_.records), "record"), counts_.failed,
             counts_.unchanged, counted(static_cast<std::size_t>(counts_.duplicates), "duplicate"));
  if (others > 0) fmt::print(stderr, ", {} read by other seats", others);
  if (left > 0) fmt::print(stderr, ", {} left: the same command goes on with them", left);
  fmt::print(stderr, "\n");
  if (counts_.unread_pages > 0) {
    fmt::print(stderr, "{} could not be read\n",
               counted(static_cast<std::size_t>(counts_.unread_pages), "page"));
  }
  for (const auto& [reason, count] : reasons_) fmt::print(stderr, "{} {}\n", count, reason);
}

}  // namespace tabularium::tool
