#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "ground.h"
#include "paths.h"
#include "rules.h"
#include "tabularium/page/word.h"

namespace tabularium::pdf_text {

/// U+2610 and U+2611: what a tick box reads as, drawn or a form field.
inline constexpr char32_t kBoxOff = U'☐';
inline constexpr char32_t kBoxOn = U'☑';

/// A small shape as painted: part of a tick box, or nothing of interest.
struct PaintedFigure {
  Figure figure;
  std::optional<Rgb> colour;
  int shape = 0;               ///< its pieces in the `RuleCollector`; 0 for none
  std::size_t word_index = 0;  ///< how many words there were when it was painted
};

/// A box drawn for a tick, and whether there is one.
struct TickBox {
  Box box;
  bool ticked = false;
  std::size_t word_index = 0;
};

/// Finds tick boxes among the figures of a page and takes their outlines out of `rules` and ticks
/// that are letters (√, ×) out of `words`. A square is no tick box where other rules meet it (it is
/// a cell of a table), where it holds other text, and in a row of boxes for single digits.
/// In the order of painting.
std::vector<TickBox> take_tick_boxes(const std::vector<PaintedFigure>& figures,
                                     RuleCollector& rules, std::vector<Word>& words);

/// Puts the boxes between the words as words of one glyph each, where they were painted.
std::vector<Word> with_tick_boxes(std::vector<Word> words, const std::vector<TickBox>& boxes);

}  // namespace tabularium::pdf_text
