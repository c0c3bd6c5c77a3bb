#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tabularium/form/form_look.h"

namespace tabularium {

/// One form of a file, to look at.
struct GroupSample {
  std::string file;
  int ordinal = 0;  ///< see `FormLook::ordinal`
  int page = 1;     ///< the first of the form
};

/// Forms of one kind.
struct FormGroup {
  std::string layout;        ///< that claims them; empty: they are of a kind that none knows
  std::string title;         ///< the commonest
  std::map<int, int> years;  ///< how many forms print which year
  std::string record;        ///< type of record whose words they have; empty: of none
  std::string nearest;       ///< the known layout most like the first of them
  double nearness = 0.0;
  std::vector<std::string>
      labels;  ///< on most of the forms; words of record models first, commonest first
  std::int64_t forms = 0;
  std::int64_t files = 0;
  std::vector<GroupSample> samples;  ///< the first forms, of different files where there are
};

/// Sorts forms into kinds as they come; memory grows with the number of kinds, not of forms. The
/// same forms in the same order give the same groups.
class TABULARIUM_API FormGroups {
 public:
  FormGroups();
  ~FormGroups();
  FormGroups(const FormGroups&) = delete;
  FormGroups& operator=(const FormGroups&) = delete;

  /// Adds a form and gives the number of its group, which it keeps. Forms of a file come together.
  std::size_t add(const std::string& file, const FormLook& look);

  /// The groups, by their numbers.
  std::vector<FormGroup> groups() const;

 private:
  struct Group;
  std::vector<Group> groups_;
};

}  // namespace tabularium
