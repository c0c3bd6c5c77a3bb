#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "tabularium/page/export.h"
#include "tabularium/page/limits.h"

namespace tabularium {

/// One input file. A value; readers open the bytes themselves, so that a large file is never in
/// memory as a whole.
struct Document {
  std::filesystem::path path;  ///< where the bytes are
  std::string name;            ///< what messages and records call it; most often the path as given
  std::string head;            ///< the first 1024 bytes, or all of a shorter file
  std::int64_t size = 0;       ///< bytes
  std::shared_ptr<const std::string>
      bytes;  ///< the whole content where it is in memory already, else null
  std::optional<std::string> password;
  Limits limits;
};

/// Looks at the file at `path`.
/// Throws `Error`: `not_found`, `unreadable`, `empty_input`, `limit_exceeded` (max_file_bytes).
TABULARIUM_API Document open_document(const std::filesystem::path& path, const Limits& limits = {});

/// All bytes of the document: those in memory, else read from `path`. For formats that are small or
/// must be seen as a whole; the caller has checked `size`.
/// Throws `Error`: `unreadable`.
TABULARIUM_API std::shared_ptr<const std::string> content_of(const Document& document);

/// The SHA-256 of the document's bytes, 64 hexadecimal digits in lower case.
/// Throws `Error`: `unreadable`.
TABULARIUM_API std::string sha256(const Document& document);

}  // namespace tabularium
