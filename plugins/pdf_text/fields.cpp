#include "fields.h"

#include <Annot.h>
#include <Catalog.h>
#include <Form.h>
#include <PDFDoc.h>
#include <Page.h>
#include <UTF.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "tabularium/page/text.h"
#include "tick_boxes.h"
#include "words.h"

namespace tabularium::pdf_text {
namespace {

constexpr double kInset = 2.0;         // points between a field's edge and its text
constexpr double kLatinWidth = 0.5;    // font sizes; near enough to place a value in its cell
constexpr double kLineStep = 1.2;      // font sizes
constexpr double kDefaultSize = 10.0;  // points, where the field leaves it to the viewer
constexpr std::size_t kMaxFieldLength = 100'000;

constexpr std::u32string_view kMarks = U"□☐☑☒■√✓✔×○●";

std::u32string decode(const GooString* text) {
  if (text == nullptr) return {};
  Unicode* codes = nullptr;
  const int length = TextStringToUCS4(text->toStr(), &codes);
  std::u32string decoded(codes, codes + std::max(length, 0));
  gfree(codes);
  if (decoded.size() > kMaxFieldLength) decoded.resize(kMaxFieldLength);
  return decoded;
}

std::u32string value_of(const FormWidgetChoice& choice) {
  std::u32string all;
  if (choice.hasEdit()) all = decode(choice.getEditChoice());
  if (!all.empty()) return all;
  for (int i = 0; i < choice.getNumChoices(); ++i) {
    if (!choice.isSelected(i)) continue;
    if (!all.empty()) all += U'\n';
    all += decode(choice.getChoice(i));
  }
  return all;
}

// The size operand of "Tf" in a default appearance string such as "/Helv 10 Tf 0 g".
double font_size_of(FormWidget& widget) {
  const Object appearance = Form::fieldLookup(widget.getObj()->getDict(), "DA");
  if (!appearance.isString()) return 0.0;
  const std::string text = appearance.getString()->toStr();
  const std::size_t end = text.find(" Tf");
  if (end == std::string::npos) return 0.0;
  const std::size_t begin = text.find_last_of(" \t\r\n", end - 1);
  const double size = std::atof(text.c_str() + (begin == std::string::npos ? 0 : begin + 1));
  return size > 0 && size < 200 ? size : 0.0;
}

// The appearance state says what is shown; a file written by a program may have the value only.
bool is_ticked(FormWidget& widget) {
  Dict* dictionary = widget.getObj()->getDict();
  Object state = dictionary->lookup("AS");
  if (!state.isName()) state = Form::fieldLookup(dictionary, "V");
  return state.isName() && !state.isName("Off") && *state.getName() != '\0';
}

bool has_appearance(FormWidget& widget) {
  const Object appearances = widget.getObj()->dictLookup("AP");
  return appearances.isDict() && !appearances.dictLookup("N").isNull();
}

Box shown_box(FormWidget& widget, const double* matrix) {
  double x0 = 0;
  double y0 = 0;
  double x1 = 0;
  double y1 = 0;
  widget.getRect(&x0, &y0, &x1, &y1);
  const auto shown = [matrix](double x, double y) {
    return Point{matrix[0] * x + matrix[2] * y + matrix[4],
                 matrix[1] * x + matrix[3] * y + matrix[5]};
  };
  const Point a = shown(x0, y0);
  const Point b = shown(x1, y1);
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
}

double width_of(char32_t code) { return is_cjk(code) ? 1.0 : kLatinWidth; }

// Breaks a value into lines no wider than `width` font sizes.
std::vector<std::u32string> lines_of(const std::u32string& text, double width, bool multiline) {
  std::vector<std::u32string> lines(1);
  double used = 0.0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t code = text[i];
    if (code == U'\r' || code == U'\n') {
      if (code == U'\r' && i + 1 < text.size() && text[i + 1] == U'\n') continue;
      lines.emplace_back();
      used = 0.0;
      continue;
    }
    if (multiline && used > 0 && used + width_of(code) > width) {
      lines.emplace_back();
      used = 0.0;
    }
    lines.back() += code;
    used += width_of(code);
  }
  return lines;
}

DrawnGlyph glyph_at(double x, double base, double width, double size) {
  DrawnGlyph glyph;
  glyph.origin = {x, base};
  glyph.advance = {width, 0};
  glyph.along = {1, 0};
  glyph.box = {x, base - 0.88 * size, x + width, base + 0.22 * size};
  glyph.size = size;
  return glyph;
}

void set_line(const std::u32string& line, double x, double base, double size, WordBuilder& words) {
  words.interrupt();
  for (const char32_t code : line) {
    const double width = width_of(code) * size;
    const DrawnGlyph glyph = glyph_at(x, base, width, size);
    if (is_space(code)) {
      words.add_space(glyph);
    } else {
      const char32_t codes[] = {code};
      words.add(glyph, codes);
    }
    x += width;
  }
}

double line_width(const std::u32string& line) {
  double width = 0.0;
  for (const char32_t code : line) width += width_of(code);
  return width;
}

}  // namespace

FormFields::FormFields(PDFDoc& document, ::Page& poppler_page, int turn) {
  Catalog& catalog = *document.getCatalog();
  if (catalog.getFormType() == Catalog::NoForm) return;
  Form* form = catalog.getForm();
  if (form == nullptr) return;
  double matrix[6];
  poppler_page.getDefaultCTM(matrix, 72, 72, turn, false, true);
  const auto widgets = poppler_page.getFormWidgets();
  for (int i = 0; i < widgets->getNumWidgets(); ++i) {
    FormWidget* widget = widgets->getWidget(i);
    if (widget != nullptr && widget->getObj()->isDict()) {
      add(*widget, matrix, form->getNeedAppearances());
    }
  }
}

