#include "tabularium/pipeline/worker.h"

#include <unistd.h>

#include <cstring>
#include <new>

#include "message_internal.h"
#include "packing_internal.h"
#include "sandbox_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/pipeline/look_file.h"
#include "tabularium/pipeline/read_file.h"
#include "tabularium/pipeline/versions.h"

namespace tabularium {
namespace {

/// The other end has gone: there is nobody left to work for.
struct NobodyReads {};

void answer(FrameKind kind, std::string text) {
  if (!write_frame(kWorkerAnswers, {kind, std::move(text)})) throw NobodyReads();
}

/// A plugin might take a failed allocation for a fault of the file, and each in its own way.
[[noreturn]] void out_of_memory() { ::_exit(kWorkerOutOfMemory); }

Limits limits_of(const WorkerSettings& settings) {
  Limits limits;
  if (settings.max_image_pixels > 0) limits.max_image_pixels = settings.max_image_pixels;
  return limits;
}

/// Errors of opening name the file by its bytes; what is kept of it names it as the ledger does.
std::string named(const std::string& message, const std::string& bytes, const std::string& name) {
  return message.starts_with(bytes) ? name + message.substr(bytes.size()) : message;
}

FileReading read_requested(Extractor& extractor, FileLooker* looker, const ReadRequest& request,
                           const Limits& limits) {
  const std::string path = path_of_ledger(request.path);
  Document document;
  try {
    document = open_document(path, limits);
  } catch (const Error& error) {
    FileReading reading;
    reading.reason = to_string(error.code());
    reading.message = named(error.what(), path, request.path);
    return reading;
  }
  document.name = request.path;
  document.password = request.password;
  const auto tell_pages = [](int pages) { answer(FrameKind::pages, std::to_string(pages)); };
  if (looker != nullptr && request.look) {
    return looker->look(
        document, [](const FormLook& look) { answer(FrameKind::look, to_text(look)); }, tell_pages);
  }
  return read_file(
      extractor, document, [](const Record& record) { answer(FrameKind::record, packed(record)); },
      tell_pages);
}

WorkerHello hello_of(const PluginHost& host, const std::vector<std::filesystem::path>& models,
                     std::vector<std::string> open) {
  WorkerHello hello{current_versions(host, models), {}, std::move(open)};
  for (const RefusedPlugin& refused : host.refused()) hello.refused.push_back(refused.reason);
  return hello;
}

}  // namespace

int run_worker(const WorkerSettings& settings,
               const std::function<std::unique_ptr<PluginHost>()>& load) {
  if (!die_with(settings.parent)) return 1;
  close_files_above(kWorkerAnswers);
  limit_resources(settings.memory_bytes);
  std::set_new_handler(&out_of_memory);
  std::vector<std::string> open = enter_sandbox(settings.temporary);
  const auto host = load();
  const Models models = Models::load(settings.models);
  Extractor extractor(*host, models);
  std::optional<FileLooker> looker;  // its words are folded for those that ask for looks alone
  const Limits limits = limits_of(settings);
  try {
    answer(FrameKind::hello, to_text(hello_of(*host, settings.models, std::move(open))));
    while (const auto frame = read_frame(kWorkerRequests)) {
      const ReadRequest request = request_from(frame->text);
      if (request.look && !looker) looker.emplace(extractor, *host, models);
      answer(FrameKind::end,
             to_text(read_requested(extractor, looker ? &*looker : nullptr, request, limits)));
    }
  } catch (const NobodyReads&) {
    return 1;
  }
  return 0;
}

}  // namespace tabularium
