#include "tabularium/plugin/conformance.h"

#include <fmt/format.h>
#include <malloc.h>

#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <thread>

#include "tabularium/page/document.h"
#include "tabularium/page/error.h"
#include "tabularium/plugin/host.h"
#include "tabularium/plugin/trial_internal.h"

namespace tabularium {
namespace {

constexpr int kThreads = 2;
constexpr int kRunsPerThread = 3;
constexpr int kRunsForMemory = 8;
// Bytes. Libraries keep a little for each document or thread, Poppler more than a kilobyte; workers
// of an import start anew after some hundred files.
constexpr std::int64_t kLeakPerRun = 4096;

/// What came of a trial: its text, or what must not have happened.
struct Result {
  std::string text;
  std::string wrong;
};

Result run(const Trial& trial) {
  try {
    return {trial(), ""};
  } catch (const Malformed& malformed) {
    return {"", malformed.what()};
  } catch (const Error& error) {
    return {error.what(), ""};  // said where no document was tried: a factory, for example
  } catch (const std::exception& other) {
    return {"", fmt::format("something else than `Error` is thrown: {}", other.what())};
  } catch (...) {
    return {"", "something is thrown that is no exception"};
  }
}

class Examiner {
 public:
  Examiner(const ConformanceOptions& options, std::vector<Nonconformance>& found)
      : options_(options), found_(found) {}

  void examine(const Trials& trials) {
    if (options_.began) options_.began(trials.subject);
    const Trial trial = made(trials);
    if (!trial) return;
    const Result first = run(trial);
    if (!first.wrong.empty()) {
      find(trials, first.wrong);
      return;  // the rest would only say it again
    }
    same(trials, first, run(trial), "the second time");
    if (const Trial other = made(trials)) same(trials, first, run(other), "another object");
    in_threads(trials, first);
    memory(trials);
  }

 private:
  void find(const Trials& trials, const std::string& what) {
    found_.push_back({trials.subject, what});
  }

  Trial made(const Trials& trials) {
    try {
      return trials.prepare();
    } catch (const std::exception& error) {
      find(trials, fmt::format("no object is made: {}", error.what()));
    }
    return nullptr;
  }

  void same(const Trials& trials, const Result& first, const Result& again, const char* when) {
    if (!again.wrong.empty()) {
      find(trials, fmt::format("{}: {}", when, again.wrong));
    } else if (again.text != first.text) {
      find(trials, fmt::format("the same input gives something else {}", when));
    }
  }

  /// An object for each thread, all at work at the same time.
  void in_threads(const Trials& trials, const Result& first) {
    std::array<Result, kThreads> results;
    std::vector<std::jthread> threads;
    for (Result& result : results) {
      const Trial trial = made(trials);
      if (!trial) return;
      threads.emplace_back([&result, &first, trial] {
        for (int i = 0; i < kRunsPerThread; ++i) {
          result = run(trial);
          if (!result.wrong.empty() || result.text != first.text) return;
        }
      });
    }
    threads.clear();  // waits for them
    for (const Result& result : results) same(trials, first, result, "while another thread works");
  }

  /// Memory that is in use after so many more runs; the first ones may fill caches.
  void memory(const Trials& trials) {
    const auto in_use = [&] {
      for (int i = 0; i < kRunsForMemory; ++i) {
        if (const Trial trial = made(trials)) run(trial);
      }
      return static_cast<std::int64_t>(::mallinfo2().uordblks + ::mallinfo2().hblkhd);
    };
    in_use();
    const std::int64_t before = in_use();
    const std::int64_t middle = in_use();
    const std::int64_t after = in_use();
    const std::int64_t least = std::min(middle - before, after - middle) / kRunsForMemory;
    if (least > kLeakPerRun) {
      find(trials, fmt::format("memory grows by {} bytes with each run", least));
    }
  }

  const ConformanceOptions& options_;
  std::vector<Nonconformance>& found_;
};

/// A sample in memory, so that it can be spoilt.
Document sample_of(const std::filesystem::path& path) {
  Document document = open_document(path);
  document.bytes = content_of(document);
  return document;
}

/// The reader of that name, a new object.
std::shared_ptr<Reader> reader_of(const PluginHost& host, const std::string& name) {
  auto readers = host.make_readers();
  for (auto& reader : readers) {
    if (reader->name() == name) return std::move(reader);
  }
  throw Error(Error::Code::plugin_failed,
              fmt::format("it is registered as \"{}\" and calls itself something else", name));
}

std::vector<Trials> trials_of(const PluginHost& host, const PluginEntry& entry,
                              const std::vector<Document>& documents) {
  const std::string subject = fmt::format("{} {}", to_string(entry.kind), entry.name);
  std::vector<Trials> all;
  switch (entry.kind) {
    case PluginKind::reader:
      for (const Document& document : documents) {
        all.push_back({subject + ", " + document.name, [&host, &document, name = entry.name] {
                         return [reader = reader_of(host, name), &document] {
                           return read_all(*reader, document);
                         };
                       }});
      }
      break;
    case PluginKind::recognizer:
      all.push_back({subject, [&host, name = entry.name] {
                       std::shared_ptr<Recognizer> made = host.make_recognizer(name);
                       return [made] { return recognize_all(*made); };
                     }});
      break;
    case PluginKind::grid_detector:
      all.push_back({subject, [&host, name = entry.name] {
                       std::shared_ptr<GridDetector> made = host.make_grid_detector(name);
                       return [made] { return detect_all(*made); };
                     }});
      break;
    case PluginKind::layout:
      for (const Layout* layout : host.layouts()) {
        if (layout->name() != entry.name) continue;
        all.push_back({subject, [layout] { return [layout] { return try_layout(*layout); }; }});
      }
      break;
  }
  return all;
}

}  // namespace

std::vector<Nonconformance> check_plugin(const std::filesystem::path& file,
                                         const ConformanceOptions& options) {
  std::vector<Nonconformance> found;
  if (options.began) options.began("loading " + file.string());
  std::vector<Document> documents;
  for (const auto& sample : options.samples) documents.push_back(sample_of(sample));
  const PluginHost host({file});
  for (const RefusedPlugin& refused : host.refused()) found.push_back({"loading", refused.reason});
  if (host.entries().empty() && found.empty()) found.push_back({"loading", "it registers nothing"});
  const std::vector<Document> junk = junk_of(documents);
  documents.insert(documents.end(), junk.begin(), junk.end());
  Examiner examiner(options, found);
  for (const PluginEntry& entry : host.entries()) {
    for (const Trials& trials : trials_of(host, entry, documents)) examiner.examine(trials);
  }
  return found;
}

}  // namespace tabularium
