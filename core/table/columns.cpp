#include "tabularium/table/columns_internal.h"

#include <algorithm>
#include <optional>

namespace tabularium {
namespace {

/// What the rows say about an interval of x.
struct Strip {
  double x0 = 0.0;
  double x1 = 0.0;
  int across = 0;  ///< rows with text here
  int wide = 0;    ///< rows with a gap here as wide as between pieces
  int narrow = 0;  ///< rows with a narrower gap here
};

struct Event {
  double x = 0.0;
  int across = 0;
  int wide = 0;
  int narrow = 0;
};

std::vector<Strip> make_strips(const std::vector<TextRow>& rows) {
  std::vector<Event> events;
  for (const TextRow& row : rows) {
    for (std::size_t i = 0; i < row.pieces.size(); ++i) {
      const Piece& piece = row.pieces[i];
      events.push_back({piece.x0, 1, 0, 0});
      events.push_back({piece.x1, -1, 0, 0});
      if (i == 0) continue;
      const Piece& before = row.pieces[i - 1];
      const bool wide = piece.x0 - before.x1 > kPieceGap * row.size;
      events.push_back({before.x1, 0, wide, !wide});
      events.push_back({piece.x0, 0, -wide, -!wide});
    }
  }
  std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.x < b.x; });
  std::vector<Strip> strips;
  Strip now;
  for (std::size_t i = 0; i < events.size(); ++i) {
    now.across += events[i].across;
    now.wide += events[i].wide;
    now.narrow += events[i].narrow;
    if (i + 1 == events.size() || events[i + 1].x <= events[i].x) continue;
    now.x0 = events[i].x;
    now.x1 = events[i + 1].x;
    strips.push_back(now);
  }
  return strips;
}

/// Intervals of x in which little text stands, made of whole strips.
struct Area {
  std::size_t first = 0;  ///< strips [first, last)
  std::size_t last = 0;
};

std::vector<Area> find_areas(const std::vector<Strip>& strips, int rows) {
  // A column may be filled in a few rows only; below two it is chance, unless there are few rows.
  const int least = rows <= 3 ? 1 : std::max(2, (rows + 7) / 8);
  const auto is_free = [&](const Strip& strip) {
    const int gaps = strip.wide + strip.narrow;
    if (strip.across * 4 > strip.across + gaps) return false;
    // Spaces between words stand below each other by chance in some rows, not in nearly all.
    return strip.wide >= least || (gaps >= 4 && gaps * 10 >= rows * 4 && strip.across * 10 <= gaps);
  };
  std::vector<Area> areas;
  for (std::size_t i = 0; i < strips.size(); ++i) {
    if (!is_free(strips[i])) continue;
    if (!areas.empty() && areas.back().last == i) {
      ++areas.back().last;
    } else {
      areas.push_back({i, i + 1});
    }
  }
  return areas;
}

struct Interval {
  double x0 = 0.0;
  double x1 = 0.0;
  int count = 0;
};

/// Pieces that stand free within the interval, as columns of their own: at least two that overlap.
std::vector<Interval> sparse_columns(const std::vector<TextRow>& rows, double x0, double x1) {
  std::vector<Interval> found;
  for (const TextRow& row : rows) {
    for (const Piece& piece : row.pieces) {
      if (piece.x0 > x0 && piece.x1 < x1) found.push_back({piece.x0, piece.x1, 1});
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Interval& a, const Interval& b) { return a.x0 < b.x0; });
  std::vector<Interval> columns;
  for (const Interval& piece : found) {
    if (!columns.empty() && piece.x0 < columns.back().x1) {
      columns.back().x1 = std::max(columns.back().x1, piece.x1);
      ++columns.back().count;
    } else {
      columns.push_back(piece);
    }
  }
  std::erase_if(columns, [](const Interval& column) { return column.count < 2; });
  return columns;
}

/// The middle of the freest part of the interval.
std::optional<double> freest(const std::vector<Strip>& strips, const Area& area, double x0,
                             double x1) {
  int least = 1 << 30;
  double best_width = 0.0;
  std::optional<double> middle;
  for (std::size_t i = area.first; i < area.last;) {
    // Neighbouring strips crossed equally often are one.
    std::size_t next = i;
    while (next < area.last && strips[next].across == strips[i].across) ++next;
    const double from = std::max(x0, strips[i].x0);
    const double to = std::min(x1, strips[next - 1].x1);
    const int across = strips[i].across;
    i = next;
    if (to <= from) continue;
    if (across < least || (across == least && to - from > best_width)) {
      least = across;
      best_width = to - from;
      middle = (from + to) / 2;
    }
  }
  return middle;
}

/// Drops the separators of which no row has text on both sides: heads that stand left in a column
/// of numbers that stand right look like two columns.
std::vector<double> without_halves(std::vector<double> separators,
                                   const std::vector<TextRow>& rows) {
  for (std::size_t i = 0; i < separators.size();) {
    const double from = i == 0 ? -1e9 : separators[i - 1];
    const double to = i + 1 == separators.size() ? 1e9 : separators[i + 1];
    const auto has_text = [](const TextRow& row, double x0, double x1) {
      return std::any_of(row.pieces.begin(), row.pieces.end(), [&](const Piece& piece) {
        const double middle = (piece.x0 + piece.x1) / 2;
        return middle > x0 && middle < x1;
      });
    };
    const bool both = std::any_of(rows.begin(), rows.end(), [&](const TextRow& row) {
      return has_text(row, from, separators[i]) && has_text(row, separators[i], to);
    });
    if (both) {
      ++i;
    } else {
      separators.erase(separators.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  return separators;
}

}  // namespace

std::vector<double> find_separators(const std::vector<TextRow>& rows) {
  std::vector<TextRow> telling;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(telling),
               [](const TextRow& row) { return row.pieces.size() > 1; });
  const std::vector<Strip> strips = make_strips(telling);
  std::vector<double> separators;
  for (const Area& area : find_areas(strips, static_cast<int>(telling.size()))) {
    double from = strips[area.first].x0;
    const double to = strips[area.last - 1].x1;
    std::vector<Interval> inside = sparse_columns(telling, from, to);
    inside.push_back({to, to, 0});
    for (const Interval& column : inside) {
      if (const auto middle = freest(strips, area, from, column.x0)) separators.push_back(*middle);
      from = column.x1;
    }
  }
  return without_halves(std::move(separators), rows);
}

}  // namespace tabularium
