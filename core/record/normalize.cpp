#include "tabularium/record/normalize.h"

#include <algorithm>
#include <utility>

#include "readings_internal.h"
#include "scan_internal.h"
#include "tabularium/page/text.h"
#include "tabularium/record/parse.h"
#include "tabularium/record/weigh.h"

namespace tabularium {
namespace {

/// A text with its ends trimmed, runs of spaces made one, and line ends treated as `lines` says:
/// kept for narrative, otherwise joined as running text is.
enum class Lines { keep, join };

std::string one_line(std::string_view line) {
  std::string out;
  bool space = false;
  for (const char32_t code : to_utf32(trim(line))) {
    if (is_space(code)) {
      space = true;
      continue;
    }
    if (space) out += ' ';
    space = false;
    out += to_utf8(code);
  }
  return out;
}

std::string clean(std::string_view text, Lines lines) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line = one_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    if (lines == Lines::join) {
      out = join_text(std::move(out), line, false);
      continue;
    }
    if (!out.empty()) out += '\n';
    out += line;
  }
  return out;
}

bool is_typed(ValueType type) {
  switch (type) {
    case ValueType::boolean:
    case ValueType::money:
    case ValueType::date:
    case ValueType::number:
    case ValueType::percent:
    case ValueType::key:
      return true;
    default:
      return false;
  }
}

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The name of the option that the text is, or nothing.
std::optional<std::string> option_of(std::string_view text, const std::vector<Option>& options) {
  const std::string folded = fold(text);
  for (const Option& option : options) {
    if (fold(option.name) == folded) return option.name;
    for (const std::string& label : option.labels) {
      if (fold(label) == folded) return option.name;
    }
  }
  return std::nullopt;
}

/// The option whose longest label stands in the text: "其中：当年财政拨款" holds 当年财政拨款.
std::optional<std::string> option_in(std::string_view text, const std::vector<Option>& options) {
  const std::string folded = fold(text);
  std::optional<std::string> best;
  std::size_t longest = 0;
  for (const Option& option : options) {
    for (const std::string& label : option.labels) {
      const std::string word = fold(label);
      if (word.size() <= longest || folded.find(word) == std::string::npos) continue;
      longest = word.size();
      best = option.name;
    }
  }
  return best;
}

std::vector<std::string> split_list(std::string_view text) {
  static constexpr std::u32string_view kSeparators = U"、，,；;\n";
  std::vector<std::string> items;
  std::u32string item;
  const auto flush = [&] {
    if (const std::string clean_item = clean(to_utf8(item), Lines::join); !clean_item.empty())
      items.push_back(clean_item);
    item.clear();
  };
  for (const char32_t code : to_utf32(text)) {
    if (kSeparators.find(code) != std::u32string_view::npos)
      flush();
    else
      item += code;
  }
  flush();
  return items;
}

Value list_value(const RawValue& raw) {
  std::vector<std::string> items;
  for (const std::string& printed : raw.ticked.empty() ? split_list(raw.text) : raw.ticked)
    items.push_back(clean(printed, Lines::join));
  return items.empty() ? Value() : Value(std::move(items));
}

/// Years that texts speak of, with their weight.
using YearCounts = std::vector<std::pair<int, int>>;

void count_year(YearCounts& counts, int year, int weight) {
  for (auto& [known, count] : counts) {
    if (known == year) {
      count += weight;
      return;
    }
  }
  counts.emplace_back(year, weight);
}

/// The year that the mentions settle. Of the years that a layout is made for one mention is enough,
/// if no other of them is mentioned as often; of any other year one mention says little, several of
/// it and fewer of all others say enough.
std::optional<int> settled_year(const YearCounts& counts, const std::vector<int>& expected) {
  std::pair<int, int> top{0, 0};
  std::pair<int, int> top_expected{0, 0};
  int total = 0;
  bool tie = false;
  for (const auto& count : counts) {
    total += count.second;
    if (count.second > top.second) top = count;
    if (std::find(expected.begin(), expected.end(), count.first) == expected.end()) continue;
    if (count.second == top_expected.second) tie = true;
    if (count.second > top_expected.second) {
      top_expected = count;
      tie = false;
    }
  }
  if (top_expected.second > 0 && !tie) return top_expected.first;
  if (top.second > 2 && 2 * top.second > total) return top.first;
  return std::nullopt;
}

