#include "tabularium/pipeline/check_layout.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "check_findings_internal.h"
#include "finished_record_internal.h"
#include "guard_internal.h"
#include "layout_names_internal.h"
#include "lexicon_internal.h"
#include "tabularium/form/label_guess_internal.h"
#include "tabularium/form/layout_internal.h"
#include "tabularium/form/layout_trace_internal.h"
#include "tabularium/form/title_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using Pages = std::vector<TabulatedPage>;

constexpr double kLeastFit = 0.35;   // from this fit on a layout claims a form
constexpr double kClearly = 0.1;     // more fit than this makes a form another's for certain
constexpr double kSamePlace = 0.01;  // points

bool same_place(const Evidence& a, const Evidence& b) {
  return a.page == b.page && std::abs(a.box.x0 - b.box.x0) < kSamePlace &&
         std::abs(a.box.y0 - b.box.y0) < kSamePlace;
}

std::string first_of(const Labels& labels) { return labels.empty() ? "" : labels.front().text; }

KeyCheck key_check(const std::string& name, const Labels& labels, bool optional) {
  KeyCheck check;
  check.name = name;
  check.label = first_of(labels);
  check.optional = optional;
  return check;
}

LayoutCheck blank_check(const LayoutSpec& spec) {
  LayoutCheck check;
  check.layout = spec.name;
  check.version = spec.version;
  check.record = spec.record;
  for (const FieldSpec& field : spec.fields) {
    check.fields.push_back(key_check(field.name, field.labels, field.optional));
  }
  for (const TableSpec& table : spec.tables) {
    TableCheck one;
    one.name = table.name;
    for (const ColumnSpec& column : table.columns) {
      one.columns.push_back(key_check(column.name, column.headers, column.optional));
    }
    for (const RowSpec& row : table.rows) {
      one.keyed_rows.push_back(key_check(row.name, row.labels, true));
    }
    check.tables.push_back(std::move(one));
  }
  return check;
}

/// Columns of free text that the layout does not tell rows by.
RemarkColumns remarks_of(const LayoutSpec& spec, const RecordModel& model) {
  RemarkColumns remarks;
  for (const TableModel& table : model.tables) {
    const auto known = std::find_if(spec.tables.begin(), spec.tables.end(),
                                    [&](const TableSpec& one) { return one.name == table.name; });
    if (known == spec.tables.end()) continue;
    for (const FieldModel& column : table.columns) {
      const bool free = column.type == ValueType::text || column.type == ValueType::narrative;
      const bool tells = std::find(known->rows_by.begin(), known->rows_by.end(), column.name) !=
                         known->rows_by.end();
      if (free && !tells) remarks.insert({table.name, column.name});
    }
  }
  return remarks;
}

/// The title of the form, else its first text, to be known by in a message.
std::string shown_title(const Pages& pages) {
  for (const TabulatedPage& page : pages) {
    if (const auto title = find_unknown_title(page)) return title->text;
  }
  for (const TabulatedPage& page : pages) {
    if (!page.lines.empty()) return page.lines.front().text();
    for (const Table& table : page.tables) {
      for (const Cell& cell : table.cells) {
        if (!cell.lines.empty()) return fold(cell.text());
      }
    }
  }
  return "";
}

std::vector<std::filesystem::path> loaded_files(const PluginHost& host) {
  std::vector<std::filesystem::path> files;
  for (const PluginEntry& entry : host.entries()) {
    if (entry.kind == PluginKind::layout && entry.file.extension() == ".toml") {
      files.push_back(entry.file);
    }
  }
  return files;
}

void note_ambiguous(KeyCheck& key, const Evidence& other, const std::string& with,
                    const std::string& file) {
  const std::string text = fold(other.text);
  for (AmbiguousLabel& known : key.ambiguous) {
    if (known.other != text || known.with != with) continue;
    ++known.forms;
    return;
  }
  key.ambiguous.push_back({key.label, text, with, 1, {file, other.page}});
}

}  // namespace

struct LayoutChecker::State {
  State(Extractor& reads, const PluginHost& loaded, const Models& known,
        const std::filesystem::path& file)
      : extractor(reads),
        host(loaded),
        layout(load_layout(file, [&] { return loaded_files(loaded); })),
        spec(*spec_of(*layout)),
        model(known.find(spec.record)),
        check(blank_check(spec)) {
    if (model == nullptr) {
      throw Error(
          Error::Code::bad_usage,
          fmt::format("{}: it yields \"{}\", which no record model describes; known are: {}",
                      file.string(), spec.record, fmt::join(known.names(), ", ")));
    }
    require_names_of_record(file, *model);
    lexicon = lexicon_of(*model);
    remarks = remarks_of(spec, *model);
  }

  struct Fits {
    bool claimed = false;  ///< by the layout
    double own = 0.0;
    const Layout* best = nullptr;  ///< of the others that claim the form
    double other = 0.0;
  };

