#include "tabularium/form/row_parse_internal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace tabularium {
namespace {

constexpr std::size_t kBeam = 48;
// Of a table so large that no form has it, fewer ways are followed, and it is read once.
constexpr std::size_t kLarge = 20'000;  // pieces
constexpr std::size_t kNarrowBeam = 6;
constexpr double kBeamRange = 14.0;
constexpr int kReadings = 3;
constexpr int kNoText = -1;

// ---- what a piece looks like

enum Shape : std::uint8_t { number, quantity, dash, word, sentence, shape_count };
constexpr std::size_t kShapes = static_cast<std::size_t>(shape_count);

bool in(std::u32string_view set, char32_t code) { return set.find(code) != set.npos; }

constexpr std::u32string_view kOpening = U"([{（【〔《「『“";
constexpr std::u32string_view kClosing = U")]}）】〕》」』”";
/// A text that begins with one of these goes on from somewhere.
constexpr std::u32string_view kNoBeginning = U")]}）】〕》」』”,，、。;；:：.%!！?？";

bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }

/// How many characters at the front make a number; 0: none.
std::size_t number_length(std::u32string_view text) {
  std::size_t at = 0;
  if (at < text.size() && in(U"-−", text[at])) ++at;
  const std::size_t first = at;
  while (at < text.size() && (is_digit(text[at]) || (at > first && in(U",.", text[at])))) ++at;
  return at > first && is_digit(text[first]) ? at : 0;
}

Shape shape_of(std::u32string_view text) {
  constexpr std::size_t kLongWord = 10;
  constexpr std::size_t kLongUnit = 8;
  if (std::all_of(text.begin(), text.end(), [](char32_t c) { return in(U"-—–―/一", c); })) {
    return dash;
  }
  std::u32string_view rest = text;
  while (!rest.empty() && in(U"≥≤=<>约", rest.front())) rest.remove_prefix(1);
  const std::size_t digits = number_length(rest);
  if (digits == rest.size() && rest.size() == text.size()) return number;
  const bool has_operator = rest.size() < text.size();
  const std::size_t behind = rest.size() - digits;
  const bool note = digits > 0 && digits < rest.size() && in(U"(（", rest[digits]);
  if (digits > 0 && (behind <= kLongUnit || (has_operator && note))) return quantity;
  return text.size() <= kLongWord ? word : sentence;
}

int open_brackets(std::u32string_view text) {
  int open = 0;
  for (const char32_t code : text) open += in(kOpening, code) ? 1 : in(kClosing, code) ? -1 : 0;
  return open;
}

// ---- what columns hold

struct ColumnFacts {
  std::array<double, kShapes> shape_cost{};
  double skip_cost = 0.0;  // of a row that leaves the column empty
  int width = 0;           // of the widest piece in it; 0: not known yet
  int col = 0;             // of most of its cells in the file; at first of its header
};

double log_cost(double share) { return -std::log(std::max(share, 1e-4)); }

std::array<double, kShapes> expected_shapes(const LooseColumn& column, std::size_t place) {
  // Shares of: number, quantity, dash, word, sentence.
  if (!column.spec->unit.empty()) return {0.80, 0.05, 0.10, 0.03, 0.02};
  if (column.wanted && place == 0) return {0.02, 0.03, 0.01, 0.54, 0.40};
  if (column.wanted) return {0.10, 0.45, 0.02, 0.23, 0.20};
  return {0.30, 0.25, 0.05, 0.25, 0.15};
}

// ---- the ways to deal the pieces out

/// What the next piece may do.
enum class Move : std::uint8_t {
  begin_row,
  go_right,  // to a column right of the last
  go_on,     // in the cell of the piece before
  cut,       // back, in the row that a page break cut
  drop,      // nowhere: something that the converter wrote twice
};

struct Node {
  int parent = -1;
  int piece = -1;
  std::int8_t column = 0;
  Move move = Move::begin_row;
};

