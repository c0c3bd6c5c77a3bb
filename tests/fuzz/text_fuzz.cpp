// Feeds any bytes to the reader of text files, and what it makes of them to a layout. The first
// byte says under which name. Errors are an answer; crashes and hangs are not.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "reader.h"
#include "tabularium/form/layout.h"
#include "tabularium/form/split.h"
#include "tabularium/page/error.h"
#include "tabularium/table/tabulate.h"

namespace {

using namespace tabularium;

constexpr std::array<const char*, 5> kNames{"a.txt", "a.md", "a.html", "a.tsv", "a.csv"};

const Layout& layout() {
  static const std::unique_ptr<Layout> loaded =
      load_layout(TABULARIUM_SOURCE_DIR "/plugins/layouts/declaration_2025/layout.toml");
  return *loaded;
}

// What every page promises (core/page): words on the page, each of a line of the file.
void check(const Page& page) {
  const auto fail_unless = [](bool good) {
    if (!good) std::abort();
  };
  for (const Word& word : page.words) {
    fail_unless(!word.glyphs.empty() && word.source_line > 0 && word.paragraph > 0);
    fail_unless(word.box.x0 >= 0 && word.box.y0 >= 0 && word.box.x1 <= page.width &&
                word.box.y1 <= page.height);
  }
}

void read_forms(OpenedDocument& opened, const Limits& limits) {
  FormSplitter splitter({&layout()}, limits);
  const auto read = [&](const std::vector<FormPages>& forms) {
    for (const FormPages& form : forms) {
      if (form.layout != nullptr) form.layout->read(form.pages);
    }
  };
  for (int page = 1; page <= std::min(opened.page_count(), 4); ++page) {
    Page given = opened.read(page);
    check(given);
    read(splitter.push(tabulate(std::move(given), {.aligned_tables = false}, limits)));
  }
  read(splitter.finish());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Document document;
  document.name = kNames[data[0] % kNames.size()];
  document.path = document.name;
  document.bytes =
      std::make_shared<const std::string>(reinterpret_cast<const char*>(data) + 1, size - 1);
  document.head = document.bytes->substr(0, 1024);
  document.size = static_cast<std::int64_t>(size) - 1;
  try {
    read_forms(*text::make_reader()->open(document), document.limits);
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
