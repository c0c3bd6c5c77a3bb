#include <algorithm>
#include <atomic>
#include <thread>

#include "tabularium/page/document.h"
#include "tabularium/page/error.h"
#include "tabularium/pipeline/find_files.h"

namespace tabularium {
namespace {

FoundFile look_at(const FoundPath& path) {
  FoundFile found{ledger_path(path.path), "", 0, path.reason, path.message};
  if (!found.reason.empty()) return found;
  try {
    Document document = open_document(path.path);
    found.size = document.size;
    found.sha256 = sha256(document);
  } catch (const Error& error) {
    const std::string message = error.what();
    found.reason = to_string(error.code());
    // The message names the file by its bytes, which need be no text.
    found.message =
        message.starts_with(path.path) ? found.path + message.substr(path.path.size()) : message;
  }
  return found;
}

}  // namespace

std::vector<FoundFile> look_at(const std::vector<FoundPath>& paths, int threads) {
  std::vector<FoundFile> found(paths.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < paths.size(); i = next++) found[i] = look_at(paths[i]);
  };
  std::vector<std::jthread> helpers;
  for (int i = 1; i < std::min<int>(threads, static_cast<int>(paths.size())); ++i) {
    helpers.emplace_back(work);
  }
  work();
  helpers.clear();  // joins them
  return found;
}

}  // namespace tabularium