/// A way to deal out the pieces up to here.
struct Way {
  double cost = 0.0;
  int node = -1;                // of the piece before the last
  unsigned filled = 0;          // columns of the row that is open
  int last = -1;                // column of the last piece that has one; -1: no row yet
  int column = -1;              // of the last piece
  int width = 0;                // of the last piece, in half-width characters
  int slip = 0;                 // by how many places the row stands right of where its columns do
  Move move = Move::begin_row;  // of the last piece
  bool cut = false;             // the row goes on behind a page break
  std::array<int, 2> level{kNoText, kNoText};  // as they stand now, of the first two level columns
  std::array<bool, 2> fresh{};                 // the row has its own
  std::array<unsigned, 2> used{};              // words of the level columns that stood before
  std::array<std::int8_t, kMostLooseColumns> open{};  // brackets, by column
  std::array<Shape, kMostLooseColumns> shape{};       // of the last piece, by column
};

/// Texts that level columns may hold, each once, and what the layout knows of them.
class LevelTexts {
 public:
  explicit LevelTexts(std::array<const Labels*, 2> words) : words_(words) {}

  int id_of(const std::u32string& text) {
    const auto [found, is_new] = ids_.try_emplace(text, static_cast<int>(entries_.size()));
    if (is_new) entries_.push_back(entry_of(text));
    return found->second;
  }

  /// The text `right` after `left`.
  int joined(int left, int right) {
    const auto known = joined_.find({left, right});
    if (known != joined_.end()) return known->second;
    const std::u32string text = entry(left).text + entry(right).text;
    return joined_[{left, right}] = id_of(text);
  }

  bool is_word(std::size_t level, int id) const { return entry(id).word[level]; }
  /// Whether a word that the layout knows begins with the text and goes on.
  bool is_part(std::size_t level, int id) const { return entry(id).part[level]; }
  /// Which of the words of the level column it is, as a bit of a mask; 0: none, or beyond the bits.
  unsigned bit(std::size_t level, int id) const { return entry(id).bit[level]; }
  /// Whether the text ends with `end`.
  bool ends_with(int id, int end) const { return entry(id).text.ends_with(entry(end).text); }
  bool is_long(int id) const { return entry(id).text.size() > kLongLevel; }

 private:
  static constexpr std::size_t kLongLevel = 12;

  struct Entry {
    std::u32string text;
    std::array<bool, 2> word{};
    std::array<bool, 2> part{};
    std::array<unsigned, 2> bit{};
  };

  const Entry& entry(int id) const { return entries_[static_cast<std::size_t>(id)]; }

  Entry entry_of(const std::u32string& text) const {
    constexpr std::size_t kBits = 32;
    Entry entry{text, {}, {}, {}};
    for (std::size_t level = 0; level < words_.size(); ++level) {
      if (words_[level] == nullptr) continue;
      for (std::size_t w = 0; w < words_[level]->size(); ++w) {
        const std::u32string& word = (*words_[level])[w].folded;
        if (word == text) {
          entry.word[level] = true;
          if (w < kBits) entry.bit[level] = 1U << w;
        }
        const bool part = word.size() > text.size() && word.compare(0, text.size(), text) == 0;
        entry.part[level] = entry.part[level] || part;
      }
    }
    return entry;
  }

  std::array<const Labels*, 2> words_;
  std::vector<Entry> entries_;
  std::map<std::u32string, int> ids_;
  std::map<std::pair<int, int>, int> joined_;
};

struct Item {
  const LoosePiece* piece = nullptr;
  Shape shape = word;
  int text = kNoText;     // among the texts of levels
  bool is_level = false;  // a word of some level column
  int brackets = 0;
  int width = 0;  // in half-width characters
  bool begins_line = false;
  bool blank_before = false;
  bool cells = false;
  bool far = false;    // more than one space stands before it
  bool glued = false;  // the space before it is one that is typed between scripts: Wi-Fi 覆盖率
};

constexpr double kOneSpace = 9.0;  // points: more than a typewriter's space

/// Whether the space between two words is more likely one of a text than one between cells.
bool is_glued(const LoosePiece& left, const LoosePiece& right) {
  const auto is_latin = [](char32_t code) {
    return (code >= U'A' && code <= U'Z') || (code >= U'a' && code <= U'z');
  };
  const auto is_ascii = [](char32_t code) { return code < 0x80; };
  const bool latin = std::all_of(left.folded.begin(), left.folded.end(), is_ascii) &&
                     std::any_of(left.folded.begin(), left.folded.end(), is_latin);
  if (!latin || right.folded.empty()) return false;
  const char32_t next = right.folded.front();
  return is_latin(next) || is_digit(next) || (next >= 0x4E00 && next <= 0x9FFF);
}

