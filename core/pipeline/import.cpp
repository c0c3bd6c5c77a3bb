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

/// Rolls a transaction back that was not committed.
class Transaction {
 public:
  explicit Transaction(RecordStore& store) : store_(store) {}
  ~Transaction() {
    if (open_) store_.roll_back();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  bool open() const { return open_; }
  void begin() {
    store_.begin();
    open_ = true;
  }
  void commit() {
    store_.commit();
    open_ = false;
  }

 private:
  RecordStore& store_;
  bool open_ = false;
};

bool is_same_file(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code failure;
  return std::filesystem::equivalent(a, b, failure) && !failure;
}

}  // namespace

Importer::Importer(Extractor& extractor, RecordStore& store, Versions versions)
    : extractor_(extractor), store_(store), versions_(std::move(versions)) {}

Imported Importer::import_file(const std::filesystem::path& file,
                               const std::optional<std::string>& password) {
  FileRow row;
  row.state = FileState::done;
  row.path = valid_utf8(file.lexically_normal().string());
  row.versions = versions_.fingerprint;
  try {
    Document document = open_document(file);
    document.name = row.path;
    document.password = password;
    row.size = document.size;
    row.sha256 = sha256(document);
    if (is_known(row)) return {ImportOutcome::unchanged, 0, "", {}, {}};
    if (const auto original = store_.find_content(row.sha256, row.versions)) {
      // One file under two spellings of its path is no duplicate of itself.
      if (is_same_file(original->path, file)) return {ImportOutcome::unchanged, 0, "", {}, {}};
      row.state = FileState::duplicate;
      row.duplicate_of = original->id;
      Transaction transaction(store_);
      transaction.begin();
      store_.put_file(row, versions_);
      transaction.commit();
      return {ImportOutcome::duplicate, 0, original->path, {}, {}};
    }
    return extract_into_store(document, row);
  } catch (const Error& error) {
    if (error.code() == Error::Code::store_failed) throw;
    return keep_failure(row, std::string(to_string(error.code())), error.what());
  }
}

/// Whether the store has what a new reading of the file would give.
bool Importer::is_known(const FileRow& row) const {
  const auto old = store_.find_path(row.path);
  if (!old || old->sha256 != row.sha256 || old->versions != row.versions) return false;
  if (old->state == FileState::done) return true;
  if (old->state != FileState::duplicate) return false;
  const auto original = store_.find_content(row.sha256, row.versions);
  return original && original->id == old->duplicate_of;
}

Imported Importer::extract_into_store(const Document& document, FileRow row) {
  Transaction transaction(store_);
  const auto take = [&](const Record& record) {
    // Not before the first record: a file that gives none may change nothing at all.
    if (!transaction.open()) {
      transaction.begin();
      row.id = store_.put_file(row, versions_);
    }
    store_.add_record(row.id, ++row.records, record);
  };
  ExtractSummary summary = extractor_.extract(document, take);
  row.pages = summary.pages;
  row.unread_pages = static_cast<int>(summary.unread.size());
  if (row.records == 0) {
    Imported failed =
        summary.unread.empty()
            ? keep_failure(row, "no_form",
                           fmt::format("{}: no form that a layout knows", document.name))
            : keep_failure(row, summary.unread.front().check, summary.unread.front().message);
    failed.unread = std::move(summary.unread);
    failed.issues = std::move(summary.issues);
    return failed;
  }
  store_.finish_file(row);
  for (const Issue& issue : summary.issues) store_.add_issue(row.id, issue);
  transaction.commit();
  return {ImportOutcome::done, row.records, "", std::move(summary.unread),
          std::move(summary.issues)};
}

Imported Importer::keep_failure(FileRow row, const std::string& reason,
                                const std::string& message) {
  row.state = FileState::failed;
  row.reason = reason;
  row.message = valid_utf8(message);
  row.records = 0;
  const auto old = store_.find_path(row.path);
  if (old) row.id = old->id;
  // What was read from a file stays true though the file has gone since.
  const bool kept = old && old->state != FileState::failed && row.sha256.empty();
  // Tried again with the same end: nothing changes.
  if (!kept && old != row) {
    Transaction transaction(store_);
    transaction.begin();
    store_.put_file(row, versions_);
    transaction.commit();
  }
  return {ImportOutcome::failed, 0, message, {}, {}};
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
