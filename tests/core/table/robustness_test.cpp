// Random rules and words: whatever comes, the tables keep their promises.
#include <gmock/gmock.h>

#include <chrono>
#include <cmath>
#include <map>
#include <random>

#include "build.h"
#include "tabularium/table/tabulate.h"

namespace tabularium {
namespace {

class Chaos {
 public:
  explicit Chaos(unsigned seed) : random_(seed) {}
  double real(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }
  /// Numbers of a coarse grid, so that rules meet; now and then any number.
  double place(double low, double high) {
    const double any = real(low, high);
    return real(0, 1) < 0.8 ? low + 15.0 * std::floor((any - low) / 15.0) : any;
  }

  Page page(int rules, int words) {
    Page made = build::page({});
    for (int i = 0; i < rules; ++i) {
      const double a = place(-20, 620);
      const double b = place(-20, 620);
      const double at = place(-20, 620);
      const double thickness = real(0, 1) < 0.1 ? real(0, 12) : 0.5;
      made.rules.push_back(real(0, 1) < 0.5
                               ? build::across(at, std::min(a, b), std::max(a, b), thickness)
                               : build::down(at, std::min(a, b), std::max(a, b), thickness));
    }
    for (int i = 0; i < words; ++i) {
      Word word = build::word(real(-20, 600), real(-20, 830), "ab项目12", real(3, 30));
      word.vertical = real(0, 1) < 0.05;
      made.words.push_back(std::move(word));
    }
    return made;
  }

 private:
  std::mt19937 random_;
};

/// Glyphs are told apart by their boxes.
using GlyphKey = std::tuple<double, double, double, double, char32_t>;

GlyphKey key(const Glyph& glyph) {
  return {glyph.box.x0, glyph.box.y0, glyph.box.x1, glyph.box.y1, glyph.code};
}

void expect_sound_grid(const Table& table) {
  ASSERT_GT(table.rows, 0);
  ASSERT_GT(table.cols, 0);
  ASSERT_EQ(table.row_edges.size(), static_cast<std::size_t>(table.rows) + 1);
  ASSERT_EQ(table.column_edges.size(), static_cast<std::size_t>(table.cols) + 1);
  EXPECT_TRUE(std::is_sorted(table.row_edges.begin(), table.row_edges.end()));
  EXPECT_TRUE(std::is_sorted(table.column_edges.begin(), table.column_edges.end()));
  ASSERT_FALSE(table.parts.empty());
  std::vector<int> taken(static_cast<std::size_t>(table.rows * table.cols), 0);
  for (const Cell& cell : table.cells) {
    ASSERT_GE(cell.row, 0);
    ASSERT_GE(cell.col, 0);
    ASSERT_GE(cell.row_span, 1);
    ASSERT_GE(cell.col_span, 1);
    ASSERT_LE(cell.row + cell.row_span, table.rows);
    ASSERT_LE(cell.col + cell.col_span, table.cols);
    ASSERT_FALSE(cell.parts.empty());
    for (int row = cell.row; row < cell.row + cell.row_span; ++row) {
      for (int col = cell.col; col < cell.col + cell.col_span; ++col) {
        ++taken[static_cast<std::size_t>(row * table.cols + col)];
      }
    }
  }
  for (const int count : taken) {
    ASSERT_LE(count, 1);
    ASSERT_GE(count, table.kind == TableKind::ruled ? 1 : 0);
  }
}

void expect_each_glyph_once(const Table& table) {
  std::map<GlyphKey, int> seen;
  for (const Cell& cell : table.cells) {
    for (const TextLine& line : cell.lines) {
      ASSERT_FALSE(line.words.empty());
      for (const Word& word : line.words) {
        ASSERT_FALSE(word.glyphs.empty());
        for (const Glyph& glyph : word.glyphs) ASSERT_EQ(++seen[key(glyph)], 1);
      }
    }
  }
}

std::map<GlyphKey, int> glyphs_of(const TabulatedPage& page) {
  std::map<GlyphKey, int> seen;
  const auto note = [&](const std::vector<TextLine>& lines) {
    for (const TextLine& line : lines) {
      for (const Word& word : line.words) {
        for (const Glyph& glyph : word.glyphs) ++seen[key(glyph)];
      }
    }
  };
  note(page.lines);
  for (const Table& table : page.tables) {
    for (const Cell& cell : table.cells) note(cell.lines);
  }
  return seen;
}

TEST(Robustness, AnyRulesAndWordsGiveDisjointCellsAndLoseNoGlyph) {
  for (unsigned seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE(seed);
    Chaos chaos(seed);
    const Page page =
        chaos.page(static_cast<int>(chaos.real(0, 160)), static_cast<int>(chaos.real(0, 80)));
    const TabulatedPage made = tabulate(page);
    for (const Table& table : made.tables) {
      expect_sound_grid(table);
      expect_each_glyph_once(table);
      if (HasFatalFailure()) return;
    }
    const std::map<GlyphKey, int> found = glyphs_of(made);
    for (const Word& word : page.words) {
      for (const Glyph& glyph : word.glyphs) ASSERT_TRUE(found.contains(key(glyph)));
    }
  }
}

TEST(Robustness, AHundredThousandRulesTakeNoMoreThanASecond) {
  std::vector<Rule> rules;
  for (int i = 0; i < 50'000; ++i) {
    rules.push_back(build::across(i * 0.016, 0, 590));
    rules.push_back(build::down(i * 0.011, 0, 800));
  }
  Chaos chaos(7);
  for (int i = 0; i < 50'000; ++i) {
    const double x = chaos.real(0, 14'000);
    rules.push_back(build::across(chaos.real(0, 14'000), x, x + 40));
    rules.push_back(build::down(x, chaos.real(0, 7'000), chaos.real(7'000, 14'000)));
  }
  const auto start = std::chrono::steady_clock::now();
  const TabulatedPage made = tabulate(build::page(std::move(rules)));
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
  // Slack for a busy machine and for sanitizers; all pairs would take minutes.
  EXPECT_LT(taken.count(), 10.0);
  EXPECT_LE(made.issues.size(), 1u);
}

}  // namespace
}  // namespace tabularium