class Parser {
 public:
  Parser(const std::vector<LooseColumn>& columns, const std::vector<const LooseRow*>& rows)
      : columns_(columns), texts_(words_of(columns)) {
    for (const LooseRow* row : rows) {
      for (const LoosePiece& piece : row->pieces) {
        const bool first = &piece == &row->pieces.front();
        const bool glued = !first && !row->cells && is_glued(*(&piece - 1), piece);
        const int text = texts_.id_of(piece.folded);
        items_.push_back({&piece, shape_of(piece.folded), text,
                          texts_.is_word(0, text) || texts_.is_word(1, text),
                          open_brackets(piece.folded), shown_width(piece.lines.front()), first,
                          row->blank_before, row->cells,
                          !row->cells && piece.wide_before > kOneSpace, glued});
      }
    }
    std::size_t wanted = 0;
    int level = 0;
    for (const LooseColumn& column : columns_) {
      level_of_.push_back(column.level && level < 2 ? level++ : -1);
      expected_.push_back(expected_shapes(column, wanted));
      if (column.wanted && wanted++ == 0) name_column_ = static_cast<int>(level_of_.size()) - 1;
    }
    facts_.resize(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      for (std::size_t s = 0; s < kShapes; ++s) facts_[i].shape_cost[s] = log_cost(expected_[i][s]);
      facts_[i].skip_cost = columns_[i].level ? 0.0 : columns_[i].wanted ? 4.5 : 2.0;
      facts_[i].col = columns_[i].col;
    }
  }

  RowParse parse() {
    RowParse result;
    if (items_.empty()) return result;
    const int readings = items_.size() > kLarge ? 1 : kReadings;
    for (int reading = 0; reading < readings; ++reading) {
      result = best();
      if (reading + 1 < readings) learn(result);
    }
    mark_doubts(result);
    return result;
  }

 private:
  static std::array<const Labels*, 2> words_of(const std::vector<LooseColumn>& columns) {
    std::array<const Labels*, 2> words{};
    std::size_t level = 0;
    for (const LooseColumn& column : columns) {
      if (column.level && level < words.size()) words[level++] = &column.spec->words;
    }
    return words;
  }

  RowParse best();
  void extend(const Way& way, const Item& item, std::vector<Way>& ways);
  void try_move(const Way& way, const Item& item, int column, Move move, std::vector<Way>& ways);
  double begin_cost(Way& way, const Item& item, int column) const;
  double go_on_cost(Way& way, const Item& item, int column);
  double level_begin_cost(Way& way, const Item& item, std::size_t level) const;
  double level_go_on_cost(Way& way, const Item& item, std::size_t level);
  double close_cost(const Way& way) const;
  double wrap_cost(const Way& way, const Item& item, int column) const;
  bool repeats_level(const Way& way, const Item& item) const;
  RowParse traced(int node) const;
  void learn(const RowParse& reading);
  void mark_doubts(RowParse& result) const;

  const std::vector<LooseColumn>& columns_;
  LevelTexts texts_;
  std::vector<Item> items_;
  std::vector<int> level_of_;  // by column: 0, 1, or -1
  std::vector<std::array<double, kShapes>> expected_;
  std::vector<ColumnFacts> facts_;
  int name_column_ = 0;  // that names what a row is about
  std::vector<Node> nodes_;
};

double Parser::level_begin_cost(Way& way, const Item& item, std::size_t level) const {
  double cost = 0.0;
  if (texts_.is_word(level, item.text)) {
    cost = -0.5;
  } else if (texts_.is_part(level, item.text)) {
    cost = 1.5;
  } else {
    cost = item.shape == word ? 3.5 : item.shape == sentence ? 5.0 : 9.0;
    if (texts_.is_long(item.text)) cost += 2.0;
  }
  // A level seldom stands twice.
  if (const unsigned bit = texts_.bit(level, item.text); bit != 0) {
    if ((way.used[level] & bit) != 0) cost += item.text == way.level[level] ? 0.5 : 2.0 - level;
    way.used[level] |= bit;
  }
  if (level == 0) {
    way.level[1] = kNoText;
    way.fresh[1] = false;
  }
  way.level[level] = item.text;
  way.fresh[level] = true;
  return cost;
}

