#include "svg_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "table_output.h"
#include "tabularium/page/text.h"

namespace tabularium::tool {
namespace {

constexpr double kWidth = 720.0;
constexpr int kColours = 8;

/// About how wide `text` is in the plots' font of 12 pixels.
double width_of(std::string_view text) {
  constexpr double narrow_glyph = 6.6;
  constexpr double wide_glyph = 12.5;
  double width = 0.0;
  for (const char32_t point : to_utf32(text)) width += is_cjk(point) ? wide_glyph : narrow_glyph;
  return width;
}

/// The end of `text` that fits: of a path it tells more than the beginning.
std::string fitted(const std::string& text, double room) {
  if (width_of(text) <= room) return text;
  std::u32string points = to_utf32(text);
  while (!points.empty() && width_of("…" + to_utf8(points)) > room) points.erase(0, 1);
  return "…" + to_utf8(points);
}

std::string begin_svg(std::string_view title, double height) {
  return fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"{}\" width=\"{:.0f}\" "
      "height=\"{:.0f}\">\n",
      kWidth, height, html_escaped(title), kWidth, height);
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor,
                     html_escaped(text));
}

std::string rect(double x, double y, double width, double height, const std::string& colour,
                 const std::string& tip) {
  return fmt::format(
      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
      "class=\"{}\"><title>{}</title></rect>\n",
      x, y, width, height, html_escaped(colour), html_escaped(tip));
}

/// A step of 1, 2 or 5 times a power of ten that gives about five lines up to `highest`.
double scale_step(double highest) {
  constexpr double line_count = 5.0;
  if (highest <= 0.0) return 1.0;
  const double raw = highest / line_count;
  const double power = std::pow(10.0, std::floor(std::log10(raw)));
  for (const double nice : {1.0, 2.0, 5.0}) {
    if (nice * power >= raw) return nice * power;
  }
  return 10.0 * power;
}

std::string scale_text(double value) {
  if (value == std::floor(value)) return fmt::format("{:.0f}", value);
  return fmt::format("{:g}", value);
}

std::string legend(const std::vector<Series>& series, double y) {
  constexpr double box = 10.0;
  constexpr double left_side = 60.0;
  std::string svg;
  double x = left_side;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const double room = width_of(series[i].name) + 2.5 * box;
    if (x + room > kWidth && x > left_side) {
      x = left_side;
      y += 18.0;
    }
    svg += rect(x, y - box + 1.0, box, box, fmt::format("c{}", i % kColours), series[i].name);
    svg += text_at(x + 1.5 * box, y, "start", series[i].name);
    x += room + box;
  }
  return svg;
}

double legend_height(const std::vector<Series>& series) {
  double width = 0.0;
  for (const Series& one : series) width += width_of(one.name) + 35.0;
  constexpr double row = 18.0;
  return series.size() < 2 ? 0.0 : row * std::ceil((width + 60.0) / (kWidth - 60.0)) + 6.0;
}

/// The frame of a column plot: where its columns stand.
struct Frame {
  double left = 60.0;
  double top = 10.0;
  double width = kWidth - 70.0;
  double height = 200.0;
  double highest = 1.0;  ///< value at the top

  double y_of(double value) const { return top + height * (1.0 - value / highest); }
};

std::string scale_lines(const Frame& frame, double step) {
  std::string svg;
  const int count = static_cast<int>(std::lround(frame.highest / step));
  for (int i = 0; i <= count; ++i) {
    const double value = step * i;
    svg += fmt::format(
        "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"scale\"/>\n",
        frame.left, frame.y_of(value), frame.left + frame.width, frame.y_of(value));
    svg += text_at(frame.left - 6.0, frame.y_of(value) + 4.0, "end", scale_text(value));
  }
  return svg;
}

std::string one_column(const Frame& frame, const std::vector<Series>& series, std::size_t category,
                       double x, double width) {
  std::string svg;
  double below = 0.0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const double value = series[i].values[category];
    if (value <= 0.0) continue;
    const double top = frame.y_of(below + value);
    svg += rect(x, top, width, frame.y_of(below) - top, fmt::format("c{}", i % kColours),
                series[i].texts[category]);
    below += value;
  }
  return svg;
}

}  // namespace

std::string bar_plot(std::string_view title, const std::vector<Bar>& bars) {
  constexpr double row = 24.0;
  constexpr double thickness = 16.0;
  constexpr double most_label = 300.0;
  double label = 0.0;
  double text = 0.0;
  double highest = 0.0;
  for (const Bar& bar : bars) {
    label = std::max(label, width_of(bar.label));
    text = std::max(text, width_of(bar.text));
    highest = std::max(highest, bar.value);
  }
  const double left = std::min(label, most_label) + 10.0;
  const double room = kWidth - left - text - 12.0;
  std::string svg = begin_svg(title, row * static_cast<double>(bars.size()) + 4.0);
  double y = 4.0;
  for (const Bar& bar : bars) {
    const double length = highest > 0.0 ? room * bar.value / highest : 0.0;
    const double line = y + thickness - 4.0;
    svg += text_at(left - 6.0, line, "end", fitted(bar.label, most_label));
    svg += rect(left, y, std::max(length, bar.value > 0.0 ? 1.0 : 0.0), thickness, bar.colour,
                bar.label + ": " + bar.text);
    svg += text_at(left + length + 6.0, line, "start", bar.text);
    y += row;
  }
  return svg + "</svg>\n";
}

std::string column_plot(std::string_view title, const std::vector<std::string>& categories,
                        const std::vector<Series>& series) {
  double highest = 0.0;
  for (std::size_t i = 0; i < categories.size(); ++i) {
    double sum = 0.0;
    for (const Series& one : series) sum += one.values[i];
    highest = std::max(highest, sum);
  }
  const double step = scale_step(highest);
  Frame frame;
  frame.highest = std::max(1.0, std::ceil(highest / step)) * step;
  constexpr double category_line = 20.0;
  const double bottom = frame.top + frame.height + category_line;
  std::string svg = begin_svg(title, bottom + legend_height(series) + 4.0);
  svg += scale_lines(frame, step);
  const double share =
      frame.width / static_cast<double>(std::max<std::size_t>(1, categories.size()));
  constexpr double widest_column = 72.0;
  const double width = std::min(share * 0.8, widest_column);
  // Where labels would run into each other only some are written.
  double widest = 1.0;
  for (const std::string& category : categories)
    widest = std::max(widest, width_of(category) + 6.0);
  const auto each = static_cast<std::size_t>(std::max(1.0, std::ceil(widest / share)));
  for (std::size_t i = 0; i < categories.size(); ++i) {
    const double middle = frame.left + share * (static_cast<double>(i) + 0.5);
    svg += one_column(frame, series, i, middle - width / 2.0, width);
    if (i % each == 0) svg += text_at(middle, bottom - 4.0, "middle", categories[i]);
  }
  if (series.size() > 1) svg += legend(series, bottom + 18.0);
  return svg + "</svg>\n";
}

}  // namespace tabularium::tool
