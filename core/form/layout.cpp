#include "tabularium/form/layout.h"

#include <algorithm>

#include "tabularium/form/field_reader_internal.h"
#include "tabularium/form/label_finder_internal.h"
#include "tabularium/form/layout_internal.h"
#include "tabularium/form/layout_trace_internal.h"
#include "tabularium/form/loose_rows_internal.h"
#include "tabularium/form/mend_labels_internal.h"
#include "tabularium/form/own_words_internal.h"
#include "tabularium/form/retell_internal.h"
#include "tabularium/form/title_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {

Layout::~Layout() = default;

namespace {

void add_labels(const Labels& labels, std::set<std::string, std::less<>>& all) {
  for (const Label& label : labels) all.insert(to_utf8(label.folded));
}

}  // namespace

ContinuationHints continuation_hints(const LayoutSpec& spec) {
  ContinuationHints hints;
  for (const FieldSpec& field : spec.fields) {
    add_labels(field.labels, hints.labels);
    add_labels(field.unit_labels, hints.labels);
  }
  add_labels(spec.headings, hints.labels);
  for (const TableSpec& table : spec.tables) {
    for (const ColumnSpec& column : table.columns) {
      add_labels(column.headers, hints.labels);
      add_labels(column.words, hints.words);
    }
    for (const RowSpec& row : table.rows) add_labels(row.labels, hints.labels);
    for (const Labels* labels : {&table.side, &table.until, &table.total}) {
      add_labels(*labels, hints.labels);
    }
  }
  return hints;
}

namespace {

/// A layout that a file describes.
class DeclarativeLayout final : public Layout {
 public:
  explicit DeclarativeLayout(LayoutSpec spec)
      : spec_(std::move(spec)), hints_(continuation_hints(spec_)), mender_(spec_) {}

  std::string_view name() const noexcept override { return spec_.name; }
  std::string_view version() const noexcept override { return spec_.version; }
  std::string_view record() const noexcept override { return spec_.record; }

  std::optional<double> begins(const TabulatedPage& page) const override {
    if (is_loose(page)) return find_loose_title(page, spec_);
    const auto title = has_recognized_words(page)
                           ? find_title(mender_.mended({page}).front(), spec_)
                           : find_title(page, spec_);
    return title ? std::optional(title->top) : std::nullopt;
  }

  const LayoutSpec& spec() const { return spec_; }

  double fit(const std::vector<TabulatedPage>& pages) const override;
  Form read(const std::vector<TabulatedPage>& pages) const override { return read(pages, nullptr); }
  Form read(const std::vector<TabulatedPage>& pages, LayoutTrace* trace) const;

 private:
  double fit_mended(const std::vector<TabulatedPage>& pages) const;
  Form read_mended(const std::vector<TabulatedPage>& pages, LayoutTrace* trace) const;
  Form read_retold(const std::vector<TabulatedPage>& pages, LayoutTrace* trace) const;
  std::optional<Title> first_title(const std::vector<TabulatedPage>& pages) const;
  void claim_known(FormView& view, const Form& form) const;
  RawValue read_year(FormView& view, const std::optional<Title>& title) const;