/// A year that is marked as one (2023年) weighs twice a bare number that may be one.
void count_years(YearCounts& counts, std::string_view text, const Vocabulary& words) {
  const std::u32string code = plain(to_utf32(text));
  Scanner scanner(code);
  while (!scanner.done()) {
    if (!is_digit(scanner.next())) {
      scanner.skip(1);
      continue;
    }
    const int year = scanner.take_digits(4, 4).value_or(0);
    bool longer = false;
    for (; is_digit(scanner.next()); scanner.skip(1)) longer = true;
    while (!scanner.done() && is_space(scanner.next())) scanner.skip(1);
    if (longer || year < words.first_year || year > words.last_year) continue;
    count_year(counts, year, scanner.next() == U'年' ? 2 : 1);
  }
}

class Normalizer {
 public:
  Normalizer(const Form& form, const RecordModel& model) : form_(form), model_(model) {}

  Record run();

 private:
  void add_fields();
  void add_tables();
  void add_rows(const RawTable& raw, const TableModel& model);
  void add_year();
  void infer_year();
  void add_unclaimed();

  Value value(const RawValue& raw, const FieldModel& model, const std::string& pointer);
  Value typed_value(const RawValue& raw, const FieldModel& model, Evidence& evidence);
  Value money_value(const RawValue& raw, Evidence& evidence);
  Value choice_value(const RawValue& raw, const FieldModel& model, const std::string& pointer);
  Value bool_value(const RawValue& raw);
  void tell_mended_text(const RawValue& raw, const FieldModel& model, const std::string& pointer);
  Value mended_value(Value value, const RawValue& raw, const FieldModel& model,
                     const std::string& pointer, Evidence& evidence);
  Value mended_number(const RawValue& raw, const FieldModel& model, const std::string& pointer,
                      Evidence& evidence);
  void mend_levels();
  void mend_level(Field& cell, const std::string& pointer, const std::vector<std::string>& known);

  void report(std::string check, Severity severity, std::string pointer, std::string message) {
    record_.issues.push_back(
        {std::move(check), severity, std::move(pointer), {}, std::move(message)});
  }

  const Form& form_;
  const RecordModel& model_;
  const Vocabulary& words_ = *model_.vocabulary;
  Record record_;
};

Record Normalizer::run() {
  record_.record = model_.name;
  record_.layout = form_.layout;
  record_.title = squeeze(form_.title);
  record_.source.pages = form_.pages;
  record_.issues = form_.issues;
  add_fields();
  add_tables();
  mend_levels();
  add_year();
  add_unclaimed();
  return std::move(record_);
}

const RawField* find_raw(const std::vector<RawField>& all, std::string_view name) {
  const auto it =
      std::find_if(all.begin(), all.end(), [&](const RawField& raw) { return raw.name == name; });
  return it == all.end() ? nullptr : &*it;
}

void Normalizer::add_fields() {
  for (const FieldModel& model : model_.fields) {
    const RawField* raw = find_raw(form_.fields, model.name);
    if (raw)
      record_.fields.push_back({model.name, value(raw->value, model, field_pointer(model.name))});
  }
  for (const RawField& raw : form_.fields) {
    if (model_.field(raw.name)) continue;
    report("unknown_field", Severity::warning, "",
           "the layout gives a field `" + raw.name + "` that the model of " + model_.name +
               " does not have: " + clean(raw.value.text, Lines::join));
  }
}

void Normalizer::add_tables() {
  for (const TableModel& model : model_.tables) {
    const auto raw = std::find_if(form_.tables.begin(), form_.tables.end(),
                                  [&](const RawTable& one) { return one.name == model.name; });
    if (raw != form_.tables.end()) add_rows(*raw, model);
  }
  for (const RawTable& raw : form_.tables) {
    if (model_.table(raw.name)) continue;
    report("unknown_field", Severity::warning, "",
           "the layout gives a table `" + raw.name + "` that the model of " + model_.name +
               " does not have");
  }
}

