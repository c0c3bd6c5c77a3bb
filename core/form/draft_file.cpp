#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tabularium/form/draft.h"
#include "tabularium/form/draft_internal.h"
#include "tabularium/form/label_guess_internal.h"
#include "tabularium/form/layout_internal.h"
#include "tabularium/form/layout_write_internal.h"
#include "tabularium/form/mend_labels_internal.h"
#include "tabularium/form/title_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using Pages = std::vector<TabulatedPage>;

constexpr double kCollision = 0.35;  // from this fit on a layout claims a form

// ---- several samples

bool has(const Labels& labels, const Label& label) {
  return std::any_of(labels.begin(), labels.end(),
                     [&](const Label& one) { return one.folded == label.folded; });
}

void unite(Labels& labels, const Labels& more) {
  for (const Label& label : more) {
    if (!has(labels, label)) labels.push_back(label);
  }
}

template <typename Named>
Named* find_named(std::vector<Named>& all, const std::string& name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

void unite(FieldSpec& field, const FieldSpec& more) {
  unite(field.labels, more.labels);
  unite(field.options, more.options);
  unite(field.unit_labels, more.unit_labels);
  field.boxes = field.boxes || more.boxes;
  for (const Place place : more.places) {
    if (std::find(field.places.begin(), field.places.end(), place) == field.places.end()) {
      field.places.push_back(place);
    }
  }
}

void unite(TableSpec& table, const TableSpec& more) {
  unite(table.until, more.until);
  for (ColumnSpec& column : table.columns) {
    for (const ColumnSpec& other : more.columns) {
      if (other.name != column.name || other.optional) continue;
      column.optional ? void(column.headers = other.headers) : unite(column.headers, other.headers);
      column.optional = false;
    }
  }
}

/// `spec` made wide enough for another sample of the same arrangement; what one of them lacks is
/// optional.
void unite(LayoutSpec& spec, LayoutSpec more) {
  unite(spec.titles, more.titles);
  unite(spec.headings, more.headings);
  for (FieldSpec& field : spec.fields) {
    FieldSpec* other = find_named(more.fields, field.name);
    other == nullptr ? void(field.optional = true) : unite(field, *other);
  }
  for (FieldSpec& field : more.fields) {
    if (find_named(spec.fields, field.name) != nullptr) continue;
    field.optional = true;
    spec.fields.push_back(std::move(field));
  }
  for (TableSpec& table : more.tables) {
    TableSpec* known = find_named(spec.tables, table.name);
    known == nullptr ? void(spec.tables.push_back(std::move(table))) : unite(*known, table);
  }
}

// ---- what tells it from others

Labels all_labels(const LayoutSpec& spec) {
  Labels all = spec.headings;
  for (const FieldSpec& field : spec.fields) unite(all, field.labels);
  for (const TableSpec& table : spec.tables) {
    for (const ColumnSpec& column : table.columns) {
      if (!column.optional) unite(all, column.headers);
    }
  }
  return all;
}

/// Rules that part `spec` from a layout that would read its forms too.
void tell_apart(LayoutSpec& spec, const LayoutSpec& other) {
  constexpr std::size_t kMost = 3;
  const Labels ours = all_labels(spec);
  const Labels theirs = all_labels(other);
  std::size_t added = 0;
  for (const FieldSpec& field : spec.fields) {
    if (field.optional || field.labels.size() != 1 || added == kMost) continue;
    if (has(theirs, field.labels.front()) || has(spec.must_have, field.labels.front())) continue;
    spec.must_have.push_back(field.labels.front());
    ++added;
  }
  for (const Label& label : other.must_have) {
    if (!has(ours, label) && !has(spec.must_not_have, label)) spec.must_not_have.push_back(label);
  }
}

std::vector<std::string> tell_from_known(LayoutSpec& spec, const std::vector<Pages>& forms,
                                         const std::vector<const Layout*>& known) {
  std::vector<std::string> names;
  for (const Layout* layout : known) {
    const bool claims = std::any_of(forms.begin(), forms.end(), [&](const Pages& pages) {
      return layout->begins(pages.front()).has_value() && layout->fit(pages) > kCollision;
    });
    if (!claims) continue;
    names.emplace_back(layout->name());
    if (const LayoutSpec* other = spec_of(*layout)) tell_apart(spec, *other);
  }
  return names;
}

// ---- what it says of the samples

std::map<std::string, std::string> examples_of(const Form& form) {
  std::map<std::string, std::string> examples;
  for (const RawField& field : form.fields) examples[field.name] = field.value.text;
  for (const RawTable& table : form.tables) {
    if (table.rows.empty()) continue;
    for (const RawField& cell : table.rows.front().cells) {
      examples[table.name + "." + cell.name] = cell.value.text;
    }
  }
  return examples;
}

std::vector<int> years_of(const std::vector<Form>& forms) {
  std::set<int> years;
  for (const Form& form : forms) {
    const std::string digits = fold(form.year.text);
    const auto first = digits.find_first_of("0123456789");
    if (first != std::string::npos && digits.size() >= first + 4) {
      years.insert(std::stoi(digits.substr(first, 4)));
    }
  }
  return {years.begin(), years.end()};
}

/// The unclaimed text right of `label`, on the same line of the page.
std::string value_beside(const Form& form, const Evidence& label) {
  const Evidence* nearest = nullptr;
  for (const UnclaimedText& other : form.unclaimed) {
    const Evidence& text = other.evidence;
    const bool beside = text.page == label.page && text.box.x0 >= label.box.x1 - 1.0 &&
                        overlap(text.box.y0, text.box.y1, label.box.y0, label.box.y1) > 0.0;
    if (beside && (nearest == nullptr || text.box.x0 < nearest->box.x0)) nearest = &text;
  }
  return nearest == nullptr ? "" : nearest->text;
}

void add_unknown(const Form& form, const Lexicon& lexicon, std::vector<UnknownLabel>& unknown) {
  for (const UnclaimedText& left : form.unclaimed) {
    const Label label = make_label(left.evidence.text);
    if (!looks_like_label(label.folded)) continue;
    const std::string text = to_utf8(label.folded);
    const bool known = std::any_of(unknown.begin(), unknown.end(),
                                   [&](const UnknownLabel& one) { return one.text == text; });
    if (known) continue;
    unknown.push_back(
        {text, value_beside(form, left.evidence), guess_label(label.folded, lexicon)});
  }
}

bool any_contains(const std::vector<Form>& forms, const std::string& field, const Label& text) {
  return std::any_of(forms.begin(), forms.end(), [&](const Form& form) {
    return std::any_of(form.fields.begin(), form.fields.end(), [&](const RawField& one) {
      return one.name == field &&
             to_utf32(fold(one.value.evidence.text)).find(text.folded) != std::u32string::npos;
    });
  });
}

bool any_ticked(const std::vector<Form>& forms, const std::string& field) {
  return std::any_of(forms.begin(), forms.end(), [&](const Form& form) {
    return std::any_of(form.fields.begin(), form.fields.end(), [&](const RawField& one) {
      return one.name == field && !one.value.ticked.empty();
    });
  });
}

/// Takes out what the lexicon allows for and no sample needs.
void leave_needed(LayoutSpec& spec, const std::vector<Form>& forms) {
  for (FieldSpec& field : spec.fields) {
    std::erase_if(field.strip,
                  [&](const Label& text) { return !any_contains(forms, field.name, text); });
    if (any_ticked(forms, field.name)) continue;
    field.boxes = false;
    field.options.clear();
  }
}

std::string about(const LayoutDraft& draft, std::size_t forms) {
  std::string text = fmt::format(
      "# {}: a first draft, written from {} {}. Behind each line stands what the first sample says "
      "there:\n"
      "# compare it with the page (`tabularium inspect`), correct what is wrong, then run\n"
      "# `tabularium layout check` with more samples. docs/layout.md explains the keys.\n",
      draft.title.empty() ? "A form" : draft.title, forms, forms == 1 ? "form" : "forms");
  if (draft.unknown.empty()) return text;
  text += "#\n# Texts that nothing took; perhaps labels:\n";
  for (const UnknownLabel& label : draft.unknown) {
    text += fmt::format("#   {}", label.text);
    if (!label.guesses.empty()) text += fmt::format("   (like {}?)", label.guesses.front());
    text += '\n';
  }
  return text;
}

}  // namespace

