#include "true_rules.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "crossings.h"

namespace tabularium::table_grid {

namespace {

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

// Whether a darker rule beside `trace` begins and ends about where it does, as the columns of a
// table do that begins before the page and ends after it.
bool has_company(const Trace& trace, const std::vector<Trace>& beside, double typical, double em) {
  return std::any_of(beside.begin(), beside.end(), [&](const Trace& other) {
    return other.darkness > 0.75 * typical && std::abs(other.from() - trace.from()) < 3.0 * em &&
           std::abs(other.to() - trace.to()) < 3.0 * em;
  });
}

bool runs_from_edge_to_edge(const Trace& trace, double length) {
  return trace.from() < 0.02 * length && trace.to() > 0.98 * length;
}

// A fold or a streak runs on far beyond the table at both ends, and is fainter than its rules, or
// runs from one edge of the paper to the other.
bool runs_through(const Trace& trace, const std::vector<Trace>& others,
                  const std::vector<Trace>& beside, double typical, double em, double length) {
  if (trace.darkness > 0.75 * typical && !runs_from_edge_to_edge(trace, length)) return false;
  const auto met = crossings(trace, others, 0.5 * em);
  if (met.empty()) {
    return trace.to() - trace.from() > 0.8 * length && !has_company(trace, beside, typical, em);
  }
  return met.front().along - trace.from() > 3 * em && trace.to() - met.back().along > 3 * em;
}

// Of a fold that is dark enough only in places a piece begins or ends in the midst of a cell, where
// no rule does.
bool ends_in_a_cell(const Trace& trace, const std::vector<Trace>& others,
                    const std::vector<Trace>& beside, double typical, double em) {
  if (trace.darkness > 0.6 * typical) return false;
  const auto met = crossings(trace, others, 0.35 * em);
  if (met.empty()) return false;
  const double bare = std::max(met.front().along - trace.from(), trace.to() - met.back().along);
  return bare > 2.0 * em && !has_company(trace, beside, typical, em);
}

// Whether `trace` goes from one of `others` to another and ends there: print of the other side and
// folds end anywhere.
bool ends_at(const Trace& trace, const std::vector<Trace>& others, double em) {
  const auto met = crossings(trace, others, 0.35 * em);
  if (met.size() < 2) return false;
  return std::abs(met.front().along - trace.from()) < 0.35 * em &&
         std::abs(met.back().along - trace.to()) < 0.35 * em;
}

// Whether `trace` goes from one of `others` to another without a gap. Of the strokes of a text that
// fills its row there is paper to the rule above, or to that below.
bool joins_two(const Trace& trace, const std::vector<Trace>& others, double em) {
  const auto met = crossings(trace, others, 0.1 * em);
  if (met.size() < 2) return false;
  const auto half = [&](const Crossing& c) { return others[c.other].thickness / 2 + 0.04 * em; };
  return trace.from() < met.front().along + half(met.front()) &&
         trace.to() > met.back().along - half(met.back());
}

// Whether `trace` is rather print: darker than hairlines are, with other strokes beside it, and it
// ends at no rules.
bool is_print(const Trace& trace, const std::vector<Trace>& others, double typical, double em) {
  return trace.darkness > 1.5 * typical && trace.free < 0.93 && !ends_at(trace, others, em);
}

// How many of the rules that `trace` meets end at it.
std::size_t ending_at(const std::vector<Trace>& others, const std::vector<Crossing>& met,
                      double em) {
  return static_cast<std::size_t>(std::count_if(met.begin(), met.end(), [&](const Crossing& c) {
    const Trace& other = others[c.other];
    return std::min(std::abs(c.across - other.from()), std::abs(c.across - other.to())) < 0.5 * em;
  }));
}

// Whether three rules or more end at `trace`: so does the outer side of a table, thin, faint and
// leaning as it may be; streaks and folds cross rules.
bool is_border(const Trace& trace, const std::vector<Trace>& others, double em) {
  const auto met = crossings(trace, others, 0.5 * em);
  const std::size_t ending = ending_at(others, met, em);
  return ending >= 3 && 2 * ending > met.size();
}

// Whether whatever `trace` meets ends there: where a table goes on before and after the page few
// rules may be left to end at its side.
bool ends_all_it_meets(const Trace& trace, const std::vector<Trace>& others, double em) {
  const auto met = crossings(trace, others, 0.5 * em);
  return !met.empty() && ending_at(others, met, em) == met.size();
}

// Drops what is much fainter than the page's rules, but for whole faint rules that fit the table.
Traces without_faint(Traces traces, double typical, double em) {
  const auto strong = [&](const Trace& t) {
    return t.peak >= 0.45 * typical && t.inked >= 0.3 * (t.to() - t.from());
  };
  const Traces sure = kept(traces, [&](std::size_t, const Trace& t) { return strong(t); });
  const std::size_t across = traces.across.size();
  return kept(std::move(traces), [&](std::size_t i, const Trace& t) {
    const auto& crossing = i < across ? sure.down : sure.across;
    if (strong(t) || is_border(t, crossing, em)) return true;
    return t.inked >= 0.9 * (t.to() - t.from()) && t.to() - t.from() > 2.0 * em &&
           ends_at(t, crossing, em);
  });
}

// Drops strokes of a large title: short, with other strokes beside them, and they touch nothing but
// each other. What is as short of a table ends at a longer rule; the side of a low cell, no longer
// than a stroke of the text, runs from one to another.
Traces without_loose_strokes(Traces traces, double em) {
  const Traces all_long =
      kept(traces, [&](std::size_t, const Trace& t) { return t.to() - t.from() >= 8.0 * em; });
  const std::size_t across = traces.across.size();
  return kept(std::move(traces), [&](std::size_t i, const Trace& t) {
    if (t.inked >= (t.free < 0.85 ? 8.0 : 3.5) * em) return true;
    const auto& others = i < across ? all_long.down : all_long.across;
    if (t.inked < kSurelyRule * em) return joins_two(t, others, em);
    if (t.free < 0.85) return ends_at(t, others, em) || joins_two(t, others, em);
    return !crossings(t, others, 0.5 * em).empty();
  });
}

// The outermost of the rules that `trace` meets at one end. Strokes cross each other too, so that
// only long ones count.
std::optional<double> last_rule(const Trace& trace, bool at_end, const std::vector<Trace>& others,
                                double em) {
  auto met = crossings(trace, others, 0.3 * em);
  std::erase_if(met, [&](const Crossing& c) {
    const Trace& other = others[c.other];
    return other.to() - other.from() < 8.0 * em;
  });
  if (met.empty()) return std::nullopt;
  return at_end ? met.back().along : met.front().along;
}

// Whether a rule beside `trace` ends at a place along it.
bool another_ends(const Trace& trace, double along, bool at_end, const std::vector<Trace>& beside,
                  double em) {
  return std::any_of(beside.begin(), beside.end(), [&](const Trace& other) {
    if (std::abs(other.at(along) - trace.at(along)) < em) return false;
    return std::abs((at_end ? other.to() : other.from()) - along) < 0.5 * em;
  });
}

void cut_stray_end(Trace& trace, bool at_end, const std::vector<Trace>& beside,
                   const std::vector<Trace>& others, double em) {
  constexpr double kBare = 0.5;     // ems of paper between a side of the table and the stray
  constexpr double kLongest = 3.0;  // ems: of the strokes of a title
  const auto last = last_rule(trace, at_end, others, em);
  if (!last) return;
  const auto beyond = [&](double along) { return at_end ? along - *last : *last - along; };
  const auto is_stray = [&](const Sample& s) { return beyond(s.along) > kBare * em; };
  double first = 1e9;   // pixels beyond the side at which the stray begins
  double before = 0.0;  // and at which the trace itself ends
  for (const Sample& s : trace.samples) {
    double& one = is_stray(s) ? first : before;
    one = is_stray(s) ? std::min(one, beyond(s.along)) : std::max(one, beyond(s.along));
  }
  const double end = beyond(at_end ? trace.to() : trace.from());
  if (first > end || first - before < kBare * em || end - first > kLongest * em) return;
  if (!another_ends(trace, *last, at_end, beside, em)) return;
  const Sample corner{*last, trace.at(*last)};
  std::erase_if(trace.samples, is_stray);
  trace.samples.push_back(corner);
  std::stable_sort(trace.samples.begin(), trace.samples.end(),
                   [](const Sample& a, const Sample& b) { return a.along < b.along; });
  trace.inked = std::max(1.0, trace.inked - (end - first));
}

}  // namespace

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

std::vector<Trace> streaks_among(const std::vector<Trace>& traces, const std::vector<Trace>& rules,
                                 double length) {
  std::vector<Trace> streaks;
  for (const Trace& trace : traces) {
    if (!runs_from_edge_to_edge(trace, length)) continue;
    const double middle = length / 2;
    const bool is_rule = std::any_of(rules.begin(), rules.end(), [&](const Trace& rule) {
      return std::abs(rule.at(middle) - trace.at(middle)) < 2.0 * trace.thickness;
    });
    if (!is_rule) streaks.push_back(trace);
  }
  return streaks;
}

Traces without_stray_ends(Traces traces, double em) {
  const Traces all = traces;
  for (const bool at_end : {true, false}) {
    for (Trace& trace : traces.across) cut_stray_end(trace, at_end, all.across, all.down, em);
    for (Trace& trace : traces.down) cut_stray_end(trace, at_end, all.down, all.across, em);
  }
  return traces;
}

Traces true_rules(Traces traces, double em, const cv::Size& page) {
  traces = without_loose_strokes(std::move(traces), em);
  const double typical = typical_darkness(traces);
  traces = without_faint(std::move(traces), typical, em);
  {
    const Traces all = traces;
    traces = kept(std::move(traces), [&](std::size_t i, const Trace& t) {
      const bool across = i < all.across.size();
      const auto& others = across ? all.down : all.across;
      const auto& beside = across ? all.across : all.down;
      if (is_border(t, others, em) || ends_all_it_meets(t, others, em)) return true;
      // The side of a photographed table may lean too, but it ends where other rules are.
      if (leans(t, em) && !ends_at(t, others, em)) return false;
      if (ends_in_a_cell(t, others, beside, typical, em)) return false;
      if (is_print(t, others, typical, em)) return false;
      return !runs_through(t, others, beside, typical, em, across ? page.width : page.height);
    });
  }
  const std::vector<std::size_t> groups = group_of(traces, 1.6 * em);
  const std::vector<Extent> extent = extents(traces, groups);
  return kept(std::move(traces), [&](std::size_t i, const Trace&) {
    const Extent& e = extent[groups[i]];
    return std::max(e.x1 - e.x0, e.y1 - e.y0) >= 4.0 * em;
  });
}

bool misses_border(const std::vector<Trace>& lines, const std::vector<Trace>& others, double em) {
  const auto bare = [&](const Trace& line, bool at_end) {
    const Sample& end = at_end ? line.samples.back() : line.samples.front();
    if (std::any_of(others.begin(), others.end(), [&](const Trace& other) {
          return std::abs(other.at(end.across) - end.along) < em;
        })) {
      return false;
    }
    const auto company = std::count_if(lines.begin(), lines.end(), [&](const Trace& line2) {
      return std::abs((at_end ? line2.to() : line2.from()) - end.along) < 0.5 * em;
    });
    return company >= 3;
  };
  return std::any_of(lines.begin(), lines.end(), [&](const Trace& line) {
    return line.inked > 4.0 * em && (bare(line, true) || bare(line, false));
  });
}

void add_borders(std::vector<Trace>& known, const std::vector<Trace>& faint,
                 const std::vector<Trace>& crossing, double em) {
  for (const Trace& trace : faint) {
    const double middle = (trace.from() + trace.to()) / 2;
    const bool is_known = std::any_of(known.begin(), known.end(), [&](const Trace& other) {
      return other.from() < trace.to() && other.to() > trace.from() &&
             std::abs(other.at(middle) - trace.at(middle)) < 0.5 * em;
    });
    if (!is_known && is_border(trace, crossing, em)) known.push_back(trace);
  }
}

Traces without_strokes(Traces traces, double em) {
  const double typical = typical_darkness(traces);
  const Traces all = traces;
  return kept(std::move(traces), [&](std::size_t i, const Trace& t) {
    const auto& others = i < all.across.size() ? all.down : all.across;
    if (is_print(t, others, typical, em)) return false;
    return t.inked >= 12.0 * em || t.free >= 0.85 || ends_at(t, others, em);
  });
}

}  // namespace tabularium::table_grid
