#include "tabularium/pipeline/look_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "guard_internal.h"
#include "lexicon_internal.h"
#include "tabularium/form/title_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

std::vector<Lexicon> all_lexicons(const Models& models) {
  std::vector<Lexicon> all;
  for (const std::string& name : models.names()) all.push_back(lexicon_of(*models.find(name)));
  return all;
}

bool has_tables(const FormPages& form) {
  return std::any_of(form.pages.begin(), form.pages.end(),
                     [](const TabulatedPage& page) { return !page.tables.empty(); });
}

void fail(FileReading& reading, std::string_view reason, const std::string& message) {
  reading.reason = reason;
  reading.message = to_utf8(to_utf32(message));
}

}  // namespace

FileLooker::FileLooker(Extractor& extractor, const PluginHost& host, const Models& models)
    : extractor_(extractor), host_(host), looker_(all_lexicons(models)) {}

/// Hands over forms as they are counted: pages of tables without a title as one, pages of text
/// between forms not at all.
void FileLooker::each_form(const Document& document, const std::function<void(FormPages)>& take,
                           FileReading& reading, const std::function<void(int)>& opened) {
  std::vector<std::unique_ptr<GuardedLayout>> guarded;
  std::vector<const Layout*> layouts;
  for (const Layout* layout : host_.layouts()) {
    guarded.push_back(
        std::make_unique<GuardedLayout>(*layout, document.name, [&](const Error& error) {
          const Issue issue{
              std::string(to_string(error.code())), Severity::error, "", {}, error.what()};
          auto& known = reading.issues;
          if (std::find(known.begin(), known.end(), issue) == known.end()) known.push_back(issue);
        }));
    layouts.push_back(guarded.back().get());
  }
  FormPages untitled;
  const auto hand_over_untitled = [&] {
    if (!untitled.pages.empty()) take(std::exchange(untitled, {}));
  };
  const auto sort_out = [&](FormPages form) {
    if (form.layout != nullptr) {
      hand_over_untitled();
      return take(std::move(form));
    }
    if (!has_tables(form)) return hand_over_untitled();
    // What begins with a title of its own is a form of its own.
    if (find_unknown_title(form.pages.front())) hand_over_untitled();
    std::move(form.pages.begin(), form.pages.end(), std::back_inserter(untitled.pages));
    if (static_cast<int>(untitled.pages.size()) >= document.limits.max_form_pages) {
      hand_over_untitled();
    }
  };
  const std::vector<Issue> unread = extractor_.forms(document, layouts, sort_out, [&](int pages) {
    reading.pages = pages;
    if (opened) opened(pages);
  });
  hand_over_untitled();
  reading.unread_pages = static_cast<int>(unread.size());
  reading.issues.insert(reading.issues.end(), unread.begin(), unread.end());
}

FileReading FileLooker::look(const Document& document, const std::function<void(FormLook)>& take,
                             const std::function<void(int)>& opened) {
  FileReading reading;
  int ordinal = 0;
  const std::vector<const Layout*> known = host_.layouts();
  const auto look_at = [&](const FormPages& form) {
    const auto claims = std::find_if(known.begin(), known.end(), [&](const Layout* layout) {
      return form.layout != nullptr && layout->name() == form.layout->name();
    });
    FormLook look = looker_.look(form.pages, claims == known.end() ? nullptr : *claims, known);
    look.ordinal = ordinal++;
    take(std::move(look));
  };
  try {
    each_form(document, look_at, reading, opened);
    if (ordinal > 0) return reading;
    if (reading.issues.empty()) {
      fail(reading, "no_form", fmt::format("{}: no form and no table", document.name));
    } else {
      fail(reading, reading.issues.front().check, reading.issues.front().message);
    }
  } catch (const Error& error) {
    fail(reading, to_string(error.code()), error.what());
  }
  return reading;
}

std::vector<SampleForm> FileLooker::forms(const Document& document,
                                          const std::vector<int>& wanted) {
  std::vector<SampleForm> samples;
  FileReading reading;
  int ordinal = 0;
  const auto keep = [&](FormPages form) {
    if (std::find(wanted.begin(), wanted.end(), ordinal++) == wanted.end()) return;
    const std::string record(form.layout == nullptr ? "" : form.layout->record());
    samples.push_back({std::move(form.pages), record});
  };
  each_form(document, keep, reading, {});
  return samples;
}

}  // namespace tabularium
