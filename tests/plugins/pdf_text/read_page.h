#pragma once

#include <string>
#include <vector>

#include "pdf_builder.h"
#include "reader.h"
#include "tabularium/page/page.h"
#include "tabularium/plugin/reader.h"

namespace tabularium::test {

inline Page read_page(const std::string& bytes, int number = 1) {
  return pdf_text::make_reader()->open(in_memory(bytes))->read(number);
}

/// Reads a page of 200 x 200 points (unless `parts` says otherwise) with `content` on it.
inline Page read_content(std::string_view content, const PageParts& parts = {}) {
  return read_page(one_page(content, parts));
}

inline std::vector<std::string> texts(const std::vector<Word>& words) {
  std::vector<std::string> all;
  for (const Word& word : words) all.push_back(word.text());
  return all;
}

}  // namespace tabularium::test
