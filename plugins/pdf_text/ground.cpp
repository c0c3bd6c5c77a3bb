#include "ground.h"

#include <algorithm>
#include <cstdlib>

namespace tabularium::pdf_text {
namespace {

constexpr Rgb kPaper{255, 255, 255};
constexpr int kAlike = 4;  // of 255: less than a printer or an eye can tell

// A page with more areas than this, or more look-ups, is no form but an attack or a drawing: there
// we stop looking and call everything visible.
constexpr std::size_t kMaxPatches = 50'000;
constexpr std::int64_t kMaxSteps = 100'000'000;
constexpr std::size_t kMaxColours = 64;

}  // namespace

bool alike(Rgb a, Rgb b) {
  return std::abs(a.red - b.red) <= kAlike && std::abs(a.green - b.green) <= kAlike &&
         std::abs(a.blue - b.blue) <= kAlike;
}

void Ground::paint(const Box& box, Rgb colour) {
  if (patches_.size() >= kMaxPatches) return;
  // White on paper that nothing has touched changes nothing; browsers begin each page with it.
  if (patches_.empty() && alike(colour, kPaper)) return;
  // Whatever a page-wide area covers can no longer be seen.
  if (box.x0 <= page_.x0 && box.y0 <= page_.y0 && box.x1 >= page_.x1 && box.y1 >= page_.y1) {
    patches_.clear();
    if (alike(colour, kPaper)) return;
  }
  patches_.push_back({box, colour});
  const bool known = std::any_of(colours_.begin(), colours_.end(),
                                 [colour](Rgb other) { return alike(colour, other); });
  if (!known && colours_.size() < kMaxColours) colours_.push_back(colour);
}

void Ground::paint_unknown(const Box& box) {
  if (patches_.size() < kMaxPatches) patches_.push_back({box, std::nullopt});
}

const Ground::Patch* Ground::topmost(Point point) const {
  for (auto patch = patches_.rbegin(); patch != patches_.rend() && steps_ <= kMaxSteps; ++patch) {
    ++steps_;
    if (patch->box.contains(point)) return &*patch;
  }
  return nullptr;
}

std::optional<Box> Ground::area_under(Point point, Rgb colour) const {
  const Patch* patch = topmost(point);
  if (patch == nullptr || !patch->colour || alike(*patch->colour, colour)) return std::nullopt;
  if (alike(*patch->colour, kPaper)) return std::nullopt;
  return patch->box;
}

std::optional<Rgb> Ground::colour_at(Point point) const {
  const Patch* patch = topmost(point);
  return patch == nullptr ? kPaper : patch->colour;
}

bool Ground::shows(Rgb colour, Point point) const {
  const bool suspect = alike(colour, kPaper) || colours_.size() >= kMaxColours ||
                       std::any_of(colours_.begin(), colours_.end(),
                                   [colour](Rgb other) { return alike(colour, other); });
  if (!suspect) return true;
  if (patches_.size() >= kMaxPatches || steps_ > kMaxSteps) return true;
  const Patch* patch = topmost(point);
  if (patch == nullptr) return !alike(colour, kPaper);
  return !patch->colour || !alike(*patch->colour, colour);
}

}  // namespace tabularium::pdf_text
