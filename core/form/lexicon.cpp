#include "tabularium/form/lexicon.h"

#include <algorithm>

#include "tabularium/form/draft_internal.h"
#include "tabularium/form/layout_internal.h"
#include "tabularium/form/mend_labels_internal.h"
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

class LexiconLayout final : public Layout {
 public:
  explicit LexiconLayout(Lexicon lexicon) : lexicon_(std::move(lexicon)) {}

  std::string_view name() const noexcept override { return kLexiconName; }
  std::string_view version() const noexcept override { return ""; }
  std::string_view record() const noexcept override { return lexicon_.record; }

  std::optional<double> begins(const TabulatedPage& page) const override {
    const auto title = find_unknown_title(page);
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
  };

  // The words are folded here, for a form that no layout knows: most documents have none, and
  // folding them all would cost every start of the program.
  Drafted drafted(const std::vector<TabulatedPage>& given) const {
    const LayoutSpec whole = whole_lexicon(lexicon_);
    std::vector<TabulatedPage> pages = LabelMender(whole).mended(given);
    std::string title;
    for (const TabulatedPage& page : pages) {
      if (const auto found = find_unknown_title(page)) {
        title = found->text;
        break;
      }
    }
    Draft draft = draft_layout(lexicon_, whole, title, pages);
    return {std::move(pages), std::move(draft)};
  }

  Lexicon lexicon_;
};

}  // namespace

std::unique_ptr<Layout> make_lexicon_layout(Lexicon lexicon) {
  return std::make_unique<LexiconLayout>(std::move(lexicon));
}

}  // namespace tabularium
