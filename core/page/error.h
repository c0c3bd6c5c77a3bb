#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "tabularium/page/export.h"

namespace tabularium {

/// Thrown when a document, plugin, layout or model cannot go on. `what()` is one line that a user
/// can act on: file, page or line, what was found, what was expected.
class TABULARIUM_API Error : public std::runtime_error {
 public:
  enum class Code : std::uint8_t {
    not_found,       ///< the file does not exist or is no regular file
    unreadable,      ///< the system refuses to read it
    empty_input,     ///< zero bytes
    unknown_format,  ///< no reader accepts it
    damaged_input,   ///< a reader tried and could not make sense of it
    encrypted,       ///< a password is needed, or the one given is wrong
    bad_page_number,
    limit_exceeded,     ///< a value of `Limits`
    bad_plugin,         ///< not a library, wrong API version, missing symbol, two of one name
    plugin_failed,      ///< a plugin threw something else than `Error`
    bad_layout,         ///< a malformed layout file
    bad_model,          ///< a malformed record model
    store_failed,       ///< the database refused
    store_unavailable,  ///< the database cannot be reached, or is locked: try again later
    unwritable,         ///< the system refuses to write the output
    bad_usage,          ///< wrong arguments
  };

  Error(Code code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ~Error() override;

  Code code() const noexcept { return code_; }

 private:
  Code code_;
};

/// The code's name, for example "damaged_input": permanent, stored in databases.
TABULARIUM_API std::string_view to_string(Error::Code code) noexcept;

}  // namespace tabularium
