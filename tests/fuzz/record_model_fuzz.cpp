// The reader of record models: only `Error` may leave it.
#include <cstdint>
#include <string>

#include "tabularium/page/error.h"
#include "tabularium/record/model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    // One file may hold both: what is no vocabulary is tried as a model beside a small one.
    tabularium::Models::parse({{"fuzz.toml", text}, {"words.toml", "vocabulary = \"words\""}});
  } catch (const tabularium::Error&) {
  }
  return 0;
}
