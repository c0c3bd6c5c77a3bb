#include <tabularium/plugin/api.h>

namespace {

/// Reads files that begin with "OUTSIDE": one blank page.
class OutsideDocument final : public tabularium::OpenedDocument {
 public:
  int page_count() const override { return 1; }
  tabularium::Page read(int page_number) override {
    tabularium::Page page;
    page.number = page_number;
    page.width = 595.0;
    page.height = 842.0;
    page.trust = tabularium::TextTrust::no_text;
    return page;
  }
  tabularium::PageImage render(int, double dpi) override { return {1, 1, 1, dpi, {255}}; }
};

class OutsideReader final : public tabularium::Reader {
 public:
  std::string_view name() const noexcept override { return "outside"; }
  bool accepts(const tabularium::Document& document) const override {
    return document.head.starts_with("OUTSIDE");
  }
  std::unique_ptr<tabularium::OpenedDocument> open(const tabularium::Document&) override {
    return std::make_unique<OutsideDocument>();
  }
};

void register_all(tabularium::PluginRegistry& registry) {
  registry.add_reader("outside", [] { return std::make_unique<OutsideReader>(); });
}

}  // namespace

extern "C" TABULARIUM_API const tabularium::PluginInfo tabularium_plugin;
const tabularium::PluginInfo tabularium_plugin = {tabularium::kPluginApi, TABULARIUM_BUILD_TAG,
                                                  "outside", "1.0.0", &register_all};
