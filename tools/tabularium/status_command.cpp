#include <fmt/format.h>

#include "commands.h"
#include "tabularium/store/store.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium status forms.db
  1204 files: 0 pending, 0 claimed, 1102 done, 61 review, 12 failed, 29 duplicate
  1391 records; 74 errors and 310 warnings for a person to look at; 3 corrections
  failed: 7 encrypted, 4 no_form, 1 timeout
  slowest:
      9.31 s  2019/long scan.pdf
  $ tabularium status postgresql://me@db/forms --json

May be asked at any time, also while an import runs. `pending` files wait, `claimed` ones are read
at present; in `review` a check of severity error failed or a value is not sure; docs/schema.md
explains the states.)";

constexpr double kMsPerSecond = 1000.0;

struct Options {
  std::string database;
  bool json = false;
  int slowest = 5;
};

std::int64_t total(const Overview& overview) {
  std::int64_t files = 0;
  for (const auto& [state, count] : overview.files) files += count;
  return files;
}

std::string plural(std::int64_t count, const char* what) {
  return counted(static_cast<std::size_t>(count), what);
}

std::string seat_line(const SeatRow& seat) {
  const double seconds = static_cast<double>(seat.ends_in_ms) / kMsPerSecond;
  return fmt::format("  {}  {}, {}\n", seat.name, plural(seat.files, "file"),
                     seconds < 0 ? fmt::format("its lease ended {:.0f} s ago", -seconds)
                                 : fmt::format("lease ends in {:.0f} s", seconds));
}

std::string text_of(const Overview& overview) {
  std::vector<std::string> states;
  for (const auto& [state, count] : overview.files) {
    states.push_back(fmt::format("{} {}", count, to_string(state)));
  }
  std::string text =
      fmt::format("{}: {}\n", plural(total(overview), "file"), fmt::join(states, ", "));
  text +=
      fmt::format("{}; {} and {} for a person to look at; {}\n", plural(overview.records, "record"),
                  plural(overview.errors, "error"), plural(overview.warnings, "warning"),
                  plural(overview.corrections, "correction"));
  if (overview.unread_pages > 0) {
    text += fmt::format("{} could not be read\n", plural(overview.unread_pages, "page"));
  }
  std::vector<std::string> reasons;
  for (const Overview::Reason& reason : overview.reasons) {
    reasons.push_back(fmt::format("{} {}", reason.files, reason.reason));
  }
  if (!reasons.empty()) text += fmt::format("failed: {}\n", fmt::join(reasons, ", "));
  if (!overview.slowest.empty()) text += "slowest:\n";
  for (const Overview::SlowFile& file : overview.slowest) {
    text += fmt::format("  {:8.2f} s  {}\n", static_cast<double>(file.milliseconds) / kMsPerSecond,
                        file.path);
  }
  if (!overview.seats.empty()) text += "seats:\n";
  for (const SeatRow& seat : overview.seats) text += seat_line(seat);
  return text;
}

std::string json_of(const Overview& overview) {
  std::vector<std::string> states;
  for (const auto& [state, count] : overview.files) {
    states.push_back(fmt::format("\"{}\":{}", to_string(state), count));
  }
  std::vector<std::string> reasons;
  for (const Overview::Reason& reason : overview.reasons) {
    reasons.push_back(fmt::format("{}:{}", json_string(reason.reason), reason.files));
  }
  std::vector<std::string> slowest;
  for (const Overview::SlowFile& file : overview.slowest) {
    slowest.push_back(fmt::format("{{\"file\":{},\"milliseconds\":{}}}", json_string(file.path),
                                  file.milliseconds));
  }
  std::vector<std::string> seats;
  for (const SeatRow& seat : overview.seats) {
    seats.push_back(fmt::format("{{\"seat\":{},\"files\":{},\"lease_ends_in_ms\":{}}}",
                                json_string(seat.name), seat.files, seat.ends_in_ms));
  }
  return fmt::format(
      "{{\"files\":{},\"states\":{{{}}},\"records\":{},\"unread_pages\":{},\"errors\":{},"
      "\"warnings\":{},\"corrections\":{},\"reasons\":{{{}}},\"slowest\":[{}],\"seats\":[{}]}}\n",
      total(overview), fmt::join(states, ","), overview.records, overview.unread_pages,
      overview.errors, overview.warnings, overview.corrections, fmt::join(reasons, ","),
      fmt::join(slowest, ","), fmt::join(seats, ","));
}

int show_status(const Session& session, const Options& options) {
  const Models models = session.load_models();
  const auto store = Store::open(options.database, models, StoreMode::existing);
  const Overview overview = store->overview(options.slowest);
  Output output({});
  output.write(options.json ? json_of(overview) : text_of(overview));
  output.close();
  return kAllWell;
}

}  // namespace

Command add_status(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("status", "Say how the files of a database stand, at any time");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  command->add_option("DB", options->database, "Database that `import` made; a file or an URL")
      ->required();
  command->add_flag("--json", options->json, "As one JSON object");
  constexpr int most = 1000;
  command->add_option("--slowest", options->slowest, "How many of the slowest files to name")
      ->check(CLI::Range(0, most))
      ->type_name("N");
  return {command, [options](const Session& session) { return show_status(session, *options); }};
}

}  // namespace tabularium::tool
