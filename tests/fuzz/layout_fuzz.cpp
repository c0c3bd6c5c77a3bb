// The reader of layout files, alone and as a variant of another: only `Error` may leave it, and
// what it takes comes back the same when it is written.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "tabularium/form/layout_spec_internal.h"
#include "tabularium/form/layout_write_internal.h"
#include "tabularium/page/error.h"

namespace {

using namespace tabularium;

/// The shipped layouts stand for those that a variant may extend.
const LayoutLibrary& shipped() {
  static const LayoutLibrary library([] {
    return layouts_beside(std::filesystem::path(TABULARIUM_SOURCE_DIR) /
                          "plugins/layouts/fuzz/layout.toml");
  });
  return library;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  LayoutSpec spec;
  try {
    spec = parse_layout(text, "fuzz.toml", &shipped());
  } catch (const Error& error) {
    if (error.code() != Error::Code::bad_layout) std::abort();
    return 0;
  }
  // Names of fields need no quotes in what the program writes itself.
  for (const FieldSpec& field : spec.fields) {
    if (field.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") !=
        std::string::npos) {
      return 0;
    }
  }
  layout_toml(spec, {}, "");
  return 0;
}
