#include "tabularium/page/misreading.h"

#include <algorithm>
#include <array>
#include <map>

#include "tabularium/page/text.h"

namespace tabularium {
namespace {

constexpr int kUnrelated = 10;
constexpr int kLookAlike = 4;
constexpr int kMark = 3;  // marks come from specks and rules, and get lost in them
constexpr int kThin = 5;  // 一 looks like a piece of a rule

/// Characters that recognizers take for each other: those of one entry look alike. The words are
/// those that forms print; what stands beside them need not be a word of any form.
constexpr std::array kLookAlikes = std::to_array<std::u32string_view>({
    // strokes and boxes
    U"一-—–―－_~",
    U"二=三",
    U"三王主",
    U"人入八",
    U"大太天夫犬",
    U"日目曰白自百臼",
    U"口囗□0O〇○",
    U"土士王玉工干千于",
    U"未末木本朱",
    U"己已巳",
    U"子于孑",
    U"申由甲田电中巾",
    U"开升井",
    U"力九刀",
    U"上土",
    U"下丁",
    U"又叉及",
    U"个人介",
    U"万方",
    U"儿几",
    U"元无",
    U"午年牛",
    U"小少",
    U"心必",
    U"月目用日",
    U"厂广",
    U"甫市",
    U"币市",
    U"吏更",
    U"米来",
    // words of levels and labels
    U"项顶须预页顷颂",
    U"预顶项颁顺须",
    U"质盾厦贡贯",
    U"量童重里星是景",
    U"数教效敷散敦",
    U"效郊致攻败敢数",
    U"益盎盖溢盈",
    U"成戒咸戊或城",
    U"标析柝际椽栎梆",
    U"指揩楷措捐抬",
    U"度废廖皮庹席",
    U"额领颇频颖",
    U"总怠思忌息恩",
    U"拨拔挑泼披",
    U"款歀软欺欲",
    U"算箅篡管",
    U"执扶抗热",
    U"行仃衍什",
    U"率牢卒宰举",
    U"分公兮介",
    U"值植直债俱",
    U"得碍锝待",
    U"产严户",
    U"出山岀",
    U"时吋肘盯",
    U"社杜祉",
    U"会合金台",
    U"经轻径轮",
    U"济挤齐剂",
    U"生主壬牛",
    U"态恋杰",
    U"可司叮呵",
    U"持特恃待",
    U"续缤读绩",
    U"绩续债缋",
    U"影彭景",
    U"响晌呐",
    U"服眼股",
    U"务努夯",
    U"对村时",
    U"象像",
    U"满瞒滿",
    U"意惫愈",
    U"位拉立仕",
    U"单早草",
    U"施旄旋",
    U"实宝买宾",
    U"报极抿投",
    U"名各多",
    U"称秘杯",
    U"负贝质",
    U"责贵贡",
    U"联职朕",
    U"系糸条",
    U"话活",
    U"始姑",
    U"结洁络",
    U"束柬东来",
    U"完宪宗",
    U"期朝斯",
    U"概慨溉",
    U"况兄沉",
    U"立丘位",
    U"依侬",
    U"据椐居",
    U"设没议",
    U"要耍",
    U"性牲",
    U"保侏",
    U"证让",
    U"制刽利",
    U"计汁什",
    U"划刘",
    U"其具",
    U"财则",
    U"政攻改",
    U"当肖",
    U"转较软",
    U"他地池",
    U"同向",
    U"初韧",
    U"偏编",
    U"差羞",
    U"原厚",
    U"因困固",
    U"改攻",
    U"进迸逃",
    U"评许",
    U"等寺筹",
    U"级圾极",
    U"优仇忧",
    U"良艮",
    U"类美奖",
    U"型垦",
    U"资货贷贤",
    U"基墓",
    U"建律",
    U"信倍",
    U"策荣",
    U"补朴",
    U"贴站",
    U"购沟构",
    U"置罝",
    U"盖盆",
    U"金全企",
    U"长氏",
    U"部邵都",
    U"门问",
    U"环坏",
    U"境竟",
    U"理埋",
    U"管菅",
    U"投设役",
    U"力九",
    U"传侍",
    U"共其",
    U"享亨",
    U"配酩",
    U"套奎",
    U"备各",
    U"注洼汪",
    U"申审",
    U"市布",
    U"区凶",
    U"海悔",
    U"科料",
    U"技枝",
    U"术木",
    U"用甩",
    U"途逮",
    U"必心",
    U"支文",
    U"使便",
    U"间问同",
    U"束来",
    U"至全",
    U"底低",
    U"协办",
    U"助肋",
    U"决诀",
    U"源原",
    U"库厍",
    U"明朋",
    U"内肉",
    U"容客",
    U"方万",
    U"案亲",
    U"析折",
    U"措借",
    U"年牟",
    U"序库",
    U"字学",
    U"于十干",
    U"字宗宇子",
    U"普晋",
    U"养乔",
    // digits, letters and marks
    U"0OoQD〇○",
    U"1lI|iｌ!",
    U"2Zz",
    U"5Ss",
    U"6b",
    U"8B",
    U"9gq",
    U"7/了",
    U"4A",
    U"(（〔[{〈<《",
    U")）〕]}〉>》",
    U"、,.丶`'",
    U"。.,o",
    U":;.；",
    U"≥>之过亏兰宇乏么志芝辫",
    U"≤<夕乡委迄科和",
    U"%％",
    U"元兀无",
});

using Pairs = std::map<std::pair<char32_t, char32_t>, int>;

Pairs make_pairs() {
  Pairs pairs;
  for (const std::u32string_view group : kLookAlikes) {
    for (const char32_t a : group) {
      for (const char32_t b : group) {
        if (a != b) pairs[{a, b}] = kLookAlike;
      }
    }
  }
  return pairs;
}

bool look_alike(char32_t a, char32_t b) {
  static const Pairs kPairs = make_pairs();
  return kPairs.contains({a, b});
}

bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }

bool is_mark(char32_t code) {
  const bool letter =
      is_digit(code) || (code >= U'A' && code <= U'Z') || (code >= U'a' && code <= U'z');
  return !letter &&
         (code < 0x80 || (code >= 0x2000 && code <= 0x206F) || (code >= 0x3000 && code <= 0x303F));
}

/// What it costs that a character is not read, or that one is read where none is.
int gap_cost(char32_t code) { return is_mark(code) ? kMark : code == U'一' ? kThin : kUnrelated; }

enum class Step : char { none, same, lost, added };

/// The table of an edit distance. `anywhere`: what stands before and behind the part costs nothing.
std::optional<Misreading> align(std::u32string_view printed, std::u32string_view read, int most,
                                bool anywhere) {
  const std::size_t columns = read.size() + 1;
  std::vector<int> cost((printed.size() + 1) * columns, 0);
  std::vector<Step> step(cost.size(), Step::none);
  const auto at = [&](std::size_t i, std::size_t j) { return i * columns + j; };
  for (std::size_t j = 1; j < columns && !anywhere; ++j) {
    cost[at(0, j)] = cost[at(0, j - 1)] + gap_cost(read[j - 1]);
    step[at(0, j)] = Step::added;
  }
  for (std::size_t i = 1; i <= printed.size(); ++i) {
    int least = cost[at(i, 0)] = cost[at(i - 1, 0)] + gap_cost(printed[i - 1]);
    step[at(i, 0)] = Step::lost;
    for (std::size_t j = 1; j < columns; ++j) {
      int best = cost[at(i - 1, j - 1)] + misreading_cost(printed[i - 1], read[j - 1]);
      Step by = Step::same;
      const int lost = cost[at(i - 1, j)] + gap_cost(printed[i - 1]);
      if (lost < best) best = lost, by = Step::lost;
      const int added = cost[at(i, j - 1)] + gap_cost(read[j - 1]);
      if (added < best) best = added, by = Step::added;
      cost[at(i, j)] = best;
      step[at(i, j)] = by;
      least = std::min(least, best);
    }
    if (least > most) return std::nullopt;
  }
  Misreading found;
  found.end = read.size();
  for (std::size_t j = 0; j < columns && anywhere; ++j) {
    if (cost[at(printed.size(), j)] < cost[at(printed.size(), found.end)]) found.end = j;
  }
  found.cost = cost[at(printed.size(), found.end)];
  if (found.cost > most) return std::nullopt;
  found.places.resize(printed.size());
  std::size_t j = found.end;
  for (std::size_t i = printed.size(); i > 0 || (j > 0 && !anywhere);) {
    const Step by = step[at(i, j)];
    if (by == Step::added) {
      --j;
      continue;
    }
    --i;
    if (by == Step::same) --j;
    found.places[i] = j;
  }
  found.begin = j;
  return found;
}

}  // namespace

