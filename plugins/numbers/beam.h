#pragma once

#include <string>
#include <vector>

namespace tabularium::numbers {

/// Natural logarithms of the probabilities of all classes at each time step: `steps` rows of
/// `classes` numbers. Class 0 is CTC's blank, class k stands for `alphabet[k - 1]`.
struct Scores {
  int steps = 0;
  int classes = 0;
  std::vector<float> logs;

  const float* row(int step) const {
    return logs.data() + static_cast<std::size_t>(step) * static_cast<std::size_t>(classes);
  }
};

/// One way to read a line.
struct Reading {
  std::vector<int> classes;  ///< without blanks
  double probability = 0.0;  ///< summed over all ways to spread the reading over the steps
};

/// The most likely readings, best first, at most `most`; those below `least_probability` are left
/// out but the first. Prefix beam search (Graves; Hannun et al. 2014, algorithm 1), no language
/// model. Equal probabilities are sorted by their classes, so the result never depends on chance.
std::vector<Reading> best_readings(const Scores& scores, int most, double least_probability);

/// What the likeliest class of each step spells: a first idea of the line, found at once.
std::vector<int> quick_reading(const Scores& scores);

/// Natural logarithm of the probability of `reading`, summed over all ways to spread it over the
/// steps; minus infinity where the steps are too few.
double log_probability(const Scores& scores, const std::vector<int>& reading);

/// The likeliest readings of one line that was looked at several times, cut a little differently: a
/// reading's probability is the mean of what the looks say, so that only what all agree on is sure.
/// Sorted and cut off as `best_readings` does. `looks` is not empty.
std::vector<Reading> agreed_readings(const std::vector<Scores>& looks, int most,
                                     double least_probability);

/// The step in which each class of `reading` is said, on the likeliest path. As many numbers as
/// `reading` has, rising; empty where the steps are too few.
std::vector<int> align(const Scores& scores, const std::vector<int>& reading);

}  // namespace tabularium::numbers