// `stale`: the file says that appearances are out of date.
void FormFields::add(FormWidget& widget, const double* matrix, bool stale) {
  const AnnotWidget* annotation = widget.getWidgetAnnotation();
  if (annotation == nullptr) return;
  if ((annotation->getFlags() & (Annot::flagHidden | Annot::flagNoView)) != 0) return;
  Field field;
  field.box = shown_box(widget, matrix);
  if (!std::isfinite(field.box.x0 + field.box.x1 + field.box.y0 + field.box.y1)) return;
  const Object quadding = Form::fieldLookup(widget.getObj()->getDict(), "Q");
  if (quadding.isInt()) field.quadding = quadding.getInt();
  field.font_size = font_size_of(widget);
  field.drawn = has_appearance(widget) && !stale;
  if (widget.getType() == formButton) {
    const auto& button = static_cast<const FormWidgetButton&>(widget);
    if (button.getButtonType() == formButtonPush) return;
    field.button = true;
    field.drawn = false;
    field.ticked = is_ticked(widget);
  } else if (widget.getType() == formText) {
    const auto& text = static_cast<const FormWidgetText&>(widget);
    if (text.isPassword()) return;
    field.text = decode(text.getContent());
    field.multiline = text.isMultiline();
    if (text.isComb() && text.getMaxLen() > 0) {
      // An appearance sets the characters so far apart that they would not be one word.
      field.cells = text.getMaxLen();
      field.drawn = false;
    }
  } else if (widget.getType() == formChoice) {
    field.text = value_of(static_cast<const FormWidgetChoice&>(widget));
  } else {
    return;
  }
  by_annotation_[annotation] = fields_.size();
  fields_.push_back(std::move(field));
}

bool FormFields::draws(const Annot* annotation, std::int64_t glyphs_so_far) {
  settle(glyphs_so_far);
  if (annotation->getType() == Annot::typeFreeText) return true;
  if (annotation->getType() != Annot::typeWidget) return false;
  const auto found = by_annotation_.find(annotation);
  if (found == by_annotation_.end()) return true;  // a button's caption, a signature
  if (!fields_[found->second].drawn) return false;
  drawing_ = found->second + 1;
  glyphs_before_ = glyphs_so_far;
  return true;
}

// An appearance may be there and empty, although the field has a value.
void FormFields::settle(std::int64_t glyphs_so_far) {
  if (drawing_ != 0) fields_[drawing_ - 1].drawn = glyphs_so_far > glyphs_before_;
  drawing_ = 0;
}

namespace {

void remove_marks(const Box& box, std::vector<Word>& words) {
  for (Word& word : words) {
    std::erase_if(word.glyphs, [&box](const Glyph& glyph) {
      return box.contains(glyph.box.centre()) &&
             kMarks.find(glyph.code) != std::u32string_view::npos;
    });
  }
  std::erase_if(words, [](const Word& word) { return word.glyphs.empty(); });
}

Word mark_word(const Box& box, bool ticked) {
  Word word;
  word.glyphs.push_back({ticked ? kBoxOn : kBoxOff, box});
  word.box = box;
  word.font_size = std::max(box.height(), 1.0);
  word.after_space = true;
  word.extractor = kExtractor;
  return word;
}

}  // namespace

void FormFields::set_comb(const Field& field, double size, WordBuilder& words) {
  const double step = field.box.width() / field.cells;
  const double base = field.box.centre().y + 0.33 * size;
  for (std::size_t i = 0; i < field.text.size(); ++i) {
    if (is_space(field.text[i])) continue;
    const char32_t codes[] = {field.text[i]};
    words.add(glyph_at(field.box.x0 + static_cast<double>(i) * step, base, step, size), codes);
  }
  words.interrupt();
}

void FormFields::set_value(const Field& field, WordBuilder& words) {
  const Box& box = field.box;
  double size = field.font_size;
  if (size <= 0) {
    size = field.multiline ? kDefaultSize : std::clamp(0.7 * box.height(), 4.0, 12.0);
  }
  if (field.cells > 0) {
    set_comb(field, size, words);
    return;
  }
  const double room = std::max(box.width() - 2 * kInset, size);
  double base = field.multiline ? box.y0 + kInset + 0.88 * size : box.centre().y + 0.33 * size;
  for (const std::u32string& line : lines_of(field.text, room / size, field.multiline)) {
    const double spare = std::max(0.0, room - line_width(line) * size);
    const double shift = field.quadding == 1 ? spare / 2 : field.quadding == 2 ? spare : 0.0;
    set_line(line, box.x0 + kInset + shift, base, size, words);
    base += kLineStep * size;
  }
}

void FormFields::add_words(Page& page, std::int64_t glyphs_at_end) {
  settle(glyphs_at_end);
  WordBuilder words;
  std::vector<Word> marks;
  const Box shown{0, 0, page.width, page.height};
  for (const Field& field : fields_) {
    if (!shown.contains(field.box.centre())) continue;
    if (field.button) {
      remove_marks(field.box, page.words);
      marks.push_back(mark_word(field.box, field.ticked));
    } else if (!field.drawn) {
      set_value(field, words);
    }
  }
  for (Word& word : words.take().words) page.words.push_back(std::move(word));
  for (Word& word : marks) page.words.push_back(std::move(word));
  if (!page.words.empty() && page.trust != TextTrust::unmapped) page.trust = TextTrust::trusted;
}

}  // namespace tabularium::pdf_text
