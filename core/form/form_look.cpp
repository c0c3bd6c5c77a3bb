#include "tabularium/form/form_look.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "tabularium/form/draft_internal.h"
#include "tabularium/form/label_finder_internal.h"
#include "tabularium/form/label_guess_internal.h"
#include "tabularium/form/layout_internal.h"
#include "tabularium/form/mend_labels_internal.h"
#include "tabularium/form/title_internal.h"
#include "tabularium/page/nearest_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using Pages = std::vector<TabulatedPage>;

constexpr std::size_t kFewestLabels = 4;  // fewer words of a model are chance
constexpr std::size_t kMostTexts = 80;    // of a form
constexpr double kTitleWeight = 0.3;      // of nearness to a layout; the rest is the labels'

double ratio(std::u32string_view a, std::u32string_view b) {
  if (a.empty() || b.empty()) return 0.0;
  return 2.0 * static_cast<double>(in_common(a, b)) / static_cast<double>(a.size() + b.size());
}

/// The share of what either has that both have; 1 where neither has anything.
double shared(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  const std::size_t all = a.size() + b.size() - both.size();
  return all == 0 ? 1.0 : static_cast<double>(both.size()) / static_cast<double>(all);
}

/// The share of the shorter list that the longer has, too: values stand among the texts.
double contained(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  const std::size_t least = std::min(a.size(), b.size());
  return least == 0 ? 0.0 : static_cast<double>(both.size()) / static_cast<double>(least);
}

std::vector<std::string> sorted(const std::set<std::string>& all) {
  return {all.begin(), all.end()};
}

std::string title_of(const Pages& pages, const Layout* claimed) {
  const LayoutSpec* spec = claimed == nullptr ? nullptr : spec_of(*claimed);
  for (const TabulatedPage& page : pages) {
    const auto title = spec == nullptr ? find_unknown_title(page) : find_title(page, *spec);
    if (title) return title->text;
  }
  return "";
}

/// The first year that a line, or a cell alone, of the first page prints as forms do.
std::optional<int> year_of(const TabulatedPage& page) {
  const auto printed = [](const std::vector<TextLine>& lines) -> std::optional<int> {
    const std::u32string text = fold_lines(lines).text;
    const std::size_t at = find_pattern(text, U"####年");
    if (at == text.npos) return std::nullopt;
    return std::stoi(to_utf8(std::u32string_view(text).substr(at, 4)));
  };
  constexpr std::size_t longest = 40;  // bytes of a text that is little more than a year
  for (const TextLine& line : page.lines) {
    if (const auto year = printed({line})) return year;
  }
  for (const Table& table : page.tables) {
    for (const Cell& cell : table.cells) {
      if (cell.lines.empty() || cell.text().size() > longest) continue;
      if (const auto year = printed(cell.lines)) return year;
    }
  }
  return std::nullopt;
}

/// "2-4": a row of two cells with one of four below it. Rows that are alike count once.
std::vector<std::string> grid_of(const Pages& pages) {
  std::set<std::string> all;
  for (const TabulatedPage& page : pages) {
    for (const Table& table : page.tables) {
      int before = 0;
      for (int row = 0; row < table.rows; ++row) {
        int cells = 0;
        const Cell* last = nullptr;
        for (int col = 0; col < table.cols; ++col) {
          const Cell* cell = table.cell_at(row, col);
          if (cell != nullptr && cell != last) ++cells;
          last = cell;
        }
        if (cells == before) continue;
        if (before > 0) all.insert(fmt::format("{}-{}", before, cells));
        before = cells;
      }
    }
  }
  return sorted(all);
}

/// Short texts of cells without digits: labels, and values that look like them.
std::set<std::string> short_texts(const Pages& pages) {
  std::set<std::string> all;
  for (const TabulatedPage& page : pages) {
    for (const Table& table : page.tables) {
      for (const Cell& cell : table.cells) {
        if (cell.lines.empty() || all.size() >= kMostTexts) continue;
        const std::u32string text = make_label(cell.text()).folded;
        const bool digits = std::any_of(text.begin(), text.end(),
                                        [](char32_t c) { return c >= U'0' && c <= U'9'; });
        if (!digits && looks_like_label(text)) all.insert(to_utf8(text));
      }
    }
  }
  return all;
}

