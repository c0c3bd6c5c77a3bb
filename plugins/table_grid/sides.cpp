#include "sides.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>

namespace tabularium::table_grid {

namespace {

struct Crossing {
  double along = 0.0;     // place on this trace
  double across = 0.0;    // of this trace there
  std::size_t other = 0;  // index of the crossing trace
};

// Where `trace` meets `others`, ends included that fall short of each other by up to `reach`.
std::vector<Crossing> crossings(const Trace& trace, const std::vector<Trace>& others,
                                double reach) {
  std::vector<Crossing> all;
  for (std::size_t i = 0; i < others.size(); ++i) {
    const Trace& other = others[i];
    // Two steps of going to and fro settle the point: both run nearly straight.
    double along = other.at(trace.at((trace.from() + trace.to()) / 2));
    along = other.at(trace.at(along));
    const double across = trace.at(along);
    if (along < trace.from() - reach || along > trace.to() + reach) continue;
    if (across < other.from() - reach || across > other.to() + reach) continue;
    all.push_back({along, across, i});
  }
  std::sort(all.begin(), all.end(),
            [](const Crossing& a, const Crossing& b) { return a.along < b.along; });
  return all;
}

struct Coverage {
  double inked = 0.0;    // part of the side that shows a rule
  double ends = 0.0;     // the same near the worse of its two ends
  double crossed = 0.0;  // part where strokes of text cross it
};

// Looks along a side. A pixel shows the rule where it is dark and the paper beside it is lighter:
// a stroke that only crosses the side is dark on both sides of it.
Coverage coverage(const cv::Mat1b& ink, const Trace& trace, double from, double to, int window,
                  const TraceOptions& options) {
  const int flank = cvCeil(trace.thickness / 2) + std::max(2, cvRound(0.07 * options.em)) + 2;
  const double end_length = std::max(3.0, std::min(0.2 * (to - from), 0.5 * options.em));
  int counts[3] = {0, 0, 0};  // all, near the first end, near the last end
  int shown[3] = {0, 0, 0};
  int crossed = 0;
  for (double along = from; along < to; along += 1.0) {
    const int x = cvRound(along);
    const int y = cvFloor(trace.at(along));
    if (x < 0 || x >= ink.cols || y < flank || y >= ink.rows - flank) continue;
    const int part = along < from + end_length ? 1 : along >= to - end_length ? 2 : 0;
    ++counts[0];
    if (part > 0) ++counts[part];
    int most = 0;
    for (int dy = -window; dy <= window; ++dy) most = std::max<int>(most, ink(y + dy, x));
    const int beside = std::min(ink(y - flank, x), ink(y + flank, x));
    if (beside > 60) ++crossed;
    if (most < std::max(options.faintest / 2 + 4, 2 * beside)) continue;
    ++shown[0];
    if (part > 0) ++shown[part];
  }
  if (counts[0] == 0) return {};
  const auto share = [&](int part) {
    return static_cast<double>(shown[part]) / std::max(1, counts[part]);
  };
  return {share(0), std::min(share(1), share(2)), static_cast<double>(crossed) / counts[0]};
}

std::vector<std::size_t> group_of(const Traces& traces, double reach) {
  const std::size_t count = traces.across.size() + traces.down.size();
  std::vector<std::size_t> groups(count);
  std::iota(groups.begin(), groups.end(), std::size_t{0});
  const auto root = [&](std::size_t i) {
    while (groups[i] != i) i = groups[i] = groups[groups[i]];
    return i;
  };
  for (std::size_t i = 0; i < traces.across.size(); ++i) {
    for (const Crossing& c : crossings(traces.across[i], traces.down, reach)) {
      groups[root(i)] = root(traces.across.size() + c.other);
    }
  }
  for (std::size_t i = 0; i < count; ++i) groups[i] = root(i);
  return groups;
}

struct Extent {
  double x0 = 1e9;
  double y0 = 1e9;
  double x1 = -1e9;
  double y1 = -1e9;
  double inked = 0.0;
};

std::vector<Extent> extents(const Traces& traces, const std::vector<std::size_t>& groups) {
  std::vector<Extent> all(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const bool across = i < traces.across.size();
    const Trace& t = across ? traces.across[i] : traces.down[i - traces.across.size()];
    Extent& e = all[groups[i]];
    const double middle = t.at((t.from() + t.to()) / 2);
    e.x0 = std::min(e.x0, across ? t.from() : middle);
    e.x1 = std::max(e.x1, across ? t.to() : middle);
    e.y0 = std::min(e.y0, across ? middle : t.from());
    e.y1 = std::max(e.y1, across ? middle : t.to());
    e.inked += t.inked;
  }
  return all;
}

double typical_darkness(const Traces& traces) {
  std::vector<std::pair<double, double>> all;
  double total = 0.0;
  for (const auto* list : {&traces.across, &traces.down}) {
    for (const Trace& t : *list) {
      all.emplace_back(t.darkness, t.inked);
      total += t.inked;
    }
  }
  std::sort(all.begin(), all.end());
  double seen = 0.0;
  for (const auto& [darkness, inked] : all) {
    seen += inked;
    if (seen >= 0.6 * total) return darkness;
  }
  return 0.0;
}

template <typename Keep>
Traces kept(Traces traces, Keep keep) {
  const auto sift = [&](std::vector<Trace>& list, std::size_t base) {
    std::vector<Trace> left;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (keep(base + i, list[i])) left.push_back(std::move(list[i]));
    }
    list = std::move(left);
  };
  const std::size_t count = traces.across.size();
  sift(traces.across, 0);
  sift(traces.down, count);
  return traces;
}

// A streak of the copier runs with the machine, not with the page: on a page that was fed askew it
// leans against the rules.
bool leans(const Trace& trace, double em) {
  const double length = trace.to() - trace.from();
  const double lean = std::abs(trace.samples.back().across - trace.samples.front().across);
  return length > 10.0 * em && lean > 0.006 * length && lean > 0.3 * em;
}

// A fold or a streak runs on far beyond the table at both ends, and is fainter than its rules.
bool runs_through(const Trace& trace, const std::vector<Trace>& others, double typical, double em,
                  double length) {
  if (trace.darkness > 0.75 * typical) return false;
  const auto met = crossings(trace, others, 0.5 * em);
  if (met.empty()) return trace.to() - trace.from() > 0.8 * length;
  return met.front().along - trace.from() > 3 * em && trace.to() - met.back().along > 3 * em;
}

struct Side {
  double from = 0.0;
  double to = 0.0;
};

// Joins the sides that follow each other; a gap between two ends them.
std::vector<Side> joined(std::vector<Side> sides) {
  std::vector<Side> all;
  for (const Side& side : sides) {
    if (!all.empty() && side.from <= all.back().to + 1e-6) {
      all.back().to = std::max(all.back().to, side.to);
    } else {
      all.push_back(side);
    }
  }
  return all;
}

enum class Drawn { no, yes, perhaps };

// Whether the rule is drawn between two of its crossings.
Drawn drawn(const Trace& trace, double from, double to, const cv::Mat1b& ink,
            const TraceOptions& options) {
  const double margin = std::max(2.0, 0.12 * options.em);
  // A broken rule may end a little before the ones it runs to.
  const bool sure = trace.inked >= 4.0 * options.em && to - from > 2.2 * options.em;
  const double gap =
      sure ? std::max(margin, std::min(1.2 * options.em, 0.3 * (to - from))) : margin;
  const bool inside = from >= trace.from() - gap && to <= trace.to() + gap;
  // Too short to look at: two traces of one doubled rule, most often.
  if (to - from < 2.5 * margin) return inside ? Drawn::yes : Drawn::no;
  if (!inside) {
    if (trace.inked < 2.0 * options.em) return Drawn::no;
    // Beyond the trace only what runs from rule to rule counts: a stroke of text has paper at both
    // its ends.
    const Coverage c = coverage(ink, trace, from + margin, to - margin, 1, options);
    const bool holds_one_line = to - from < 2.2 * options.em;
    if (holds_one_line) {
      return c.inked >= 0.85 && c.ends >= 0.8 && c.crossed < 0.2 ? Drawn::yes : Drawn::no;
    }
    if (c.inked >= 0.9 || (c.inked >= 0.6 && c.ends >= 0.6)) return Drawn::yes;
    return sure && c.inked >= 0.45 && c.crossed < 0.05 ? Drawn::yes : Drawn::no;
  }
  const int window = std::max(2, cvRound(0.07 * options.em));
  const Coverage c = coverage(ink, trace, from + margin, to - margin, window, options);
  const bool lone = trace.inked < 4.0 * options.em;
  if (lone) return c.inked >= 0.85 && c.ends >= 0.6 ? Drawn::yes : Drawn::no;
  if (c.inked >= 0.5) return Drawn::yes;
  return c.inked >= 0.15 && c.crossed < 0.05 ? Drawn::perhaps : Drawn::no;
}

std::vector<Side> sides_of(const Trace& trace, const std::vector<Crossing>& met,
                           const cv::Mat1b& ink, const TraceOptions& options) {
  std::vector<Drawn> states;
  for (std::size_t i = 0; i + 1 < met.size(); ++i) {
    states.push_back(drawn(trace, met[i].along, met[i + 1].along, ink, options));
  }
  std::vector<Side> sides;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const bool before = i > 0 && states[i - 1] == Drawn::yes;
    const bool after = i + 1 < states.size() && states[i + 1] == Drawn::yes;
    if (states[i] == Drawn::yes || (states[i] == Drawn::perhaps && (before || after))) {
      sides.push_back({met[i].along, met[i + 1].along});
    }
  }
  return joined(std::move(sides));
}

