#include "tabularium/form/lexicon.h"

#include <algorithm>

#include "tabularium/form/draft_internal.h"
#include "tabularium/form/layout_internal.h"
#include "tabularium/form/loose_rows_internal.h"
#include "tabularium/form/mend_labels_internal.h"
#include "tabularium/form/retell_internal.h"
#include "tabularium/form/title_internal.h"

namespace tabularium {
namespace {

// Fewer labels than these are no form of the kind.
constexpr std::size_t kFewestLabels = 4;
// Above the least that the splitter wants, below what any layout that fits has.
constexpr double kLeastFit = 0.36;
constexpr double kFitRange = 0.1;

void doubt(RawValue& value) {
  value.evidence.confidence = std::min(value.evidence.confidence, kLexiconConfidence);
}

/// `whole` for text conversions: what tells their rows, and which fields are tick boxes.
LayoutSpec loose_lexicon(LayoutSpec whole, const Lexicon& lexicon) {
  for (FieldSpec& field : whole.fields) {
    const auto words =
        std::find_if(lexicon.fields.begin(), lexicon.fields.end(),
                     [&](const Lexicon::Field& one) { return one.name == field.name; });
    for (const std::string& option : words->options) field.options.push_back(make_label(option));
    field.boxes = !field.options.empty();
  }
  for (std::size_t t = 0; t < whole.tables.size(); ++t) {
    TableSpec& table = whole.tables[t];
    table.key = lexicon.tables[t].key;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const bool tells = lexicon.tables[t].columns[c].tells_rows && table.rows_by.size() < 2;
      table.columns[c].optional = !tells;
      if (tells) table.rows_by.push_back(table.columns[c].name);
    }
  }
  return whole;
}

class LexiconLayout final : public Layout {
 public:
  explicit LexiconLayout(Lexicon lexicon) : lexicon_(std::move(lexicon)) {}

  std::string_view name() const noexcept override { return kLexiconName; }
  std::string_view version() const noexcept override { return ""; }
  std::string_view record() const noexcept override { return lexicon_.record; }

  std::optional<double> begins(const TabulatedPage& page) const override {
    const auto title = is_loose(page) ? find_loose_unknown_title(page, whole_lexicon(lexicon_))
                                      : find_unknown_title(page);
    return title ? std::optional(title->top) : std::nullopt;
  }

  double fit(const std::vector<TabulatedPage>& pages) const override {
    const Draft draft = drafted(pages).draft;
    if (draft.found < kFewestLabels) return 0.0;
    return kLeastFit +
           kFitRange * static_cast<double>(draft.found) / static_cast<double>(draft.known);
  }

  Form read(const std::vector<TabulatedPage>& given) const override {
    Drafted drawn_up = drafted(given);
    Form form = make_declarative_layout(std::move(drawn_up.draft.spec))->read(drawn_up.pages);
    form.issues.insert(form.issues.end(), drawn_up.issues.begin(), drawn_up.issues.end());
    form.issues.push_back({"lexicon",
                           Severity::warning,
                           "",
                           {},
                           "no layout knows this form: it was read by the words of its labels "
                           "alone, so compare it with the page"});
    doubt(form.year);
    for (RawField& field : form.fields) doubt(field.value);
    for (RawTable& table : form.tables) {
      for (RawRow& row : table.rows) {
        for (RawField& cell : row.cells) doubt(cell.value);
      }
    }
    return form;
  }

 private:
  /// A layout for the pages of a form, and the pages with their labels mended.
  struct Drafted {
    std::vector<TabulatedPage> pages;
    Draft draft;
    std::vector<Issue> issues;
  };

  // The words are folded here, for a form that no layout knows: most documents have none, and
  // folding them all would cost every start of the program.
  Drafted drafted(const std::vector<TabulatedPage>& given) const {
    const LayoutSpec whole = whole_lexicon(lexicon_);
    if (is_loose(given.front())) return drafted_loose(given, whole);
    std::vector<TabulatedPage> pages = LabelMender(whole).mended(given);
    std::string title;
    for (const TabulatedPage& page : pages) {
      if (const auto found = find_unknown_title(page)) {
        title = found->text;
        break;
      }
    }
    Draft draft = draft_layout(lexicon_, whole, title, pages);
    return {std::move(pages), std::move(draft), {}};
  }

  Drafted drafted_loose(const std::vector<TabulatedPage>& given, const LayoutSpec& whole) const {
    LayoutSpec spec = loose_lexicon(whole, lexicon_);
    std::string title;
    for (const TabulatedPage& page : given) {
      if (const auto found = find_loose_unknown_title(page, whole)) {
        title = found->text;
        spec.titles = {make_label(title)};
        break;
      }
    }
    Retold again = retold(given, spec);
    Draft draft = draft_layout(lexicon_, whole, title, again.pages);
    return {std::move(again.pages), std::move(draft), std::move(again.issues)};
  }

  Lexicon lexicon_;
};

}  // namespace

std::unique_ptr<Layout> make_lexicon_layout(Lexicon lexicon) {
  return std::make_unique<LexiconLayout>(std::move(lexicon));
}

}  // namespace tabularium
