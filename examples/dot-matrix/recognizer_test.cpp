// Draws a line as the printer does, spoils a dot, and reads it again.
#include "recognizer.h"

#include <algorithm>
#include <cstdio>
#include <string>

namespace {

constexpr int kDot = 6;     // pixels
constexpr int kMargin = 9;  // pixels

const dot_matrix::Pattern& pattern_of(char32_t code) {
  const auto& all = dot_matrix::patterns();
  return *std::find_if(all.begin(), all.end(),
                       [&](const auto& pattern) { return pattern.code == code; });
}

tabularium::PageImage drawn(const std::u32string& text) {
  const int width = static_cast<int>(text.size()) * (dot_matrix::kColumns + 1) * kDot + 2 * kMargin;
  tabularium::PageImage page{width, dot_matrix::kRows * kDot + 2 * kMargin, 1, 72.0, {}};
  page.samples.assign(static_cast<std::size_t>(page.width) * page.height, 255);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto& rows = pattern_of(text[i]).rows;
    for (int y = 0; y < dot_matrix::kRows * kDot; ++y) {
      for (int x = 0; x < dot_matrix::kColumns * kDot; ++x) {
        if (rows[static_cast<std::size_t>(y / kDot)][static_cast<std::size_t>(x / kDot)] != '#')
          continue;
        const int left = kMargin + static_cast<int>(i) * (dot_matrix::kColumns + 1) * kDot;
        page.samples[static_cast<std::size_t>(y + kMargin) * page.width + left + x] = 0;
      }
    }
  }
  return page;
}

bool reads(const std::u32string& text, const tabularium::PageImage& page,
           const std::string& expected) {
  const double right =
      kMargin + (static_cast<double>(text.size()) * (dot_matrix::kColumns + 1) - 1) * kDot;
  const tabularium::Box line{kMargin, kMargin, right, kMargin + dot_matrix::kRows * kDot};
  dot_matrix::Recognizer recognizer;
  const auto words = recognizer.recognize(page, {line}, 10.0);
  const std::string found = words[0].empty() ? "" : words[0][0].text();
  if (found == expected) return true;
  std::fprintf(stderr, "read `%s` instead of `%s`\n", found.c_str(), expected.c_str());
  return false;
}

}  // namespace

int main() {
  const std::u32string text = U"-1234567890.50";
  auto page = drawn(text);
  bool good = reads(text, page, "-1234567890.50");
  // Ink where a dot of the 8 should be white.
  for (int y = 0; y < kDot; ++y) {
    for (int x = 0; x < kDot; ++x) {
      const int left = kMargin + 8 * (dot_matrix::kColumns + 1) * kDot;
      page.samples[static_cast<std::size_t>(y + kMargin) * page.width + left + x] = 0;
    }
  }
  good = reads(text, page, "-1234567890.50") && good;
  std::fill(page.samples.begin(), page.samples.end(), std::uint8_t{0});
  good = reads(text, page, "") && good;
  return good ? 0 : 1;
}
