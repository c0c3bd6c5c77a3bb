#include "seat_options.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <thread>

namespace tabularium::tool {

void add_reading_options(CLI::App& command, ReadingOptions& options) {
  options.jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  command
      .add_option("--password", options.password,
                  "User password of encrypted files; better in the environment, where no list of "
                  "processes shows it")
      ->envname("TABULARIUM_PASSWORD");
  command.add_option("--jobs,-j", options.jobs, "Worker processes; default: the cores")
      ->check(CLI::Range(1, 1024));
  command.add_option("--timeout", options.file_seconds, "Seconds for a file")
      ->check(CLI::Range(0.1, 1e6))
      ->capture_default_str();
  command.add_option("--page-timeout", options.page_seconds, "Seconds more for each of its pages")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  command.add_option("--memory", options.memory_mib, "MiB of memory that a worker may take")
      ->check(CLI::Range(std::int64_t{64}, std::int64_t{1} << 30))
      ->capture_default_str();
  command
      .add_option("--megapixels", options.megapixels,
                  "Largest picture that a worker decodes, by what the file declares")
      ->check(CLI::Range(0.01, 1e6))
      ->capture_default_str();
}

void add_seat_options(CLI::App& command, SeatOptions& options) {
  command
      .add_option("--to", options.database,
                  "Database: a file, made where it does not exist, or postgresql://...")
      ->required()
      ->type_name("DB");
  add_reading_options(command, options);
  command
      .add_option("--lease", options.lease_seconds,
                  "Seconds after which the files of a seat that is silent are free for others")
      ->check(CLI::Range(3, 86400))
      ->capture_default_str();
  command
      .add_option("--patience", options.patience_seconds,
                  "Seconds to wait for a database that is locked or cannot be reached")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
}

PoolSettings pool_settings(const Session& session, const ReadingOptions& options) {
  constexpr double million = 1e6;
  PoolSettings settings;
  settings.jobs = options.jobs;
  settings.file_seconds = options.file_seconds;
  settings.page_seconds = options.page_seconds;
  settings.memory_bytes = options.memory_mib << 20;
  // The program as it runs, also where another has been installed in its place meanwhile.
  settings.command = {"/proc/self/exe"};
  for (const auto& folder : session.plugin_path) {
    settings.command.insert(settings.command.end(), {"--plugin-path", folder.string()});
  }
  settings.command.insert(
      settings.command.end(),
      {"--recognizer", session.recognizer, "worker", "--parent", "{parent}", "--temporary",
       "{temporary}", "--memory", std::to_string(settings.memory_bytes), "--pixels",
       std::to_string(static_cast<std::int64_t>(options.megapixels * million))});
  return settings;
}

}  // namespace tabularium::tool
