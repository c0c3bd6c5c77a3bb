// A reader of files that begin with "ILL". With one of the ILL_... macros it breaks one promise.
#include <csignal>
#include <stdexcept>

#include "tabularium/page/error.h"
#include "tabularium/plugin/api.h"

namespace {

using namespace tabularium;

[[maybe_unused]] int g_calls = 0;         // of all objects and threads
[[maybe_unused]] void* g_lost = nullptr;  // so that no compiler takes the lost memory away

class IllDocument final : public OpenedDocument {
 public:
  int page_count() const override { return 1; }

  Page read(int page_number) override {
#ifndef ILL_READS_ON
    if (page_number != 1) throw Error(Error::Code::bad_page_number, "there is one page");
#endif
    Page page;
    page.number = page_number;
    page.width = 100.0;
    page.height = 100.0;
    Word word;
    word.glyphs = {{U'x', {10, 10, 20, 20}}};
    word.box = {10, 10, 20, 20};
    word.font_size = 10.0;
    word.extractor = "ill";
#if defined(ILL_CRASHES)
    std::raise(SIGSEGV);
#elif defined(ILL_THROWS)
    throw std::runtime_error("no such luck");
#elif defined(ILL_FORGETS)
    g_lost = ::operator new(10'000);
#elif defined(ILL_WAVERS)
    word.box.x0 -= ++reads_;
#elif defined(ILL_SHARES)
    word.box.x0 -= ++g_calls;
#elif defined(ILL_BOASTS)
    word.confidence = 1.5;
#endif
    page.words.push_back(std::move(word));
    return page;
  }

  PageImage render(int, double dpi) override { return {1, 1, 1, dpi, {255}}; }

 private:
  [[maybe_unused]] int reads_ = 0;
};

class IllReader final : public Reader {
 public:
  std::string_view name() const noexcept override { return "ill"; }
  bool accepts(const Document& document) const override { return document.head.starts_with("ILL"); }
  std::unique_ptr<OpenedDocument> open(const Document&) override {
#ifdef ILL_WAVERS
    if (!opened_) opened_ = std::make_shared<IllDocument>();
    struct Same final : OpenedDocument {
      std::shared_ptr<IllDocument> of;
      int page_count() const override { return of->page_count(); }
      Page read(int page_number) override { return of->read(page_number); }
      PageImage render(int page_number, double dpi) override {
        return of->render(page_number, dpi);
      }
    };
    auto same = std::make_unique<Same>();
    same->of = opened_;
    return same;
#else
    return std::make_unique<IllDocument>();
#endif
  }

 private:
  [[maybe_unused]] std::shared_ptr<IllDocument> opened_;
};

void register_all(PluginRegistry& registry) {
  registry.add_reader("ill", [] { return std::make_unique<IllReader>(); });
}

}  // namespace

extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
const tabularium::PluginInfo tabularium_plugin = {tabularium::kPluginApi, TABULARIUM_BUILD_TAG,
                                                  "ill", "1.0", &register_all};