/// How near a form is to a layout that does not claim it.
double nearness(const LayoutSpec& spec, const LabelFinder& finder, const FormLook& look) {
  const std::u32string title = to_utf32(look.title);
  double by_title = 0.0;
  for (const Label& one : spec.titles) by_title = std::max(by_title, ratio(title, one.folded));
  std::size_t found = 0;
  const auto expected = expected_labels(spec);
  for (const Labels* labels : expected) found += finder.has_any(*labels) ? 1U : 0U;
  std::set<std::string> theirs;
  const auto add = [&](const Labels& labels) {
    for (const Label& label : labels) theirs.insert(to_utf8(label.folded));
  };
  for (const FieldSpec& field : spec.fields) add(field.labels);
  for (const TableSpec& table : spec.tables) {
    for (const ColumnSpec& column : table.columns) add(column.headers);
    for (const RowSpec& row : table.rows) add(row.labels);
    for (const Labels* labels : {&table.side, &table.until, &table.total}) add(*labels);
  }
  add(spec.headings);
  const auto more = std::count_if(look.labels.begin(), look.labels.end(),
                                  [&](const std::string& one) { return !theirs.contains(one); });
  const double all = static_cast<double>(expected.size()) + static_cast<double>(more);
  const double by_labels = all == 0.0 ? 0.0 : static_cast<double>(found) / all;
  return kTitleWeight * by_title + (1.0 - kTitleWeight) * by_labels;
}

}  // namespace

struct FormLooker::Words {
  explicit Words(const Lexicon& lexicon)
      : record(lexicon.record), whole(whole_lexicon(lexicon)), mender(whole) {
    const auto add = [&](const Labels& more) {
      labels.insert(labels.end(), more.begin(), more.end());
    };
    for (const FieldSpec& field : whole.fields) add(field.labels);
    for (const TableSpec& table : whole.tables) {
      for (const ColumnSpec& column : table.columns) add(column.headers);
      for (const RowSpec& row : table.rows) add(row.labels);
    }
    add(whole.headings);
  }

  std::string record;
  LayoutSpec whole;
  LabelMender mender;
  Labels labels;
};

FormLooker::FormLooker(std::vector<Lexicon> lexicons) {
  for (const Lexicon& lexicon : lexicons) words_.push_back(std::make_unique<Words>(lexicon));
}

FormLooker::~FormLooker() = default;

FormLook FormLooker::look(const Pages& given, const Layout* claimed,
                          const std::vector<const Layout*>& known) const {
  FormLook look;
  if (claimed != nullptr) look.layout = claimed->name();
  for (const TabulatedPage& page : given) look.pages.push_back(page.number);
  look.pages.erase(std::unique(look.pages.begin(), look.pages.end()), look.pages.end());
  look.recognized = std::any_of(given.begin(), given.end(), has_recognized_words);
  look.title = title_of(given, claimed);
  look.year = year_of(given.front());
  look.grid = grid_of(given);
  std::set<std::string> labels;
  std::size_t most = kFewestLabels - 1;
  for (const auto& words : words_) {
    // On a scan labels are set right first; what only another model's words can be stays as it is.
    const LabelFinder finder(look.recognized ? words->mender.mended(given) : given);
    std::size_t found = 0;
    for (const Label& label : words->labels) {
      if (!finder.has(label)) continue;
      ++found;
      labels.insert(to_utf8(label.folded));
    }
    if (found > most) most = found, look.record = words->record;
  }
  look.labels = sorted(labels);
  std::set<std::string> texts = short_texts(given);
  for (const std::string& label : look.labels) texts.erase(label);
  look.texts = sorted(texts);
  if (claimed != nullptr) return look;
  const LabelFinder finder(given);
  for (const Layout* layout : known) {
    const LayoutSpec* spec = spec_of(*layout);
    const double near = spec == nullptr ? layout->fit(given) : nearness(*spec, finder, look);
    if (near > look.nearness) look.nearness = near, look.nearest = layout->name();
  }
  return look;
}

double likeness(const FormLook& a, const FormLook& b) {
  constexpr double title_part = 0.45;
  constexpr double label_part = 0.4;
  constexpr double grid_part = 1.0 - title_part - label_part;
  constexpr double misread = 0.75;  // likeness from which on a title of a scan may be the other
  double title = 0.0;
  if (a.title == b.title) {
    title = 1.0;
  } else if (a.recognized || b.recognized) {
    const double like = ratio(to_utf32(a.title), to_utf32(b.title));
    title = like >= misread ? like : 0.0;
  }
  const bool known = std::min(a.labels.size(), b.labels.size()) >= kFewestLabels;
  const double labels = known ? shared(a.labels, b.labels) : contained(a.texts, b.texts);
  return title_part * title + label_part * labels + grid_part * shared(a.grid, b.grid);
}

}  // namespace tabularium
