#include "check_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "session.h"
#include "text_table.h"

namespace tabularium::tool {
namespace {

using Align = TextTable::Align;
using Json = nlohmann::ordered_json;

constexpr std::size_t kShownTexts = 20;  // of those that no field took; JSON has them all

std::string share(std::int64_t part, std::int64_t whole) {
  return fmt::format("{}/{}", part, whole);
}

std::string share(const Score& score) { return share(score.right, score.total); }

std::string place_of(const FormPlace& place) {
  return fmt::format("{}, page {}", place.file, place.page);
}

/// "9/9", with the error rate of a long text.
std::string rightness(const std::optional<ValueScore>& score) {
  if (!score) return "";
  std::string text = share(score->values);
  if (score->edits > 0) {
    text += fmt::format(" ({:.1f} % of characters wrong)",
                        100.0 * static_cast<double>(score->edits) /
                            static_cast<double>(std::max<std::int64_t>(1, score->characters)));
  }
  return text;
}

std::string label_of(const KeyCheck& key) {
  if (!key.label.empty()) return key.label + (key.optional ? " (optional)" : "");
  return key.optional ? "(not in the layout)" : "(from a row of totals)";
}

std::string keys_in_words(const char* what, const std::vector<KeyCheck>& keys, int of,
                          std::int64_t filled_of, bool gold) {
  TextTable table({Align::left, Align::right, Align::right, Align::right, Align::left});
  table.add({what, "found", "filled", gold ? "right" : "", "label"});
  for (const KeyCheck& key : keys) {
    table.add({key.name, share(key.found, of), share(key.filled, filled_of),
               gold ? rightness(key.score) : "", label_of(key)});
  }
  return table.text("  ");
}

std::string table_in_words(const TableCheck& table, const LayoutCheck& check) {
  std::string text =
      fmt::format("\nTable {}: header on {} forms, {}", table.name, share(table.found, check.own),
                  counted(static_cast<std::size_t>(table.rows), "row"));
  if (table.totals > 0) text += fmt::format(", totals on {}", share(table.totals, check.own));
  if (table.score) {
    text += fmt::format("; rows right {}, F1 {:.3f}",
                        share(table.score->same_rows, table.score->gold_rows), table.score->f1());
  }
  text += '\n' +
          keys_in_words("column", table.columns, table.found, table.rows, check.score.has_value());
  if (table.keyed_rows.empty()) return text;
  TextTable rows({Align::left, Align::right, Align::left});
  rows.add({"row", "found", "label"});
  for (const KeyCheck& row : table.keyed_rows) {
    rows.add({row.name, share(row.found, check.own), row.label});
  }
  return text + rows.text("  ");
}

std::string gold_in_words(const LayoutCheck& check) {
  if (!check.score || !check.totals) return "";
  const RecordScore& score = *check.score;
  const ScoreTotals& sums = *check.totals;
  TextTable table({Align::left, Align::right});
  const auto add = [&](const char* what, const Score& one) {
    if (one.total > 0) table.add({what, share(one)});
  };
  table.add({"records", share(score.matched, score.gold_records)});
  add("titles", score.titles);
  add("years", score.years);
  add("short fields", sums.short_fields);
  add("money", sums.money);
  add("dates", sums.dates);
  add("numbers", sums.numbers);
  add("quantities", sums.quantities);
  for (const auto& [name, one] : score.tables) {
    table.add({"rows of " + name, fmt::format("F1 {:.3f}", one.f1())});
  }
  if (sums.characters > 0) {
    table.add({"error rate of long texts",
               fmt::format("{:.3f}", static_cast<double>(sums.edits) /
                                         static_cast<double>(sums.characters))});
  }
  return "\nAgainst the gold records:\n" + table.text("  ");
}

std::string unclaimed_in_words(const LayoutCheck& check) {
  if (check.unclaimed.empty()) return "";
  TextTable table({Align::right, Align::left, Align::left});
  for (const UnclaimedCheck& text : check.unclaimed) {
    if (&text - check.unclaimed.data() == static_cast<std::ptrdiff_t>(kShownTexts)) break;
    std::string guess =
        text.guesses.empty() ? "" : fmt::format("perhaps {}; ", fmt::join(text.guesses, ", "));
    constexpr std::size_t longest = 120;  // bytes: forty characters
    std::string shown = text.text.substr(0, longest);
    // A character that was cut in two would not be valid UTF-8.
    while (shown.size() < text.text.size() && !shown.empty() &&
           (text.text[shown.size()] & 0xC0) == 0x80)
      shown.pop_back();
    table.add({share(text.forms, check.own), shown.size() < text.text.size() ? shown + "…" : shown,
               guess + place_of(text.first)});
  }
  std::string out = fmt::format("\nTexts that no field took ({}), and on how many forms:\n",
                                check.unclaimed.size()) +
                    table.text("  ");
  if (check.unclaimed.size() > kShownTexts) {
    out += fmt::format("  ... and {} more, which --json lists\n",
                       check.unclaimed.size() - kShownTexts);
  }
  return out;
}

const char* kind_name(ClaimCheck::Kind kind) {
  switch (kind) {
    case ClaimCheck::Kind::shared:
      return "shared";
    case ClaimCheck::Kind::also:
      return "also";
    case ClaimCheck::Kind::foreign:
      return "foreign";
  }
  return "";
}

std::string claims_in_words(const LayoutCheck& check) {
  if (check.claims.empty()) return "";
  TextTable table({Align::left, Align::right, Align::left});
  for (const ClaimCheck& claim : check.claims) {
    const bool foreign = claim.kind == ClaimCheck::Kind::foreign;
    table.add({claim.other,
               fmt::format("{:.0f} % against {:.0f} %", 100.0 * claim.other_fit, 100.0 * claim.fit),
               place_of(claim.form) +
                   (foreign ? " (its form; this layout would read it in its absence)" : "")});
  }
  return "\nForms that another layout claims, too:\n" + table.text("  ");
}

std::string findings_in_words(const LayoutCheck& check) {
  if (check.findings.empty()) return "\nNothing to look at.\n";
  std::string text = fmt::format("\nTo look at ({}):\n", check.findings.size());
  for (const LayoutFinding& finding : check.findings) {
    text += "  - " + (finding.key.empty() ? "" : finding.key + ": ") + finding.message + '\n';
  }
  return text;
}

// ---- JSON

Json json_of(const Score& score) { return {{"right", score.right}, {"total", score.total}}; }

Json json_of(const FormPlace& place) { return {{"file", place.file}, {"page", place.page}}; }

void add_score(Json& json, const std::optional<ValueScore>& score) {
  if (!score) return;
  json["right"] = json_of(score->values);
  json["right_filled"] = json_of(score->filled);
  if (score->meanings.total > 0) json["meanings"] = json_of(score->meanings);
  if (score->characters > 0) {
    json["edits"] = score->edits;
    json["characters"] = score->characters;
  }
  if (score->extra > 0) json["extra"] = score->extra;
}

Json json_of(const KeyCheck& key) {
  Json json = {{"name", key.name},   {"label", key.label},   {"optional", key.optional},
               {"found", key.found}, {"filled", key.filled}, {"ambiguous", Json::array()}};
  for (const AmbiguousLabel& one : key.ambiguous) {
    json["ambiguous"].push_back({{"other", one.other},
                                 {"with", one.with},
                                 {"forms", one.forms},
                                 {"first", json_of(one.first)}});
  }
  add_score(json, key.score);
  return json;
}

Json json_of(const std::vector<KeyCheck>& keys) {
  Json json = Json::array();
  for (const KeyCheck& key : keys) json.push_back(json_of(key));
  return json;
}

Json json_of(const TableScore& score) {
  return {{"gold", score.gold_rows},
          {"read", score.read_rows},
          {"same", score.same_rows},
          {"f1", score.f1()}};
}

Json json_of(const TableCheck& table) {
  Json json = {{"name", table.name},
               {"found", table.found},
               {"rows", table.rows},
               {"totals", table.totals},
               {"columns", json_of(table.columns)},
               {"keyed_rows", Json::array()}};
  for (const KeyCheck& row : table.keyed_rows) {
    json["keyed_rows"].push_back({{"name", row.name}, {"label", row.label}, {"found", row.found}});
  }
  if (table.score) json["right_rows"] = json_of(*table.score);
  return json;
}

Json gold_json(const LayoutCheck& check) {
  const RecordScore& score = *check.score;
  const ScoreTotals& sums = *check.totals;
  Json json = {
      {"records",
       {{"gold", score.gold_records}, {"read", score.read_records}, {"matched", score.matched}}},
      {"titles", json_of(score.titles)},
      {"years", json_of(score.years)},
      {"short_fields", json_of(sums.short_fields)},
      {"money", json_of(sums.money)},
      {"dates", json_of(sums.dates)},
      {"numbers", json_of(sums.numbers)},
      {"quantities", json_of(sums.quantities)},
      {"narrative", {{"edits", sums.edits}, {"characters", sums.characters}}},
      {"rows", Json::object()}};
  for (const auto& [name, table] : score.tables) json["rows"][name] = json_of(table);
  return json;
}

Json unclaimed_json(const LayoutCheck& check) {
  Json json = Json::array();
  for (const UnclaimedCheck& text : check.unclaimed) {
    json.push_back({{"text", text.text},
                    {"forms", text.forms},
                    {"looks_like_label", text.looks_like_label},
                    {"guesses", text.guesses},
                    {"first", json_of(text.first)}});
  }
  return json;
}

}  // namespace

std::string check_in_words(const LayoutCheck& check) {
  std::string text =
      fmt::format("{} {} ({}): {}, {}, {} of them its own\n\n", check.layout, check.version,
                  check.record, counted(static_cast<std::size_t>(check.files), "file"),
                  counted(static_cast<std::size_t>(check.forms), "form"), check.own);
  text += keys_in_words("field", check.fields, check.own, check.own, check.score.has_value());
  for (const TableCheck& table : check.tables) text += table_in_words(table, check);
  return text + gold_in_words(check) + unclaimed_in_words(check) + claims_in_words(check) +
         findings_in_words(check);
}

std::string check_as_json(const LayoutCheck& check) {
  Json json = {{"layout", check.layout},
               {"version", check.version},
               {"record", check.record},
               {"files", check.files},
               {"forms", check.forms},
               {"own_forms", check.own},
               {"fields", json_of(check.fields)},
               {"tables", Json::array()}};
  for (const TableCheck& table : check.tables) json["tables"].push_back(json_of(table));
  json["unclaimed"] = unclaimed_json(check);
  json["claims"] = Json::array();
  for (const ClaimCheck& claim : check.claims) {
    json["claims"].push_back({{"kind", kind_name(claim.kind)},
                              {"form", json_of(claim.form)},
                              {"other", claim.other},
                              {"fit", claim.fit},
                              {"other_fit", claim.other_fit}});
  }
  json["strange"] = Json::array();
  for (const StrangeForm& form : check.strange) {
    json["strange"].push_back({{"form", json_of(form.form)},
                               {"title", form.title},
                               {"has_title", form.has_title},
                               {"fit", form.fit}});
  }
  json["failures"] = Json::array();
  for (const SampleFailure& failure : check.failures) {
    json["failures"].push_back({{"file", failure.file}, {"reason", failure.reason}});
  }
  if (check.score) json["gold"] = gold_json(check);
  json["findings"] = Json::array();
  for (const LayoutFinding& finding : check.findings) {
    json["findings"].push_back(
        {{"kind", finding.kind}, {"key", finding.key}, {"message", finding.message}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace tabularium::tool
