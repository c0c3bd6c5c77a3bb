#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "missing_text_internal.h"
#include "tabularium/table/tabulate.h"

namespace tabularium {
namespace {

/// A picture of at least this part of the page carries the form, or its paper.
constexpr double kPageShare = 0.6;
/// A picture less high or wide, in points, holds no text: rules are drawn as pictures too.
constexpr double kLeastText = 4.0;
/// A picture of this height, in points, or more is a chart or a photograph: text stands there in
/// pictures of a word or a few lines.
constexpr double kMostText = 90.0;

bool is_blank(const Page& page) {
  return page.images.empty() && page.rules.empty() && page.hidden_words.empty() &&
         page.unmapped_glyphs.empty();
}

bool holds_word(const Page& page, const Box& box) {
  return std::any_of(page.words.begin(), page.words.end(), [&](const Word& word) {
    return std::any_of(word.glyphs.begin(), word.glyphs.end(),
                       [&](const Glyph& glyph) { return box.contains(glyph.box.centre()); });
  });
}

/// The smallest region around `point`: of a table in a cell, the inner table's.
const TextRegion* region_at(const std::vector<TextRegion>& regions, Point point) {
  const TextRegion* found = nullptr;
  for (const TextRegion& region : regions) {
    if (!region.box.contains(point)) continue;
    if (found == nullptr || region.box.area() < found->box.area()) found = &region;
  }
  return found;
}

bool may_hold_text(const Box& box) {
  return box.width() >= kLeastText && box.height() >= kLeastText && box.height() <= kMostText;
}

/// Keeps one box for each region.
class Places {
 public:
  void add(const TextRegion& region, const Box& part) {
    for (auto& [known, box] : places_) {
      if (known == &region) {
        box = united(box, part);
        return;
      }
    }
    places_.emplace_back(&region, part);
  }
  std::vector<Box> boxes() const {
    std::vector<Box> all;
    for (const auto& [region, box] : places_) all.push_back(box);
    return all;
  }

 private:
  std::vector<std::pair<const TextRegion*, Box>> places_;
};

/// What of `picture` may show the text of `region`.
std::optional<Box> picture_text(const Page& page, const Box& picture, const TextRegion& region,
                                bool holds_title) {
  // Beside tables pictures are logos and seals, but for a title above them.
  const bool like_title = holds_title && picture.width() >= 3.0 * picture.height();
  if (!region.is_cell && !like_title) return std::nullopt;
  const auto part = intersection(picture, region.box);
  if (!part || !may_hold_text(*part)) return std::nullopt;
  const bool most_of_one =
      2 * part->area() >= picture.area() || 2 * part->area() >= region.box.area();
  if (!most_of_one || holds_word(page, *part)) return std::nullopt;
  return part;
}

void add_pictures(const Page& page, const std::vector<TextRegion>& regions, Places& places) {
  const bool has_table = regions.size() > 1;
  if (!has_table) return;  // an illustrated text
  for (const Box& picture : page.images) {
    if (!may_hold_text(picture)) continue;
    for (const TextRegion& region : regions) {
      const bool above = &region == &regions.front();
      if (const auto part = picture_text(page, picture, region, above)) places.add(region, *part);
    }
  }
}

void add_unmapped(const Page& page, const std::vector<TextRegion>& regions, Places& places) {
  for (const Box& glyph : page.unmapped_glyphs) {
    if (const TextRegion* region = region_at(regions, glyph.centre())) places.add(*region, glyph);
  }
}

bool is_picture_of_a_page(const Page& page, const std::vector<TextRegion>& regions) {
  if (regions.size() > 1) return false;  // its own rules are exact
  const double area = page.width * page.height;
  return std::any_of(page.images.begin(), page.images.end(),
                     [&](const Box& picture) { return picture.area() >= kPageShare * area; });
}

std::string reason(const Page& page) {
  if (page.unmapped_glyphs.empty()) return "pictures stand there and no words";
  return fmt::format("{} glyphs have no Unicode value", page.unmapped_glyphs.size());
}

}  // namespace

std::vector<TextRegion> text_regions(Page page, const Limits& limits) {
  const double width = page.width;
  const double height = page.height;
  const TabulatedPage tabulated = tabulate(std::move(page), {.aligned_tables = false}, limits);
  std::vector<TextRegion> regions;
  double y = 0.0;
  for (const Table& table : tabulated.tables) {
    const Box& box = table.parts.front().box;
    if (box.y0 > y) regions.push_back({{0.0, y, width, box.y0}, false});
    if (box.x0 > 0.0) regions.push_back({{0.0, box.y0, box.x0, box.y1}, false});
    if (box.x1 < width) regions.push_back({{box.x1, box.y0, width, box.y1}, false});
    for (const Cell& cell : table.cells) regions.push_back({cell.box(), true});
    y = std::max(y, box.y1);
  }
  if (y < height) regions.push_back({{0.0, y, width, height}, false});
  return regions;
}

MissingText missing_text(const Page& page, const Limits& limits) {
  if (page.trust == TextTrust::hidden) {
    return {true, {}, "its only text is an invisible layer that somebody's recognition left"};
  }
  if (page.words.empty() && page.unmapped_glyphs.empty()) return {!is_blank(page), {}, ""};
  if (page.images.empty() && page.unmapped_glyphs.empty()) return {};
  const std::vector<TextRegion> regions = text_regions(page, limits);
  if (is_picture_of_a_page(page, regions)) return {true, {}, "a picture carries the form"};
  Places places;
  add_unmapped(page, regions, places);
  add_pictures(page, regions, places);
  return {false, places.boxes(), reason(page)};
}

}  // namespace tabularium