void Normalizer::add_rows(const RawTable& raw, const TableModel& model) {
  RecordTable& table = record_.tables.emplace_back(RecordTable{model.name, {}});
  table.rows.reserve(raw.rows.size());
  for (std::size_t index = 0; index < raw.rows.size(); ++index) {
    Row& row = table.rows.emplace_back();
    for (const FieldModel& column : model.columns) {
      const RawField* cell = find_raw(raw.rows[index].cells, column.name);
      if (!cell) continue;
      row.cells.push_back(
          {column.name, value(cell->value, column, cell_pointer(model.name, index, column.name))});
    }
    for (const RawField& cell : raw.rows[index].cells) {
      if (model.column(cell.name)) continue;
      report("unknown_field", Severity::warning, "",
             "the layout gives a column `" + cell.name + "` that the table " + model.name +
                 " does not have: " + clean(cell.value.text, Lines::join));
    }
  }
}

Value Normalizer::value(const RawValue& raw, const FieldModel& model, const std::string& pointer) {
  const std::string folded = fold(raw.text);
  const bool speck =
      raw.evidence.recognized &&
      (is_speck_alone(folded) || (model.type == ValueType::text && is_stroke_alone(folded)));
  const bool empty = (folded.empty() || speck) && raw.ticked.empty();
  if (empty) return {};
  Evidence evidence = raw.evidence;
  if (evidence.text.empty()) evidence.text = raw.text;
  const bool blank = is_typed(model.type) && raw.ticked.empty() && has(words_.blanks, folded);
  Value value = blank                             ? Value()
                : model.type == ValueType::choice ? choice_value(raw, model, pointer)
                                                  : typed_value(raw, model, evidence);
  if (evidence.recognized && !blank) {
    tell_mended_text(raw, model, pointer);
    value = mended_value(std::move(value), raw, model, pointer, evidence);
  }
  if (std::holds_alternative<std::monostate>(value) && !blank) {
    report("unparsed", Severity::warning, pointer,
           model.name + ": `" + clean(raw.text, Lines::join) +
               "` cannot be read as a value of type " + std::string(to_string(model.type)));
  }
  if (!blank) record_.evidence.emplace(pointer, std::move(evidence));
  return value;
}

template <typename Parsed>
Value or_null(std::optional<Parsed> parsed) {
  return parsed ? Value(std::move(*parsed)) : Value();
}

Value Normalizer::typed_value(const RawValue& raw, const FieldModel& model, Evidence& evidence) {
  switch (model.type) {
    case ValueType::narrative:
      return clean(raw.text, Lines::keep);
    case ValueType::level:
      return squeeze(raw.text);
    case ValueType::list:
      return list_value(raw);
    case ValueType::boolean:
      return bool_value(raw);
    case ValueType::money:
      return money_value(raw, evidence);
    case ValueType::date:
      return or_null(parse_date(raw.text));
    case ValueType::number:
      return or_null(parse_number(raw.text, model.suffixes));
    case ValueType::percent: {
      std::vector<std::string> suffixes = model.suffixes;
      suffixes.emplace_back("%");
      return or_null(parse_number(raw.text, suffixes));
    }
    case ValueType::quantity:
      return parse_quantity(raw.text, words_);
    case ValueType::key: {
      const auto exact = option_of(raw.text, model.options);
      return or_null(exact ? exact : option_in(raw.text, model.options));
    }
    default:
      return clean(raw.text, Lines::join);
  }
}

Value Normalizer::money_value(const RawValue& raw, Evidence& evidence) {
  const auto printed = parse_money(raw.text, raw.unit, words_);
  if (!printed) return {};
  evidence.unit = printed->unit;
  return printed->amount;
}

Value Normalizer::choice_value(const RawValue& raw, const FieldModel& model,
                               const std::string& pointer) {
  const std::string printed = clean(raw.ticked.empty() ? raw.text : raw.ticked[0], Lines::join);
  if (raw.ticked.size() > 1) {
    std::string all;
    for (const std::string& one : raw.ticked) all += (all.empty() ? "" : ", ") + one;
    report("several_ticked", Severity::warning, pointer,
           model.name + ": one box should be ticked, these are: " + all);
  }
  return printed.empty() ? Value() : Value(printed);
}

Value Normalizer::bool_value(const RawValue& raw) {
  if (raw.ticked.size() > 1) return {};
  const std::string word = fold(raw.ticked.empty() ? raw.text : raw.ticked[0]);
  if (has(words_.yes, word)) return true;
  if (has(words_.no, word)) return false;
  return {};
}

// ---- values that were read from pixels

