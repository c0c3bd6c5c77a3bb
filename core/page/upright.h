#pragma once

#include <array>
#include <vector>

#include "tabularium/page/export.h"
#include "tabularium/page/geometry.h"
#include "tabularium/page/page.h"

namespace tabularium {

/// A projective map of the plane, a 3 by 3 matrix row by row. The identity by default.
struct Homography {
  std::array<double, 9> m = {1, 0, 0, 0, 1, 0, 0, 0, 1};

  bool operator==(const Homography&) const = default;
};

/// Where `map` takes the point.
TABULARIUM_API Point mapped(const Homography& map, Point point);

/// The smallest upright box that holds the mapped corners.
TABULARIUM_API Box mapped(const Homography& map, const Box& box);

/// First `first`, then `second`.
TABULARIUM_API Homography then(const Homography& first, const Homography& second);

/// The way back. Throws nothing: a map that flattens the plane, which no detector gives, has the
/// identity for its inverse.
TABULARIUM_API Homography inverted(const Homography& map);

/// Points of a page that is shown turned (`Page::turned`) to points of the page in the file. The
/// identity for other pages.
TABULARIUM_API Homography turned_back(const Page& page);

/// A page of pixels set upright, flat and clean: what a grid detector makes of a scan.
struct UprightPage {
  Page page;        ///< its size in points and its rules; no words yet
  PageImage image;  ///< of the upright page: grey, paper white, seals and black edges taken out
  PageImage text;   ///< `image` without the rules: what recognizers read
  Homography to_source;      ///< points of the upright page to points of the page as it was given
  std::vector<Box> seals;    ///< coloured seals, on the upright page
  double text_height = 0.0;  ///< points, height of a typical CJK glyph; 0 where there is no text
  int turned = 0;  ///< degrees by which the page was fed turned clockwise: 0, 90, 180, 270
  double turn_confidence =
      1.0;  ///< 0.0 to 1.0, that top and bottom are not mistaken for each other
};

/// The same page with top and bottom changed: where a recognizer finds that it stands on its head.
TABULARIUM_API UprightPage turned_half(UprightPage page);

}  // namespace tabularium