double Parser::level_go_on_cost(Way& way, const Item& item, std::size_t level) {
  int& text = way.level[level];
  if (text == kNoText) return level_begin_cost(way, item, level);
  const bool was_word = texts_.is_word(level, text);
  const bool was_part = texts_.is_part(level, text);
  text = texts_.joined(text, item.text);
  if (texts_.is_word(level, text)) return was_word ? 0.0 : -2.0;
  if (texts_.is_part(level, text)) return 0.0;
  // Names that the layout does not know are wrapped too.
  return was_word ? 5.0 : was_part ? 4.0 : 1.0;
}

/// What a row costs that ends as it is.
double Parser::close_cost(const Way& way) const {
  double cost = 0.0;
  bool first_level = false;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const bool filled = (way.filled & (1U << i)) != 0;
    const int level = level_of_[i];
    if (level >= 0) {
      const auto at = static_cast<std::size_t>(level);
      const int text = way.level[at];
      if (text == kNoText) cost += level == 0 ? 3.0 : first_level ? 2.5 : 2.0;
      if (filled && text != kNoText && !texts_.is_word(at, text) && texts_.is_part(at, text)) {
        cost += 3.0;
      }
      first_level = first_level || way.fresh[at];
      continue;
    }
    if (!filled) cost += facts_[i].skip_cost;
    if (way.open[i] > 0) cost += 2.0;
  }
  return cost;
}

double Parser::begin_cost(Way& way, const Item& item, int column) const {
  const auto at = static_cast<std::size_t>(column);
  double cost = 0.0;
  const int level = level_of_[at];
  if (level >= 0) {
    cost += level_begin_cost(way, item, static_cast<std::size_t>(level));
  } else {
    cost += facts_[at].shape_cost[item.shape];
    if (item.is_level) cost += 2.5;
  }
  const char32_t first = item.piece->folded.empty() ? U' ' : item.piece->folded.front();
  if (in(kNoBeginning, first)) cost += 4.0;
  if (item.cells) {
    // Cells slip together: what counts is where the slip changes.
    const int slip = item.piece->col - facts_[at].col;
    cost += 0.35 * std::min(3, std::abs(slip - way.slip));
    way.slip = slip;
  }
  way.open[at] = static_cast<std::int8_t>(std::clamp(item.brackets, -100, 100));
  way.shape[at] = item.shape;
  way.filled |= 1U << at;
  return cost;
}

double Parser::go_on_cost(Way& way, const Item& item, int column) {
  const auto at = static_cast<std::size_t>(column);
  double cost = 0.0;
  const int level = level_of_[at];
  if (level >= 0) {
    cost += level_go_on_cost(way, item, static_cast<std::size_t>(level));
  } else {
    cost += 0.3;
    if (item.shape == number || item.shape == quantity) cost += 3.0;
    if (facts_[at].shape_cost[number] < 0.7) cost += 4.0;  // numbers are not wrapped
    if (way.shape[at] != sentence) cost += 0.2;            // and names seldom
    if (way.shape[at] == quantity && way.open[at] <= 0) cost += 2.0;
    if (item.cells) cost += 0.2 * std::min(3, std::abs(item.piece->col - facts_[at].col));
  }
  way.shape[at] = item.shape;
  const char32_t first = item.piece->folded.empty() ? U' ' : item.piece->folded.front();
  if (in(kNoBeginning, first)) cost -= 1.0;
  if (way.open[at] > 0) cost -= 2.0;
  way.open[at] = static_cast<std::int8_t>(std::clamp(way.open[at] + item.brackets, -100, 100));
  return cost;
}

/// What it costs that a row of cells goes on in the next line: page breaks leave an empty line.
double cut_cost(const Item& item) { return item.blank_before ? 3.0 : 6.5; }

/// A line of words is wrapped where its column has no room for more.
double Parser::wrap_cost(const Way& way, const Item& item, int column) const {
  constexpr int kTwoCharacters = 4;
  if (item.cells) return 0.0;
  return way.width + kTwoCharacters < facts_[static_cast<std::size_t>(column)].width ? 2.0 : 0.0;
}

bool Parser::repeats_level(const Way& way, const Item& item) const {
  return std::any_of(way.level.begin(), way.level.end(), [&](int level) {
    return level != kNoText && texts_.ends_with(level, item.text);
  });
}

