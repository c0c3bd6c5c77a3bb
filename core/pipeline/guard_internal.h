#pragma once

#include <fmt/format.h>

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "tabularium/form/layout.h"
#include "tabularium/page/error.h"
#include "tabularium/plugin/reader.h"

namespace tabularium {

/// Calls `call`, which runs code of the plugin `plugin`. `Error` passes; anything else becomes
/// `Error::Code::plugin_failed` with a message that begins with `place` ("a.pdf, page 3").
template <typename Call>
auto guarded(std::string_view plugin, std::string_view place, Call&& call) -> decltype(call()) {
  const auto failed = [&](std::string_view what) {
    return Error(Error::Code::plugin_failed,
                 fmt::format("{}: plugin {} failed: {}", place, plugin, what));
  };
  try {
    return call();
  } catch (const Error&) {
    throw;
  } catch (const std::exception& reason) {
    throw failed(reason.what());
  } catch (...) {
    throw failed("it threw something that is no exception");
  }
}

/// An opened document whose calls are guarded and whose pages are checked (`check_page`).
class GuardedDocument final : public OpenedDocument {
 public:
  GuardedDocument(std::unique_ptr<OpenedDocument> inner, std::string plugin, std::string name)
      : inner_(std::move(inner)), plugin_(std::move(plugin)), name_(std::move(name)) {}

  int page_count() const override;
  Page read(int page_number) override;
  PageImage render(int page_number, double dpi) override;
  PageImage page_image(int page_number) override;

 private:
  std::string place(int page_number) const {
    return fmt::format("{}, page {}", name_, page_number);
  }

  std::unique_ptr<OpenedDocument> inner_;
  std::string plugin_;
  std::string name_;
};

/// A layout whose calls are guarded. `begins` and `fit` answer "not this one" where the plugin
/// fails, and tell `failed`, so that one bad layout never stops the others.
class GuardedLayout final : public Layout {
 public:
  using Failed = std::function<void(const Error&)>;
  GuardedLayout(const Layout& inner, std::string document, Failed failed)
      : inner_(inner), document_(std::move(document)), failed_(std::move(failed)) {}

  std::string_view name() const noexcept override { return inner_.name(); }
  std::string_view version() const noexcept override { return inner_.version(); }
  std::string_view record() const noexcept override { return inner_.record(); }
  std::optional<double> begins(const TabulatedPage& page) const override;
  double fit(const std::vector<TabulatedPage>& pages) const override;
  Form read(const std::vector<TabulatedPage>& pages) const override;

 private:
  const Layout& inner_;
  std::string document_;
  Failed failed_;
};

/// `page` as the stages may rely on it: the number asked for, a size that is finite and greater
/// than 0, words with glyphs, boxes that are finite, upright and touch the page, confidence from
/// 0 to 1. What is not so is dropped or set right, and one issue `reader` says how often.
/// Throws `Error::Code::plugin_failed` where the page has no usable size or another number.
Page check_page(Page page, int page_number, std::string_view plugin, std::string_view place);

/// `form` with valid UTF-8 everywhere; broken sequences become U+FFFD and one issue `layout`.
Form check_form(Form form);

}  // namespace tabularium
