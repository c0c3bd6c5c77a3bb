#include "readings.h"

#include <algorithm>
#include <string>

#include "tabularium/page/text.h"

namespace tabularium::lines {

namespace {

/// One choice at a place: a character, or nothing.
struct Choice {
  char32_t code = 0;  ///< 0: nothing
  double probability = 0.0;
};

std::vector<Choice> choices_of(const Place& place) {
  std::vector<Choice> choices;
  for (const Name& name : place.names) {
    choices.push_back({name.code, place.presence * name.probability});
  }
  choices.push_back({0, 1.0 - place.presence});
  std::stable_sort(choices.begin(), choices.end(),
                   [](const Choice& a, const Choice& b) { return a.probability > b.probability; });
  return choices;
}

/// The readings of a row one place longer. Keeping the best `most` at each place loses none of the
/// best: the places are independent.
std::vector<Reading> longer(const std::vector<Reading>& readings,
                            const std::vector<Choice>& choices, std::size_t most) {
  std::vector<Reading> all;
  for (const Reading& reading : readings) {
    for (const Choice& choice : choices) {
      Reading next = reading;
      if (choice.code != 0) next.text += choice.code;
      next.probability *= choice.probability;
      const auto same = std::find_if(all.begin(), all.end(),
                                     [&](const Reading& one) { return one.text == next.text; });
      if (same == all.end()) {
        all.push_back(std::move(next));
      } else {
        same->probability += next.probability;
      }
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Reading& a, const Reading& b) {
    return a.probability > b.probability;
  });
  if (all.size() > most) all.resize(most);
  return all;
}

}  // namespace

std::vector<Name> merged_shapes(std::vector<Name> names) {
  std::vector<Name> merged;
  std::vector<std::string> shapes;
  for (const Name& name : names) {
    const std::string shape = nfkc(to_utf8(name.code));
    const auto same = std::find(shapes.begin(), shapes.end(), shape);
    if (same != shapes.end()) {
      merged[static_cast<std::size_t>(same - shapes.begin())].probability += name.probability;
    } else {
      merged.push_back(name);
      shapes.push_back(shape);
    }
  }
  std::stable_sort(merged.begin(), merged.end(),
                   [](const Name& a, const Name& b) { return a.probability > b.probability; });
  return merged;
}

std::vector<Reading> best_readings(const std::vector<Place>& places, std::size_t most,
                                   double least) {
  std::vector<Reading> readings = {{U"", 1.0}};
  for (const Place& place : places) readings = longer(readings, choices_of(place), most);
  while (readings.size() > 1 && readings.back().probability < least) readings.pop_back();
  return readings;
}

}  // namespace tabularium::lines
