// Files that are broken, by chance or on purpose: no crash, no hang, a reason each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "read_page.h"
#include "tabularium/page/error.h"

namespace tabularium {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{20};

std::string read_bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// "ok" or the code of the first error of the file or of one of its pages. Every error must name
/// the file, and all must come in time.
std::string outcome(const std::string& bytes, const std::string& name) {
  const auto start = steady_clock::now();
  std::string result = "ok";
  const auto note = [&](const Error& error) {
    if (result == "ok") result = to_string(error.code());
    EXPECT_THAT(error.what(), ::testing::HasSubstr(name));
  };
  Document document = test::in_memory(bytes, name);
  document.limits.max_page_seconds = 2.0;
  const auto reader = pdf_text::make_reader();
  if (bytes.empty()) return "empty_input";  // `open_document` finds it before any reader
  if (!reader->accepts(document)) return "unknown_format";
  try {
    const auto opened = reader->open(document);
    for (int page = 1; page <= std::min(opened->page_count(), 20); ++page) {
      try {
        opened->read(page);
      } catch (const Error& error) {
        note(error);
      }
    }
  } catch (const Error& error) {
    note(error);
  }
  EXPECT_LT(steady_clock::now() - start, kPatience) << name;
  return result;
}

TEST(Damaged, FixturesGiveTheReasonThatIsExpected) {
  const fs::path folder = fs::path(TABULARIUM_SOURCE_DIR) / "fixtures" / "damaged";
  std::ifstream list(folder / "expected.txt");
  std::string name;
  std::string expected;
  int count = 0;
  while (list >> name >> expected) {
    EXPECT_EQ(outcome(read_bytes(folder / name), name), expected) << name;
    ++count;
  }
  EXPECT_GT(count, 40);
}

TEST(Damaged, ADocumentGoesOnAfterAPageThatExceedsALimit) {
  test::PdfBuilder pdf;
  const int tree = pdf.reserve();
  const int leaf = pdf.add_stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 5 5 re f");
  int form = leaf;
  for (int i = 0; i < 7; ++i) {
    form = pdf.add_stream(fmt::format("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << "
                                      "/XObject << /X {} 0 R >> >>",
                                      form),
                          "/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do");
  }
  std::string kids;
  for (const int target : {form, leaf}) {
    const int content = pdf.add_stream("", "/X Do 20 90 m 180 90 l S");
    kids += fmt::format(
        "{} 0 R ", pdf.add(fmt::format("<< /Type /Page /Parent {} 0 R /MediaBox [0 0 200 200] "
                                       "/Contents {} 0 R /Resources << /XObject << /X {} 0 R >> >> "
                                       ">>",
                                       tree, content, target)));
  }
  pdf.set(tree, fmt::format("<< /Type /Pages /Kids [{}] /Count 2 >>", kids));
  Document document =
      test::in_memory(pdf.finish(pdf.add(fmt::format("<< /Type /Catalog /Pages {} 0 R >>", tree))));
  document.limits.max_page_operators = 100'000;
  const auto opened = pdf_text::make_reader()->open(document);
  try {
    opened->read(1);
    FAIL() << "read";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Error::Code::limit_exceeded);
  }
  EXPECT_EQ(opened->read(2).rules.size(), 1U);
}

