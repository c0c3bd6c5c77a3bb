#include "tabularium/pipeline/import.h"

#include <fmt/format.h>

#include <algorithm>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr std::size_t kShownDigits = 12;  // of a SHA-256, enough to tell versions apart

std::string content_digest(const std::filesystem::path& file) {
  return sha256(open_document(file));
}

/// Names of files may be any bytes, what the store keeps is text.
std::string valid_utf8(const std::string& text) { return to_utf8(to_utf32(text)); }

std::string digest_of(const std::string& text) {
  Document document;
  document.bytes = std::make_shared<const std::string>(text);
  return sha256(document);
}

std::string model_lines(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::string lines;
  for (const auto& file : files) {
    lines +=
        fmt::format("{} {}\n", file.stem().string(), content_digest(file).substr(0, kShownDigits));
  }
  return lines;
}

FoundFile look_at(const std::filesystem::path& file) {
  FoundFile found;
  found.path = ledger_path(file.lexically_normal().string());
  try {
    const Document document = open_document(file);
    found.size = document.size;
    found.sha256 = sha256(document);
  } catch (const Error& error) {
    found.reason = to_string(error.code());
    found.message = valid_utf8(error.what());
  }
  return found;
}

/// What comes of reading a file; `imported` is told what a person should hear.
FileReading read_file(Extractor& extractor, const ClaimedFile& file,
                      const std::optional<std::string>& password, Imported& imported) {
  FileReading reading;
  try {
    Document document = open_document(path_of_ledger(file.path));
    document.name = file.path;
    document.password = password;
    ExtractSummary summary = extractor.extract(
        document, [&](Record record) { reading.records.push_back(std::move(record)); });
    reading.pages = summary.pages;
    reading.unread_pages = static_cast<int>(summary.unread.size());
    reading.sha256 = summary.sha256;
    reading.issues = summary.issues;
    if (reading.records.empty() && !summary.unread.empty()) {
      reading.reason = summary.unread.front().check;
      reading.message = summary.unread.front().message;
    }
    imported.unread = std::move(summary.unread);
    imported.issues = std::move(summary.issues);
  } catch (const Error& error) {
    reading.reason = to_string(error.code());
    reading.message = valid_utf8(error.what());
  }
  return reading;
}

}  // namespace

Importer::Importer(Extractor& extractor, Store& store, Versions versions)
    : extractor_(extractor), store_(store), versions_(std::move(versions)) {}

Imported Importer::import_file(const std::filesystem::path& file,
                               const std::optional<std::string>& password) {
  const FoundFile found = look_at(file);
  const Enqueued enqueued = store_.enqueue({found}, versions_);
  if (enqueued.added + enqueued.changed + enqueued.waiting > 0) {
    return read_waiting(found.path, password);
  }
  return unread(found);
}

/// Reads what waits, up to and with `path`: an import that was stopped may have left more.
Imported Importer::read_waiting(const std::string& path,
                                const std::optional<std::string>& password) {
  const Seat seat{"import", 600};
  while (true) {
    const std::vector<ClaimedFile> claimed = store_.claim(1, seat, versions_);
    if (claimed.empty()) return {};
    Imported imported;
    const FileReading reading = read_file(extractor_, claimed.front(), password, imported);
    store_.put(claimed.front(), reading);
    if (claimed.front().path != path) continue;
    const FileRow row = store_.find_path(path).value();
    imported.outcome = row.state == FileState::failed ? ImportOutcome::failed : ImportOutcome::done;
    imported.records = row.records;
    imported.message = row.message;
    return imported;
  }
}

/// A file that needs no reading: what the ledger says of it.
Imported Importer::unread(const FoundFile& found) {
  const auto row = store_.find_path(found.path);
  Imported imported;
  imported.message = found.reason.empty() && row ? row->message : found.message;
  const bool failed = !found.reason.empty() || (row && row->state == FileState::failed);
  imported.outcome = failed                                      ? ImportOutcome::failed
                     : row && row->state == FileState::duplicate ? ImportOutcome::duplicate
                                                                 : ImportOutcome::unchanged;
  return imported;
}

Versions current_versions(const PluginHost& host, const std::filesystem::path& models) {
  Versions versions;
  versions.program = TABULARIUM_VERSION;
  for (const PluginEntry& entry : host.entries()) {
    if (entry.file.extension() == ".toml") {
      versions.layouts += fmt::format("{} {} {}\n", entry.name, entry.version,
                                      content_digest(entry.file).substr(0, kShownDigits));
    } else {
      versions.plugins += fmt::format("{} {}\n", entry.name, entry.version);
    }
  }
  versions.models = model_lines(models);
  versions.fingerprint = digest_of(versions.program + "\n" + versions.plugins + "\n" +
                                   versions.layouts + "\n" + versions.models);
  return versions;
}

}  // namespace tabularium