  void take(const Document& document, const FormPages& form,
            const std::vector<const Layout*>& others);
  Fits fits_of(const Pages& pages, const std::vector<const Layout*>& others) const;
  void add_strange(const FormPlace& place, const Pages& pages, const Fits& fits);
  void count(const Form& form, const LayoutTrace& trace, const std::string& file);
  void count_field(KeyCheck& key, const RawValue& value, const LayoutTrace& trace,
                   const std::string& file);
  void count_table(TableCheck& table, const Form& form, const LayoutTrace& trace,
                   const std::string& file);
  void count_unclaimed(const Form& form, const std::string& file);
  void compare(const std::vector<Record>& gold);

  Extractor& extractor;
  const PluginHost& host;
  std::unique_ptr<Layout> layout;
  const LayoutSpec& spec;
  const RecordModel* model;
  Lexicon lexicon;
  RemarkColumns remarks;
  LayoutCheck check;
  std::vector<Record> records;  ///< of the sample that is read
};

LayoutChecker::State::Fits LayoutChecker::State::fits_of(
    const Pages& pages, const std::vector<const Layout*>& others) const {
  Fits fits;
  const bool begins = layout->begins(pages.front()).has_value();
  fits.own = begins ? layout->fit(pages) : 0.0;
  fits.claimed = fits.own > kLeastFit;
  for (const Layout* other : others) {
    if (!other->begins(pages.front())) continue;
    const double fit = other->fit(pages);
    if (fit <= kLeastFit || fit <= fits.other) continue;
    fits.other = fit;
    fits.best = other;
  }
  return fits;
}

void LayoutChecker::State::take(const Document& document, const FormPages& form,
                                const std::vector<const Layout*>& others) {
  const FormPlace place{document.name, form.pages.front().number};
  const Fits fits = fits_of(form.pages, others);
  if (!fits.claimed && fits.best == nullptr) {
    add_strange(place, form.pages, fits);
    return;
  }
  ++check.forms;
  const auto claim = [&](ClaimCheck::Kind kind) {
    check.claims.push_back({kind, place, std::string(fits.best->name()), fits.own, fits.other});
  };
  if (!fits.claimed) return;
  if (fits.best != nullptr && fits.other > fits.own + kClearly) {
    return claim(ClaimCheck::Kind::foreign);
  }
  if (fits.best != nullptr) {
    claim(fits.other < fits.own - kClearly ? ClaimCheck::Kind::also : ClaimCheck::Kind::shared);
  }
  ++check.own;
  LayoutTrace trace;
  Form raw = check_form(read_traced(*layout, form.pages, trace));
  count(raw, trace, document.name);
  records.push_back(finished_record(raw, *model, {document.name, "", raw.pages}));
}

/// A page without a table and without a title is a cover or the like, and no form.
void LayoutChecker::State::add_strange(const FormPlace& place, const Pages& pages,
                                       const Fits& fits) {
  const bool has_title = layout->begins(pages.front()).has_value();
  const bool table = std::any_of(pages.begin(), pages.end(),
                                 [](const auto& page) { return !page.tables.empty(); });
  if (!has_title && !table) return;
  ++check.forms;
  check.strange.push_back({place, shown_title(pages), has_title, fits.own});
}

void LayoutChecker::State::count_field(KeyCheck& key, const RawValue& value,
                                       const LayoutTrace& trace, const std::string& file) {
  key.filled += value.text.empty() ? 0 : 1;
  const auto places = trace.labels.find(key.name);
  if (key.label.empty()) {
    const auto spec_field = std::find_if(spec.fields.begin(), spec.fields.end(),
                                         [&](const FieldSpec& f) { return f.name == key.name; });
    const auto table = trace.tables.find(spec_field->total_of);
    key.found += table != trace.tables.end() && table->second.total ? 1 : 0;
    return;
  }
  if (places == trace.labels.end()) return;
  ++key.found;
  for (std::size_t i = 1; i < places->second.size(); ++i) {
    std::string with;
    for (const auto& [name, others] : trace.labels) {
      if (name != key.name && same_place(others.front(), places->second[i])) with = name;
    }
    note_ambiguous(key, places->second[i], with, file);
  }
  for (const auto& [name, others] : trace.labels) {
    if (name != key.name && same_place(others.front(), places->second.front())) {
      note_ambiguous(key, places->second.front(), name, file);
    }
  }
}