/// Every word that names an option, and the option of each.
std::pair<std::vector<std::string>, std::vector<const Option*>> words_of(
    const std::vector<Option>& options) {
  std::pair<std::vector<std::string>, std::vector<const Option*>> all;
  const auto add = [&](const std::string& word, const Option& option) {
    all.first.push_back(word);
    all.second.push_back(&option);
  };
  for (const Option& option : options) {
    add(option.name, option);
    for (const std::string& label : option.labels) {
      if (label != option.name) add(label, option);
    }
  }
  return all;
}

/// The word that `text` is clearly nearest to, or `text`.
std::string nearest_or_same(const std::string& text, const std::vector<std::string>& words) {
  const auto nearest = nearest_word(text, words);
  return nearest ? words[*nearest] : text;
}

/// Says where the form's text was set right before it came here: brackets, words that the form
/// says elsewhere. What the recognizer read is the evidence.
void Normalizer::tell_mended_text(const RawValue& raw, const FieldModel& model,
                                  const std::string& pointer) {
  const std::string read = fold(raw.evidence.text);
  const std::string taken = fold(raw.text);
  if (!raw.evidence.recognized || !raw.ticked.empty() || read.empty() || read == taken) return;
  const auto [was, is] = difference(read, taken);
  report("repaired", Severity::info, pointer,
         model.name + ": read as `" + was + "`, taken as `" + is + "`");
}

/// Sets a value right that a recognizer misread, where it is clear what stands on paper. The
/// evidence keeps what was read; an issue tells of every change.
Value Normalizer::mended_value(Value value, const RawValue& raw, const FieldModel& model,
                               const std::string& pointer, Evidence& evidence) {
  const auto tell = [&](const std::string& read, const std::string& taken, Severity severity) {
    report("repaired", severity, pointer,
           model.name + ": read as `" + read + "`, taken as `" + taken + "`");
  };
  const auto [words, options] = words_of(model.options);
  switch (model.type) {
    case ValueType::text:
      if (auto* text = std::get_if<std::string>(&value)) {
        std::string kept = without_end_specks(*text);
        if (fold(kept) != fold(*text)) tell(*text, kept, Severity::info);
        return kept;
      }
      return value;
    case ValueType::choice: {
      auto* text = std::get_if<std::string>(&value);
      if (text == nullptr || words.empty()) return value;
      const std::string known = nearest_or_same(*text, words);
      if (fold(known) != fold(*text)) tell(*text, known, Severity::info);
      if (fold(known) != fold(*text)) return known;
      return value;
    }
    case ValueType::list: {
      auto* texts = std::get_if<std::vector<std::string>>(&value);
      if (texts == nullptr || words.empty()) return value;
      for (std::string& text : *texts) {
        const std::string known = nearest_or_same(text, words);
        if (fold(known) == fold(text)) continue;
        tell(text, known, Severity::info);
        text = known;
      }
      return value;
    }
    case ValueType::key: {
      if (!std::holds_alternative<std::monostate>(value)) return value;
      const auto nearest = nearest_word(raw.text, words);
      if (!nearest) return value;
      tell(raw.text, words[*nearest], Severity::info);
      return options[*nearest]->name;
    }
    case ValueType::boolean: {
      if (!std::holds_alternative<std::monostate>(value)) return value;
      std::vector<std::string> known = words_.yes;
      known.insert(known.end(), words_.no.begin(), words_.no.end());
      const auto nearest = nearest_word(raw.ticked.empty() ? raw.text : raw.ticked[0], known);
      if (!nearest) return value;
      tell(raw.text, known[*nearest], Severity::warning);
      return *nearest < words_.yes.size();
    }
    case ValueType::quantity: {
      const std::string text = without_end_specks(raw.text);
      const auto cleared = cleared_quantity(text, words_, evidence.confidence >= kSureReading);
      if (!cleared) return text == raw.text ? value : Value(parse_quantity(text, words_));
      tell(raw.text, *cleared, Severity::warning);
      return parse_quantity(*cleared, words_);
    }
    case ValueType::money:
    case ValueType::number:
    case ValueType::percent:
    case ValueType::date: {
      const bool doubtful = model.type == ValueType::money && has_dotted_thousands(raw.text);
      if (!std::holds_alternative<std::monostate>(value) && !doubtful) return value;
      return mended_number(raw, model, pointer, evidence);
    }
    default:
      return value;
  }
}

