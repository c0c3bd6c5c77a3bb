#include "tabularium/form/layout.h"

#include "tabularium/page/error.h"

namespace tabularium {

Layout::~Layout() = default;

std::unique_ptr<Layout> load_layout(const std::filesystem::path& file) {
  throw Error(Error::Code::bad_layout, file.string() + ": the interpreter is being built");
}

}  // namespace tabularium
