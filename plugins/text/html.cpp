#include "html.h"

#include <fmt/format.h>
#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

#include "cell_markup.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::text {
namespace {

using Tree = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;
using ParserContext = std::unique_ptr<htmlParserCtxt, decltype(&htmlFreeParserCtxt)>;

constexpr int kMostSpan = 1000;  // as the HTML standard has it for columns

template <std::size_t kCount>
bool is_one_of(const xmlNode& node, const std::array<std::string_view, kCount>& names) {
  const std::string_view name(reinterpret_cast<const char*>(node.name));
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 9> kUnseen{
    "script", "style", "head", "noscript", "template", "object", "iframe", "svg", "select"};
constexpr std::array<std::string_view, 24> kOwnLines{
    "p",  "div",        "li",   "ul",     "ol", "dl",   "dt",      "dd",
    "h1", "h2",         "h3",   "h4",     "h5", "h6",   "pre",     "hr",
    "br", "blockquote", "form", "center", "tr", "main", "section", "article"};

bool is_named(const xmlNode& node, std::string_view name) {
  return node.type == XML_ELEMENT_NODE && name == reinterpret_cast<const char*>(node.name);
}

std::string attribute(const xmlNode& node, const char* name) {
  xmlChar* value = xmlGetProp(&node, reinterpret_cast<const xmlChar*>(name));
  if (value == nullptr) return {};
  std::string text(reinterpret_cast<const char*>(value));
  xmlFree(value);
  return text;
}

bool has_attribute(const xmlNode& node, const char* name) {
  return xmlHasProp(&node, reinterpret_cast<const xmlChar*>(name)) != nullptr;
}

bool is_hidden(const xmlNode& node) {
  if (is_one_of(node, kUnseen) || has_attribute(node, "hidden")) return true;
  const std::string style = fold(attribute(node, "style"));
  return style.find("display:none") != std::string::npos;
}

int span_of(const xmlNode& cell, const char* name) {
  const long span = std::strtol(attribute(cell, name).c_str(), nullptr, 10);
  return static_cast<int>(std::clamp<long>(span, 1, kMostSpan));
}

int line_of(const xmlNode& node) {
  return static_cast<int>(std::max(1L, xmlGetLineNo(const_cast<xmlNode*>(&node))));
}

/// Collects running text into lines.
class TextFlow {
 public:
  explicit TextFlow(std::vector<Line>& lines) : lines_(lines) {}
  ~TextFlow() { end_line(); }
  TextFlow(const TextFlow&) = delete;
  TextFlow& operator=(const TextFlow&) = delete;

  void end_line() {
    const auto text = trimmed(text_);
    if (!text.empty()) lines_.push_back({std::u32string(text), number_});
    text_.clear();
    number_ = 0;
  }

  /// White space of any kind and length is one space.
  void add(std::u32string_view text, int number) {
    for (const char32_t code : text) {
      const bool space = is_space(code);
      if (space && (text_.empty() || text_.back() == U' ')) continue;
      if (!space && number_ == 0) number_ = number;
      text_ += space ? U' ' : code;
    }
  }

 private:
  std::vector<Line>& lines_;
  std::u32string text_;
  int number_ = 0;
};

void add_text(const xmlNode& node, TextFlow& flow);

void add_children(const xmlNode& node, TextFlow& flow) {
  for (const xmlNode* child = node.children; child != nullptr; child = child->next) {
    add_text(*child, flow);
  }
}

void add_text(const xmlNode& node, TextFlow& flow) {
  if (node.type == XML_TEXT_NODE || node.type == XML_CDATA_SECTION_NODE) {
    if (node.content != nullptr) {
      flow.add(to_utf32(reinterpret_cast<const char*>(node.content)), line_of(node));
    }
    return;
  }
  if (node.type != XML_ELEMENT_NODE || is_hidden(node)) return;
  if (is_named(node, "input")) {
    if (fold(attribute(node, "type")) == "checkbox" || fold(attribute(node, "type")) == "radio") {
      flow.add(has_attribute(node, "checked") ? U" ☑ " : U" ☐ ", line_of(node));
    }
    return;
  }
  const bool own_line = is_one_of(node, kOwnLines);
  if (own_line) flow.end_line();
  if (is_named(node, "td") || is_named(node, "th")) flow.add(U" ", line_of(node));
  add_children(node, flow);
  if (own_line) flow.end_line();
}

class HtmlReader {
 public:
  HtmlReader(const Limits& limits, const std::string& name) : limits_(limits), name_(name) {}

  Blocks read(const xmlNode& root) {
    take(root);
    end_lines();
    return std::move(result_);
  }

 private:
  void take(const xmlNode& node);
  void take_table(const xmlNode& table);
  void take_rows(const xmlNode& parent, Block& block);
  Row row_of(const xmlNode& node);
  void end_lines();
  void count_cell(const xmlNode& cell, int places);

  const Limits& limits_;
  const std::string& name_;
  Blocks result_;
  std::vector<Line> lines_;
  std::unique_ptr<TextFlow> flow_ = std::make_unique<TextFlow>(lines_);
  std::vector<int> free_from_;  // of the table: the first row in which a column is free
  int row_ = 0;
  std::int64_t places_ = 0;
};

/// What was collected outside of tables becomes blocks.
void HtmlReader::end_lines() {
  flow_->end_line();
  for (Line& line : lines_) {
    result_.blocks.push_back({});
    result_.blocks.back().line = std::move(line);
  }
  lines_.clear();
}

void HtmlReader::take(const xmlNode& node) {
  if (node.type == XML_ELEMENT_NODE && !is_hidden(node)) {
    if (is_named(node, "table")) return take_table(node);
    const bool own_line = is_one_of(node, kOwnLines);
    if (own_line) flow_->end_line();
    if (is_named(node, "input")) add_text(node, *flow_);
    for (const xmlNode* child = node.children; child != nullptr; child = child->next) take(*child);
    if (own_line) flow_->end_line();
  } else if (node.type != XML_ELEMENT_NODE) {
    add_text(node, *flow_);
  }
}

void HtmlReader::take_table(const xmlNode& table) {
  end_lines();
  free_from_.clear();
  row_ = 0;
  Block block;
  take_rows(table, block);
  while (!block.rows.empty() && block.rows.back().cells.empty()) block.rows.pop_back();
  if (block.rows.empty()) return;
  const int rows = static_cast<int>(block.rows.size());
  for (int row = 0; row < rows; ++row) {
    // A span that reaches beyond the last row ends there.
    for (Cell& cell : block.rows[static_cast<std::size_t>(row)].cells) {
      cell.row_span = std::min(cell.row_span, rows - row);
    }
  }
  result_.blocks.push_back(std::move(block));
}

void HtmlReader::take_rows(const xmlNode& parent, Block& block) {
  for (const xmlNode* child = parent.children; child != nullptr; child = child->next) {
    if (child->type != XML_ELEMENT_NODE || is_hidden(*child)) continue;
    if (is_named(*child, "tr")) {
      block.rows.push_back(row_of(*child));
      ++row_;
    } else if (is_named(*child, "caption")) {
      add_children(*child, *flow_);
      end_lines();
    } else {
      take_rows(*child, block);  // thead, tbody, tfoot, and what browsers look through
    }
  }
}

void HtmlReader::count_cell(const xmlNode& cell, int places) {
  places_ += places;
  if (places_ <= limits_.max_table_cells) return;
  throw Error(Error::Code::limit_exceeded,
              fmt::format("{}: line {}: more than {} cells of tables (Limits::max_table_cells)",
                          name_, line_of(cell), limits_.max_table_cells));
}

Row HtmlReader::row_of(const xmlNode& node) {
  Row row;
  int col = 0;
  const auto is_free = [&](int at) {
    return static_cast<std::size_t>(at) >= free_from_.size() ||
           free_from_[static_cast<std::size_t>(at)] <= row_;
  };
  for (const xmlNode* child = node.children; child != nullptr; child = child->next) {
    if (!is_named(*child, "td") && !is_named(*child, "th")) continue;
    while (!is_free(col)) ++col;
    Cell cell;
    cell.col = col;
    cell.row_span = span_of(*child, "rowspan");
    const int wanted = span_of(*child, "colspan");
    cell.col_span = 1;
    while (cell.col_span < wanted && is_free(col + cell.col_span)) ++cell.col_span;
    count_cell(*child, cell.col_span);
    free_from_.resize(std::max(free_from_.size(), static_cast<std::size_t>(col + cell.col_span)),
                      0);
    for (int at = col; at < col + cell.col_span; ++at) {
      free_from_[static_cast<std::size_t>(at)] = row_ + cell.row_span;
    }
    TextFlow flow(cell.lines);
    add_children(*child, flow);
    flow.end_line();
    col += cell.col_span;
    row.cells.push_back(std::move(cell));
  }
  return row;
}

void be_silent(void* /*context*/, const char* /*message*/, ...) {}

}  // namespace

Blocks read_html(std::u32string_view text, const Limits& limits, const std::string& name) {
  const std::string utf8 = to_utf8(text);
  const ParserContext parser(htmlNewParserCtxt(), &htmlFreeParserCtxt);
  if (!parser) throw Error(Error::Code::damaged_input, name + ": no memory for the HTML parser");
  parser->sax->error = &be_silent;
  parser->sax->warning = &be_silent;
  constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                           HTML_PARSE_NONET | HTML_PARSE_COMPACT;
  const Tree tree(htmlCtxtReadMemory(parser.get(), utf8.data(), static_cast<int>(utf8.size()),
                                     nullptr, "UTF-8", kOptions),
                  &xmlFreeDoc);
  const xmlNode* root = tree ? xmlDocGetRootElement(tree.get()) : nullptr;
  const xmlError* last = xmlCtxtGetLastError(parser.get());
  if (last != nullptr && last->level == XML_ERR_FATAL) {
    throw Error(Error::Code::damaged_input,
                fmt::format("{}: line {}: the HTML parser gave up: {}", name, last->line,
                            trim(last->message == nullptr ? "" : last->message)));
  }
  if (root == nullptr) {
    throw Error(Error::Code::damaged_input, name + ": no element and no text in this HTML file");
  }
  return HtmlReader(limits, name).read(*root);
}

}  // namespace tabularium::text
