#include <algorithm>
#include <optional>

#include "tabularium/table/lattice_internal.h"

namespace tabularium {
namespace {

struct Place {
  int row = 0;
  int col = 0;
};

/// Regions beyond this size are cut into strips: the careful cut takes time that grows with the
/// square of the region, and only broken drawings have such regions.
constexpr std::size_t kMaxCarefulRegion = 4096;

/// Marks the region of each place, with cuts added to the walls while regions are made rectangles.
class Regions {
 public:
  explicit Regions(Walls walls)
      : walls_(std::move(walls)),
        region_(static_cast<std::size_t>(walls_.rows()) * static_cast<std::size_t>(walls_.cols()),
                0) {}

  std::vector<PlaceRange> rectangles() {
    std::vector<PlaceRange> found;
    std::vector<std::vector<Place>> pending;
    for (int row = 0; row < walls_.rows(); ++row) {
      for (int col = 0; col < walls_.cols(); ++col) {
        if (at({row, col}) != 0) continue;
        pending.push_back(fill({row, col}, 0));
        while (!pending.empty()) {
          std::vector<Place> region = std::move(pending.back());
          pending.pop_back();
          settle(std::move(region), pending, found);
        }
      }
    }
    std::sort(found.begin(), found.end(), [](const PlaceRange& a, const PlaceRange& b) {
      return a.row0 != b.row0 ? a.row0 < b.row0 : a.col0 < b.col0;
    });
    return found;
  }

 private:
  struct Cut {
    bool across = false;  ///< a horizontal line, above row `line`; else left of column `line`
    int line = 0;
  };

  int& at(Place p) {
    return region_[static_cast<std::size_t>(p.row) * static_cast<std::size_t>(walls_.cols()) +
                   static_cast<std::size_t>(p.col)];
  }

  bool open(Place a, Place b) const {
    return a.row != b.row ? !walls_.above(std::max(a.row, b.row), a.col)
                          : !walls_.left(a.row, std::max(a.col, b.col));
  }

  /// The places of region `of` that hang together with `start`; they become a new region.
  std::vector<Place> fill(Place start, int of) {
    std::vector<Place> places{start};
    at(start) = ++last_region_;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const Place p = places[i];
      for (const Place q : {Place{p.row - 1, p.col}, Place{p.row + 1, p.col},
                            Place{p.row, p.col - 1}, Place{p.row, p.col + 1}}) {
        const bool inside =
            q.row >= 0 && q.col >= 0 && q.row < walls_.rows() && q.col < walls_.cols();
        if (!inside || at(q) != of || !open(p, q)) continue;
        at(q) = last_region_;
        places.push_back(q);
      }
    }
    return places;
  }

  static PlaceRange bounds(const std::vector<Place>& places) {
    PlaceRange range{places[0].row, places[0].col, places[0].row + 1, places[0].col + 1};
    for (const Place& p : places) {
      range = {std::min(range.row0, p.row), std::min(range.col0, p.col),
               std::max(range.row1, p.row + 1), std::max(range.col1, p.col + 1)};
    }
    return range;
  }

  /// A region that is a rectangle goes to `found`; of another the parts go to `pending`.
  void settle(std::vector<Place> region, std::vector<std::vector<Place>>& pending,
              std::vector<PlaceRange>& found) {
    const PlaceRange range = bounds(region);
    const auto full = static_cast<std::size_t>(range.row1 - range.row0) *
                      static_cast<std::size_t>(range.col1 - range.col0);
    if (region.size() == full) {
      found.push_back(range);
    } else if (region.size() > kMaxCarefulRegion) {
      strips(std::move(region), found);
    } else if (close_loose_ends(region)) {
      part(region, pending);
    } else {
      split(region, best_cut(region, range), pending);
    }
  }

  /// Whether a piece of wall would stand within the region of the number `of` alone.
  bool stands_within(const MissingWall& wall, int of) {
    for (int i = 0; i < wall.length; ++i) {
      const Place near =
          wall.across ? Place{wall.row, wall.col + i} : Place{wall.row + i, wall.col};
      const Place far = wall.across ? Place{near.row - 1, near.col} : Place{near.row, near.col - 1};
      if (far.row < 0 || far.col < 0 || near.row >= walls_.rows() || near.col >= walls_.cols() ||
          at(near) != of || at(far) != of) {
        return false;
      }
    }
    return true;
  }

