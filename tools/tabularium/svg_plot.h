#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tabularium::tool {

// Plots as SVG elements for a page of HTML. All texts are escaped; colours are CSS classes of the
// page: "c0" to "c7" for series, and those that a bar names.

struct Bar {
  std::string label;
  double value = 0.0;  ///< not below 0
  std::string text;    ///< what stands at the bar's end
  std::string colour;  ///< CSS class
};

/// Bars one below the other, from the left. `title` is what a screen reader says.
std::string bar_plot(std::string_view title, const std::vector<Bar>& bars);

struct Series {
  std::string name;
  std::vector<double> values;      ///< one for each category
  std::vector<std::string> texts;  ///< what a pointer over a column shows
};

/// Columns, the series stacked one on the other, with a scale and, for more than one, a legend.
/// `categories` stand below them.
std::string column_plot(std::string_view title, const std::vector<std::string>& categories,
                        const std::vector<Series>& series);

}  // namespace tabularium::tool
