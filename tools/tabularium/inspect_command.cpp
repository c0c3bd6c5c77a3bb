#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <variant>

#include "commands.h"
#include "picture.h"
#include "tabularium/page/error.h"
#include "tabularium/pipeline/extract.h"

namespace tabularium::tool {
namespace {

constexpr const char* kHelp = R"(
Example:
  $ tabularium inspect declaration.pdf --page 1 -o page.png
  note: page.png: page 1 of 2, 214 words, 61 rules, 1 table, 24 fields, 9 rows

The picture shows the page with everything that was found on it: words, rules, cells (merged ones
in another colour), and the values of the record with the names of their fields. Dashed: the form
leaves the value empty. Red: an issue names the value. A scan is shown upright, at its own
resolution, with its readings coloured by confidence.)";

constexpr double kLeastDpi = 36.0;
constexpr double kMostDpi = 600.0;

struct Options {
  std::string file;
  int page = 1;
  std::string output;
  double dpi = 150.0;
  std::optional<std::string> password;
};

bool is_in_doubt(const Record& record, const std::string& pointer) {
  return std::any_of(record.issues.begin(), record.issues.end(), [&](const Issue& issue) {
    if (issue.severity == Severity::info) return false;
    const auto& related = issue.related;
    return issue.pointer == pointer ||
           std::find(related.begin(), related.end(), pointer) != related.end();
  });
}

/// Splits "/tables/indicators/3/target" or "/fields/project_name" at its slashes.
std::vector<std::string> pointer_parts(const std::string& pointer) {
  std::vector<std::string> parts;
  for (std::size_t at = 1; at <= pointer.size();) {
    const std::size_t end = std::min(pointer.find('/', at), pointer.size());
    parts.push_back(pointer.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

const Value* value_at(const Record& record, const std::vector<std::string>& parts) {
  if (parts.size() == 2 && parts[0] == "fields") return record.field(parts[1]);
  if (parts.size() != 4 || parts[0] != "tables") return nullptr;
  const RecordTable* table = record.table(parts[1]);
  std::size_t row = 0;
  std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), row);
  return table == nullptr || row >= table->rows.size() ? nullptr : table->rows[row].find(parts[3]);
}

/// The record's values on page `page`.
std::vector<Mark> marks_of(const Record& record, int page) {
  std::vector<Mark> marks;
  for (const auto& [pointer, evidence] : record.evidence) {
    if (evidence.page != page) continue;
    const auto parts = pointer_parts(pointer);
    const Value* value = value_at(record, parts);
    Mark mark;
    mark.box = evidence.box;
    mark.name = parts.back();
    mark.doubtful = is_in_doubt(record, pointer);
    mark.empty =
        value == nullptr ? evidence.text.empty() : std::holds_alternative<std::monostate>(*value);
    if (parts.size() == 4) {
      mark.kind = Mark::Kind::cell;
      mark.table = parts[1];
      std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), mark.row);
    }
    marks.push_back(std::move(mark));
  }
  return marks;
}

/// The module that draws; see picture.h for why it is one. It stands beside the plugins' folder.
std::filesystem::path drawing_module() {
  std::filesystem::path file;
  for (const auto& folder : plugin_folders({})) {
    file = folder.parent_path() / "tabularium_picture.so";
    if (std::filesystem::exists(file)) break;
  }
  return file;
}

/// Never unloaded: an exception of the module may live longer than the call.
DrawPicture* load_drawing() {
  const std::filesystem::path file = drawing_module();
  void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  void* symbol = module == nullptr ? nullptr : dlsym(module, kDrawPictureSymbol);
  if (symbol == nullptr) {
    throw Error(Error::Code::bad_plugin, fmt::format("{}: the part that draws cannot be loaded: {}",
                                                     file.string(), dlerror()));
  }
  return reinterpret_cast<DrawPicture*>(symbol);
}

std::size_t count_rows(const std::vector<Mark>& marks) {
  std::vector<std::pair<std::string, int>> rows;
  for (const Mark& mark : marks) {
    if (mark.kind == Mark::Kind::cell) rows.emplace_back(mark.table, mark.row);
  }
  std::sort(rows.begin(), rows.end());
  return static_cast<std::size_t>(std::unique(rows.begin(), rows.end()) - rows.begin());
}

