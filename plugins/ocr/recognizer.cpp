#include "recognizer.h"

#include <allheaders.h>
#include <fmt/format.h>
#include <omp.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium::ocr {
namespace {

constexpr const char* kName = "ocr";
constexpr double kGlyphPixels = 34.0;  // height that a glyph is scaled to before it is read

struct PixDelete {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPointer = std::unique_ptr<Pix, PixDelete>;

/// One line cut out of the page, with paper around it, scaled to the usual height.
struct Crop {
  PixPointer pixels;
  double x0 = 0.0;  // pixels of the page where the crop begins
  double y0 = 0.0;
  double scale = 1.0;  // crop pixels for a pixel of the page
};

Crop crop_line(const PageImage& image, const Box& box, double line_height) {
  const double dots = image.dpi / 72.0;
  // Paper around the ink: Tesseract loses glyphs that touch the edge of its picture.
  const int margin = std::max(2, static_cast<int>(std::lround(0.18 * line_height * dots)));
  const int x0 = static_cast<int>(std::floor(box.x0 * dots));
  const int y0 = static_cast<int>(std::floor(box.y0 * dots));
  const int x1 = static_cast<int>(std::ceil(box.x1 * dots));
  const int y1 = static_cast<int>(std::ceil(box.y1 * dots));
  // A flat line (a lone dash or 一) is read in the height of a whole glyph around its middle.
  const int least = static_cast<int>(std::lround(0.9 * line_height * dots));
  const int extra = std::max(0, least - (y1 - y0)) / 2;
  const int width = x1 - x0 + 2 * margin;
  const int height = y1 - y0 + 2 * (margin + extra);
  Crop crop;
  crop.x0 = x0 - margin;
  crop.y0 = y0 - margin - extra;
  PixPointer pixels(pixCreate(width, height, 8));
  pixSetAll(pixels.get());
  l_uint32* data = pixGetData(pixels.get());
  const int words = pixGetWpl(pixels.get());
  for (int y = y0; y < y1; ++y) {
    if (y < 0 || y >= image.height) continue;
    l_uint32* row = data + static_cast<std::ptrdiff_t>(y - y0 + margin + extra) * words;
    const std::uint8_t* from = image.samples.data() + static_cast<std::size_t>(y) * image.width;
    for (int x = std::max(0, x0); x < std::min(image.width, x1); ++x) {
      SET_DATA_BYTE(row, x - x0 + margin, from[x]);
    }
  }
  crop.scale = kGlyphPixels / std::max(4.0, line_height * dots);
  if (std::abs(crop.scale - 1.0) > 0.05) {
    const auto factor = static_cast<l_float32>(crop.scale);
    crop.pixels.reset(pixScale(pixels.get(), factor, factor));
  } else {
    crop.scale = 1.0;
    crop.pixels = std::move(pixels);
  }
  return crop;
}

/// One symbol as the engine gives it, in page coordinates.
struct Symbol {
  std::u32string text;
  Box box;
  double confidence = 0.0;
  bool begins_word = false;
};

class Ocr final : public Recognizer {
 public:
  explicit Ocr(OcrSettings settings) : settings_(std::move(settings)) {}

  std::string_view name() const noexcept override { return kName; }

  std::vector<std::vector<Word>> recognize(const PageImage& image, const std::vector<Box>& boxes,
                                           double text_height) override {
    if (image.channels != 1) {
      throw Error(Error::Code::damaged_input, "a recognizer reads grey pages only");
    }
    // Workers are the parallelism: a team of threads for each line only waits for itself. Tesseract
    // asks for four by number, so the number of threads would not do; no active level gives one.
    omp_set_max_active_levels(0);
    std::vector<std::vector<Word>> words;
    words.reserve(boxes.size());
    for (const Box& box : boxes) {
      const bool empty = box.width() <= 0.0 || box.height() <= 0.0;
      words.push_back(empty ? std::vector<Word>{} : read_line(image, box, text_height));
    }
    return words;
  }

 private:
  tesseract::TessBaseAPI& engine();
  std::vector<Word> read_line(const PageImage& image, const Box& box, double text_height);
  std::vector<Symbol> symbols(const PageImage& image, const Crop& crop, const Box& box);

