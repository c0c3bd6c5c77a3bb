#include "model_files.h"

#include <fstream>
#include <sstream>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(Error::Code::not_found, file.string() + ": cannot be opened");
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  return bytes.str();
}

std::u32string read_alphabet(const std::filesystem::path& file) {
  std::u32string alphabet;
  for (const char32_t code : to_utf32(bytes_of(file))) {
    if (code != U'\n' && code != U'\r') alphabet.push_back(code);
  }
  return alphabet;
}

}  // namespace tabularium
