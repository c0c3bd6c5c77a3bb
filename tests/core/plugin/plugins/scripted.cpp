// A reader and a layout that do what a text file tells them to, failures included. A document is
//
//   SCRIPT
//   page 200 300               a page of this size; what follows stands on it
//   word 20 20 Hello           a word at x, y, ten points high, six wide for each character
//   rule 50 10 190             a horizontal rule at y, from x to x
//   upright 50 10 190          a vertical rule at x, from y to y
//   turned 90                  it is shown turned clockwise
//   image                      a picture over the page
//   hidden | unmapped          the text is not to be trusted
//   fail std|int|error|size|number|off_page|nan   what goes wrong with this page
//   fail abort|exit|kill|hang|memory   what this page does to the process that reads it
//   print TEXT                to standard output, as a careless library would
//   wait 300                  milliseconds
//   try socket|FILE           a word "subject=open" at 20, 40 where a socket, or the file for
//                             writing, can be opened, else "subject=shut"
//
// and `open std`, `open error`, `open null`, `pages 0` in place of `page` make the file fail.
// The layout takes a page whose first word is FORM, and reads every word "key=value".
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>
#include <thread>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"
#include "tabularium/plugin/api.h"

namespace tabularium {
namespace {

std::vector<std::string> lines_of(const Document& document) {
  std::vector<std::string> lines;
  std::ifstream in(document.path);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Word word_at(double x, double y, const std::string& text) {
  Word word;
  double at = x;
  for (const char32_t code : to_utf32(text)) {
    word.glyphs.push_back({code, {at, y, at + 6.0, y + 10.0}});
    at += 6.0;
  }
  word.box = {x, y, at, y + 10.0};
  word.font_size = 10.0;
  word.extractor = "scripted";
  return word;
}

void fail(const std::string& how, Page& page) {
  if (how == "std") throw std::runtime_error("a page that throws");
  if (how == "int") throw 42;
  if (how == "error") throw Error(Error::Code::damaged_input, "a page that is damaged");
  if (how == "size") page.width = 0.0;
  if (how == "number") page.number += 1;
  if (how == "off_page") page.words.push_back(word_at(5000.0, 20.0, "away"));
  if (how == "abort") std::abort();
  if (how == "exit") std::_Exit(3);
  if (how == "kill") ::raise(SIGKILL);
  if (how == "hang") std::this_thread::sleep_for(std::chrono::hours(1));
  if (how == "memory") {
    for (std::vector<std::string> all;;) all.emplace_back(std::size_t{64} << 20, 'x');
  }
  if (how == "nan") {
    Word word = word_at(20.0, 20.0, "nan");
    word.box.x0 = std::numeric_limits<double>::quiet_NaN();
    page.words.push_back(word);
  }
}

bool can_open(const std::string& what) {
  const int opened = what == "socket" ? ::socket(AF_INET, SOCK_STREAM, 0)
                                      : ::open(what.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (opened >= 0) ::close(opened);
  return opened >= 0;
}

class ScriptedDocument final : public OpenedDocument {
 public:
  explicit ScriptedDocument(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
      if (line.starts_with("page ")) pages_.emplace_back();
      if (!pages_.empty()) pages_.back().push_back(line);
    }
  }
  int page_count() const override { return static_cast<int>(pages_.size()); }
  Page read(int page_number) override {
    Page page;
    page.number = page_number;
    for (const std::string& line : pages_.at(static_cast<std::size_t>(page_number) - 1)) {
      std::istringstream in(line);
      std::string what;
      in >> what;
      if (what == "page") in >> page.width >> page.height;
      if (what == "turned") in >> page.turned;
      if (what == "image") page.images.push_back({0.0, 0.0, page.width, page.height});
      if (what == "hidden") page.trust = TextTrust::hidden;
      if (what == "unmapped") page.trust = TextTrust::unmapped, page.unmapped_glyphs.resize(7);
      if (what == "word") {
        double x = 0.0;
        double y = 0.0;
        std::string text;
        in >> x >> y >> text;
        page.words.push_back(word_at(x, y, text));
      }
      if (what == "rule" || what == "upright") {
        Rule rule;
        if (what == "upright") rule.direction = Rule::Direction::vertical;
        in >> rule.position >> rule.from >> rule.to;
        page.rules.push_back(rule);
      }
      if (what == "print") std::puts(line.c_str());
      if (what == "wait") {
        int milliseconds = 0;
        in >> milliseconds;
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
      }
      if (what == "try") {
        std::string opened;
        in >> opened;
        page.words.push_back(
            word_at(20.0, 40.0, can_open(opened) ? "subject=open" : "subject=shut"));
      }
      if (what == "fail") {
        std::string how;
        in >> how;
        fail(how, page);
      }
    }
    if (page.words.empty()) page.trust = TextTrust::no_text;
    return page;
  }
  PageImage render(int, double dpi) override { return {1, 1, 1, dpi, {255}}; }

 private:
  std::vector<std::vector<std::string>> pages_;
};

class ScriptedReader final : public Reader {
 public:
  std::string_view name() const noexcept override { return "scripted"; }
  bool accepts(const Document& document) const override {
    if (document.head.starts_with("SCRIPT accepts std")) throw std::runtime_error("accepts throws");
    return document.head.starts_with("SCRIPT");
  }
  std::unique_ptr<OpenedDocument> open(const Document& document) override {
    const auto lines = lines_of(document);
    for (const std::string& line : lines) {
      if (line == "open std") throw std::runtime_error("a file that throws");
      if (line == "open int") throw 42;
      if (line == "open null") return nullptr;
      if (line == "open error") {
        throw Error(Error::Code::encrypted, document.name + ": a password is needed");
      }
    }
    return std::make_unique<ScriptedDocument>(lines);
  }
};

/// Every word of the pages' lines, in order.
std::vector<Evidence> words_of(const std::vector<TabulatedPage>& pages) {
  std::vector<Evidence> words;
  for (const TabulatedPage& page : pages) {
    for (const TextLine& line : page.lines) {
      for (const Word& word : line.words) {
        words.push_back({page.number, word.box, word.text(), 1.0, word.extractor});
      }
    }
  }
  return words;
}

bool has_word(const std::vector<TabulatedPage>& pages, std::string_view text) {
  for (const Evidence& word : words_of(pages)) {
    if (word.text == text) return true;
  }
  return false;
}

class ScriptedLayout final : public Layout {
 public:
  std::string_view name() const noexcept override { return "scripted-1"; }
  std::string_view version() const noexcept override { return "1.0"; }
  std::string_view record() const noexcept override { return "note"; }
  std::optional<double> begins(const TabulatedPage& page) const override {
    if (has_word({page}, "trap_begins")) throw std::runtime_error("begins throws");
    for (const TextLine& line : page.lines) {
      if (line.words.front().text() == "FORM") return line.box.y0;
    }
    return std::nullopt;
  }
  double fit(const std::vector<TabulatedPage>& pages) const override {
    if (has_word(pages, "trap_fit")) throw 42;
    return 1.0;
  }
  Form read(const std::vector<TabulatedPage>& pages) const override {
    if (has_word(pages, "trap_read")) throw std::runtime_error("read throws");
    Form form;
    form.layout = name();
    form.record = has_word(pages, "trap_record") ? "no such record" : "note";
    form.title = has_word(pages, "trap_utf8") ? "\xFF\xFE" : "FORM";
    for (const TabulatedPage& page : pages) form.pages.push_back(page.number);
    for (const Evidence& word : words_of(pages)) {
      const std::size_t at = word.text.find('=');
      if (at == std::string::npos) continue;
      const std::string text = word.text.substr(at + 1);
      form.fields.push_back({word.text.substr(0, at), {text, {}, "", word}});
    }
    return form;
  }
};

void register_all(PluginRegistry& registry) {
  registry.add_reader("scripted", [] { return std::make_unique<ScriptedReader>(); });
  registry.add_layout(std::make_unique<ScriptedLayout>());
}

}  // namespace
}  // namespace tabularium

extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
const tabularium::PluginInfo tabularium_plugin = {tabularium::kPluginApi, TABULARIUM_BUILD_TAG,
                                                  "scripted", "1.0", &tabularium::register_all};
