// The pixels of a page: the picture's own where the page is one picture.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "read_page.h"

namespace tabularium {
namespace {

using test::in_memory;
using test::one_page;
using test::PageParts;
using test::PdfBuilder;
using ::testing::ElementsAre;

/// A page that draws a picture of 3 by 2 grey pixels, rising from 10 to 60, by `content`.
std::string picture_page(std::string_view content, const std::string& page_entries = "") {
  PdfBuilder pdf;
  const int picture = pdf.add_stream(
      "/Type /XObject /Subtype /Image /Width 3 /Height 2 /ColorSpace /DeviceGray "
      "/BitsPerComponent 8",
      "\x0a\x14\x1e\x28\x32\x3c");
  PageParts parts;
  parts.media_box = "0 0 300 200";
  parts.page_entries = page_entries;
  parts.resources = fmt::format("/XObject << /P {} 0 R >>", picture);
  return one_page(pdf, content, parts);
}

PageImage page_image(const std::string& file) {
  return pdf_text::make_reader()->open(in_memory(file))->page_image(1);
}

constexpr const char* kWhole = "q 300 0 0 200 0 0 cm /P Do Q";

TEST(PageImage, OfAPageThatIsOnePictureIsThePicture) {
  const PageImage image = page_image(picture_page(kWhole));
  EXPECT_EQ(image.width, 3);
  EXPECT_EQ(image.height, 2);
  EXPECT_EQ(image.channels, 1);
  EXPECT_NEAR(image.dpi, 3 * 72.0 / 300, 1e-9);
  EXPECT_THAT(image.samples, ElementsAre(10, 20, 30, 40, 50, 60));
}

TEST(PageImage, IsTurnedAsThePageIsShown) {
  const PageImage image = page_image(picture_page(kWhole, "/Rotate 90"));
  EXPECT_EQ(image.width, 2);
  EXPECT_EQ(image.height, 3);
  EXPECT_THAT(image.samples, ElementsAre(40, 10, 50, 20, 60, 30));
}

TEST(PageImage, IsMirroredWhereTheFileMirrorsThePicture) {
  const PageImage image = page_image(picture_page("q -300 0 0 200 300 0 cm /P Do Q"));
  EXPECT_THAT(image.samples, ElementsAre(30, 20, 10, 60, 50, 40));
}

TEST(PageImage, IsDrawnWhereThePageShowsMoreThanThePicture) {
  EXPECT_EQ(page_image(picture_page(std::string(kWhole) + " 10 10 50 50 re f")).width, 1250);
  EXPECT_EQ(page_image(picture_page("q 100 0 0 100 0 0 cm /P Do Q")).width, 1250);
  EXPECT_EQ(page_image(picture_page("q 290 40 -40 190 20 0 cm /P Do Q")).width, 1250);
  EXPECT_EQ(
      page_image(picture_page(std::string(kWhole) + " BT /F1 12 Tf 10 10 Td (a) Tj ET")).width,
      1250);
}

TEST(PageImage, OfAPictureUnderInvisibleTextIsThePicture) {
  const std::string hidden = " BT 3 Tr /F1 12 Tf 10 10 Td (somebody's reading) Tj ET";
  EXPECT_EQ(page_image(picture_page(kWhole + hidden)).width, 3);
}

}  // namespace
}  // namespace tabularium
