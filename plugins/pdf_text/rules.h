#pragma once

#include <cstdint>
#include <vector>

#include "tabularium/page/geometry.h"
#include "tabularium/page/rule.h"

namespace tabularium::pdf_text {

/// Widest line that is still a rule, in points; what is wider is an area.
inline constexpr double kMaxRuleThickness = 4.5;

/// Gathers the line pieces of a page and joins them to rules.
class RuleCollector {
 public:
  /// A piece of a line as drawn, already cut to what can be seen. `shape` names the drawn box that
  /// it outlines, so that the pieces of a tick box can be taken away; 0 for none.
  void add(const Rule& piece, int shape = 0);

  /// A mark about as wide as high, at most a few points: a dot of a dotted line, or nothing.
  void add_dot(const Box& box);

  /// Takes away all pieces of `shape`.
  void drop_shape(int shape);

  std::int64_t size() const { return static_cast<std::int64_t>(pieces_.size() + dots_.size()); }

  struct Piece {
    Rule rule;
    int shape = 0;
  };
  const std::vector<Piece>& pieces() const { return pieces_; }

  /// The rules: pieces on one line that touch are one, and so are dashes and dots in a row.
  /// Sorted by direction, position, from.
  std::vector<Rule> joined() const;

 private:
  std::vector<Piece> pieces_;
  std::vector<Box> dots_;
};

}  // namespace tabularium::pdf_text
