#include "tabularium/pipeline/extract.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "finished_record_internal.h"
#include "guard_internal.h"
#include "lexicon_internal.h"
#include "missing_text_internal.h"
#include "tabularium/form/split.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"
#include "tabularium/pipeline/pixels.h"
#include "tabularium/record/normalize.h"
#include "tabularium/record/repair.h"
#include "tabularium/record/validate.h"
#include "tabularium/record/weigh.h"

namespace tabularium {
namespace {

/// Forms are drawn with rules, so their tables need no guess from the alignment of text.
constexpr TabulateOptions kForForms{.aligned_tables = false};

constexpr std::size_t kShown = 40;  // characters of a form that no layout knows

/// What to say about a page whose words are not what it shows, where nobody can read its pixels.
std::vector<Issue> text_issues(const Page& page) {
  const auto say = [&](const char* check, Severity severity, const std::string& what) {
    return std::vector<Issue>{
        {check, severity, "", {}, fmt::format("page {}: {}", page.number, what)}};
  };
  switch (page.trust) {
    case TextTrust::no_text:
      if (page.images.empty() && page.rules.empty() && page.hidden_words.empty()) {
        return say("blank_page", Severity::info, "nothing on it to read");
      }
      // Browsers print a last page that holds nothing but the end of a table's border. A page of
      // text that is drawn as outlines looks the same to us, so it is not passed over in silence.
      if (page.images.empty()) {
        return say("no_text", Severity::warning, "no text and no picture, only rules");
      }
      return say("no_text", Severity::error, "no text, only pictures: a scan needs a recognizer");
    case TextTrust::hidden:
      return say("no_text", Severity::error,
                 "the only text is an invisible layer that somebody's recognition left, which is "
                 "not trusted: a scan needs a recognizer");
    case TextTrust::unmapped:
      return say("no_text", Severity::error,
                 fmt::format("{} glyphs have no Unicode value, so the text is not what the page "
                             "shows: it needs a recognizer",
                             page.unmapped_glyphs.size()));
    case TextTrust::trusted:
      if (page.unmapped_glyphs.empty()) return {};
      return say("unmapped_glyphs", Severity::warning,
                 fmt::format("{} glyphs have no Unicode value and are missing from the text",
                             page.unmapped_glyphs.size()));
  }
  return {};
}

/// A reader need not say which page it speaks of; whoever reads the message has to know.
void name_page(std::vector<Issue>& issues, int number) {
  for (Issue& issue : issues) {
    if (issue.message.find("page ") != std::string::npos) continue;
    issue.message = fmt::format("page {}: {}", number, issue.message);
  }
}

/// A page that could not be read: it keeps its place in the form, empty, and says why.
TabulatedPage unread_page(int number, const Error& error) {
  TabulatedPage page;
  page.number = number;
  page.trust = TextTrust::no_text;
  page.issues.push_back(
      {std::string(to_string(error.code())), Severity::error, "", {}, error.what()});
  return page;
}

/// A page on its way to a form, and where its boxes stand in the file.
struct ReadPage {
  TabulatedPage page;
  std::optional<Homography> to_source;
};

std::string place_of(const Document& document, const Page& page) {
  return fmt::format("{}, page {}", document.name, page.number);
}

Issue read_from_pixels(int page, const std::string& what, const std::string& why) {
  return {"read_from_pixels",
          Severity::info,
          "",
          {},
          fmt::format("page {}: {} read from its pixels: {}", page, what, why)};
}

/// Adds to `page` what its regions without words show. That costs an issue where it fails, never
/// the words that are there.
void fill_in(OpenedDocument& opened, Page& page, const MissingText& missing, PixelReader& pixels,
             const Document& document) {
  std::vector<Word> words;
  try {
    words = pixels.read_regions(opened.page_image(page.number), page, missing.regions,
                                document.limits, place_of(document, page));
  } catch (const Error& error) {
    page.issues.push_back(
        {std::string(to_string(error.code())), Severity::warning, "", {}, error.what()});
    return;
  }
  std::erase_if(page.unmapped_glyphs, [&](const Box& glyph) {
    return std::any_of(words.begin(), words.end(),
                       [&](const Word& word) { return word.box.contains(glyph.centre()); });
  });
  if (words.empty()) return;
  const std::size_t places = missing.regions.size();
  page.issues.push_back(read_from_pixels(
      page.number, fmt::format("{} {}", places, places == 1 ? "place" : "places"), missing.why));
  page.words.insert(page.words.end(), words.begin(), words.end());
  page.trust = TextTrust::trusted;
}

/// The page as its pixels show it. `given` is what the reader made of it.
ReadPage read_pixels(OpenedDocument& opened, const Page& given, const MissingText& missing,
                     PixelReader& pixels, const TabulateOptions& options,
                     const Document& document) {
  PixelPage read = pixels.read(opened.page_image(given.number), given, document.limits,
                               place_of(document, given));
  std::vector<Issue> issues = std::move(read.page.issues);
  if (!missing.why.empty()) {
    issues.push_back(read_from_pixels(given.number, "all but its own visible words", missing.why));
  }
  if (read.page.words.empty()) {
    issues.push_back({"no_text",
                      Severity::warning,
                      "",
                      {},
                      fmt::format("page {}: no text found in its pixels", given.number)});
  }
  ReadPage page{tabulate(std::move(read.page), options, document.limits),
                then(read.to_source, turned_back(given))};
  page.page.issues.insert(page.page.issues.begin(), issues.begin(), issues.end());
  return page;
}

/// Reads and tabulates one page. Any failure of the page stays with the page.
ReadPage tabulated_page(OpenedDocument& opened, int number, PixelReader& pixels,
                        const TabulateOptions& options, const Document& document) {
  try {
    Page page = opened.read(number);
    const MissingText missing = missing_text(page, document.limits);
    if (missing.any() && pixels.ready()) {
      if (missing.whole) return read_pixels(opened, page, missing, pixels, options, document);
      fill_in(opened, page, missing, pixels, document);
    }
    std::vector<Issue> issues = std::move(page.issues);
    page.issues.clear();
    name_page(issues, number);
    const std::vector<Issue> about_text = text_issues(page);
    issues.insert(issues.end(), about_text.begin(), about_text.end());
    const std::optional<Homography> to_source =
        page.turned == 0 ? std::nullopt : std::optional(turned_back(page));
    TabulatedPage tabulated = tabulate(std::move(page), options, document.limits);
    tabulated.issues.insert(tabulated.issues.begin(), issues.begin(), issues.end());
    return {std::move(tabulated), to_source};
  } catch (const Error& error) {
    return {unread_page(number, error), std::nullopt};
  }
}

std::string page_list(const std::vector<int>& pages) {
  if (pages.front() == pages.back()) return fmt::format("page {}", pages.front());
  return fmt::format("pages {}-{}", pages.front(), pages.back());
}

std::vector<int> page_numbers(const std::vector<TabulatedPage>& pages) {
  std::vector<int> numbers;
  numbers.reserve(pages.size());
  for (const TabulatedPage& page : pages) numbers.push_back(page.number);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

/// The first text of the pages, so that a person knows which form is meant. Empty: no text at all.
std::string first_text(const std::vector<TabulatedPage>& pages) {
  std::u32string text;
  const auto add = [&](const TextLine& line) {
    for (const Word& word : line.words) {
      for (const Glyph& glyph : word.glyphs) text += glyph.code;
    }
  };
  for (const TabulatedPage& page : pages) {
    for (const TextLine& line : page.lines) add(line);
    for (const Table& table : page.tables) {
      for (const Cell& cell : table.cells) {
        for (const TextLine& line : cell.lines) add(line);
      }
    }
    if (text.size() >= kShown) break;
  }
  return to_utf8(std::u32string_view(text).substr(0, kShown));
}

/// One document on its way through the stages.
class Run {
 public:
  Run(const Document& document, const Models& models, const std::vector<const Layout*>& layouts,
      const std::vector<std::unique_ptr<Layout>>& lexicons, PixelReader& pixels,
      const std::function<void(Record)>& take)
      : document_(document), models_(models), lexicons_(lexicons), pixels_(pixels), take_(take) {
    const auto failed = [this](const Error& error) { note_layout_failure(error); };
    for (const Layout* layout : layouts) {
      guarded_.push_back(std::make_unique<GuardedLayout>(*layout, document.name, failed));
    }
  }

  ExtractSummary go(OpenedDocument& opened);

 private:
  std::vector<const Layout*> layouts() const;
  std::vector<const Layout*> lexicons() const;
  void take_form(const FormPages& form);
  std::optional<Record> read_form(const FormPages& form, const std::vector<int>& pages);
  void add_unknown(const FormPages& form, const std::vector<int>& pages);
  void note_unknown();
  void settle_pages(int before);
  void note_layout_failure(const Error& error);
  void note(std::string_view check, Severity severity, std::string message) {
    summary_.issues.push_back({std::string(check), severity, "", {}, std::move(message)});
  }

  /// The issues of a page that a form may still claim.
  struct PageNotes {
    std::vector<Issue> issues;
    bool claimed = false;  ///< a record carries them
  };

  /// Pages in a row that no layout knows.
  struct Unknown {
    std::vector<int> pages;
    std::string text;  ///< the first of them
    bool has_tables = false;
  };

  const Document& document_;
  const Models& models_;
  const std::vector<std::unique_ptr<Layout>>& lexicons_;
  PixelReader& pixels_;
  const std::function<void(Record)>& take_;
  std::map<int, Homography> to_source_;  ///< of the pages that are not read as they stand there
  std::vector<std::unique_ptr<GuardedLayout>> guarded_;
  std::map<int, PageNotes> pages_;
  Unknown unknown_;
  ExtractSummary summary_;
};

std::vector<const Layout*> Run::layouts() const {
  std::vector<const Layout*> all;
  for (const auto& layout : guarded_) all.push_back(layout.get());
  return all;
}

std::vector<const Layout*> Run::lexicons() const {
  std::vector<const Layout*> all;
  for (const auto& lexicon : lexicons_) all.push_back(lexicon.get());
  return all;
}

ExtractSummary Run::go(OpenedDocument& opened) {
  summary_.sha256 = sha256(document_);
  summary_.pages = opened.page_count();
  FormSplitter splitter(layouts(), document_.limits, lexicons());
  for (int number = 1; number <= summary_.pages; ++number) {
    ReadPage read = tabulated_page(opened, number, pixels_, kForForms, document_);
    TabulatedPage page = std::move(read.page);
    if (read.to_source) to_source_[number] = *read.to_source;
    std::copy_if(page.issues.begin(), page.issues.end(), std::back_inserter(summary_.unread),
                 [](const Issue& issue) { return issue.severity == Severity::error; });
    pages_[number].issues = std::move(page.issues);
    page.issues.clear();
    for (const FormPages& form : splitter.push(std::move(page))) take_form(form);
  }
  for (const FormPages& form : splitter.finish()) take_form(form);
  note_unknown();
  settle_pages(summary_.pages + 1);
  return std::move(summary_);
}

void Run::take_form(const FormPages& form) {
  const std::vector<int> pages = page_numbers(form.pages);
  // The form's last page may hold the beginning of the next form too.
  settle_pages(pages.front());
  std::optional<Record> record = read_form(form, pages);
  if (!record) return;
  for (const int number : pages) {
    PageNotes& notes = pages_[number];
    record->issues.insert(record->issues.end(), notes.issues.begin(), notes.issues.end());
    notes.claimed = true;
  }
  ++summary_.records;
  take_(std::move(*record));
}

/// The record of one form; nothing where no layout or model can make one, which the summary says.
std::optional<Record> Run::read_form(const FormPages& form, const std::vector<int>& pages) {
  if (form.layout == nullptr) {
    add_unknown(form, pages);
    return std::nullopt;
  }
  note_unknown();
  Form raw;
  try {
    raw = form.layout->read(form.pages);
  } catch (const Error& error) {
    note(to_string(error.code()), Severity::error, error.what());
    return std::nullopt;
  }
  const RecordModel* model = models_.find(raw.record);
  if (model == nullptr) {
    note("unknown_record", Severity::error,
         fmt::format("{}: layout {} yields \"{}\", which no record model describes",
                     page_list(pages), form.layout->name(), raw.record));
    return std::nullopt;
  }
  Record record = finished_record(raw, *model, {document_.name, summary_.sha256, pages});
  take_back(record, to_source_);
  return record;
}

/// Keeps pages that no layout knows until it is clear how many follow each other.
void Run::add_unknown(const FormPages& form, const std::vector<int>& pages) {
  std::string text = first_text(form.pages);
  if (text.empty()) return;
  const bool has_tables = std::any_of(form.pages.begin(), form.pages.end(),
                                      [](const auto& page) { return !page.tables.empty(); });
  // A cover and the form after it are two things to tell.
  if (!unknown_.pages.empty() && unknown_.has_tables != has_tables) note_unknown();
  if (unknown_.pages.empty()) unknown_ = {{}, std::move(text), has_tables};
  unknown_.pages.insert(unknown_.pages.end(), pages.begin(), pages.end());
}

void Run::note_unknown() {
  if (unknown_.pages.empty()) return;
  const Unknown unknown = std::exchange(unknown_, {});
  if (unknown.has_tables) {
    note("unknown_form", Severity::warning,
         fmt::format("{}: no layout knows this form, which begins \"{}\"", page_list(unknown.pages),
                     unknown.text));
  } else {
    note("text_outside_forms", Severity::info,
         fmt::format("{}: text that belongs to no form: \"{}\"", page_list(unknown.pages),
                     unknown.text));
  }
}

/// Hands the issues of the pages before `before` that no record took to the summary.
void Run::settle_pages(int before) {
  while (!pages_.empty() && pages_.begin()->first < before) {
    const PageNotes& notes = pages_.begin()->second;
    if (!notes.claimed) {
      summary_.issues.insert(summary_.issues.end(), notes.issues.begin(), notes.issues.end());
    }
    to_source_.erase(pages_.begin()->first);
    pages_.erase(pages_.begin());
  }
}

void Run::note_layout_failure(const Error& error) {
  const Issue issue{std::string(to_string(error.code())), Severity::error, "", {}, error.what()};
  // A layout that fails is asked again for every page; what it said once is enough.
  const auto& known = summary_.issues;
  if (std::find(known.begin(), known.end(), issue) == known.end()) summary_.issues.push_back(issue);
}

std::vector<int> wanted_pages(const std::vector<PageRange>& ranges, int count,
                              const std::string& name) {
  std::vector<int> pages;
  for (const PageRange& range : ranges.empty() ? std::vector{PageRange{1, count}} : ranges) {
    if (range.first < 1 || range.last < range.first || range.last > count) {
      throw Error(Error::Code::bad_page_number,
                  fmt::format("{}: pages {}-{} wanted, the file has {}", name, range.first,
                              range.last, count));
    }
    for (int number = range.first; number <= range.last; ++number) pages.push_back(number);
  }
  return pages;
}

int checked_page_count(const OpenedDocument& opened, const Document& document) {
  const int count = opened.page_count();
  if (count > document.limits.max_pages) {
    throw Error(Error::Code::limit_exceeded,
                fmt::format("{}: {} pages exceed the limit of {} (Limits::max_pages)",
                            document.name, count, document.limits.max_pages));
  }
  return count;
}

}  // namespace

Record finished_record(const Form& form, const RecordModel& model, Source source) {
  Record record = normalize(form, model);
  record.source = std::move(source);
  repair(record, model);
  const std::vector<Issue> found = validate(record, model);
  record.issues.insert(record.issues.end(), found.begin(), found.end());
  weigh(record, model);
  return record;
}

Extractor::Extractor(const PluginHost& host, const Models& models)
    : host_(host),
      models_(models),
      readers_(host.make_readers()),
      pixels_(std::make_unique<PixelReader>(host)) {
  for (const std::string& name : models.names()) {
    lexicons_.push_back(make_lexicon_layout(lexicon_of(*models.find(name))));
  }
}

Extractor::~Extractor() = default;

ExtractSummary Extractor::extract(const Document& document, const std::function<void(Record)>& take,
                                  const std::function<void(int)>& opened) {
  const std::unique_ptr<OpenedDocument> file = open(document);
  const int pages = checked_page_count(*file, document);
  if (opened) opened(pages);
  return Run(document, models_, host_.layouts(), lexicons_, *pixels_, take).go(*file);
}

std::vector<Issue> Extractor::forms(const Document& document,
                                    const std::vector<const Layout*>& layouts,
                                    const std::function<void(FormPages)>& take,
                                    const std::function<void(int)>& opened) {
  const std::unique_ptr<OpenedDocument> file = open(document);
  const int count = checked_page_count(*file, document);
  if (opened) opened(count);
  std::vector<const Layout*> lexicons;
  for (const auto& lexicon : lexicons_) lexicons.push_back(lexicon.get());
  FormSplitter splitter(layouts, document.limits, lexicons);
  std::vector<Issue> unread;
  const auto hand_over = [&](std::vector<FormPages> forms) {
    for (FormPages& form : forms) take(std::move(form));
  };
  for (int number = 1; number <= count; ++number) {
    TabulatedPage page = tabulated_page(*file, number, *pixels_, kForForms, document).page;
    std::copy_if(page.issues.begin(), page.issues.end(), std::back_inserter(unread),
                 [](const Issue& issue) { return issue.severity == Severity::error; });
    page.issues.clear();
    hand_over(splitter.push(std::move(page)));
  }
  hand_over(splitter.finish());
  return unread;
}

std::vector<SampleForm> Extractor::sample_forms(const Document& document) {
  // As layouts, not as fallbacks: two forms of one page are both samples.
  std::vector<const Layout*> lexicons;
  for (const auto& lexicon : lexicons_) lexicons.push_back(lexicon.get());
  std::vector<SampleForm> samples;
  forms(document, lexicons, [&](FormPages form) {
    if (form.layout == nullptr) return;
    samples.push_back({std::move(form.pages), std::string(form.layout->record())});
  });
  return samples;
}

LayoutDraft Extractor::draft_layout(const std::string& name,
                                    const std::vector<SampleForm>& forms) const {
  if (forms.empty()) {
    throw Error(Error::Code::bad_usage,
                "no form in the samples: a layout needs one with a title and labels that a record "
                "model knows");
  }
  std::vector<std::vector<TabulatedPage>> pages;
  for (const SampleForm& form : forms) {
    if (form.record == forms.front().record) pages.push_back(form.pages);
  }
  LayoutDraft draft = draft_layout_file(lexicon_of(*models_.find(forms.front().record)), name,
                                        pages, host_.layouts());
  // Editors that know TOML (Taplo) complete and check by it.
  const std::filesystem::path schema = schema_folder() / "layout.schema.json";
  std::error_code ignored;
  if (std::filesystem::exists(schema, ignored)) {
    draft.toml = fmt::format("#:schema file://{}\n{}", schema.string(), draft.toml);
  }
  return draft;
}

void Extractor::tables(const Document& document, const std::function<void(TabulatedPage)>& take,
                       const std::vector<PageRange>& ranges) {
  const std::unique_ptr<OpenedDocument> opened = open(document);
  const int count = checked_page_count(*opened, document);
  for (const int number : wanted_pages(ranges, count, document.name)) {
    ReadPage read = tabulated_page(*opened, number, *pixels_, {}, document);
    take(read.to_source ? taken_back(std::move(read.page), *read.to_source) : std::move(read.page));
  }
}

std::optional<PixelPage> Extractor::from_pixels(OpenedDocument& opened, Page& page,
                                                const Document& document) {
  const MissingText missing = missing_text(page, document.limits);
  if (!missing.any() || !pixels_->ready()) return std::nullopt;
  if (missing.whole) {
    PixelPage read = pixels_->read(opened.page_image(page.number), page, document.limits,
                                   place_of(document, page));
    read.to_source = then(read.to_source, turned_back(page));
    return read;
  }
  fill_in(opened, page, missing, *pixels_, document);
  return std::nullopt;
}

bool Extractor::accepts(const Document& document) const {
  return std::any_of(readers_.begin(), readers_.end(), [&](const auto& reader) {
    return guarded(reader->name(), document.name, [&] { return reader->accepts(document); });
  });
}

std::unique_ptr<OpenedDocument> Extractor::open(const Document& document) {
  for (const auto& reader : readers_) {
    const std::string plugin(reader->name());
    if (!guarded(plugin, document.name, [&] { return reader->accepts(document); })) continue;
    auto opened = guarded(plugin, document.name, [&] { return reader->open(document); });
    if (opened == nullptr) {
      throw Error(Error::Code::plugin_failed,
                  fmt::format("{}: plugin {} failed: it opened nothing", document.name, plugin));
    }
    return std::make_unique<GuardedDocument>(std::move(opened), plugin, document.name);
  }
  throw Error(Error::Code::unknown_format,
              fmt::format("{}: no reader knows this kind of file", document.name));
}

}  // namespace tabularium
