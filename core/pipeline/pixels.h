#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "tabularium/page/limits.h"
#include "tabularium/page/upright.h"
#include "tabularium/plugin/host.h"
#include "tabularium/record/record.h"
#include "tabularium/table/table.h"

namespace tabularium {

/// A page read from its pixels: words and rules on the upright page, and the way back.
struct PixelPage {
  Page page;
  Homography to_source;  ///< points of `page` to points of the page in the file
  PageImage image;       ///< the upright page, clean, with its rules
};

/// Reads pages from their pixels: a grid detector sets them upright and finds their rules, a
/// recognizer reads the lines of text in the cells and beside the tables, a second one those that
/// it is not sure of, and one of numbers reads the short ones once more. One object per thread.
class TABULARIUM_API PixelReader {
 public:
  /// Takes the host's grid detector `table_grid`, the recognizer that it was asked for
  /// (`PluginLoading::recognizer`), `ocr` for a second opinion where that is another one, and, if
  /// there, `numbers`, when `ready` is first asked: most documents have no page of pixels. The host
  /// must outlive the reader.
  explicit PixelReader(const PluginHost& host);

  /// For tests: these, any of which may be null.
  PixelReader(std::unique_ptr<GridDetector> grid, std::unique_ptr<Recognizer> recognizer,
              std::unique_ptr<Recognizer> numbers = nullptr,
              std::unique_ptr<Recognizer> second = nullptr);

  /// Whether detector and recognizer are there. Throws `Error::Code::plugin_failed` where one
  /// cannot start.
  bool ready();

  /// Reads `image`, the pixels of the page `given`, whose own words stand as they are: digits typed
  /// over a scan. Its rules and all else come from the pixels. `place` is what messages begin with.
  /// Throws `Error` as the plugins do, and `plugin_failed`, also where not `ready`.
  PixelPage read(const PageImage& image, const Page& given, const Limits& limits,
                 std::string_view place);

  /// What `regions` of the page `given` show beside its own words and rules: the words found there,
  /// on that page. `image` shows the page as `given` stands. Throws as `read`.
  std::vector<Word> read_regions(const PageImage& image, const Page& given,
                                 const std::vector<Box>& regions, const Limits& limits,
                                 std::string_view place);

 private:
  void require_ready(std::string_view place);
  void add_words(const UprightPage& page, const std::vector<Box>& lines, std::string_view place,
                 std::vector<Word>& words);
  UprightPage upright(const PageImage& image, const Limits& limits, std::string_view place);
  std::vector<std::vector<Word>> texts_of(const UprightPage& page, const std::vector<Box>& lines,
                                          std::string_view place);
  std::vector<std::vector<Word>> words_without_dashes(const UprightPage& page,
                                                      const std::vector<Box>& lines,
                                                      std::string_view place);
  std::vector<std::vector<Word>> words_of(const UprightPage& page, const std::vector<Box>& lines,
                                          std::string_view place);
  double readability(UprightPage& page, std::string_view place);

  const PluginHost* host_ = nullptr;  ///< not asked yet
  std::unique_ptr<GridDetector> grid_;
  std::unique_ptr<Recognizer> recognizer_;
  std::unique_ptr<Recognizer> numbers_;
  std::unique_ptr<Recognizer> second_;  ///< asked where the first is not sure; may be null
};

/// Takes every box of `page`, which stands on an upright page, to the page in the file.
TABULARIUM_API TabulatedPage taken_back(TabulatedPage page, const Homography& to_source);

/// The same for the evidence of `record`: `maps` by page number; pages without one stay.
TABULARIUM_API void take_back(Record& record, const std::map<int, Homography>& maps);

}  // namespace tabularium
