// Tables that show by the alignment of text, and what only looks like one.
#include <gmock/gmock.h>

#include <sstream>

#include "build.h"
#include "tabularium/table/tabulate.h"
#include "tabularium/table/text_rows_internal.h"

namespace tabularium {
namespace {

using build::across;
using build::down;
using build::frame;
using build::page;
using build::word;
using ::testing::ElementsAre;

constexpr double kPitch = 14.0;

/// Text set at (x, y), a word for each run without spaces; a space is 3 pt wide, a glyph 5.
void set_text(Page& page, double x, double y, const std::string& text) {
  std::istringstream words(text);
  for (std::string part; words >> part;) {
    page.words.push_back(word(x, y, part));
    page.words.back().after_space = true;
    x = page.words.back().box.x1 + 3;
  }
}

/// The same with its right end at x.
void set_right(Page& page, double x, double y, const std::string& text) {
  Page scratch;
  set_text(scratch, 0, y, text);
  set_text(page, x - scratch.words.back().box.x1, y, text);
}

using Texts = std::vector<std::vector<std::string>>;

/// Labels at x 60, numbers that end at x 220, 300, ...; rows `kPitch` apart from y.
void set_rows(Page& page, double y, const Texts& rows) {
  for (const auto& row : rows) {
    for (std::size_t col = 0; col < row.size(); ++col) {
      if (row[col].empty()) continue;
      if (col == 0) {
        set_text(page, 60, y, row[0]);
      } else {
        set_right(page, 140.0 + 80.0 * static_cast<double>(col), y, row[col]);
      }
    }
    y += kPitch;
  }
}

Texts texts(const Table& table) {
  Texts found(static_cast<std::size_t>(table.rows),
              std::vector<std::string>(static_cast<std::size_t>(table.cols)));
  for (const Cell& cell : table.cells) {
    found[static_cast<std::size_t>(cell.row)][static_cast<std::size_t>(cell.col)] = cell.text();
  }
  return found;
}

void set_paragraph(Page& page, double x, double y, int lines) {
  for (int i = 0; i < lines; ++i) {
    set_text(page, x, y + 12 * i,
             i + 1 < lines ? "several words of running text that fill the whole line up to here"
                           : "and the last line ends early");
  }
}

const Texts kPlain{{"Region", "1995", "2005"},
                   {"North", "12.5", "1,300"},
                   {"South", "7.0", "980"},
                   {"East", "33.1", "2,104"}};

TEST(AlignedTables, AreFoundWithoutAnyRule) {
  Page made = page({});
  set_rows(made, 100, kPlain);
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(tabulated.tables[0].kind, TableKind::aligned);
  EXPECT_EQ(texts(tabulated.tables[0]), kPlain);
  // Alignment is a guess: the words stand in the lines too.
  EXPECT_FALSE(tabulated.lines.empty());
}

TEST(AlignedTables, AreNotLookedForWhenNobodyAsks) {
  Page made = page({});
  set_rows(made, 100, kPlain);
  TabulateOptions options;
  options.aligned_tables = false;
  EXPECT_TRUE(tabulate(made, options).tables.empty());
}

TEST(AlignedTables, StandBetweenParagraphsThatAreNoPartOfThem) {
  Page made = page({});
  set_paragraph(made, 60, 60, 5);
  set_rows(made, 160, kPlain);
  set_paragraph(made, 60, 260, 5);
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(texts(tabulated.tables[0]), kPlain);
}

TEST(AlignedTables, LeaveCaptionAndNoteOut) {
  Page made = page({});
  set_text(made, 60, 86, "Table 3: Regions and years");
  set_rows(made, 100, kPlain);
  set_text(made, 60, 156, "Source: own figures");
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(texts(tabulated.tables[0]), kPlain);
}

TEST(AlignedTables, KeepEmptyCellsEmpty) {
  Page made = page({});
  const Texts sparse{{"Region", "1995", "2005"},
                     {"North", "", "1,300"},
                     {"South", "7.0", ""},
                     {"East", "33.1", "2,104"},
                     {"West", "8.2", "77"}};
  set_rows(made, 100, sparse);
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(texts(tabulated.tables[0]), sparse);
  EXPECT_EQ(tabulated.tables[0].cell_at(1, 1), nullptr);
}

TEST(AlignedTables, JoinALabelThatGoesOnInTheNextLine) {
  Page made = page({});
  set_rows(made, 100,
           {{"Region", "1995", "2005"},
            {"Islands of the", "12.5", "1,300"},
            {"south", "", ""},
            {"North", "7.0", "980"},
            {"East", "33.1", "2,104"}});
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(tabulated.tables[0].rows, 4);
  EXPECT_EQ(texts(tabulated.tables[0])[1][0], "Islands of the\nsouth");
}

TEST(AlignedTables, KeepAHeadingOfRowsApart) {
  Page made = page({});
  const Texts grouped{
      {"Region", "1995", "2005"},   {"Coast", "", ""}, {"North side", "12.5", "1,300"},
      {"South side", "7.0", "980"}, {"Hills", "", ""}, {"East side", "33.1", "2,104"}};
  set_rows(made, 100, grouped);
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(texts(tabulated.tables[0]), grouped);
}

TEST(AlignedTables, JoinHeadsOfSeveralLines) {
  Page made = page({});
  set_rows(made, 74, {{"", "Number of", "Share of"}, {"", "outlets", "sales"}});
  set_rows(made, 102,
           {{"North", "12.5", "1,300"}, {"South", "7.0", "980"}, {"East", "33.1", "2,104"}});
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(tabulated.tables[0].rows, 4);
  EXPECT_EQ(texts(tabulated.tables[0])[0][1], "Number of\noutlets");
}

TEST(AlignedTables, SpanAHeadOverTheColumnsThatTheRuleBelowItSpans) {
  Page made = page({across(98, 60, 380), across(114, 160, 300, 0.3), across(129, 60, 380),
                    across(173, 60, 380)});
  set_text(made, 200, 102, "Persons");
  set_rows(made, 117, {{"Region", "men", "women", "year"}});
  set_rows(
      made, 131,
      {{"North", "12", "13", "1995"}, {"South", "7", "9", "1996"}, {"East", "33", "21", "1997"}});
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  const Table& table = tabulated.tables[0];
  ASSERT_EQ(table.rows, 5);
  const Cell* head = table.cell_at(0, 1);
  ASSERT_NE(head, nullptr);
  EXPECT_EQ(head->text(), "Persons");
  EXPECT_EQ(head->col_span, 2);
}

TEST(AlignedTables, MayHaveTextAloneWhereThreeRulesCloseThem) {
  Page made = page({across(97, 55, 300), across(113, 55, 300), across(157, 55, 300)});
  const Texts words{
      {"Market", "Brand"}, {"Coffee", "Black"}, {"Butter", "Alpine"}, {"Washing", "Powder"}};
  set_rows(made, 100, words);
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(texts(tabulated.tables[0]), words);
}

TEST(AlignedTables, PartALabelFromTheNumberThatItsLeaderOfDotsTouches) {
  Page made = page({});
  const char* labels[] = {"North", "South", "Eastern", "Hills"};
  for (int i = 0; i < 4; ++i) {
    std::string text = labels[i];
    text.resize(30, '.');
    made.words.push_back(word(60, 100 + kPitch * i, text + std::to_string(1200 + 7 * i)));
    set_right(made, 330, 100 + kPitch * i, std::to_string(10 + i) + ".5");
  }
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  ASSERT_EQ(tabulated.tables[0].cols, 3);
  EXPECT_EQ(texts(tabulated.tables[0])[2][1], "1214");
}

TEST(AlignedTables, TakeTypedLinesForRules) {
  Page made = page({});
  set_rows(made, 100, kPlain);
  for (const double y : {88.0, 107.0, 153.0}) {
    made.words.push_back(word(60, y, std::string(48, '-'), 5));
    made.words.back().font_size = 10;
    for (Glyph& glyph : made.words.back().glyphs) {
      glyph.box.x0 = 60 + 2 * (glyph.box.x0 - 60);
      glyph.box.x1 = glyph.box.x0 + 5;
    }
    made.words.back().box.x1 = 300;
  }
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(texts(tabulated.tables[0]), kPlain);
}

TEST(AlignedTables, StandInOneColumnOfAPageBesideTextInTheOther) {
  Page made = page({});
  made.width = 800;
  set_paragraph(made, 420, 60, 20);
  set_paragraph(made, 40, 60, 6);
  set_rows(made, 150, kPlain);
  set_paragraph(made, 40, 220, 6);
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(texts(tabulated.tables[0]), kPlain);
}

TEST(AlignedTables, AreNotSeenInTwoColumnsOfText) {
  Page made = page({});
  for (int i = 0; i < 12; ++i) {
    const double y = 100 + 12 * i;
    set_text(made, 40, y, "running text of the left column that");
    set_text(made, 320, y, "and that of the right one beside");
  }
  EXPECT_TRUE(tabulate(made).tables.empty());
}

TEST(AlignedTables, AreNotSeenInAListOrAnAddress) {
  Page made = page({});
  for (int i = 0; i < 6; ++i) {
    set_text(made, 60, 100 + 14.0 * i, std::to_string(i + 1) + ".");
    set_text(made, 85, 100 + 14.0 * i, "An item with some words");
  }
  set_text(made, 60, 300, "Office of Records");
  set_text(made, 400, 300, "Phone");
  set_text(made, 60, 314, "14 Long Road");
  set_text(made, 400, 314, "March 3, 2011");
  EXPECT_TRUE(tabulate(made).tables.empty());
}

TEST(AlignedTables, AreNotSeenInATableOfContents) {
  Page made = page({});
  for (int i = 0; i < 6; ++i) {
    set_text(made, 60, 100 + 14.0 * i, std::to_string(i + 1) + ". Chapter................");
    set_right(made, 330, 100 + 14.0 * i, std::to_string(3 + 9 * i));
  }
  EXPECT_TRUE(tabulate(made).tables.empty());
}

TEST(HalfRuledTables, GetTheirRowsFromNumbersBelowEachOther) {
  // A frame, a rule below the heads and rules between the columns; none between the rows.
  Page made = page(frame({50, 95, 310, 160}));
  made.rules.push_back(across(112, 50, 310));
  for (const double x : {150.0, 230.0}) made.rules.push_back(down(x, 95, 160));
  set_rows(made, 99, kPlain);
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(tabulated.tables[0].kind, TableKind::ruled);
  EXPECT_EQ(texts(tabulated.tables[0]), kPlain);
}

TEST(HalfRuledTables, GetTheirColumnsFromGapsBelowEachOther) {
  Page made = page({down(50, 97, 153), down(310, 97, 153)});
  for (int i = 0; i <= 4; ++i) made.rules.push_back(across(97 + kPitch * i, 50, 310));
  set_rows(made, 99, kPlain);
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(texts(tabulated.tables[0]), kPlain);
}

TEST(HalfRuledTables, KeepTheLinesOfATextInOneCell) {
  Page made = page(frame({50, 95, 400, 160}));
  made.rules.push_back(down(150, 95, 160));
  made.rules.push_back(across(112, 50, 400));
  set_text(made, 55, 99, "Label");
  set_text(made, 155, 99, "Meaning");
  set_text(made, 55, 115, "Goal");
  set_text(made, 155, 115, "A text that fills its cell to the right edge and");
  set_text(made, 155, 129, "goes on with more words in the second line of the");
  set_text(made, 155, 143, "same cell");
  const TabulatedPage tabulated = tabulate(made);
  ASSERT_EQ(tabulated.tables.size(), 1u);
  EXPECT_EQ(tabulated.tables[0].cells.size(), 4u);
}

TEST(Diagrams, AreNoTablesThoughTheirGridLinesCross) {
  Page made = page({});
  for (int i = 0; i <= 4; ++i) {
    made.rules.push_back(across(100 + 30.0 * i, 100, 400));
    made.rules.push_back(down(100 + 75.0 * i, 100, 220));
    set_right(made, 95, 95 + 30.0 * i, std::to_string(400 - 100 * i));
  }
  set_text(made, 110, 108, "Greece");
  set_text(made, 110, 138, "Spain");
  set_text(made, 190, 108, "Italy");
  EXPECT_TRUE(tabulate(made).tables.empty());
}

TEST(Pieces, AreKnownAsNumbersYearsAndMarks) {
  const auto numeric = [](const char* text) {
    const Word made = word(0, 0, text);
    return is_numeric({&made});
  };
  EXPECT_TRUE(numeric("1,300.5"));
  EXPECT_TRUE(numeric("(12%)"));
  EXPECT_TRUE(numeric("-"));
  EXPECT_TRUE(numeric("n.a."));
  EXPECT_FALSE(numeric("March3"));
  EXPECT_FALSE(numeric("Total"));
  const auto head = [](const char* text) {
    const Word made = word(0, 0, text);
    return is_year_or_unit({&made});
  };
  EXPECT_TRUE(head("1995"));
  EXPECT_TRUE(head("1995-96"));
  EXPECT_TRUE(head("(000)"));
  EXPECT_FALSE(head("1,995"));
  EXPECT_FALSE(head("27.5"));
  const auto mark = [](const char* text) {
    const Word made = word(0, 0, text);
    Piece piece;
    piece.words = {&made};
    return is_enumerator(piece);
  };
  EXPECT_TRUE(mark("•"));
  EXPECT_TRUE(mark("(a)"));
  EXPECT_TRUE(mark("12."));
  EXPECT_FALSE(mark("North"));
}

}  // namespace
}  // namespace tabularium
