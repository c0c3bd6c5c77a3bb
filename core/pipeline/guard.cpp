#include <algorithm>
#include <cmath>

#include "guard_internal.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

bool is_upright(const Box& box) {
  return std::isfinite(box.x0) && std::isfinite(box.y0) && std::isfinite(box.x1) &&
         std::isfinite(box.y1) && box.x0 <= box.x1 && box.y0 <= box.y1;
}

bool is_usable(const Word& word, const Box& sheet) {
  if (word.glyphs.empty() || !is_upright(word.box)) return false;
  if (!intersection(word.box, sheet)) return false;
  return std::all_of(word.glyphs.begin(), word.glyphs.end(),
                     [](const Glyph& glyph) { return is_upright(glyph.box); });
}

bool is_usable(const Rule& rule, const Box& sheet) {
  const double size = rule.horizontal() ? sheet.y1 : sheet.x1;
  const double extent = rule.horizontal() ? sheet.x1 : sheet.y1;
  return std::isfinite(rule.position) && std::isfinite(rule.from) && std::isfinite(rule.to) &&
         std::isfinite(rule.thickness) && rule.from <= rule.to && rule.thickness >= 0.0 &&
         rule.position >= -rule.thickness && rule.position <= size + rule.thickness &&
         rule.from <= extent && rule.to >= 0.0;
}

/// Removes what is not usable; returns how many there were.
template <typename Item>
std::size_t drop_unusable(std::vector<Item>& items, const Box& sheet) {
  return std::erase_if(items, [&](const Item& item) { return !is_usable(item, sheet); });
}

bool is_valid_utf8(const std::string& text) { return to_utf8(to_utf32(text)) == text; }

/// Makes one text valid; returns whether it had to.
bool repair(std::string& text) {
  if (is_valid_utf8(text)) return false;
  text = to_utf8(to_utf32(text));
  return true;
}

int repair(RawValue& value) {
  int repaired = repair(value.text) + repair(value.unit) + repair(value.evidence.text) +
                 repair(value.evidence.extractor);
  for (std::string& label : value.ticked) repaired += repair(label);
  return repaired;
}

int repair(std::vector<RawField>& fields) {
  int repaired = 0;
  for (RawField& field : fields) repaired += repair(field.name) + repair(field.value);
  return repaired;
}

}  // namespace

int GuardedDocument::page_count() const {
  const int count = guarded(plugin_, name_, [&] { return inner_->page_count(); });
  if (count < 1) {
    throw Error(Error::Code::damaged_input,
                fmt::format("{}: {} pages, expected at least 1", name_, count));
  }
  return count;
}

Page GuardedDocument::read(int page_number) {
  const std::string where = place(page_number);
  Page page = guarded(plugin_, where, [&] { return inner_->read(page_number); });
  return check_page(std::move(page), page_number, plugin_, where);
}

PageImage GuardedDocument::render(int page_number, double dpi) {
  const std::string where = place(page_number);
  PageImage image = guarded(plugin_, where, [&] { return inner_->render(page_number, dpi); });
  const auto expected = static_cast<std::size_t>(std::max(image.width, 0)) *
                        static_cast<std::size_t>(std::max(image.height, 0)) *
                        static_cast<std::size_t>(std::max(image.channels, 0));
  if (image.samples.empty() || image.samples.size() != expected) {
    throw Error(Error::Code::plugin_failed,
                fmt::format("{}: plugin {} failed: an image of {} x {} pixels with {} samples",
                            where, plugin_, image.width, image.height, image.samples.size()));
  }
  return image;
}

PageImage GuardedDocument::page_image(int page_number) {
  const std::string where = place(page_number);
  PageImage image = guarded(plugin_, where, [&] { return inner_->page_image(page_number); });
  const auto expected = static_cast<std::size_t>(std::max(image.width, 0)) *
                        static_cast<std::size_t>(std::max(image.height, 0)) *
                        static_cast<std::size_t>(std::max(image.channels, 0));
  if (image.samples.empty() || image.samples.size() != expected) {
    throw Error(Error::Code::plugin_failed,
                fmt::format("{}: plugin {} failed: an image of {} x {} pixels with {} samples",
                            where, plugin_, image.width, image.height, image.samples.size()));
  }
  return image;
}

std::optional<double> GuardedLayout::begins(const TabulatedPage& page) const {
  try {
    return guarded(name(), fmt::format("{}, page {}", document_, page.number),
                   [&] { return inner_.begins(page); });
  } catch (const Error& error) {
    failed_(error);
    return std::nullopt;
  }
}

double GuardedLayout::fit(const std::vector<TabulatedPage>& pages) const {
  try {
    const double value = guarded(name(), document_, [&] { return inner_.fit(pages); });
    return std::isfinite(value) ? value : 0.0;
  } catch (const Error& error) {
    failed_(error);
    return 0.0;
  }
}

Form GuardedLayout::read(const std::vector<TabulatedPage>& pages) const {
  const std::string place = fmt::format("{}, page {}", document_, pages.front().number);
  return check_form(guarded(name(), place, [&] { return inner_.read(pages); }));
}

Page check_page(Page page, int page_number, std::string_view plugin, std::string_view place) {
  const auto failed = [&](const std::string& found) {
    return Error(Error::Code::plugin_failed,
                 fmt::format("{}: plugin {} failed: {}", place, plugin, found));
  };
  if (page.number != page_number) throw failed(fmt::format("it gave page {}", page.number));
  if (!(page.width > 0.0 && page.height > 0.0 && std::isfinite(page.width * page.height))) {
    throw failed(fmt::format("a page of {} x {} points", page.width, page.height));
  }
  const Box sheet{0.0, 0.0, page.width, page.height};
  const std::size_t words =
      drop_unusable(page.words, sheet) + drop_unusable(page.hidden_words, sheet);
  const std::size_t rules = drop_unusable(page.rules, sheet);
  for (Word& word : page.words) {
    if (!(word.confidence >= 0.0)) word.confidence = 0.0;  // also for "not a number"
    word.confidence = std::min(word.confidence, 1.0);
    if (!(word.font_size > 0.0) || !std::isfinite(word.font_size)) {
      word.font_size = std::max(word.box.height(), 1.0);
    }
    repair(word.extractor);
  }
  if (words + rules > 0) {
    page.issues.push_back({"reader",
                           Severity::warning,
                           "",
                           {},
                           fmt::format("page {}: {} words and {} rules of plugin {} stand off the "
                                       "page or have no box; they were left out",
                                       page_number, words, rules, plugin)});
  }
  return page;
}

Form check_form(Form form) {
  int repaired = repair(form.title) + repair(form.layout) + repair(form.record) +
                 repair(form.year) + repair(form.fields);
  for (RawTable& table : form.tables) {
    repaired += repair(table.name);
    for (RawRow& row : table.rows) repaired += repair(row.cells);
  }
  for (UnclaimedText& text : form.unclaimed) repaired += repair(text.evidence.text);
  for (Issue& issue : form.issues) repaired += repair(issue.message) + repair(issue.pointer);
  if (repaired > 0) {
    form.issues.push_back({"layout",
                           Severity::warning,
                           "",
                           {},
                           fmt::format("{} texts of this form were no valid UTF-8; what could not "
                                       "be read stands as U+FFFD",
                                       repaired)});
  }
  return form;
}

}  // namespace tabularium
