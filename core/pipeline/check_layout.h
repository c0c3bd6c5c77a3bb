#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tabularium/pipeline/extract.h"
#include "tabularium/record/compare.h"

namespace tabularium {

/// A place of a form, for messages.
struct FormPlace {
  std::string file;
  int page = 1;
};

/// A label or header that fits more than one place of the forms.
struct AmbiguousLabel {
  std::string text;   ///< as the layout spells it
  std::string other;  ///< what stands at the other place
  std::string with;   ///< key that means the other place, too; empty: none does
  int forms = 0;
  FormPlace first;  ///< where the other place was seen first
};

/// How one field, column or row of a layout did over the samples.
struct KeyCheck {
  std::string name;
  std::string label;  ///< the first of its labels; empty: the value of a row of totals
  bool optional = false;
  int found = 0;   ///< forms that have the label
  int filled = 0;  ///< fields: forms with a value; columns: rows with one
  std::vector<AmbiguousLabel> ambiguous;
  std::optional<ValueScore> score;  ///< with gold records
};

struct TableCheck {
  std::string name;
  int found = 0;   ///< forms that have its header
  int rows = 0;    ///< over all forms
  int totals = 0;  ///< forms with a row of totals
  std::vector<KeyCheck> columns;
  std::vector<KeyCheck> keyed_rows;  ///< of a table whose rows have labels
  std::optional<TableScore> score;
};

/// A text that no field took.
struct UnclaimedCheck {
  std::string text;  ///< folded
  int forms = 0;
  bool looks_like_label = false;
  std::vector<std::string> guesses;  ///< keys of the record whose labels are like it
  FormPlace first;
};

/// A form that more than one layout claims, or another than it seems to be for.
struct ClaimCheck {
  enum class Kind : std::uint8_t {
    shared,   ///< the layout and another fit it nearly the same: chance decides
    also,     ///< the layout's own, which another would read, too, but fits less
    foreign,  ///< another's form that the layout would read, too, but fits less
  };
  Kind kind = Kind::also;
  FormPlace form;
  std::string other;  ///< the other layout
  double fit = 0.0;   ///< of the layout that is checked
  double other_fit = 0.0;
};

/// A sample of which nothing came, and why.
struct SampleFailure {
  std::string file;
  std::string reason;
};

/// A form, or pages of none, that the layout does not claim and no other does.
struct StrangeForm {
  FormPlace form;
  std::string title;       ///< or the first text
  bool has_title = false;  ///< of the layout: its title is there, too few of its labels are
  double fit = 0.0;
};

/// What a check found that a person should look at.
struct LayoutFinding {
  std::string kind;  ///< permanent: "never_found", "ambiguous", "wrong_value", ...
  std::string key;   ///< "project_name", "indicators.target"; empty: the layout as a whole
  std::string message;
};

struct LayoutCheck {
  std::string layout;
  std::string version;
  std::string record;
  int files = 0;
  int forms = 0;  ///< of all kinds
  int own = 0;    ///< that the layout reads
  std::vector<KeyCheck> fields;
  std::vector<TableCheck> tables;
  std::vector<UnclaimedCheck> unclaimed;  ///< in most forms first
  std::vector<ClaimCheck> claims;
  std::vector<StrangeForm> strange;
  std::vector<SampleFailure> failures;
  std::optional<RecordScore> score;   ///< with gold records
  std::optional<ScoreTotals> totals;  ///< likewise
  std::vector<LayoutFinding> findings;
};

/// Tries a layout file on samples. `extractor`, `host` and `models` must outlive it.
///
/// A form is the layout's own where it claims it (title and labels fit) and no other layout that
/// `host` has fits clearly better. A loaded layout of the same name is left out: the file stands in
/// its place.
class TABULARIUM_API LayoutChecker {
 public:
  /// Throws `Error::Code::bad_layout` where the file is none, and `bad_usage` where no model
  /// describes the records that it yields.
  LayoutChecker(Extractor& extractor, const PluginHost& host, const Models& models,
                const std::filesystem::path& layout);
  ~LayoutChecker();
  LayoutChecker(const LayoutChecker&) = delete;
  LayoutChecker& operator=(const LayoutChecker&) = delete;

  /// Reads a sample. `gold`: its records, in any order; those of other layouts and types are passed
  /// over. Throws as `Extractor::extract` where the document as a whole cannot be read.
  void add(const Document& document, const std::vector<Record>* gold);

  /// Notes a sample that cannot be read.
  void add_failure(const std::string& file, const std::string& reason);

  LayoutCheck finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tabularium
