#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tabularium/form/layout.h"
#include "tabularium/form/lexicon.h"

namespace tabularium {

/// What a form looks like, whatever it says: enough to tell which forms are of one kind.
struct FormLook {
  int ordinal = 0;                  ///< among the forms of its file, from 0
  std::vector<int> pages;           ///< rising, from 1
  std::string layout;               ///< that claims it; empty: none
  std::string title;                ///< folded, without its year; empty: none was found
  bool recognized = false;          ///< read from pixels, so that texts may be misread
  std::optional<int> year;          ///< that it prints below or in its title
  std::string record;               ///< type whose words stand on it; empty: hardly any do
  std::vector<std::string> labels;  ///< words of record models that stand on it; sorted
  std::vector<std::string> texts;   ///< other short texts, labels perhaps; sorted
  std::vector<std::string> grid;    ///< how many cells rows have that follow each other; sorted
  std::string nearest;              ///< of a form that none claims: the known layout most like it
  double nearness = 0.0;            ///< 0 to 1: the share of labels and title that both have

  bool operator==(const FormLook&) const = default;
};

/// Tells what forms look like. Immutable.
class TABULARIUM_API FormLooker {
 public:
  /// `lexicons`: the words of all record models.
  explicit FormLooker(std::vector<Lexicon> lexicons);
  ~FormLooker();
  FormLooker(const FormLooker&) = delete;
  FormLooker& operator=(const FormLooker&) = delete;

  /// The look of the form on `pages`, at least one. `claimed`: the layout that claims it, or null.
  /// Of `known` the nearest is told where none does.
  FormLook look(const std::vector<TabulatedPage>& pages, const Layout* claimed,
                const std::vector<const Layout*>& known) const;

 private:
  struct Words;
  std::vector<std::unique_ptr<Words>> words_;
};

/// How like two looks are, 0 to 1; from `kSameKind` on they are of one kind. Titles must be the
/// same, or nearly where a recognizer read them; labels weigh more than the shape of the tables.
TABULARIUM_API double likeness(const FormLook& a, const FormLook& b);
inline constexpr double kSameKind = 0.7;

}  // namespace tabularium