TEST(Damaged, ManyPagesThatTakeTooLongAreGivenUpTogether) {
  test::PdfBuilder pdf;
  const int tree = pdf.reserve();
  std::string strokes;
  for (int i = 0; i < 20'000; ++i) strokes += "1 1 m 9 9 l S ";
  const int content = pdf.add_stream("", strokes);
  std::string kids;
  for (int i = 0; i < 3; ++i) {
    kids += fmt::format("{} 0 R ",
                        pdf.add(fmt::format("<< /Type /Page /Parent {} 0 R /MediaBox [0 0 200 200] "
                                            "/Contents {} 0 R >>",
                                            tree, content)));
  }
  pdf.set(tree, fmt::format("<< /Type /Pages /Kids [{}] /Count 3 >>", kids));
  Document document =
      test::in_memory(pdf.finish(pdf.add(fmt::format("<< /Type /Catalog /Pages {} 0 R >>", tree))));
  document.limits.max_page_seconds = 1e-4;
  document.limits.max_wasted_seconds = 1.5e-4;
  const auto opened = pdf_text::make_reader()->open(document);
  const auto reason = [&](int page) -> std::string {
    try {
      opened->read(page);
    } catch (const Error& error) {
      return error.what();
    }
    return "read";
  };
  EXPECT_THAT(reason(1), ::testing::HasSubstr("max_page_seconds"));
  reason(2);  // may have time left or not
  EXPECT_THAT(reason(3), ::testing::HasSubstr("page 3: not tried"));
}

/// A file with everything in it that we write in these tests.
std::string rich_file() {
  test::PdfBuilder pdf;
  const int form = pdf.add_stream(
      "/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /Font << /F1 << /Type /Font "
      "/Subtype /Type1 /BaseFont /Helvetica >> >> >>",
      "BT /F1 10 Tf 5 5 Td (deep) Tj ET");
  const int field =
      pdf.add("<< /Type /Annot /Subtype /Widget /FT /Tx /T (f) /V (v) /Rect [20 100 120 120] >>");
  const int map = pdf.add_stream("",
                                 "/CIDInit /ProcSet findresource begin begincmap\n"
                                 "1 begincodespacerange <00> <FF> endcodespacerange\n"
                                 "1 beginbfrange <41> <5A> <7EE9> endbfrange endcmap end");
  std::string content;
  for (int i = 0; i < 60; ++i) {
    content +=
        fmt::format("BT /L 9 Tf 1 0 0 1 20 {} Tm [(ABC) -200 (DEF)] TJ ET {} 20 m {} 180 l S\n",
                    180 - 3 * i, 20 + 3 * i, 20 + 3 * i);
  }
  return test::one_page(
      pdf, content + "0.8 g 20 20 100 10 re B /X Do",
      {.page_entries = fmt::format("/Annots [{} 0 R] /Rotate 90", field),
       .resources = fmt::format("/XObject << /X {} 0 R >>", form),
       .fonts =
           fmt::format("/L << /Type /Font /Subtype /TrueType /BaseFont /Arial /ToUnicode {} 0 R "
                       ">>",
                       map),
       .catalog_entries = fmt::format("/AcroForm << /Fields [{} 0 R] >>", field)});
}

void truncate_at_steps(const std::string& bytes, std::size_t step, const std::string& name) {
  for (std::size_t size = 0; size < bytes.size(); size += step) {
    outcome(bytes.substr(0, size), fmt::format("{} cut at {}", name, size));
  }
}

std::string with_flipped_bytes(std::string bytes, unsigned seed) {
  std::mt19937 random(seed);  // its sequence is fixed by the C++ standard
  const unsigned flips = 1 + random() % 12;
  for (unsigned i = 0; i < flips; ++i) {
    bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
  }
  return bytes;
}

TEST(Damaged, FilesCutAnywhereGiveAReason) { truncate_at_steps(rich_file(), 64, "rich"); }

TEST(Damaged, FilesWithFlippedBytesGivePagesOrAReason) {
  const std::string bytes = rich_file();
  for (unsigned seed = 0; seed < 400; ++seed) {
    outcome(with_flipped_bytes(bytes, seed), fmt::format("rich, seed {}", seed));
  }
}

/// Files of a browser and of an office suite, where the folder of test data is at hand.
std::vector<fs::path> real_files() {
  const char* shared = std::getenv("TABULARIUM_SHARED");
  const fs::path root =
      shared != nullptr ? fs::path(shared) : fs::path(TABULARIUM_SOURCE_DIR) / ".." / "shared";
  std::vector<fs::path> files;
  for (const char* name : {"declaration-2020.digital.libreoffice-writer.pdf",
                           "declaration-2025.digital.sans-open.pdf"}) {
    const fs::path file = root / "corpus" / name;
    if (fs::exists(file)) files.push_back(file);
  }
  return files;
}

TEST(Damaged, RealFilesCutAndFlippedGiveAReason) {
  const std::vector<fs::path> files = real_files();
  if (files.empty()) GTEST_SKIP() << "no corpus: set TABULARIUM_SHARED to its folder";
  for (const fs::path& file : files) {
    const std::string bytes = read_bytes(file);
    const std::string name = file.filename().string();
    // Every kilobyte of a small file; about 60 cuts of a larger one.
    const std::size_t kilobytes = bytes.size() / 1024;
    truncate_at_steps(bytes, 1024 * std::max<std::size_t>(1, kilobytes / 60), name);
    for (unsigned seed = 0; seed < 25; ++seed) {
      outcome(with_flipped_bytes(bytes, seed), fmt::format("{}, seed {}", name, seed));
    }
  }
}

}  // namespace
}  // namespace tabularium