double position_of(const Trace& trace) {
  // The mean over what is drawn: one straight position for the whole rule, so that cells in one row
  // share their edges even where the sheet is a little curled.
  double sum = 0.0;
  for (const Sample& s : trace.samples) sum += s.across;
  return sum / static_cast<double>(trace.samples.size());
}

struct LooseEnd {
  std::size_t trace = 0;
  double from = 0.0;  // at the last crossing, a straight position
  double to = 0.0;    // where the drawing ends
  bool at_end = true;
};

// What is drawn beyond the outermost crossings. Rules that stick out do so in company: the side of
// a table that a page break leaves open, or one without outer rules. A single end is a stroke that
// the trace caught.
std::vector<LooseEnd> in_company(const std::vector<LooseEnd>& ends, double em) {
  std::vector<LooseEnd> kept;
  for (const LooseEnd& end : ends) {
    const bool joined_by_another =
        std::any_of(ends.begin(), ends.end(), [&](const LooseEnd& other) {
          return other.trace != end.trace && other.at_end == end.at_end &&
                 std::abs(other.to - end.to) < 0.7 * em;
        });
    if (joined_by_another) kept.push_back(end);
  }
  return kept;
}

bool sticks_out(const Trace& trace, double from, double to, const cv::Mat1b& ink,
                const TraceOptions& options) {
  if (to - from < 0.5 * options.em) return false;
  const Coverage c = coverage(ink, trace, from + 2, to, 2, options);
  // A long end may be broken like any rule; a short one must not be a stroke of a character.
  const bool is_long = to - from > 4.0 * options.em;
  return c.inked >= (is_long ? 0.5 : 0.8) && c.crossed < 0.15;
}

