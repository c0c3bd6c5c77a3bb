#include "report_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "svg_plot.h"
#include "table_output.h"

namespace tabularium::tool {
namespace {

constexpr const char* kStyle = R"(
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; color: #1d2733;
  background: #f5f6f8; margin: 0; }
main { max-width: 780px; margin: 0 auto; padding: 24px 16px 48px; }
h1 { font-size: 24px; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 0 0 10px; }
p { margin: 0 0 10px; color: #4a5766; }
section { background: #fff; border: 1px solid #dde2e8; border-radius: 8px; padding: 16px 20px;
  margin-top: 16px; }
.tiles { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 16px; }
.tile { background: #fff; border: 1px solid #dde2e8; border-radius: 8px; padding: 10px 16px;
  flex: 1 1 110px; }
.tile b { display: block; font-size: 24px; font-weight: 600; }
svg { max-width: 100%; height: auto; display: block; }
svg text { font-size: 12px; fill: #36424f; }
.scale { stroke: #e3e7ec; stroke-width: 1; }
.c0 { fill: #2f6db3; } .c1 { fill: #e08b2c; } .c2 { fill: #3f9a6b; } .c3 { fill: #a4538f; }
.c4 { fill: #7a6ac0; } .c5 { fill: #b9a02b; } .c6 { fill: #4ba3b5; } .c7 { fill: #7c858f; }
.done { fill: #3f9a6b; } .review { fill: #e0a92c; } .failed, .error { fill: #c4473a; }
.pending { fill: #9aa5b1; } .claimed { fill: #2f6db3; } .duplicate { fill: #b9c2cc; }
.warning { fill: #e0a92c; } .info { fill: #9aa5b1; }
@media print { body { background: #fff; } section, .tile { break-inside: avoid; } }
)";

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number < 0 ? -number : number);
  for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return (number < 0 ? "-" : "") + digits;
}

std::string section(std::string_view heading, std::string_view about, const std::string& plot) {
  return fmt::format("<section>\n<h2>{}</h2>\n{}{}</section>\n", html_escaped(heading),
                     about.empty() ? "" : fmt::format("<p>{}</p>\n", html_escaped(about)),
                     plot.empty() ? "<p>Nothing to show yet.</p>\n" : plot);
}

std::string tile(std::int64_t number, std::string_view what) {
  return fmt::format("<div class=\"tile\"><b>{}</b>{}</div>\n", grouped(number),
                     html_escaped(what));
}

std::string tiles(const Overview& overview) {
  std::int64_t files = 0;
  for (const auto& [state, count] : overview.files) files += count;
  return fmt::format("<div class=\"tiles\">\n{}{}{}{}{}</div>\n", tile(files, "files"),
                     tile(overview.records, "records"), tile(overview.errors, "errors"),
                     tile(overview.warnings, "warnings"),
                     tile(overview.corrections, "corrections"));
}

std::string states_plot(const Overview& overview) {
  std::vector<Bar> bars;
  for (const auto& [state, count] : overview.files) {
    const std::string name(to_string(state));
    bars.push_back({name, static_cast<double>(count), grouped(count), name});
  }
  return bar_plot("Files by state", bars);
}

std::string reasons_plot(const Overview& overview) {
  std::vector<Bar> bars;
  for (const Overview::Reason& reason : overview.reasons) {
    bars.push_back(
        {reason.reason, static_cast<double>(reason.files), grouped(reason.files), "failed"});
  }
  return bars.empty() ? "" : bar_plot("Failed files by reason", bars);
}

std::string year_text(const std::optional<int>& year) {
  return year ? std::to_string(*year) : "no year";
}

/// The years of `rows` in order, records without one first.
template <typename Row>
std::vector<std::optional<int>> years_of(const std::vector<Row>& rows) {
  std::set<std::optional<int>> years;
  for (const Row& row : rows) years.insert(row.year);
  return {years.begin(), years.end()};
}

std::vector<std::string> texts_of(const std::vector<std::optional<int>>& years) {
  std::vector<std::string> texts;
  texts.reserve(years.size());
  for (const auto& year : years) texts.push_back(year_text(year));
  return texts;
}

/// Columns by year, one series for each name. `name_of`, `value_of` and `text_of` read a row.
template <typename Row, typename Name, typename Number, typename Text>
std::string years_plot(std::string_view title, const std::vector<Row>& rows, Name name_of,
                       Number value_of, Text text_of) {
  if (rows.empty()) return "";
  const auto years = years_of(rows);
  std::vector<Series> series;
  for (const Row& row : rows) {
    if (series.empty() || series.back().name != name_of(row)) {
      series.push_back({name_of(row), std::vector<double>(years.size()),
                        std::vector<std::string>(years.size())});
    }
    const auto at = static_cast<std::size_t>(
        std::lower_bound(years.begin(), years.end(), row.year) - years.begin());
    series.back().values[at] = value_of(row);
    series.back().texts[at] =
        fmt::format("{}, {}: {}", year_text(row.year), name_of(row), text_of(row));
  }
  return column_plot(title, texts_of(years), series);
}

std::string records_plot(const Distributions& all) {
  using Row = Distributions::Records;
  return years_plot(
      "Records by year and layout", all.records, [](const Row& row) { return row.layout; },
      [](const Row& row) { return static_cast<double>(row.records); },
      [](const Row& row) { return grouped(row.records) + " records"; });
}

std::string amounts_plot(const Distributions& all) {
  using Row = Distributions::Amount;
  constexpr double fen_per_million = 1e8;
  constexpr std::int64_t fen_per_yuan = 100;
  return years_plot(
      "Amounts by year in million yuan", all.amounts, [](const Row& row) { return row.record; },
      [](const Row& row) { return std::max(0.0, static_cast<double>(row.fen) / fen_per_million); },
      [](const Row& row) {
        return fmt::format("{} yuan in {} records", grouped(row.fen / fen_per_yuan),
                           grouped(row.records));
      });
}

/// The width of a histogram's bins: 1, 2, 5 or 10, so that there are 24 at most.
double bin_width(double least, double most) {
  constexpr double most_bins = 24.0;
  for (const double width : {1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0}) {
    if ((most - least) / width < most_bins) return width;
  }
  return (most - least) / most_bins;
}

std::string scores_plot(const Distributions& all) {
  if (all.scores.empty()) return "";
  const auto [least, most] =
      std::minmax_element(all.scores.begin(), all.scores.end(),
                          [](const auto& a, const auto& b) { return a.score < b.score; });
  const double width = bin_width(least->score, most->score);
  const double first = std::floor(least->score / width) * width;
  const auto bins = static_cast<std::size_t>(std::floor((most->score - first) / width)) + 1;
  std::vector<std::string> categories;
  for (std::size_t i = 0; i < bins; ++i) {
    categories.push_back(fmt::format("{:g}", first + width * static_cast<double>(i)));
  }
  std::vector<Series> series;
  for (const Distributions::Score& score : all.scores) {
    if (series.empty() || series.back().name != score.record) {
      series.push_back({score.record, std::vector<double>(bins), std::vector<std::string>(bins)});
    }
    const auto bin = static_cast<std::size_t>(std::floor((score.score - first) / width));
    series.back().values[bin] += static_cast<double>(score.records);
  }
  for (Series& one : series) {
    for (std::size_t i = 0; i < bins; ++i) {
      one.texts[i] = fmt::format("{} to below {:g}: {:.0f} records", categories[i],
                                 first + width * static_cast<double>(i + 1), one.values[i]);
    }
  }
  return column_plot("Records by score", categories, series);
}

std::string issues_plot(const Distributions& all) {
  constexpr std::size_t most_shown = 24;
  std::vector<Bar> bars;
  for (const Distributions::Found& found : all.issues) {
    if (bars.size() == most_shown) break;
    bars.push_back({found.check, static_cast<double>(found.issues), grouped(found.issues),
                    std::string(to_string(found.severity))});
  }
  return bars.empty() ? "" : bar_plot("Issues by check", bars);
}

std::string slowest_plot(const Overview& overview) {
  constexpr double ms_per_second = 1000.0;
  std::vector<Bar> bars;
  for (const Overview::SlowFile& file : overview.slowest) {
    const double seconds = static_cast<double>(file.milliseconds) / ms_per_second;
    bars.push_back({file.path, seconds, fmt::format("{:.2f} s", seconds), "c0"});
  }
  return bars.empty() ? "" : bar_plot("Slowest files", bars);
}

}  // namespace

std::string report_page(const std::string& name, const Overview& overview,
                        const Distributions& all) {
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
      "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{0}: "
      "report</title>\n<style>{1}</style>\n</head>\n<body>\n<main>\n<h1>{0}</h1>\n<p>What "
      "Tabularium read, and what a person should look at.</p>\n",
      html_escaped(name), kStyle);
  page += tiles(overview);
  page += section("Files by state", "", states_plot(overview));
  if (!overview.reasons.empty()) page += section("Why files failed", "", reasons_plot(overview));
  page += section("Records by year and layout", "", records_plot(all));
  page += section("Amounts by year, in million yuan",
                  "The sum of the amount that the model of each kind of record names.",
                  amounts_plot(all));
  page += section("Scores", "How many records have a score from the number below a column on.",
                  scores_plot(all));
  page += section("Issues by check", "Errors first, then warnings, then notes.", issues_plot(all));
  page += section("Slowest files", "", slowest_plot(overview));
  return page + "</main>\n</body>\n</html>\n";
}

}  // namespace tabularium::tool
