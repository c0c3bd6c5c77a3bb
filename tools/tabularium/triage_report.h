#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tabularium/pipeline/form_groups.h"

namespace tabularium::tool {

/// A file that gave no form, and why.
struct TriageFailure {
  std::string file;
  std::string reason;  ///< "no_form", "encrypted", ...
  std::string message;
};

/// A layout that was drafted for a group, or why none could be.
struct TriageDraft {
  std::string name;
  std::string file;
  std::string failure;  ///< empty: it was written
};

/// What forms a heap of files holds.
struct Triage {
  std::int64_t files = 0;
  std::int64_t forms = 0;
  std::vector<FormGroup> groups;        ///< of known layouts first, then new ones; most forms first
  std::vector<TriageFailure> failures;  ///< files that could not be read, or not as a whole
  std::vector<TriageFailure> formless;  ///< files without a form
  std::vector<TriageDraft> drafts;      ///< with --draft: for each new group, in their order
};

/// Whether the group is of a kind that no layout knows.
inline bool is_new(const FormGroup& group) { return group.layout.empty(); }

/// Sorts the groups as they are told.
void sort_groups(std::vector<FormGroup>& groups);

std::string triage_in_words(const Triage& triage);

/// One JSON object; docs/layout.md names its members.
std::string triage_as_json(const Triage& triage);

}  // namespace tabularium::tool
