#include "tabularium/page/document.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <sstream>
#include <system_error>

#include "tabularium/page/error.h"

namespace tabularium {
namespace {

constexpr std::size_t kHeadBytes = 1024;

using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

std::string finish(Digest& digest) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(digest.get(), bytes.data(), &size);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) hex += fmt::format("{:02x}", bytes[i]);
  return hex;
}

}  // namespace

Document open_document(const std::filesystem::path& path, const Limits& limits) {
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (!std::filesystem::exists(status)) {
    throw Error(Error::Code::not_found, fmt::format("{}: no such file", path.string()));
  }
  // A pipe or device has no size to check and no second reading.
  if (!std::filesystem::is_regular_file(status)) {
    throw Error(Error::Code::not_found, fmt::format("{}: not a regular file", path.string()));
  }
  Document document;
  document.path = path;
  document.name = path.string();
  document.limits = limits;
  document.size = static_cast<std::int64_t>(std::filesystem::file_size(path, failure));
  std::ifstream in(path, std::ios::binary);
  if (failure || !in) {
    throw Error(Error::Code::unreadable,
                fmt::format("{}: cannot be read: permission or device", path.string()));
  }
  if (document.size == 0) {
    throw Error(Error::Code::empty_input, fmt::format("{}: the file is empty", path.string()));
  }
  if (document.size > limits.max_file_bytes) {
    throw Error(Error::Code::limit_exceeded,
                fmt::format("{}: {} bytes exceed the limit of {} (Limits::max_file_bytes)",
                            path.string(), document.size, limits.max_file_bytes));
  }
  document.head.resize(kHeadBytes);
  in.read(document.head.data(), kHeadBytes);
  document.head.resize(static_cast<std::size_t>(in.gcount()));
  return document;
}

std::shared_ptr<const std::string> content_of(const Document& document) {
  if (document.bytes) return document.bytes;
  std::ifstream file(document.path, std::ios::binary);
  std::ostringstream all;
  all << file.rdbuf();
  if (!file) throw Error(Error::Code::unreadable, document.name + ": cannot be read");
  return std::make_shared<const std::string>(std::move(all).str());
}

std::string sha256(const Document& document) {
  Digest digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
  if (document.bytes) {
    EVP_DigestUpdate(digest.get(), document.bytes->data(), document.bytes->size());
    return finish(digest);
  }
  std::ifstream in(document.path, std::ios::binary);
  std::array<char, 1 << 16> buffer{};
  while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
    EVP_DigestUpdate(digest.get(), buffer.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.eof()) {
    throw Error(Error::Code::unreadable,
                fmt::format("{}: cannot be read to its end", document.name));
  }
  return finish(digest);
}

}  // namespace tabularium
