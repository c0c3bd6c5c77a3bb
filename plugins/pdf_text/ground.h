#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "tabularium/page/geometry.h"

namespace tabularium::pdf_text {

/// A colour as it is shown, 0 to 255 each.
struct Rgb {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;

  bool operator==(const Rgb&) const = default;
};

/// Whether an eye takes the two for one colour.
bool alike(Rgb a, Rgb b);

/// What has been painted so far, as far as it decides whether a later glyph or rule can be seen:
/// areas of one colour in the order of painting, over white paper.
class Ground {
 public:
  explicit Ground(Box page) : page_(page) {}

  /// Paints `box` with `colour`.
  void paint(const Box& box, Rgb colour);

  /// Paints `box` with something that has no single colour: a picture, a shading, a pattern.
  void paint_unknown(const Box& box);

  /// The area that shows at `point` where it was painted with one colour and an eye can tell
  /// `colour` from it; nothing on bare paper, or on paint that is as white.
  std::optional<Box> area_under(Point point, Rgb colour) const;

  /// What shows at `point`; nothing where it has no single colour.
  std::optional<Rgb> colour_at(Point point) const;

  /// Whether `colour` drawn at `point` stands out. What we cannot tell counts as visible.
  bool shows(Rgb colour, Point point) const;

 private:
  struct Patch {
    Box box;
    std::optional<Rgb> colour;
  };

  const Patch* topmost(Point point) const;

  Box page_;
  std::vector<Patch> patches_;
  std::vector<Rgb> colours_;  // each colour of a patch once: most text differs from all of them
  mutable std::int64_t steps_ = 0;
};

}  // namespace tabularium::pdf_text