void add_rules(const std::vector<Trace>& traces, const std::vector<Trace>& others, bool horizontal,
               const cv::Mat1b& ink, const TraceOptions& options, std::vector<PixelRule>& rules) {
  const double em = options.em;
  std::vector<LooseEnd> loose;
  for (std::size_t i = 0; i < traces.size(); ++i) {
    const Trace& trace = traces[i];
    const auto add = [&](double from, double to) {
      if (to - from < 2.0) return;
      rules.push_back({horizontal, position_of(trace), from, to, trace.thickness, i});
    };
    const auto met = crossings(trace, others, 1.6 * em);
    if (met.empty()) {
      if (horizontal && trace.to() - trace.from() > 8.0 * em) add(trace.from(), trace.to());
      continue;
    }
    // A rule ends at the straight position of the rule that it meets.
    const auto straight = [&](double along) {
      for (const Crossing& c : met) {
        if (c.along == along) return position_of(others[c.other]);
      }
      return along;
    };
    for (const Side& side : sides_of(trace, met, ink, options)) {
      add(straight(side.from), straight(side.to));
    }
    if (horizontal && met.size() == 1 && trace.to() - trace.from() < 4.0 * em) continue;
    const double first = met.front().along;
    const double last = met.back().along;
    if (sticks_out(trace, trace.from(), first, ink, options)) {
      loose.push_back({i, straight(first), trace.from(), false});
    }
    if (sticks_out(trace, last, trace.to(), ink, options)) {
      loose.push_back({i, straight(last), trace.to(), true});
    }
  }
  for (const LooseEnd& end : in_company(loose, em)) {
    const Trace& trace = traces[end.trace];
    rules.push_back({horizontal, position_of(trace), std::min(end.from, end.to),
                     std::max(end.from, end.to), trace.thickness, end.trace});
  }
}

