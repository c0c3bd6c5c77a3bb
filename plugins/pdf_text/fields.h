#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "tabularium/page/page.h"
#include "words.h"

class Annot;
class FormWidget;
class FormWidgetChoice;
class PDFDoc;
class Page;

namespace tabularium::pdf_text {

/// The filled fields of a page's form (AcroForm): says which of their appearances Poppler should
/// draw, and writes the others' values itself.
class FormFields {
 public:
  /// `poppler_page` belongs to `document` and outlives this object. The page is shown turned by
  /// `turn` degrees more than it says itself.
  FormFields(PDFDoc& document, ::Page& poppler_page, int turn);

  /// Whether the annotation is drawn as text of the page. `glyphs_so_far` tells, from one call to
  /// the next, whether an appearance showed any text at all.
  bool draws(const Annot* annotation, std::int64_t glyphs_so_far);

  /// Adds what was not drawn: values of fields without a (current) appearance, and a glyph ☑ or ☐
  /// for every check box and radio button, in place of marks that the page itself has there.
  /// `glyphs_at_end` as in `draws`.
  void add_words(Page& page, std::int64_t glyphs_at_end);

 private:
  struct Field {
    Box box;  // on the page as shown
    bool button = false;
    bool ticked = false;
    bool drawn = false;  // its appearance shows its value
    bool multiline = false;
    int cells = 0;           // of a comb field: one for each character
    int quadding = 0;        // 0 left, 1 centre, 2 right
    double font_size = 0.0;  // 0: to fit
    std::u32string text;
  };

  void add(FormWidget& widget, const double* matrix, bool stale);
  void settle(std::int64_t glyphs_so_far);
  static void set_comb(const Field& field, double size, WordBuilder& words);
  static void set_value(const Field& field, WordBuilder& words);

  std::vector<Field> fields_;
  std::unordered_map<const Annot*, std::size_t> by_annotation_;
  std::size_t drawing_ = 0;  // index of the field being drawn, plus one; 0 for none
  std::int64_t glyphs_before_ = 0;
};

}  // namespace tabularium::pdf_text