/// Behind a page break cells go on; seldom does one begin there.
constexpr double kNewInCut = 2.0;

/// Whether the piece is the first of its line that has a place.
bool begins_line(const Way& way, const Item& item) {
  return item.begins_line || way.move == Move::drop;
}

void Parser::try_move(const Way& way, const Item& item, int column, Move move,
                      std::vector<Way>& ways) {
  const auto at = static_cast<std::size_t>(column);
  Way next = way;
  double cost = 0.0;
  const bool has_cell = (way.filled & (1U << at)) != 0;
  switch (move) {
    case Move::begin_row:
      if (way.last >= 0) cost += close_cost(way);
      if (!begins_line(way, item)) cost += 6.0;
      if (column > name_column_) cost += 4.0;
      next.filled = 0;
      next.slip = 0;
      next.cut = false;
      next.fresh = {};
      next.open = {};
      cost += begin_cost(next, item, column);
      break;
    case Move::go_right:
      if (begins_line(way, item))
        cost += item.cells ? cut_cost(item) : item.blank_before ? 0.6 : 0.3;
      if (way.cut && !has_cell) cost += kNewInCut;
      cost += has_cell ? go_on_cost(next, item, column) + 1.0 : begin_cost(next, item, column);
      break;
    case Move::go_on:
      if (begins_line(way, item)) {
        cost += item.cells ? cut_cost(item) - 0.5 : item.blank_before ? 1.6 : 0.6;
        cost += wrap_cost(way, item, column);
      } else {
        cost += item.cells ? 5.0 : item.glued ? 0.0 : 2.0;
      }
      cost += go_on_cost(next, item, column);
      break;
    case Move::cut:
      cost += item.cells ? cut_cost(item) : 4.0;
      if (!has_cell) cost += kNewInCut;
      next.cut = true;
      cost += has_cell ? go_on_cost(next, item, column) : begin_cost(next, item, column);
      break;
    case Move::drop:
      // The end of a label that a page break cut, written again below the whole label.
      cost += begins_line(way, item) && item.blank_before && repeats_level(way, item) ? 1.0 : 5.0;
      break;
  }
  if (item.far && move == Move::go_on) cost += 2.0;
  if (item.glued && move != Move::go_on) cost += 2.0;
  if (move != Move::drop) {
    next.last = column;
    next.width = item.width;
  }
  next.column = column;
  next.move = move;
  next.cost += cost;
  ways.push_back(next);
}

void Parser::extend(const Way& way, const Item& item, std::vector<Way>& ways) {
  const int columns = static_cast<int>(columns_.size());
  try_move(way, item, 0, Move::drop, ways);
  for (int column = 0; column < columns; ++column) {
    if (begins_line(way, item) || way.last < 0 || column <= name_column_) {
      try_move(way, item, column, Move::begin_row, ways);
    }
    if (way.last < 0) continue;
    const bool has_cell = (way.filled & (1U << column)) != 0;
    if (column > way.last && (!has_cell || way.cut)) {
      try_move(way, item, column, Move::go_right, ways);
    } else if (column == way.last) {
      try_move(way, item, column, Move::go_on, ways);
    } else if (column < way.last && begins_line(way, item)) {
      try_move(way, item, column, Move::cut, ways);
    }
  }
}

/// The best of the ways that go on alike.
std::vector<Way> pruned(std::vector<Way> ways, std::size_t most) {
  std::stable_sort(ways.begin(), ways.end(),
                   [](const Way& a, const Way& b) { return a.cost < b.cost; });
  std::set<std::tuple<unsigned, int, bool, int, int, unsigned, unsigned, int>> seen;
  std::vector<Way> kept;
  for (const Way& way : ways) {
    if (kept.size() >= most || way.cost > ways.front().cost + kBeamRange) break;
    const int open = way.last >= 0 ? way.open[static_cast<std::size_t>(way.last)] : 0;
    const bool is_new = seen.insert({way.filled, way.last, way.cut, way.level[0], way.level[1],
                                     way.used[0], way.used[1], open})
                            .second;
    if (is_new) kept.push_back(way);
  }
  return kept;
}

