// Feeds any bytes to the PDF reader. Errors are its answer; crashes and hangs are not.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "reader.h"
#include "tabularium/page/error.h"

namespace {

using namespace tabularium;

// What every page promises (core/page): finite boxes, glyphs in words, ordered rules.
void check(const Page& page) {
  const auto fail_unless = [](bool good) {
    if (!good) std::abort();
  };
  for (const Word& word : page.words) {
    fail_unless(!word.glyphs.empty() && word.font_size > 0);
    for (const Glyph& glyph : word.glyphs) {
      fail_unless(glyph.box.x0 <= glyph.box.x1 && glyph.box.y0 <= glyph.box.y1);
    }
  }
  for (const Rule& rule : page.rules) fail_unless(rule.from <= rule.to && rule.thickness >= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Document document;
  document.name = "fuzz.pdf";
  document.bytes = std::make_shared<const std::string>(reinterpret_cast<const char*>(data), size);
  document.head = document.bytes->substr(0, 1024);
  document.size = static_cast<std::int64_t>(size);
  document.limits.max_page_seconds = 2.0;
  try {
    const auto opened = pdf_text::make_reader()->open(document);
    for (int page = 1; page <= std::min(opened->page_count(), 4); ++page) {
      try {
        check(opened->read(page));
      } catch (const Error&) {
        continue;
      }
    }
  } catch (const Error&) {
    return 0;
  }
  return 0;
}
