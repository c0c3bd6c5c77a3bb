#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/form/form.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// One year's arrangement of a form. Plugins of kind layout derive from it; most layouts are a
/// `layout.toml` that the interpreter reads (`load_layout`). Made once, used by many threads: all
/// members are const and keep no state.
class TABULARIUM_API Layout {
 public:
  virtual ~Layout();
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;

  /// "declaration-2025": what `record.layout` stores. Permanent.
  virtual std::string_view name() const noexcept = 0;
  virtual std::string_view version() const noexcept = 0;
  /// The record type it yields, "performance_declaration".
  virtual std::string_view record() const noexcept = 0;

  /// Whether a form of this layout begins on `page`: y of its title's top, or nothing.
  virtual std::optional<double> begins(const TabulatedPage& page) const = 0;

  /// How well the pages of one form fit: 0.0 (not this layout) to 1.0 (title and all labels found).
  virtual double fit(const std::vector<TabulatedPage>& pages) const = 0;

  /// Reads one form. `pages` are in order and hold nothing of the forms before and after.
  virtual Form read(const std::vector<TabulatedPage>& pages) const = 0;

 protected:
  Layout() = default;
};

/// Gives the files of layouts; asked only where one is needed.
using ListLayouts = std::function<std::vector<std::filesystem::path>()>;

/// Reads a declarative layout. One that it extends is looked for in the folders beside its own,
/// then among `others`.
/// Throws `Error::Code::bad_layout` with file, line and reason.
TABULARIUM_API std::unique_ptr<Layout> load_layout(const std::filesystem::path& file,
                                                   const ListLayouts& others = {});

}  // namespace tabularium