/// Positions that mean one: rules of a sheet that is curled or a little askew drift on their way
/// down the page, and a doubled rule is one. Nothing that holds text is narrower than half a glyph.
class Positions {
 public:
  Positions(const std::vector<PixelRule>& rules, bool horizontal, double em) {
    std::vector<std::pair<double, double>> found;  // position, length
    for (const PixelRule& rule : rules) {
      if (rule.horizontal == horizontal) found.emplace_back(rule.position, rule.to - rule.from);
    }
    std::sort(found.begin(), found.end());
    for (std::size_t first = 0; first < found.size();) {
      // Measured from the first: a chain of near positions must not join two true lines.
      std::size_t next = first;
      double length = 0.0;
      double sum = 0.0;
      for (; next < found.size() && found[next].first - found[first].first <= 0.45 * em; ++next) {
        length += found[next].second;
        sum += found[next].first * found[next].second;
      }
      groups_.push_back({found[first].first, found[next - 1].first, sum / std::max(1.0, length)});
      first = next;
    }
  }

  /// The position for `position`, itself where it belongs to no rule.
  double settled(double position) const {
    for (const Group& group : groups_) {
      if (position >= group.first && position <= group.last) return group.mean;
    }
    return position;
  }

 private:
  struct Group {
    double first = 0.0;
    double last = 0.0;
    double mean = 0.0;
  };
  std::vector<Group> groups_;
};

void settle_positions(std::vector<PixelRule>& rules, double em) {
  const Positions rows(rules, true, em);
  const Positions columns(rules, false, em);
  for (PixelRule& rule : rules) {
    const Positions& own = rule.horizontal ? rows : columns;
    const Positions& other = rule.horizontal ? columns : rows;
    rule.settled = own.settled(rule.position);
    rule.settled_from = other.settled(rule.from);
    rule.settled_to = other.settled(rule.to);
  }
}

// Whether `trace` goes from one of `others` to another and ends there: print of the other side and
// folds end anywhere.
bool ends_at(const Trace& trace, const std::vector<Trace>& others, double em) {
  const auto met = crossings(trace, others, 0.35 * em);
  if (met.size() < 2) return false;
  return std::abs(met.front().along - trace.from()) < 0.35 * em &&
         std::abs(met.back().along - trace.to()) < 0.35 * em;
}

// Drops what is much fainter than the page's rules, but for whole faint rules that fit the table.
Traces without_faint(Traces traces, double typical, double em) {
  const auto strong = [&](const Trace& t) {
    return t.darkness >= 0.45 * typical && t.inked >= 0.3 * (t.to() - t.from());
  };
  const Traces sure = kept(traces, [&](std::size_t, const Trace& t) { return strong(t); });
  const std::size_t across = traces.across.size();
  return kept(std::move(traces), [&](std::size_t i, const Trace& t) {
    if (strong(t)) return true;
    return t.inked >= 0.9 * (t.to() - t.from()) && t.to() - t.from() > 2.0 * em &&
           ends_at(t, i < across ? sure.down : sure.across, em);
  });
}

}  // namespace

Traces true_rules(Traces traces, double em, const cv::Size& page) {
  const double typical = typical_darkness(traces);
  traces = without_faint(std::move(traces), typical, em);
  {
    const Traces all = traces;
    traces = kept(std::move(traces), [&](std::size_t i, const Trace& t) {
      const bool across = i < all.across.size();
      // The side of a photographed table may lean too, but it ends where other rules are.
      const bool streak = leans(t, em) && !ends_at(t, across ? all.down : all.across, em);
      return !streak && !runs_through(t, across ? all.down : all.across, typical, em,
                                      across ? page.width : page.height);
    });
  }
  const std::vector<std::size_t> groups = group_of(traces, 1.6 * em);
  const std::vector<Extent> extent = extents(traces, groups);
  return kept(std::move(traces), [&](std::size_t i, const Trace&) {
    const Extent& e = extent[groups[i]];
    return std::max(e.x1 - e.x0, e.y1 - e.y0) >= 4.0 * em;
  });
}

std::vector<PixelRule> drawn_sides(const Traces& traces, const cv::Mat1b& across_ink,
                                   const cv::Mat1b& down_ink, const TraceOptions& options) {
  std::vector<PixelRule> rules;
  add_rules(traces.across, traces.down, true, across_ink, options, rules);
  add_rules(traces.down, traces.across, false, down_ink, options, rules);
  settle_positions(rules, options.em);
  return rules;
}

}  // namespace tabularium::table_grid