  OcrSettings settings_;
  std::unique_ptr<tesseract::TessBaseAPI> engine_;
};

tesseract::TessBaseAPI& Ocr::engine() {
  if (engine_) return *engine_;
  setMsgSeverity(L_SEVERITY_NONE);
  auto engine = std::make_unique<tesseract::TessBaseAPI>();
  const std::string folder = settings_.data_folder.string();
  if (engine->Init(folder.empty() ? nullptr : folder.c_str(), settings_.languages.c_str(),
                   tesseract::OEM_LSTM_ONLY) != 0) {
    throw Error(Error::Code::bad_model,
                fmt::format("Tesseract finds no data for \"{}\"{} (package tesseract-ocr-chi-sim)",
                            settings_.languages, folder.empty() ? "" : " in " + folder));
  }
  engine->SetVariable("debug_file", "/dev/null");
  engine->SetPageSegMode(tesseract::PSM_RAW_LINE);
  engine_ = std::move(engine);
  return *engine_;
}

std::vector<Symbol> Ocr::symbols(const PageImage& image, const Crop& crop, const Box& box) {
  tesseract::TessBaseAPI& api = engine();
  api.SetImage(crop.pixels.get());
  api.SetSourceResolution(300);
  if (api.Recognize(nullptr) != 0) return {};
  std::vector<Symbol> all;
  const std::unique_ptr<tesseract::ResultIterator> it(api.GetIterator());
  if (!it) return {};
  const double points = 72.0 / image.dpi;
  do {
    const std::unique_ptr<char[]> text(it->GetUTF8Text(tesseract::RIL_SYMBOL));
    if (!text) continue;
    Symbol symbol;
    for (const char32_t code : to_utf32(text.get())) {
      if (!is_space(code)) symbol.text += code;
    }
    if (symbol.text.empty()) continue;
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    if (!it->BoundingBox(tesseract::RIL_SYMBOL, &left, &top, &right, &bottom)) continue;
    const auto across = [&](int x) {
      return std::clamp((crop.x0 + x / crop.scale) * points, box.x0, box.x1);
    };
    symbol.box = {across(left), box.y0, across(right), box.y1};
    if (symbol.box.x1 < symbol.box.x0) std::swap(symbol.box.x0, symbol.box.x1);
    symbol.confidence = std::clamp(it->Confidence(tesseract::RIL_SYMBOL) / 100.0, 0.0, 1.0);
    symbol.begins_word = it->IsAtBeginningOf(tesseract::RIL_WORD);
    all.push_back(std::move(symbol));
  } while (it->Next(tesseract::RIL_SYMBOL));
  api.Clear();
  return all;
}

void add_symbol(const Symbol& symbol, std::vector<Word>& words) {
  Word& word = words.back();
  const auto count = static_cast<double>(symbol.text.size());
  for (std::size_t i = 0; i < symbol.text.size(); ++i) {
    const double width = symbol.box.width() / count;
    Glyph glyph;
    glyph.code = symbol.text[i];
    glyph.box = symbol.box;
    glyph.box.x0 += width * static_cast<double>(i);
    glyph.box.x1 = glyph.box.x0 + width;
    glyph.confidence = symbol.confidence;
    word.box = word.glyphs.empty() ? glyph.box : united(word.box, glyph.box);
    word.glyphs.push_back(glyph);
  }
  word.confidence = std::min(word.confidence, symbol.confidence);
}

/// Whether there is print at all: of bare paper the engine makes words of its own.
bool has_ink(const PageImage& image, const Box& box) {
  constexpr int kInk = 150;
  const double dots = image.dpi / 72.0;
  const int x0 = std::clamp(static_cast<int>(box.x0 * dots), 0, image.width);
  const int x1 = std::clamp(static_cast<int>(std::ceil(box.x1 * dots)), 0, image.width);
  const int y0 = std::clamp(static_cast<int>(box.y0 * dots), 0, image.height);
  const int y1 = std::clamp(static_cast<int>(std::ceil(box.y1 * dots)), 0, image.height);
  for (int y = y0; y < y1; ++y) {
    const std::uint8_t* row = image.samples.data() + static_cast<std::size_t>(y) * image.width;
    if (std::any_of(row + x0, row + x1, [](std::uint8_t v) { return v < kInk; })) return true;
  }
  return false;
}

bool is_letter(const Symbol& symbol) {
  return symbol.text.size() == 1 && symbol.text[0] >= 0x4E00 && symbol.text[0] <= 0x9FFF;
}

/// Without the symbol that the engine made of nothing: in a line that has no room for it, 人 or 和
/// before a character is what its model says of a place where it is at a loss.
void take_needless(std::vector<Symbol>& all, const Box& line, double text_height) {
  constexpr double kDoubt = 0.95;
  if (!std::all_of(all.begin(), all.end(), is_letter)) return;
  if (!is_one_too_many(all.size(), line, text_height)) return;
  auto least = all.end();
  for (auto it = all.begin(); it != all.end(); ++it) {
    const bool usual = it->text[0] == U'人' || it->text[0] == U'和';
    if (!usual || it->confidence >= kDoubt) continue;
    if (least == all.end() || it->confidence < least->confidence) least = it;
  }
  if (least != all.end()) all.erase(least);
}

std::vector<Word> Ocr::read_line(const PageImage& image, const Box& box, double text_height) {
  if (!has_ink(image, box)) return {};
  const double line_height = std::max(box.height(), 0.6 * text_height);
  const Crop crop =
      crop_line(image, box, std::clamp(line_height, 0.75 * text_height, 2.5 * text_height));
  std::vector<Word> words;
  const Symbol* before = nullptr;
  std::vector<Symbol> all = symbols(image, crop, box);
  if (all.empty()) {
    // There is ink, so there is something to read: as a rule Tesseract's own look at the line,
    // which takes more time, finds it.
    engine().SetPageSegMode(tesseract::PSM_SINGLE_LINE);
    all = symbols(image, crop, box);
    engine().SetPageSegMode(tesseract::PSM_RAW_LINE);
  }
  take_needless(all, box, text_height);
  for (const Symbol& symbol : all) {
    const bool gap = before != nullptr && symbol.box.x0 - before->box.x1 > 1.2 * text_height;
    const bool latin = before != nullptr && symbol.begins_word && !is_cjk(symbol.text.front()) &&
                       !is_cjk(before->text.back());
    if (before == nullptr || gap || latin) {
      words.emplace_back();
      words.back().font_size = box.height();
      words.back().extractor = kName;
      words.back().after_space = before != nullptr;
    }
    add_symbol(symbol, words);
    before = &symbol;
  }
  return words;
}

}  // namespace

bool is_one_too_many(std::size_t characters, const Box& line, double text_height) {
  constexpr double kGlyphPerEm = 0.92;
  constexpr std::size_t kLeast = 3;
  constexpr std::size_t kMost = 14;
  if (characters < kLeast || characters > kMost) return false;
  const double em = std::min(line.height(), text_height) / kGlyphPerEm;
  // Of the width of a character about a tenth is white, as a rule at both ends together.
  return line.width() / em + 0.15 <= static_cast<double>(characters) - 0.6;
}

std::unique_ptr<Recognizer> make_ocr(OcrSettings settings) {
  return std::make_unique<Ocr>(std::move(settings));
}

}  // namespace tabularium::ocr
