#include "sides.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "apart.h"
#include "crossings.h"
#include "settle.h"
#include "strip.h"

namespace tabularium::table_grid {

namespace {

constexpr double kReach = 1.6;         // ems that a rule may fall short of the one that it meets
constexpr double kFarthest = 22.0;     // the same where rules are worn
constexpr double kRowsApart = 0.95;    // ems: more than the space between two lines of one text
constexpr double kColumnsApart = 1.5;  // more than the space between two words of one line
constexpr double kOneLine = 2.2;       // ems: sides of a row with one line of text are shorter
constexpr double kNoRoom = 0.25;       // ems on both sides of a stroke: as between two of one glyph
constexpr double kLittleRoom = 0.3;    // the same where it falls short of the rules
constexpr double kLookBeyond = 9.0;    // ems beyond its ends that a rule is looked at
constexpr double kLookFarthest = 24.0;  // the same where rules are worn

struct Side {
  double from = 0.0;
  double to = 0.0;
};

// Joins the sides that follow each other; a gap between two ends them.
std::vector<Side> joined(const std::vector<Side>& sides) {
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

/// `gone`: nothing is drawn and nothing stands there, and rules of this page have holes as long.
enum class Drawn { no, gone, perhaps, yes };

/// A trace, what the pixels along it say, and which of the sides that the crossing traces cut it
/// into are drawn.
struct Line {
  const Trace* trace = nullptr;
  Strip strip;
  std::vector<Crossing> met{};
  std::vector<Drawn> states{};  // one fewer than `met`
};

double margin_of(const TraceOptions& options) { return std::max(2.0, 0.12 * options.em); }

// Whether the rule is drawn between two of its crossings.
Drawn drawn(const Line& line, double from, double to, const TraceOptions& options) {
  const Trace& trace = *line.trace;
  const double margin = margin_of(options);
  // A broken rule may end a little before the ones it runs to.
  const bool sure = trace.inked >= 4.0 * options.em && to - from > 2.2 * options.em;
  const double gap =
      sure ? std::max(margin, std::min(1.2 * options.em, 0.3 * (to - from))) : margin;
  const bool inside = from >= trace.from() - gap && to <= trace.to() + gap;
  // Too short to look at: two traces of one doubled rule, most often.
  if (to - from < 2.5 * margin) return inside ? Drawn::yes : Drawn::no;
  const Look look = line.strip.look(from + margin, to - margin);
  if (!inside) {
    if (trace.inked < 2.0 * options.em) return Drawn::no;
    // Beyond the trace only what runs from rule to rule counts: a stroke of text has paper at both
    // its ends.
    const bool holds_one_line = to - from < kOneLine * options.em;
    if (holds_one_line) {
      return look.narrow >= 0.85 && look.ends >= 0.8 && look.crossed < 0.2 ? Drawn::yes : Drawn::no;
    }
    if (look.narrow >= 0.9 || (look.narrow >= 0.6 && look.ends >= 0.6)) return Drawn::yes;
    const bool is_rule = look.narrow >= 0.45 && look.sharp >= 0.3 && look.crossed < 0.05;
    return sure && is_rule ? Drawn::yes : Drawn::no;
  }
  const bool lone = trace.inked < 4.0 * options.em;
  if (lone) return look.inked >= 0.85 && look.ends >= 0.6 ? Drawn::yes : Drawn::no;
  // Two rules of which the one ends where the other begins are one trace; of what stands between
  // them the strokes of a text may fill half the side, but never reach its ends.
  if (look.inked >= 0.85 || (look.inked >= 0.5 && look.ends >= 0.25)) return Drawn::yes;
  const bool hangs_on = look.ends >= 0.1 || look.attached >= 0.1 * options.em;
  return look.inked >= 0.15 && look.crossed < 0.05 && hangs_on ? Drawn::perhaps : Drawn::no;
}

// The same on a page whose rules are whole: the piece of a side that holds one line is a stroke of
// that line.
Drawn drawn_whole(const Line& line, double from, double to, const TraceOptions& options) {
  const Drawn state = drawn(line, from, to, options);
  return state == Drawn::perhaps && to - from < kOneLine * options.em ? Drawn::no : state;
}

// The same on a page whose rules have holes: a little of a rule is enough, if it is no stroke of a
// character: those reach neither the ends of the side nor further than a glyph.
Drawn drawn_worn(const Line& line, double from, double to, const Wear& wear,
                 const TraceOptions& options) {
  const Drawn state = drawn(line, from, to, options);
  const double margin = margin_of(options);
  if (line.trace->dotted) {
    const bool within = from >= line.trace->from() - margin && to <= line.trace->to() + margin;
    return within ? Drawn::yes : Drawn::no;
  }
  if (state == Drawn::yes || line.trace->inked < 1.2 * options.em) return state;
  if (to - from < 2.5 * margin) return state;
  const Look look = line.strip.look(from + margin, to - margin);
  if (look.crossed >= 0.05) return Drawn::no;
  const double em = options.em;
  // A few strokes in line are not much of a trace: they must fill the side, or show no other print.
  const bool hangs_alone = look.attached >= 0.6 * em && look.alone >= 0.9 * look.sharp;
  if (line.trace->inked < 4.0 * em && look.sharp < 0.4 && !hangs_alone) return Drawn::no;
  if (look.attached >= 0.25 * em || look.longest >= 1.3 * em) return Drawn::yes;
  // In pieces, but from end to end.
  if (look.crossed < 0.02 && look.sharp >= 0.6 && look.ends >= 0.5) return Drawn::yes;
  const bool has_pieces = look.alone >= 0.12 && look.alone * (to - from) >= 0.8 * em;
  if (look.crossed < 0.02 && has_pieces) return Drawn::perhaps;
  if (state == Drawn::perhaps) return state;
  return look.crossed < 0.02 && to - from - 2 * margin <= wear.hole ? Drawn::gone : Drawn::no;
}

// Whether what seems to be the side between two cells of one line of text each is a stroke of a
// text that runs through: there is no room beside it.
bool is_stroke(const Line& line, const cv::Mat1b& ink, double from, double to,
               const TraceOptions& options) {
  const double em = options.em;
  const double margin = margin_of(options);
  if (to - from > kOneLine * em || to - from < 2.5 * margin) return false;
  const Look look = line.strip.look(from + margin, to - margin);
  const bool is_whole = look.inked >= 0.9 && look.ends >= 0.8;
  const double room = room_for(ink, *line.trace, from + margin, to - margin, em);
  return room <= (is_whole ? kNoRoom : kLittleRoom) * em;
}

std::vector<Line> lines_of(const std::vector<Trace>& traces, const cv::Mat1b& ink, const Wear& wear,
                           const TraceOptions& options) {
  const double beyond = (wear.worn ? kLookFarthest : kLookBeyond) * options.em;
  std::vector<Line> lines;
  lines.reserve(traces.size());
  for (const Trace& trace : traces) {
    lines.push_back({&trace, Strip(ink, trace, beyond, options)});
  }
  return lines;
}

void find_crossings(std::vector<Line>& lines, const std::vector<Trace>& others, const Wear& wear,
                    const TraceOptions& options) {
  const double reach = (wear.worn ? kFarthest : kReach) * options.em;
  for (Line& line : lines) line.met = crossings(*line.trace, others, reach);
}

void judge(std::vector<Line>& lines, const Wear& wear, const TraceOptions& options) {
  for (Line& line : lines) {
    line.states.clear();
    for (std::size_t i = 0; i + 1 < line.met.size(); ++i) {
      const double from = line.met[i].along;
      const double to = line.met[i + 1].along;
      line.states.push_back(wear.worn ? drawn_worn(line, from, to, wear, options)
                                      : drawn_whole(line, from, to, options));
    }
  }
}

// Whether something of the line is drawn right before or behind a place along it.
bool shows_at(const Line& line, double along) {
  for (std::size_t i = 0; i < line.states.size(); ++i) {
    const bool drawn = line.states[i] == Drawn::yes || line.states[i] == Drawn::perhaps;
    if (!drawn) continue;
    if (line.met[i].along < along + 2.0 && along < line.met[i + 1].along + 2.0) return true;
  }
  return false;
}

// Where rules are worn they are looked at far beyond their ends, and most of the crossings there
// are none: they would cut sides into pieces that are shorter than a hole. The others of each line.
std::vector<std::vector<Crossing>> true_crossings(const std::vector<Line>& lines,
                                                  const std::vector<Line>& others, double em) {
  const auto is_none = [&](const Crossing& c) {
    const Line& other = others[c.other];
    const bool beyond =
        c.across < other.trace->from() - kReach * em || c.across > other.trace->to() + kReach * em;
    return beyond && !shows_at(other, c.across);
  };
  std::vector<std::vector<Crossing>> all;
  for (const Line& line : lines) {
    all.push_back(line.met);
    std::erase_if(all.back(), is_none);
  }
  return all;
}

void set_crossings(std::vector<Line>& lines, std::vector<std::vector<Crossing>> met) {
  for (std::size_t i = 0; i < lines.size(); ++i) lines[i].met = std::move(met[i]);
}

void drop_strokes(std::vector<Line>& down, const cv::Mat1b& ink, const TraceOptions& options) {
  for (Line& line : down) {
    for (std::size_t i = 0; i < line.states.size(); ++i) {
      if (line.states[i] == Drawn::no || line.trace->dotted) continue;
      if (is_stroke(line, ink, line.met[i].along, line.met[i + 1].along, options)) {
        line.states[i] = Drawn::no;
      }
    }
  }
}

// The stretches of a line that are drawn without a doubt: sides of cells and, of rules that run
// down, what a page break leaves open at the ends.
std::vector<Side> sure_stretches(const Line& line, bool down, const TraceOptions& options) {
  std::vector<Side> sure;
  for (std::size_t i = 0; i < line.states.size(); ++i) {
    if (line.states[i] == Drawn::yes) sure.push_back({line.met[i].along, line.met[i + 1].along});
  }
  if (!down) return sure;
  const double from = line.trace->from();
  const double to = line.trace->to();
  for (const Side& open : {Side{from, line.met.empty() ? to : line.met.front().along},
                           Side{line.met.empty() ? to : line.met.back().along, to}}) {
    if (open.to - open.from < 8.0 * options.em) continue;
    if (line.strip.look(open.from, open.to).inked >= 0.5) sure.push_back(open);
  }
  return sure;
}

Wear wear_in(const std::vector<Line>& across, const std::vector<Line>& down,
             const TraceOptions& options) {
  const double margin = margin_of(options);
  const double shortest = 0.12 * options.em;  // what blur and noise make
  std::vector<double> holes;
  double missing = 0.0;
  double all = 0.0;
  for (const auto* lines : {&across, &down}) {
    for (const Line& line : *lines) {
      if (line.trace->inked < 4.0 * options.em) continue;
      for (const Side& side : sure_stretches(line, lines == &down, options)) {
        const double from = side.from + margin;
        const double to = side.to - margin;
        if (to - from < 2.0 * options.em) continue;
        all += to - from;
        for (const double hole : line.strip.gaps(from, to)) {
          if (hole < shortest) continue;
          missing += hole;
          holes.push_back(hole);
        }
      }
    }
  }
  if (holes.size() < 5 || missing < 0.01 * all) return {};
  const auto at = holes.begin() + static_cast<std::ptrdiff_t>(holes.size() * 19 / 20);
  std::nth_element(holes.begin(), at, holes.end());
  return {true, *at + 0.3 * options.em};
}

// Where the rules of the direction of `lines` lie at one place along them: those that are followed
// as far, and the sides that are drawn there.
std::vector<double> positions_at(const std::vector<Line>& lines, double along, double em) {
  std::vector<double> positions;
  for (const Line& line : lines) {
    const Trace& trace = *line.trace;
    bool stands = along >= trace.from() - em && along <= trace.to() + em;
    for (std::size_t i = 0; i < line.states.size() && !stands; ++i) {
      stands = line.states[i] == Drawn::yes && line.met[i].along < along &&
               along < line.met[i + 1].along;
    }
    if (stands) positions.push_back(trace.at(along));
  }
  return positions;
}

// A side that shows nothing is drawn where the rule goes on at both its ends, or where the text on
// its two sides stands apart as that of one cell does not: `apart` is the distance for that.
void make_up(std::vector<Line>& lines, const cv::Mat1b& ink, double apart,
             const TraceOptions& options) {
  const auto parts_text = [&](const Line& line, std::size_t i) {
    const double from = line.met[i].along;
    const double to = line.met[i + 1].along;
    const double middle = (from + to) / 2;
    return text_stands_apart(ink, positions_at(lines, middle, options.em), line.trace->at(middle),
                             from, to, apart, options.em);
  };
  // Told by what is seen, not by what was made up before.
  std::vector<Drawn*> made_up;
  for (Line& line : lines) {
    std::vector<Drawn>& states = line.states;
    for (std::size_t i = 0; i < states.size(); ++i) {
      const bool before = i > 0 && states[i - 1] == Drawn::yes;
      const bool after = i + 1 < states.size() && states[i + 1] == Drawn::yes;
      const bool is_drawn =
          (states[i] == Drawn::perhaps && (before || after)) ||
          (states[i] == Drawn::gone && ((before && after) || parts_text(line, i)));
      if (is_drawn) made_up.push_back(&states[i]);
    }
  }
  for (Drawn* state : made_up) *state = Drawn::yes;
}

std::vector<Side> sides_of(const Line& line) {
  std::vector<Side> sides;
  for (std::size_t i = 0; i < line.states.size(); ++i) {
    if (line.states[i] == Drawn::yes) sides.push_back({line.met[i].along, line.met[i + 1].along});
  }
  return joined(sides);
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

// Whether a long loose end is drawn as far as two of the other rules.
bool ends_beside_others(const LooseEnd& end, const std::vector<Line>& lines, double em) {
  if (std::abs(end.to - end.from) < 1.5 * em) return false;
  const auto beside = std::count_if(lines.begin(), lines.end(), [&](const Line& line) {
    const Trace& trace = *line.trace;
    return line.trace != lines[end.trace].trace && trace.to() - trace.from() > 4.0 * em &&
           std::abs((end.at_end ? trace.to() : trace.from()) - end.to) < 0.2 * em;
  });
  return beside >= 2;
}

// What is drawn beyond the outermost crossings. Rules that stick out do so in company: the side of
// a table that a page break leaves open, or one without outer rules. A single end is a stroke that
// the trace caught, but for the outer side of a merged cell that a page break cuts: the rules
// beside it end there too. Worn rules may end early, each of them: they are taken to where the
// farthest of their company ends.
std::vector<LooseEnd> in_company(std::vector<LooseEnd> ends, const std::vector<Line>& lines,
                                 const Wear& wear, double em) {
  const double apart = 0.7 * em + wear.hole;
  std::sort(ends.begin(), ends.end(), [](const LooseEnd& a, const LooseEnd& b) {
    return std::tie(a.at_end, a.to) < std::tie(b.at_end, b.to);
  });
  std::vector<LooseEnd> kept;
  for (std::size_t first = 0, next = 0; first < ends.size(); first = next) {
    next = first + 1;
    while (next < ends.size() && ends[next].at_end == ends[first].at_end &&
           ends[next].to - ends[next - 1].to < apart) {
      ++next;
    }
    if (next - first < 2 && !ends_beside_others(ends[first], lines, em)) continue;
    const double farthest = ends[ends[first].at_end ? next - 1 : first].to;
    for (std::size_t i = first; i < next; ++i) {
      kept.push_back(ends[i]);
      if (wear.worn) kept.back().to = farthest;
    }
  }
  return kept;
}

// Whether a rule that meets no other runs down the page as the columns of a table do that begins
// before the page and ends after it. A streak goes on to the edges of the paper.
bool is_open_column(const Trace& trace, double page, double em) {
  return trace.to() - trace.from() > 10.0 * em && trace.from() > 0.02 * page &&
         trace.to() < 0.98 * page;
}

bool sticks_out(const Line& line, double from, double to, const TraceOptions& options) {
  if (to - from < 0.5 * options.em) return false;
  const Look look = line.strip.look(from + 2, to);
  // A long end may be broken like any rule; a short one must not be a stroke of a character.
  const bool is_long = to - from > 4.0 * options.em;
  return look.inked >= (is_long ? 0.5 : 0.8) && look.crossed < 0.15;
}

// `page`: its length in the direction of the lines.
void add_rules(const std::vector<Line>& lines, const std::vector<Trace>& others, bool horizontal,
               double page, const Wear& wear, const TraceOptions& options,
               std::vector<PixelRule>& rules) {
  const double em = options.em;
  std::vector<LooseEnd> loose;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Trace& trace = *lines[i].trace;
    const auto& met = lines[i].met;
    const auto add = [&](double from, double to) {
      if (to - from < 2.0) return;
      rules.push_back({horizontal, position_of(trace), from, to, trace.thickness, i});
    };
    if (met.empty()) {
      if (horizontal && trace.to() - trace.from() > 8.0 * em) add(trace.from(), trace.to());
      if (!horizontal && is_open_column(trace, page, em)) {
        loose.push_back({i, trace.to(), trace.from(), false});
        loose.push_back({i, trace.from(), trace.to(), true});
      }
      continue;
    }
    // A rule ends at the straight position of the rule that it meets.
    const auto straight = [&](double along) {
      for (const Crossing& c : met) {
        if (c.along == along) return position_of(others[c.other]);
      }
      return along;
    };
    for (const Side& side : sides_of(lines[i])) add(straight(side.from), straight(side.to));
    if (horizontal && met.size() == 1 && trace.to() - trace.from() < 4.0 * em) continue;
    const double first = met.front().along;
    const double last = met.back().along;
    if (sticks_out(lines[i], trace.from(), first, options)) {
      loose.push_back({i, straight(first), trace.from(), false});
    }
    if (sticks_out(lines[i], last, trace.to(), options)) {
      loose.push_back({i, straight(last), trace.to(), true});
    }
  }
  for (const LooseEnd& end : in_company(std::move(loose), lines, wear, em)) {
    const Trace& trace = *lines[end.trace].trace;
    rules.push_back({horizontal, position_of(trace), std::min(end.from, end.to),
                     std::max(end.from, end.to), trace.thickness, end.trace});
  }
}

}  // namespace

Wear wear_of(const Traces& traces, const cv::Mat1b& across_ink, const cv::Mat1b& down_ink,
             const TraceOptions& options) {
  std::vector<Line> across = lines_of(traces.across, across_ink, {}, options);
  std::vector<Line> down = lines_of(traces.down, down_ink, {}, options);
  find_crossings(across, traces.down, {}, options);
  find_crossings(down, traces.across, {}, options);
  judge(across, {}, options);
  judge(down, {}, options);
  return wear_in(across, down, options);
}

std::vector<PixelRule> drawn_sides(const Traces& traces, const cv::Mat1b& across_ink,
                                   const cv::Mat1b& down_ink, const TraceOptions& options,
                                   const Wear& wear) {
  std::vector<Line> across = lines_of(traces.across, across_ink, wear, options);
  std::vector<Line> down = lines_of(traces.down, down_ink, wear, options);
  find_crossings(across, traces.down, wear, options);
  find_crossings(down, traces.across, wear, options);
  judge(across, wear, options);
  judge(down, wear, options);
  if (wear.worn) {
    auto met_across = true_crossings(across, down, options.em);
    set_crossings(down, true_crossings(down, across, options.em));
    set_crossings(across, std::move(met_across));
    judge(across, wear, options);
    judge(down, wear, options);
  }
  drop_strokes(down, down_ink, options);
  make_up(across, across_ink, kRowsApart * options.em, options);
  make_up(down, down_ink, kColumnsApart * options.em, options);
  std::vector<PixelRule> rules;
  add_rules(across, traces.down, true, across_ink.cols, wear, options, rules);
  add_rules(down, traces.across, false, down_ink.cols, wear, options, rules);
  settle_positions(rules, options.em);
  return rules;
}

}  // namespace tabularium::table_grid