  LayoutSpec spec_;
  ContinuationHints hints_;
  LabelMender mender_;
};

double DeclarativeLayout::fit(const std::vector<TabulatedPage>& pages) const {
  if (is_loose(pages.front())) return fit_mended(retold(pages, spec_).pages);
  const bool pixels = std::any_of(pages.begin(), pages.end(), has_recognized_words);
  return pixels ? fit_mended(mender_.mended(pages)) : fit_mended(pages);
}

Form DeclarativeLayout::read(const std::vector<TabulatedPage>& pages, LayoutTrace* trace) const {
  if (is_loose(pages.front())) return read_retold(pages, trace);
  const bool pixels = std::any_of(pages.begin(), pages.end(), has_recognized_words);
  return pixels ? read_mended(mended_by_own_words(mender_.mended(pages)), trace)
                : read_mended(pages, trace);
}

Form DeclarativeLayout::read_retold(const std::vector<TabulatedPage>& pages,
                                    LayoutTrace* trace) const {
  const Retold again = retold(pages, spec_);
  Form form = read_mended(again.pages, trace);
  form.issues.insert(form.issues.end(), again.issues.begin(), again.issues.end());
  return form;
}

double DeclarativeLayout::fit_mended(const std::vector<TabulatedPage>& pages) const {
  const LabelFinder finder(pages);
  if (finder.has_any(spec_.must_not_have)) return 0.0;
  const auto expected = expected_labels(spec_);
  const auto found = std::count_if(expected.begin(), expected.end(),
                                   [&](const Labels* labels) { return finder.has_any(*labels); });
  const double share =
      expected.empty() ? 1.0 : static_cast<double>(found) / static_cast<double>(expected.size());
  const auto title = first_title(pages);
  const double by_title = !title ? 0.0 : (title->exact ? 1.0 : 0.9) * title->likeness;
  const bool all_there = std::all_of(spec_.must_have.begin(), spec_.must_have.end(),
                                     [&](const Label& label) { return finder.has(label); });
  // Labels weigh more than the title: a title may be shared by several years.
  return (0.3 * by_title + 0.7 * share) * (all_there ? 1.0 : 0.5);
}

std::optional<Title> DeclarativeLayout::first_title(const std::vector<TabulatedPage>& pages) const {
  for (const TabulatedPage& page : pages) {
    if (auto title = find_title(page, spec_)) return title;
  }
  return std::nullopt;
}

/// Whether a line stands above the title: it speaks of the document, which may be another year's.
bool is_above(const TextPlace& place, const std::optional<Title>& title) {
  if (!title || place.cell != nullptr) return false;
  const TextLine& line = place.lines->front();
  return line.page == title->page && line.box.y0 < title->top - 0.5;
}

/// The text that gives the year. Lines come before cells, and a cell must hold nothing else.
RawValue DeclarativeLayout::read_year(FormView& view, const std::optional<Title>& title) const {
  for (const Label& pattern : spec_.year) {
    for (TextPlace& place : view.places()) {
      if (place.empty() || is_above(place, title)) continue;
      const std::u32string& text = place.folded.text;
      const bool alone = place.folded.complete && text.size() == pattern.folded.size();
      if (place.cell != nullptr && !alone) continue;
      const std::size_t at = find_pattern(text, pattern.folded);
      if (at == text.npos) continue;
      RawValue year;
      year.text = to_utf8(std::u32string_view(text).substr(at, pattern.folded.size()));
      year.evidence = evidence_of(*place.lines);
      if (alone) FormView::claim_label(place);
      return year;
    }
  }
  return {};
}

bool is_heading(const FoldedText& text, const Labels& headings) {
  return match_whole(text, headings).has_value();
}

/// Claims titles and headings: texts that the layout knows and that are no values.
void DeclarativeLayout::claim_known(FormView& view, const Form& form) const {
  for (TextPlace& place : view.places()) {
    if (place.empty() || place.claimed) continue;
    if (is_heading(place.folded, spec_.headings)) FormView::claim_label(place);
    if (place.folded.text.find(to_utf32(fold(form.title))) != std::u32string::npos) {
      FormView::claim_label(place);
    }
  }
}

void list_unclaimed(FormView& view, Form& form) {
  for (const TextPlace& place : view.places()) {
    if (!place.empty() && !place.claimed) form.unclaimed.push_back({evidence_of(*place.lines)});
  }
}

Form DeclarativeLayout::read_mended(const std::vector<TabulatedPage>& pages,
                                    LayoutTrace* trace) const {
  Form form;
  form.layout = spec_.name;
  form.years = spec_.years;
  form.record = spec_.record;
  for (const TabulatedPage& page : pages) form.pages.push_back(page.number);
  const std::optional<Title> title = first_title(pages);
  if (title) form.title = title->text;
  FormView view(pages, hints_);
  form.year = read_year(view, title);
  if (!form.title.empty()) claim_known(view, form);
  // Tables come first: what stands in their rows is no label of a field.
  Totals totals;
  for (const TableSpec& table : spec_.tables) {
    form.tables.push_back(read_table(view, table, totals, form.issues, trace));
  }
  for (const FieldSpec& field : spec_.fields) {
    form.fields.push_back({field.name, read_field(view, spec_, field, totals, form.issues, trace)});
  }
  list_unclaimed(view, form);
  return form;
}

}  // namespace

std::unique_ptr<Layout> make_declarative_layout(LayoutSpec spec) {
  return std::make_unique<DeclarativeLayout>(std::move(spec));
}

const LayoutSpec* spec_of(const Layout& layout) {
  const auto* declarative = dynamic_cast<const DeclarativeLayout*>(&layout);
  return declarative == nullptr ? nullptr : &declarative->spec();
}

Form read_traced(const Layout& layout, const std::vector<TabulatedPage>& pages,
                 LayoutTrace& trace) {
  const auto* declarative = dynamic_cast<const DeclarativeLayout*>(&layout);
  return declarative == nullptr ? layout.read(pages) : declarative->read(pages, &trace);
}

std::unique_ptr<Layout> load_layout(const std::filesystem::path& file, const ListLayouts& others) {
  const LayoutLibrary library([&] {
    std::vector<std::filesystem::path> files = layouts_beside(file);
    if (!others) return files;
    const std::vector<std::filesystem::path> more = others();
    files.insert(files.end(), more.begin(), more.end());
    return files;
  });
  return make_declarative_layout(parse_layout(file, &library));
}

}  // namespace tabularium