  /// Adds the walls that are missing at loose ends within the region; false where there is none.
  bool close_loose_ends(const std::vector<Place>& region) {
    const int of = at(region.front());
    std::vector<MissingWall> missing;
    for (const Place& p : region) {
      // Each corner of the region is the upper left one, or the lower right one, of some place.
      for (const int step : {0, 1}) {
        for (const MissingWall& wall : missing_walls(walls_, p.row + step, p.col + step)) {
          if (stands_within(wall, of)) missing.push_back(wall);
        }
      }
    }
    for (const MissingWall& wall : missing) {
      for (int i = 0; i < wall.length; ++i) {
        wall.across ? walls_.set_above(wall.row, wall.col + i)
                    : walls_.set_left(wall.row + i, wall.col);
      }
    }
    return !missing.empty();
  }

  /// The line across the region of which the largest share is walled already. Among equals the
  /// one that opens fewest places is cut, then a horizontal one: rows are what we read along.
  Cut best_cut(const std::vector<Place>& region, const PlaceRange& range) {
    struct Count {
      int walled = 0;
      int open = 0;
    };
    std::vector<Count> above(static_cast<std::size_t>(range.row1 - range.row0));
    std::vector<Count> left(static_cast<std::size_t>(range.col1 - range.col0));
    // Where the region lies on one side of an edge only, something parts it there already.
    const auto note = [&](Place p, Place q, Count& count) {
      ++(at(p) == at(q) && open(p, q) ? count.open : count.walled);
    };
    for (const Place& p : region) {
      const auto row = static_cast<std::size_t>(p.row - range.row0);
      const auto col = static_cast<std::size_t>(p.col - range.col0);
      if (row > 0) note(p, {p.row - 1, p.col}, above[row]);
      if (col > 0) note(p, {p.row, p.col - 1}, left[col]);
      if (p.row + 1 < range.row1 && at({p.row + 1, p.col}) != at(p)) ++above[row + 1].walled;
      if (p.col + 1 < range.col1 && at({p.row, p.col + 1}) != at(p)) ++left[col + 1].walled;
    }
    std::optional<Cut> best;
    double best_share = -1.0;
    int best_open = 0;
    const auto consider = [&](const Count& count, Cut cut) {
      if (count.open == 0) return;  // the line parts nothing that hangs together
      const double share = static_cast<double>(count.walled) / (count.open + count.walled);
      if (share < best_share || (share == best_share && count.open >= best_open)) return;
      best = cut;
      best_share = share;
      best_open = count.open;
    };
    for (std::size_t i = 1; i < above.size(); ++i) {
      consider(above[i], {true, range.row0 + static_cast<int>(i)});
    }
    for (std::size_t i = 1; i < left.size(); ++i) {
      consider(left[i], {false, range.col0 + static_cast<int>(i)});
    }
    return *best;  // a connected region that is no rectangle has two places side by side
  }

  /// Cuts the region in two along the line; each side falls into the parts that hang together.
  void split(const std::vector<Place>& region, Cut cut, std::vector<std::vector<Place>>& pending) {
    const int near = ++last_region_;
    const int far = ++last_region_;
    for (const Place& p : region) at(p) = (cut.across ? p.row : p.col) < cut.line ? near : far;
    for (const Place& p : region) {
      const int side = at(p);
      if (side == near || side == far) pending.push_back(fill(p, side));
    }
  }

  /// The region falls into the parts that hang together now.
  void part(const std::vector<Place>& region, std::vector<std::vector<Place>>& pending) {
    const int whole = at(region.front());
    for (const Place& p : region) {
      if (at(p) == whole) pending.push_back(fill(p, whole));
    }
  }

  /// One rectangle for each run of places in a row.
  static void strips(std::vector<Place> region, std::vector<PlaceRange>& found) {
    std::sort(region.begin(), region.end(), [](const Place& a, const Place& b) {
      return a.row != b.row ? a.row < b.row : a.col < b.col;
    });
    const std::size_t first = found.size();
    for (const Place& p : region) {
      if (found.size() > first && found.back().row0 == p.row && found.back().col1 == p.col) {
        ++found.back().col1;
      } else {
        found.push_back({p.row, p.col, p.row + 1, p.col + 1});
      }
    }
  }

  Walls walls_;
  std::vector<int> region_;  ///< of each place; 0 is none yet
  int last_region_ = 0;
};

}  // namespace

Walls::Walls(int rows, int cols)
    : rows_(rows),
      cols_(cols),
      above_((static_cast<std::size_t>(rows) + 1) * (static_cast<std::size_t>(cols) + 1), 0),
      left_(above_.size(), 0) {}

std::vector<PlaceRange> merge_places(Walls walls) { return Regions(std::move(walls)).rectangles(); }

}  // namespace tabularium