LayoutDraft draft_layout_file(const Lexicon& lexicon, const std::string& name,
                              const std::vector<Pages>& forms,
                              const std::vector<const Layout*>& known) {
  const LayoutSpec whole = whole_lexicon(lexicon);
  const LabelMender mender(whole);
  std::vector<Pages> mended;
  LayoutSpec spec;
  LayoutDraft draft;
  for (const Pages& pages : forms) {
    mended.push_back(mender.mended(pages));
    std::string title;
    for (const TabulatedPage& page : mended.back()) {
      const auto found = find_unknown_title(page);
      if (found && title.empty()) title = found->text;
    }
    LayoutSpec one = draft_layout(lexicon, whole, title, mended.back()).spec;
    if (draft.title.empty()) draft.title = title;
    mended.size() == 1 ? void(spec = std::move(one)) : unite(spec, std::move(one));
  }
  if (spec.fields.empty() && spec.tables.empty()) {
    throw Error(Error::Code::bad_usage,
                "the samples hold no form with a label that a record model "
                "knows: add its labels to models/ first");
  }
  spec.name = name;
  spec.version = "0.1.0";
  draft.record = spec.record;
  draft.collisions = tell_from_known(spec, mended, known);
  const auto layout = make_declarative_layout(spec);
  std::vector<Form> read;
  for (const Pages& pages : mended) {
    read.push_back(layout->read(pages));
    add_unknown(read.back(), lexicon, draft.unknown);
  }
  spec.years = years_of(read);
  leave_needed(spec, read);
  draft.toml = layout_toml(spec, examples_of(read.front()), about(draft, forms.size()));
  return draft;
}

}  // namespace tabularium