/// A number or date whose text is none: what another reading gives, or a text without what cannot
/// be part of it.
Value Normalizer::mended_number(const RawValue& raw, const FieldModel& model,
                                const std::string& pointer, Evidence& evidence) {
  std::vector<std::string> texts;
  const auto cleared =
      model.type == ValueType::date ? cleared_date(raw.text) : cleared_number(raw.text);
  if (cleared) texts.push_back(*cleared);
  for (const Alternative& other : evidence.alternatives) texts.push_back(other.text);
  for (const std::string& text : texts) {
    RawValue candidate = raw;
    candidate.text = text;
    Value value = typed_value(candidate, model, evidence);
    if (std::holds_alternative<std::monostate>(value)) continue;
    report(
        "repaired", Severity::warning, pointer,
        model.name + ": read as `" + clean(raw.text, Lines::join) + "`, taken as `" + text + "`");
    return value;
  }
  return {};
}

/// Names of levels that are no known ones, but clearly near to one.
void Normalizer::mend_level(Field& cell, const std::string& pointer,
                            const std::vector<std::string>& known) {
  auto* text = std::get_if<std::string>(&cell.value);
  const auto evidence = record_.evidence.find(pointer);
  if (text == nullptr || evidence == record_.evidence.end() || !evidence->second.recognized) return;
  // Names of levels are written in Chinese characters alone: all else is rules and specks.
  std::u32string name;
  for (const char32_t code : to_utf32(*text)) {
    if (code >= 0x4E00 && code <= 0x9FFF) name += code;
  }
  const auto nearest = nearest_word(to_utf8(name), known);
  if (!nearest || fold(known[*nearest]) == fold(*text)) return;
  report("repaired", Severity::info, pointer,
         cell.name + ": read as `" + *text + "`, taken as `" + known[*nearest] + "`");
  *text = known[*nearest];
}

void Normalizer::mend_levels() {
  for (const Check& check : model_.checks) {
    if (check.kind != CheckKind::taxonomy || check.columns.size() != 2) continue;
    std::vector<std::string> parents;
    for (const Check::Branch& branch : check.branches) parents.push_back(branch.parent);
    for (RecordTable& table : record_.tables) {
      if (table.name != check.table) continue;
      for (std::size_t i = 0; i < table.rows.size(); ++i) {
        Field* parent = nullptr;
        Field* child = nullptr;
        for (Field& cell : table.rows[i].cells) {
          if (cell.name == check.columns[0]) parent = &cell;
          if (cell.name == check.columns[1]) child = &cell;
        }
        if (parent == nullptr || child == nullptr) continue;
        mend_level(*parent, cell_pointer(table.name, i, parent->name), parents);
        for (const Check::Branch& branch : check.branches) {
          if (parent->value == Value(branch.parent)) {
            mend_level(*child, cell_pointer(table.name, i, child->name), branch.children);
          }
        }
      }
    }
  }
}

void Normalizer::add_year() {
  record_.year = parse_year(form_.year.text, words_);
  if (record_.year) {
    Evidence evidence = form_.year.evidence;
    if (evidence.text.empty()) evidence.text = form_.year.text;
    record_.evidence.emplace("/year", std::move(evidence));
    return;
  }
  if (!fold(form_.year.text).empty()) {
    report("unparsed", Severity::warning, "/year",
           "year: `" + clean(form_.year.text, Lines::join) + "` holds no year");
  }
  infer_year();
}

void Normalizer::infer_year() {
  YearCounts counts;
  for (const std::string& name : model_.year_fields) {
    const Value* found = record_.field(name);
    if (!found) continue;
    if (const auto* text = std::get_if<std::string>(found)) count_years(counts, *text, words_);
    if (const auto* date = std::get_if<Date>(found)) count_year(counts, date->year, 2);
  }
  if (const std::optional<int> year = settled_year(counts, form_.years)) {
    record_.year = *year;
    report("year_inferred", Severity::info, "/year",
           "the form prints no year; its texts speak mostly of " + std::to_string(*year));
    return;
  }
  report("year_unknown", Severity::info, "/year",
         "the form prints no year, and its texts settle none");
}

void Normalizer::add_unclaimed() {
  for (const UnclaimedText& unclaimed : form_.unclaimed) {
    report("unclaimed_text", Severity::info, "",
           "page " + std::to_string(unclaimed.evidence.page) + ": no field took `" +
               clean(unclaimed.evidence.text, Lines::join) + "`");
  }
}

}  // namespace

Record normalize(const Form& form, const RecordModel& model) {
  return Normalizer(form, model).run();
}

}  // namespace tabularium