int misreading_cost(char32_t printed, char32_t read) {
  if (printed == read) return 0;
  if (printed == U'#') {
    if (is_digit(read)) return 0;
    return is_digit(likely_digit(read)) ? kLookAlike : kUnrelated;
  }
  if (look_alike(printed, read)) return kLookAlike;
  return is_mark(printed) && is_mark(read) ? kMark : kUnrelated;
}

char32_t likely_digit(char32_t read) {
  for (char32_t digit = U'0'; digit <= U'9' && !is_digit(read); ++digit) {
    if (look_alike(digit, read)) return digit;
  }
  return read;
}

std::optional<Misreading> explain_reading(std::u32string_view printed, std::u32string_view read,
                                          int most) {
  // Every character more or less costs something: far too long or short needs no look.
  const std::size_t longer = std::max(printed.size(), read.size());
  const std::size_t shorter = std::min(printed.size(), read.size());
  if (static_cast<int>(longer - shorter) * kMark > most) return std::nullopt;
  return align(printed, read, most, false);
}

std::optional<Misreading> find_reading(std::u32string_view printed, std::u32string_view read,
                                       int most) {
  return align(printed, read, most, true);
}

int misreading_budget(std::size_t length) {
  switch (length) {
    case 0:
    case 1:
      return 0;
    case 2:
      return kLookAlike;
    case 3:
      return 2 * kLookAlike;
    default:
      return std::min(40, 3 * static_cast<int>(length));
  }
}

}  // namespace tabularium
