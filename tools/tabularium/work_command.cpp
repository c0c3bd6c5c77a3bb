#include <fmt/format.h>

#include "commands.h"
#include "import_report.h"
#include "seat_options.h"
#include "stop_signal.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium import forms/ --to postgresql://archive/forms --queue
  $ tabularium work --to postgresql://archive/forms --jobs 4
  812 files: 790 done, 14 review (951 records), 8 failed, 0 unchanged, 0 duplicates

A seat takes files that `import --queue` entered, a few at a time, reads them as `import` does and
ends when nothing is left. As many seats as you like work at one database, on as many machines as see
the files under the same paths. A seat that dies loses nothing: its files are free for others when
its lease ends, and a file that has cost three seats is given up (reason "attempts"). A connection that
is lost is made again, for as long as --patience says.

The seat's name, which `status` shows, begins with SLURM_ARRAY_JOB_ID and SLURM_ARRAY_TASK_ID, or
with JOB_COMPLETION_INDEX, where the environment has them: see tools/slurm and tools/kubernetes. Keep
passwords out of the command line: PGPASSWORD or ~/.pgpass, and TABULARIUM_PASSWORD.

Exit status 0: nothing is left, whatever became of the files; 1: the seat had to stop before.)";

struct Options {
  SeatOptions seat;
  bool json = false;
};

int work(const Session& session, const Options& options) {
  const Models models = session.load_models();
  const StopSignal stop;
  ImportReport report(session, options.json);
  LastingStore store(
      options.seat.database, models, StoreMode::existing,
      {options.seat.patience_seconds, [&](const std::string& message) { report.note(message); },
       [&] { return stop.heard(); }});
  WorkerPool pool(pool_settings(session, options.seat), models);
  for (const std::string& note : pool.notes()) session.say(Severity::warning, note);
  SeatEvents events;
  events.done = [&](const SeatResult& result) { report.taken(result); };
  events.note = [&](const std::string& message) { report.note(message); };
  events.tick = [&] { report.tick(); };
  events.stopped = [&] { return stop.heard(); };
  events.wake = {stop.descriptor()};
  const Seat seat = own_seat(options.seat.lease_seconds);
  report.note("seat " + seat.name);
  const SeatEnd end = SeatWork(store, pool, seat, events).run(options.seat.password);
  report.summary(0);
  if (end == SeatEnd::nothing_left) return kAllWell;
  report.note(end == SeatEnd::stopped
                  ? "stopped before the end: what this seat held is free for others"
                  : "files wait that were entered for other plugins, layouts or models than those "
                    "of this seat");
  return kSomeFailed;
}

}  // namespace

Command add_work(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("work", "Read files that wait in a database, one seat among many");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  add_seat_options(*command, options->seat);
  command->add_flag("--json", options->json, "Events on standard output, one JSON object a line");
  return {command, [options](const Session& session) { return work(session, *options); }};
}

}  // namespace tabularium::tool
