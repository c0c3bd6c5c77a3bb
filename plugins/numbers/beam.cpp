#include "beam.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <utility>

namespace tabularium::numbers {

namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr int kBlank = 0;
constexpr std::size_t kBeam = 12;

/// Classes less likely than this at a step are not tried there: they cannot lead to a reading that
/// anybody would want to see.
constexpr double kLeastStepLog = -9.2;  // 0.0001

double add_logs(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kNever ? a : a + std::log1p(std::exp(b - a));
}

/// What is known of a prefix: the probability of all paths to it that end in a blank, and of those
/// that end in its last class.
struct Ends {
  double blank = kNever;
  double last = kNever;

  double both() const { return add_logs(blank, last); }
};

using Beam = std::map<std::vector<int>, Ends>;

void extend(const std::vector<int>& prefix, const Ends& ends, int next, double log, Beam& beam) {
  std::vector<int> longer = prefix;
  longer.push_back(next);
  const bool repeated = !prefix.empty() && prefix.back() == next;
  // A class said twice needs a blank between: without one the two are the same.
  const double before = repeated ? ends.blank : ends.both();
  if (before != kNever) {
    Ends& grown = beam[longer];
    grown.last = add_logs(grown.last, before + log);
  }
  if (repeated) {
    Ends& same = beam[prefix];
    same.last = add_logs(same.last, ends.last + log);
  }
}

using Entry = std::pair<std::vector<int>, Ends>;

std::vector<Entry> likeliest(const Beam& beam, std::size_t most) {
  std::vector<Entry> entries(beam.begin(), beam.end());
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return a.second.both() > b.second.both();
  });
  if (entries.size() > most) entries.resize(most);
  return entries;
}

}  // namespace

std::vector<Reading> best_readings(const Scores& scores, int most, double least_probability) {
  Beam beam;
  beam[{}].blank = 0.0;
  for (int step = 0; step < scores.steps; ++step) {
    const float* logs = scores.row(step);
    Beam next;
    for (const auto& [prefix, ends] : beam) {
      Ends& same = next[prefix];
      same.blank = add_logs(same.blank, ends.both() + logs[kBlank]);
      for (int label = 1; label < scores.classes; ++label) {
        if (logs[label] >= kLeastStepLog) extend(prefix, ends, label, logs[label], next);
      }
    }
    const std::vector<Entry> kept = likeliest(next, kBeam);
    beam = Beam(kept.begin(), kept.end());
  }
  std::vector<Reading> readings;
  for (const Entry& entry : likeliest(beam, static_cast<std::size_t>(most))) {
    const double probability = std::min(1.0, std::exp(entry.second.both()));
    if (!readings.empty() && probability < least_probability) break;
    readings.push_back({entry.first, probability});
  }
  return readings;
}

std::vector<int> quick_reading(const Scores& scores) {
  std::vector<int> reading;
  int last = kBlank;
  for (int step = 0; step < scores.steps; ++step) {
    const float* logs = scores.row(step);
    const int label = static_cast<int>(std::max_element(logs, logs + scores.classes) - logs);
    if (label != last && label != kBlank) reading.push_back(label);
    last = label;
  }
  return reading;
}

double log_probability(const Scores& scores, const std::vector<int>& reading) {
  // The path runs through blank, class, blank, class, ..., blank.
  const std::size_t states = 2 * reading.size() + 1;
  const auto label = [&](std::size_t state) {
    return state % 2 == 0 ? kBlank : reading[state / 2];
  };
  std::vector<double> reached(states, kNever);
  reached[0] = 0.0;  // before the first step only the first two states can be entered
  for (int step = 0; step < scores.steps; ++step) {
    for (std::size_t state = states; state-- > 0;) {
      double sum = reached[state];
      const bool may_skip = state >= 3 && state % 2 == 1 && label(state) != label(state - 2);
      if (state >= 1) sum = add_logs(sum, reached[state - 1]);
      if (may_skip) sum = add_logs(sum, reached[state - 2]);
      reached[state] = sum == kNever ? kNever : sum + scores.row(step)[label(state)];
    }
  }
  return states == 1 ? reached[0] : add_logs(reached[states - 1], reached[states - 2]);
}

std::vector<Reading> agreed_readings(const std::vector<Scores>& looks, int most,
                                     double least_probability) {
  std::map<std::vector<int>, double> sums;
  for (const Scores& look : looks) {
    for (Reading& reading : best_readings(look, most, least_probability)) {
      sums.emplace(std::move(reading.classes), 0.0);
    }
  }
  for (auto& [classes, sum] : sums) {
    for (const Scores& look : looks) sum += std::exp(log_probability(look, classes));
  }
  std::vector<Reading> readings;
  readings.reserve(sums.size());
  for (const auto& [classes, sum] : sums) {
    readings.push_back({classes, std::min(1.0, sum / static_cast<double>(looks.size()))});
  }
  std::stable_sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) {
    return a.probability > b.probability;
  });
  while (readings.size() > 1 && (readings.size() > static_cast<std::size_t>(most) ||
                                 readings.back().probability < least_probability)) {
    readings.pop_back();
  }
  return readings;
}

std::vector<int> align(const Scores& scores, const std::vector<int>& reading) {
  // The path runs through blank, class, blank, class, ..., blank.
  const auto states = 2 * reading.size() + 1;
  const auto steps = static_cast<std::size_t>(scores.steps);
  if (steps == 0 || reading.empty()) return {};
  const auto label = [&](std::size_t state) {
    return state % 2 == 0 ? kBlank : reading[state / 2];
  };
  std::vector<double> best(states, kNever);
  std::vector<std::uint8_t> moves(steps * states, 0);  // how many states forward the path came
  best[0] = scores.row(0)[kBlank];
  best[1] = scores.row(0)[label(1)];
  for (std::size_t step = 1; step < steps; ++step) {
    std::vector<double> next(states, kNever);
    for (std::size_t state = 0; state < states; ++state) {
      const bool may_skip = state >= 3 && state % 2 == 1 && label(state) != label(state - 2);
      for (std::size_t move = 0; move <= std::min<std::size_t>(state, may_skip ? 2 : 1); ++move) {
        if (best[state - move] <= next[state]) continue;
        next[state] = best[state - move];
        moves[step * states + state] = static_cast<std::uint8_t>(move);
      }
      next[state] += scores.row(static_cast<int>(step))[label(state)];
    }
    best = next;
  }
  std::size_t state = best[states - 1] > best[states - 2] ? states - 1 : states - 2;
  if (best[state] == kNever) return {};
  std::vector<int> said(reading.size(), 0);
  std::vector<double> loudest(reading.size(), kNever);
  for (std::size_t step = steps; step-- > 0;) {
    if (state % 2 == 1) {
      const double log = scores.row(static_cast<int>(step))[label(state)];
      if (log >= loudest[state / 2]) {
        loudest[state / 2] = log;
        said[state / 2] = static_cast<int>(step);
      }
    }
    state -= moves[step * states + state];
  }
  return said;
}

}  // namespace tabularium::numbers
