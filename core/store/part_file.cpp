#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "export_tables_internal.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

Error unwritable(const std::filesystem::path& file, const std::string& reason) {
  return {Error::Code::unwritable, fmt::format("{}: cannot be written: {}", file.string(), reason)};
}

}  // namespace

PartFile::PartFile(std::filesystem::path file)
    : file_(std::move(file)), part_(file_.string() + ".part") {}

PartFile::PartFile(PartFile&& other) noexcept
    : file_(std::move(other.file_)),
      part_(std::move(other.part_)),
      pending_(std::exchange(other.pending_, false)) {}

PartFile::~PartFile() {
  std::error_code ignored;
  if (pending_) std::filesystem::remove(part_, ignored);
}

std::filesystem::path PartFile::finish() {
  std::error_code failure;
  std::filesystem::rename(part_, file_, failure);
  if (failure) throw unwritable(file_, failure.message());
  pending_ = false;
  return file_;
}

PartStream::PartStream(const std::filesystem::path& file)
    : file_(file), stream_(std::fopen(file_.part().c_str(), "wb"), &std::fclose) {
  if (!stream_) throw unwritable(file, std::strerror(errno));
}

void PartStream::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stream_.get()) != bytes.size()) failed_ = true;
}

std::filesystem::path PartStream::finish() {
  if (std::fclose(stream_.release()) != 0) failed_ = true;
  if (failed_) throw unwritable(file_.part(), "the disk is full or failed");
  return file_.finish();
}

}  // namespace tabularium