RowParse Parser::best() {
  nodes_.clear();
  std::vector<Way> ways(1);
  for (std::size_t item = 0; item < items_.size(); ++item) {
    std::vector<Way> next;
    for (const Way& way : ways) extend(way, items_[item], next);
    ways = pruned(std::move(next), items_.size() > kLarge ? kNarrowBeam : kBeam);
    for (Way& way : ways) {
      nodes_.push_back(
          {way.node, static_cast<int>(item), static_cast<std::int8_t>(way.column), way.move});
      way.node = static_cast<int>(nodes_.size()) - 1;
    }
  }
  const Way* best = &ways.front();
  double least = best->cost + close_cost(*best);
  for (const Way& way : ways) {
    const double cost = way.cost + close_cost(way);
    if (cost < least) least = cost, best = &way;
  }
  RowParse result = traced(best->node);
  result.cost = least;
  return result;
}

RowParse Parser::traced(int last) const {
  std::vector<int> path;
  for (int node = last; node >= 0; node = nodes_[static_cast<std::size_t>(node)].parent) {
    path.push_back(node);
  }
  std::reverse(path.begin(), path.end());
  RowParse result;
  for (const int index : path) {
    const Node& node = nodes_[static_cast<std::size_t>(index)];
    const LoosePiece* piece = items_[static_cast<std::size_t>(node.piece)].piece;
    if (node.move == Move::drop) {
      result.dropped.push_back(piece);
      if (!result.rows.empty()) result.rows.back().doubtful = true;
      continue;
    }
    if (node.move == Move::begin_row) {
      result.rows.emplace_back();
      result.rows.back().cells.resize(columns_.size());
    }
    LooseTableRow& row = result.rows.back();
    row.cells[static_cast<std::size_t>(node.column)].push_back(piece);
  }
  return result;
}

/// What the columns hold in this reading, for the next.
void Parser::learn(const RowParse& reading) {
  constexpr double kPrior = 4.0;  // rows that what we expect weighs
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::map<int, int> places;
    for (const LooseTableRow& row : reading.rows) {
      for (const LoosePiece* piece : row.cells[i]) {
        facts_[i].width = std::max(facts_[i].width, shown_width(piece->lines.front()));
      }
      if (!row.cells[i].empty()) ++places[row.cells[i].front()->col];
    }
    int most = 0;
    for (const auto& [col, count] : places) {
      if (count > most) most = count, facts_[i].col = col;
    }
    if (columns_[i].level) continue;
    std::array<double, kShapes> seen{};
    double rows = 0.0;
    double empty = 0.0;
    for (const LooseTableRow& row : reading.rows) {
      if (row.cells[static_cast<std::size_t>(name_column_)].empty()) continue;
      rows += 1.0;
      if (row.cells[i].empty()) {
        empty += 1.0;
        continue;
      }
      std::u32string text;
      for (const LoosePiece* piece : row.cells[i]) text += piece->folded;
      seen[shape_of(text)] += 1.0;
    }
    const double filled = rows - empty;
    for (std::size_t s = 0; s < kShapes; ++s) {
      facts_[i].shape_cost[s] = log_cost((seen[s] + kPrior * expected_[i][s]) / (filled + kPrior));
    }
    if (!columns_[i].wanted) {
      const double share = (empty + 0.25) / (rows + 1.0);
      facts_[i].skip_cost = std::clamp(log_cost(share), 0.05, 5.0);
    }
  }
}

/// A row is doubtful where it lacks what others have, holds a level nobody knows, or a number was
/// put together from pieces.
void Parser::mark_doubts(RowParse& result) const {
  for (LooseTableRow& row : result.rows) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto& cell = row.cells[i];
      if (cell.empty()) {
        row.doubtful = row.doubtful || (!columns_[i].level && facts_[i].skip_cost > 1.5);
        continue;
      }
      std::u32string text;
      for (const LoosePiece* piece : cell) text += piece->folded;
      const bool numeric = !columns_[i].level && facts_[i].shape_cost[number] < 0.7;
      if (numeric && !is_plain_number(text) && shape_of(text) != dash) row.doubtful = true;
    }
  }
}

}  // namespace

bool is_plain_number(std::u32string_view folded) {
  return !folded.empty() && number_length(folded) == folded.size();
}

RowParse parse_rows(const std::vector<LooseColumn>& columns,
                    const std::vector<const LooseRow*>& rows) {
  return Parser(columns, rows).parse();
}

}  // namespace tabularium