std::string counts_of(const Picture& picture) {
  const auto named = std::count_if(picture.marks.begin(), picture.marks.end(),
                                   [](const Mark& m) { return m.kind == Mark::Kind::field; });
  return fmt::format(
      "{}, {}, {}, {}, {}", counted(picture.page.words.size(), "word"),
      counted(picture.page.rules.size(), "rule"), counted(picture.tables.size(), "table"),
      counted(static_cast<std::size_t>(named), "field"), counted(count_rows(picture.marks), "row"));
}

/// Takes the marks, which stand on the page in the file, to the upright page.
void move_marks(Picture& picture, const Homography& to_source) {
  const Homography from_source = inverted(to_source);
  for (Mark& mark : picture.marks) mark.box = mapped(from_source, mark.box);
}

/// The upright page in place of the page in the file; the marks follow.
void show_pixels(PixelPage pixels, Picture& picture) {
  move_marks(picture, pixels.to_source);
  picture.page = std::move(pixels.page);
  picture.image = std::move(pixels.image);
  picture.from_pixels = true;
}

/// Thrown when the forms that follow cannot stand on the wanted page: a file of a thousand pages is
/// not read for its first.
struct PageIsPast {};

int draw_page(const Session& session, const Options& options) {
  require_other_file(options.output, {options.file});
  DrawPicture* const draw = load_drawing();
  const auto host = session.load_plugins({.pixel_plugins = false});
  const Models models = session.load_models();
  Extractor extractor(*host, models);
  Document document = open_document(options.file);
  document.password = options.password;

  Picture picture;
  std::string layout;
  const auto take = [&](const Record& record) {
    const auto& pages = record.source.pages;
    if (!pages.empty() && pages.front() > options.page) throw PageIsPast();
    const auto marks = marks_of(record, options.page);
    picture.marks.insert(picture.marks.end(), marks.begin(), marks.end());
    const bool covered = std::find(pages.begin(), pages.end(), options.page) != pages.end();
    if (covered) layout += (layout.empty() ? "" : ", ") + record.layout;
  };
  try {
    extractor.extract(document, take);
  } catch (const PageIsPast&) {
  }
  const auto opened = extractor.open(document);
  picture.page = opened->read(options.page);
  if (auto pixels = extractor.from_pixels(*opened, picture.page, document)) {
    show_pixels(std::move(*pixels), picture);
  } else {
    move_marks(picture, turned_back(picture.page));
  }
  if (!picture.from_pixels && picture.page.trust != TextTrust::trusted) {
    session.say(Severity::warning, fmt::format("{}, page {}: no text that can be trusted: it needs "
                                               "a recognizer",
                                               options.file, options.page));
  }
  if (!picture.from_pixels) picture.image = opened->render(options.page, options.dpi);
  const TabulateOptions tabulating{.aligned_tables = layout.empty()};
  picture.tables = tabulate(picture.page, tabulating, document.limits).tables;

  const std::string counts = counts_of(picture);
  picture.heading = fmt::format("page {} of {}  |  {}  |  {}", options.page, opened->page_count(),
                                layout.empty() ? "no form that a layout knows" : layout, counts);
  draw(picture, options.output);
  session.say(Severity::info, fmt::format("{}: page {} of {}, {}", options.output, options.page,
                                          opened->page_count(), counts));
  return kAllWell;
}

}  // namespace

Command add_inspect(CLI::App& app) {
  CLI::App* command =
      app.add_subcommand("inspect", "Draw a page with words, rules, cells and fields to a PNG");
  command->footer(kHelp);
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->file, "PDF file")->required();
  command->add_option("--page", options->page, "Page, from 1")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("-o,--output", options->output, "PNG file to write")
      ->required()
      ->type_name("PNG");
  command->add_option("--dpi", options->dpi, "Pixels per inch")
      ->check(CLI::Range(kLeastDpi, kMostDpi))
      ->capture_default_str();
  command->add_option("--password", options->password, "User password of an encrypted file");
  return {command, [options](const Session& session) { return draw_page(session, *options); }};
}

}  // namespace tabularium::tool