void LayoutChecker::State::count_table(TableCheck& table, const Form& form,
                                       const LayoutTrace& trace, const std::string& file) {
  const auto traced = trace.tables.find(table.name);
  if (traced == trace.tables.end() || !traced->second.found) return;
  ++table.found;
  table.totals += traced->second.total ? 1 : 0;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& headers = traced->second.columns[i].headers;
    table.columns[i].found += headers.empty() ? 0 : 1;
    for (std::size_t j = 1; j < headers.size(); ++j) {
      note_ambiguous(table.columns[i], headers[j], "", file);
    }
  }
  for (const RawTable& read : form.tables) {
    if (read.name != table.name) continue;
    table.rows += static_cast<int>(read.rows.size());
    for (const RawRow& row : read.rows) {
      for (const RawField& cell : row.cells) {
        for (KeyCheck& column : table.columns) {
          if (column.name == cell.name && !cell.value.text.empty()) ++column.filled;
        }
      }
    }
    for (KeyCheck& key : table.keyed_rows) {
      key.found += std::any_of(read.rows.begin(), read.rows.end(), [&](const RawRow& row) {
        return row.cells.front().value.text == key.name;
      });
    }
  }
}

void LayoutChecker::State::count_unclaimed(const Form& form, const std::string& file) {
  std::vector<std::string> seen;
  for (const UnclaimedText& left : form.unclaimed) {
    const std::string text = fold(left.evidence.text);
    if (std::find(seen.begin(), seen.end(), text) != seen.end()) continue;
    seen.push_back(text);
    const auto known = std::find_if(check.unclaimed.begin(), check.unclaimed.end(),
                                    [&](const UnclaimedCheck& one) { return one.text == text; });
    if (known != check.unclaimed.end()) {
      ++known->forms;
      continue;
    }
    const std::u32string folded = make_label(text).folded;
    UnclaimedCheck one{text, 1, looks_like_label(folded), {}, {file, left.evidence.page}};
    if (one.looks_like_label) one.guesses = guess_label(folded, lexicon);
    check.unclaimed.push_back(std::move(one));
  }
}

void LayoutChecker::State::count(const Form& form, const LayoutTrace& trace,
                                 const std::string& file) {
  for (std::size_t i = 0; i < check.fields.size(); ++i) {
    count_field(check.fields[i], form.fields[i].value, trace, file);
  }
  for (TableCheck& table : check.tables) count_table(table, form, trace, file);
  count_unclaimed(form, file);
}

void LayoutChecker::State::compare(const std::vector<Record>& gold) {
  const auto of = [&](bool by_name) {
    std::vector<Record> wanted;
    for (const Record& record : gold) {
      if (record.record == spec.record && (!by_name || record.layout == spec.name)) {
        wanted.push_back(record);
      }
    }
    return wanted;
  };
  // Gold records may know the layout by another name than the file that is tried.
  std::vector<Record> wanted = of(true);
  if (wanted.empty() && !records.empty()) wanted = of(false);
  if (wanted.empty() && records.empty()) return;
  if (!check.score) check.score.emplace();
  compare_records(wanted, records, *model, remarks, *check.score);
}

LayoutChecker::LayoutChecker(Extractor& extractor, const PluginHost& host, const Models& models,
                             const std::filesystem::path& layout)
    : state_(std::make_unique<State>(extractor, host, models, layout)) {}

LayoutChecker::~LayoutChecker() = default;

void LayoutChecker::add(const Document& document, const std::vector<Record>* gold) {
  State& state = *state_;
  state.records.clear();
  std::vector<std::unique_ptr<GuardedLayout>> guarded;
  std::vector<const Layout*> others;
  const auto failed = [&](const Error& error) {
    const SampleFailure failure{document.name, error.what()};
    const auto& known = state.check.failures;
    const bool said = std::any_of(known.begin(), known.end(), [&](const SampleFailure& one) {
      return one.file == failure.file && one.reason == failure.reason;
    });
    if (!said) state.check.failures.push_back(failure);
  };
  for (const Layout* other : state.host.layouts()) {
    if (other->name() == state.spec.name) continue;
    guarded.push_back(std::make_unique<GuardedLayout>(*other, document.name, failed));
    others.push_back(guarded.back().get());
  }
  std::vector<const Layout*> all = others;
  all.push_back(state.layout.get());
  const std::vector<Issue> unread = state.extractor.forms(
      document, all, [&](const FormPages& form) { state.take(document, form, others); });
  ++state.check.files;
  for (const Issue& issue : unread) state.check.failures.push_back({document.name, issue.message});
  if (gold != nullptr) state.compare(*gold);
}

void LayoutChecker::add_failure(const std::string& file, const std::string& reason) {
  ++state_->check.files;
  state_->check.failures.push_back({file, reason});
}

LayoutCheck LayoutChecker::finish() {
  LayoutCheck check = std::move(state_->check);
  if (check.score) {
    check.totals = totals(*check.score, *state_->model);
    hand_out_scores(check);
  }
  std::stable_sort(check.unclaimed.begin(), check.unclaimed.end(),
                   [](const UnclaimedCheck& a, const UnclaimedCheck& b) {
                     return std::pair(-a.forms, !a.looks_like_label) <
                            std::pair(-b.forms, !b.looks_like_label);
                   });
  check.findings = findings_of(check);
  return check;
}

}  // namespace tabularium
