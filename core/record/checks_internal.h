#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tabularium/record/model.h"
#include "tabularium/record/record.h"

namespace tabularium::checks {

/// A value that a check speaks of, and where it stands.
struct Found {
  const Value* value = nullptr;  ///< never null; may hold JSON null
  const FieldModel* model = nullptr;
  std::string pointer;
  std::optional<std::size_t> row;
  std::optional<Decimal> number;  ///< of amounts in yuan, of numbers, of quantities
  std::string unit;               ///< of amounts the printed one, of quantities their own

  bool is_null() const { return std::holds_alternative<std::monostate>(*value); }
  bool is_money() const { return std::holds_alternative<Money>(*value); }
};

/// Looks at one record with one check in hand; collects what it finds.
class Inspector {
 public:
  Inspector(const Record& record, const RecordModel& model, const Check& check)
      : record_(record), model_(model), check_(check) {}

  const Record& record() const { return record_; }
  const RecordModel& model() const { return model_; }
  const Check& check() const { return check_; }

  /// The values of a path, in the order of rows. Keys that the record does not have give nothing.
  std::vector<Found> find(const ValuePath& path) const;
  /// The value of a column in one row; nothing where the row does not have the key.
  std::optional<Found> cell(const std::string& table, std::size_t row,
                            const std::string& column) const;
  /// What `value` is to be compared with: the number, the cell of the same row, or the first value
  /// of the path. Nothing where it is absent or null.
  std::optional<Found> partner(const Operand& operand, const Found& value) const;

  /// Whether the check's conditions hold for this record.
  bool applies() const;

  /// The number as the form prints it, with its unit: "147.52 万元".
  std::string show(const Decimal& number, const Found& like) const;
  std::string show_number(const Decimal& number, const Found& like) const;  ///< without the unit
  std::string show(const Found& found) const;
  /// What the form calls the value: the label of its field or column, and of its row.
  std::string label(const Found& found) const;
  std::string row_label(const std::string& table, std::size_t row) const;
  /// The label of the option that a path's condition names: 当年财政拨款.
  std::string condition_label(const ValuePath& path) const;
  /// One unit of the last printed digit of an amount, in yuan: 100 where the unit is 万元.
  Decimal last_digit(const Found& amount) const;

  void report(const std::string& pointer, std::vector<std::string> related, std::string message);
  void report(Severity severity, const std::string& pointer, std::vector<std::string> related,
              std::string message);

  std::vector<Issue> take() { return std::move(issues_); }

 private:
  Found found(const Value& value, const FieldModel& model, std::string pointer) const;

  const Record& record_;
  const RecordModel& model_;
  const Check& check_;
  std::vector<Issue> issues_;
};

/// Rounded down (towards zero) and rounded half up to `scale` digits.
Decimal cut(const Decimal& number, int scale);
Decimal rounded(const Decimal& number, int scale);
Decimal absolute(const Decimal& number);
std::string label_of(const FieldModel& model);
/// Whether the text is the option's name or one of its labels.
bool is_option(const Option& option, std::string_view text);

/// What one check finds; nothing where it does not apply.
std::vector<Issue> find_issues(const Record& record, const RecordModel& model, const Check& check);

void required(Inspector& inspector);
void filled(Inspector& inspector);
void order(Inspector& inspector);
void in_year(Inspector& inspector);
void at_most(Inspector& inspector);
void range(Inspector& inspector);
void equals(Inspector& inspector);
void bands(Inspector& inspector);
void known(Inspector& inspector);
void parsed(Inspector& inspector);
void digits(Inspector& inspector);
void note_agrees(Inspector& inspector);
void sum(Inspector& inspector);
void product(Inspector& inspector);
void ratio(Inspector& inspector);
void target_met(Inspector& inspector);
void explained(Inspector& inspector);
void same_unit(Inspector& inspector);
void taxonomy(Inspector& inspector);
void unique(Inspector& inspector);
void contiguous(Inspector& inspector);

}  // namespace tabularium::checks
