#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "check_findings_internal.h"

namespace tabularium {
namespace {

using Findings = std::vector<LayoutFinding>;

std::string forms_of(int count, int of) { return fmt::format("in {} of {} forms", count, of); }

std::string place_of(const FormPlace& place) {
  return fmt::format("{}, page {}", place.file, place.page);
}

void add_ambiguous(const KeyCheck& key, const std::string& name, Findings& all) {
  for (const AmbiguousLabel& one : key.ambiguous) {
    std::string message = fmt::format("\"{}\" ", key.label);
    if (!one.with.empty() && one.other == one.text) {
      message += fmt::format("is the label of {}, too", one.with);
    } else {
      message += one.other == one.text ? "stands in more than one place"
                                       : fmt::format("fits \"{}\", too", one.other);
      if (!one.with.empty()) message += fmt::format(", the label of {}", one.with);
    }
    all.push_back(
        {"ambiguous", name,
         fmt::format("{}, {} ({}): `nth`, `half` or a longer label tells them apart", message,
                     one.forms == 1 ? "in 1 form" : fmt::format("in {} forms", one.forms),
                     place_of(one.first))});
  }
}

void add_wrong(const std::optional<ValueScore>& score, const std::string& name, Findings& all) {
  if (!score) return;
  const Score& values = score->values;
  if (values.right < values.total) {
    all.push_back({"wrong_value", name,
                   fmt::format("{} of {} values differ from the gold records",
                               values.total - values.right, values.total)});
  }
  if (score->meanings.right < score->meanings.total) {
    all.push_back(
        {"wrong_quantity", name,
         fmt::format("{} of {} quantities are understood otherwise than in the gold records",
                     score->meanings.total - score->meanings.right, score->meanings.total)});
  }
  if (score->extra > 0) {
    all.push_back({"extra_value", name,
                   fmt::format("{} {} that the gold records do not have", score->extra,
                               score->extra == 1 ? "value" : "values")});
  }
}

/// A label that is not on every form though the layout asks for it.
void add_missing(const KeyCheck& key, const std::string& name, int forms, Findings& all) {
  if (key.optional || key.found == forms) return;
  const std::string what =
      key.label.empty() ? "its row of totals" : fmt::format("its label \"{}\"", key.label);
  if (key.found == 0) {
    all.push_back({"never_found", name, what + " is on no form"});
  } else {
    all.push_back({"not_always_found", name,
                   fmt::format("{} is found {} only: is it `optional`, or has it another spelling?",
                               what, forms_of(key.found, forms))});
  }
}

void add_table(const TableCheck& table, int forms, Findings& all) {
  if (table.found < forms) {
    all.push_back({table.found == 0 ? "never_found" : "not_always_found", table.name,
                   fmt::format("its header is found {}", forms_of(table.found, forms))});
  }
  if (table.found > 0 && table.rows == 0) {
    all.push_back({"no_rows", table.name, "no form has a row: see `rows_by` and `until`"});
  }
  for (const KeyCheck& column : table.columns) {
    const std::string name = table.name + "." + column.name;
    if (table.found > 0) add_missing(column, name, table.found, all);
    add_ambiguous(column, name, all);
    add_wrong(column.score, name, all);
  }
  if (!table.score) return;
  const std::int64_t missing = table.score->gold_rows - table.score->same_rows;
  const std::int64_t extra = table.score->read_rows - table.score->same_rows;
  if (missing == 0 && extra == 0) return;
  all.push_back({"wrong_rows", table.name,
                 fmt::format("of {} gold rows {} are not read as they are, and {} rows are none of "
                             "the gold records",
                             table.score->gold_rows, missing, extra)});
}

void add_unclaimed(const LayoutCheck& check, Findings& all) {
  for (const UnclaimedCheck& text : check.unclaimed) {
    if (!text.looks_like_label || 2 * text.forms < check.own) continue;
    std::string message = fmt::format("\"{}\" stands {} and no field takes it", text.text,
                                      forms_of(text.forms, check.own));
    message += text.guesses.empty() ? "; if it is nobody's value, add it to `headings`"
                                    : fmt::format("; perhaps {}", fmt::join(text.guesses, ", "));
    all.push_back({"unclaimed", "", message});
  }
}

void add_claims(const LayoutCheck& check, Findings& all) {
  for (const ClaimCheck& claim : check.claims) {
    if (claim.kind != ClaimCheck::Kind::shared) continue;
    all.push_back(
        {"collision", "",
         fmt::format(
             "{}: layout {} fits this form as well ({:.0f} % against {:.0f} %): `must_have` "
             "or `must_not_have` tells them apart",
             place_of(claim.form), claim.other, 100.0 * claim.other_fit, 100.0 * claim.fit)});
  }
}

void add_samples(const LayoutCheck& check, Findings& all) {
  if (check.own == 0) {
    all.push_back({"no_form", "",
                   fmt::format("none of {} forms in {} files is one that this layout reads",
                               check.forms, check.files)});
  }
  for (const StrangeForm& form : check.strange) {
    if (!form.has_title) continue;
    all.push_back({"title_alone", "",
                   fmt::format("{}: the title fits, but too few of the labels do ({:.0f} %)",
                               place_of(form.form), 100.0 * form.fit)});
  }
  for (const SampleFailure& failure : check.failures) {
    all.push_back({"unread", "",
                   failure.reason.starts_with(failure.file)
                       ? failure.reason
                       : failure.file + ": " + failure.reason});
  }
  if (check.score && check.score->matched < check.score->gold_records) {
    all.push_back(
        {"missing_record", "",
         fmt::format("{} of {} gold records have no form that the layout reads",
                     check.score->gold_records - check.score->matched, check.score->gold_records)});
  }
  if (check.score && check.score->titles.right < check.score->titles.total) {
    all.push_back({"wrong_title", "",
                   fmt::format("{} of {} titles differ from the gold records",
                               check.score->titles.total - check.score->titles.right,
                               check.score->titles.total)});
  }
  if (check.score && check.score->years.right < check.score->years.total) {
    all.push_back(
        {"wrong_year", "",
         fmt::format("{} of {} years differ from the gold records: see `year` and `years`",
                     check.score->years.total - check.score->years.right,
                     check.score->years.total)});
  }
}

}  // namespace

void hand_out_scores(LayoutCheck& check) {
  const auto give = [](const std::map<std::string, ValueScore>& from, std::vector<KeyCheck>& to) {
    for (KeyCheck& key : to) {
      const auto found = from.find(key.name);
      if (found != from.end()) key.score = found->second;
    }
  };
  give(check.score->fields, check.fields);
  // A field that the gold records have and the layout does not is wrong wherever it is filled.
  for (const auto& [name, score] : check.score->fields) {
    const bool known = std::any_of(check.fields.begin(), check.fields.end(),
                                   [&](const KeyCheck& key) { return key.name == name; });
    if (known) continue;
    KeyCheck absent;
    absent.name = name;
    absent.optional = true;
    absent.score = score;
    check.fields.push_back(std::move(absent));
  }
  for (TableCheck& table : check.tables) {
    const auto found = check.score->tables.find(table.name);
    if (found == check.score->tables.end()) continue;
    table.score = found->second;
    give(found->second.columns, table.columns);
  }
}

std::vector<LayoutFinding> findings_of(const LayoutCheck& check) {
  Findings all;
  add_samples(check, all);
  add_claims(check, all);
  for (const KeyCheck& field : check.fields) {
    if (check.own > 0) add_missing(field, field.name, check.own, all);
    add_ambiguous(field, field.name, all);
    add_wrong(field.score, field.name, all);
  }
  for (const TableCheck& table : check.tables) {
    if (check.own > 0) add_table(table, check.own, all);
  }
  add_unclaimed(check, all);
  return all;
}

}  // namespace tabularium
