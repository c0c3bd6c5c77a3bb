#include "picture.h"

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "tabularium/page/error.h"
#include "tabularium/page/export.h"
#include "tag_places.h"

namespace tabularium::tool {
namespace {

struct Colour {
  double red, green, blue;
};

constexpr Colour rgb(int value) {
  return {(value >> 16 & 255) / 255.0, (value >> 8 & 255) / 255.0, (value & 255) / 255.0};
}

// Blue and orange keep apart for colour-blind eyes; red is left for what is in doubt.
constexpr Colour kInk = rgb(0x263238);
constexpr Colour kWord = rgb(0x78909c);
constexpr Colour kRule = rgb(0xd81b60);
constexpr Colour kCell = rgb(0x29b6f6);
constexpr Colour kMerged = rgb(0xffb300);
constexpr Colour kSpan = rgb(0xa06a00);
constexpr Colour kField = rgb(0x00695c);
constexpr Colour kTableValue = rgb(0x4527a0);
constexpr Colour kDoubt = rgb(0xd32f2f);

constexpr double kTagSize = 5.6;  // points of its letters
constexpr double kSpanSize = 4.0;
constexpr double kQuarter = 1.5707963267948966;  // of a turn, in radians
constexpr double kTagPadding = 1.6;              // left and right of the text
constexpr double kTagHeight = 7.4;
constexpr double kLegendHeight = 30.0;
constexpr double kVeil = 0.35;  // how much of the page's own ink fades

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

/// Draws in points of the page.
class Canvas {
 public:
  Canvas(const PageImage& image, double page_width, double page_height);

  void fill(const Box& box, Colour colour, double alpha);
  void outline(const Box& box, Colour colour, double alpha, double width, bool dashed = false);
  void line(Point from, Point to, Colour colour, double alpha, double width);
  void text(Point baseline, const std::string& text, double size, Colour colour, bool bold = false);
  double text_width(const std::string& text, double size, bool bold = false);
  void tag(const Tag& tag, Colour colour);
  void write(const std::filesystem::path& file);

 private:
  void use(Colour colour, double alpha) {
    cairo_set_source_rgba(context_.get(), colour.red, colour.green, colour.blue, alpha);
  }
  void font(double size, bool bold) {
    cairo_select_font_face(context_.get(), "sans-serif", CAIRO_FONT_SLANT_NORMAL,
                           bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size(context_.get(), size);
  }
  void rounded_box(const Box& box, double radius);

  Surface surface_;
  Context context_;
};

/// The page's pixels as Cairo wants them.
Surface page_surface(const PageImage& image) {
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height),
                  &cairo_surface_destroy);
  cairo_surface_flush(surface.get());
  unsigned char* rows = cairo_image_surface_get_data(surface.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
  const auto channels = static_cast<std::size_t>(image.channels);
  const auto width = static_cast<std::size_t>(image.width);
  for (std::size_t y = 0; rows != nullptr && y < static_cast<std::size_t>(image.height); ++y) {
    auto* pixels = reinterpret_cast<std::uint32_t*>(rows + y * stride);
    for (std::size_t x = 0; x < width; ++x) {
      const std::uint8_t* sample = &image.samples[(y * width + x) * channels];
      const std::uint32_t green = channels == 3 ? sample[1] : sample[0];
      const std::uint32_t blue = channels == 3 ? sample[2] : sample[0];
      pixels[x] = std::uint32_t{sample[0]} << 16 | green << 8 | blue;
    }
  }
  cairo_surface_mark_dirty(surface.get());
  return surface;
}

Canvas::Canvas(const PageImage& image, double page_width, double page_height)
    : surface_(nullptr, &cairo_surface_destroy), context_(nullptr, &cairo_destroy) {
  const double scale = image.width / page_width;
  surface_.reset(cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, image.width,
      image.height + static_cast<int>(std::lround(kLegendHeight * scale))));
  context_.reset(cairo_create(surface_.get()));
  use(rgb(0xffffff), 1.0);
  cairo_paint(context_.get());
  const Surface page = page_surface(image);
  cairo_set_source_surface(context_.get(), page.get(), 0.0, 0.0);
  cairo_paint(context_.get());
  cairo_scale(context_.get(), scale, scale);
  fill({0.0, 0.0, page_width, page_height}, rgb(0xffffff), kVeil);
}

void Canvas::fill(const Box& box, Colour colour, double alpha) {
  use(colour, alpha);
  cairo_rectangle(context_.get(), box.x0, box.y0, box.width(), box.height());
  cairo_fill(context_.get());
}

void Canvas::rounded_box(const Box& box, double radius) {
  cairo_t* context = context_.get();
  cairo_new_sub_path(context);
  cairo_arc(context, box.x1 - radius, box.y0 + radius, radius, -kQuarter, 0.0);
  cairo_arc(context, box.x1 - radius, box.y1 - radius, radius, 0.0, kQuarter);
  cairo_arc(context, box.x0 + radius, box.y1 - radius, radius, kQuarter, 2 * kQuarter);
  cairo_arc(context, box.x0 + radius, box.y0 + radius, radius, 2 * kQuarter, 3 * kQuarter);
  cairo_close_path(context);
}

void Canvas::outline(const Box& box, Colour colour, double alpha, double width, bool dashed) {
  use(colour, alpha);
  const double dash = 2.0;
  cairo_set_dash(context_.get(), &dash, dashed ? 1 : 0, 0.0);
  cairo_set_line_width(context_.get(), width);
  cairo_rectangle(context_.get(), box.x0, box.y0, box.width(), box.height());
  cairo_stroke(context_.get());
  cairo_set_dash(context_.get(), nullptr, 0, 0.0);
}

void Canvas::line(Point from, Point to, Colour colour, double alpha, double width) {
  use(colour, alpha);
  cairo_set_line_width(context_.get(), width);
  cairo_move_to(context_.get(), from.x, from.y);
  cairo_line_to(context_.get(), to.x, to.y);
  cairo_stroke(context_.get());
}

void Canvas::text(Point baseline, const std::string& text, double size, Colour colour, bool bold) {
  font(size, bold);
  use(colour, 1.0);
  cairo_move_to(context_.get(), baseline.x, baseline.y);
  cairo_show_text(context_.get(), text.c_str());
}

double Canvas::text_width(const std::string& text, double size, bool bold) {
  font(size, bold);
  cairo_text_extents_t extents{};
  cairo_text_extents(context_.get(), text.c_str(), &extents);
  return extents.x_advance;
}

void Canvas::tag(const Tag& tag, Colour colour) {
  if (tag.led) {
    const Point to{std::clamp(tag.box.centre().x, tag.target.x0, tag.target.x1),
                   std::clamp(tag.box.centre().y, tag.target.y0, tag.target.y1)};
    line(tag.box.centre(), to, colour, 0.8, 0.5);
  }
  use(colour, 0.94);
  rounded_box(tag.box, 1.4);
  cairo_fill(context_.get());
  text({tag.box.x0 + kTagPadding, tag.box.y1 - (kTagHeight - kTagSize) / 2 - 0.75}, tag.text,
       kTagSize, rgb(0xffffff));
}

void Canvas::write(const std::filesystem::path& file) {
  const cairo_status_t status = cairo_surface_write_to_png(surface_.get(), file.c_str());
  if (status != CAIRO_STATUS_SUCCESS) {
    throw Error(Error::Code::unwritable, fmt::format("{}: cannot be written: {}", file.string(),
                                                     cairo_status_to_string(status)));
  }
}

Box grown(const Box& box, double by) {
  return {box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by};
}

Colour colour_of(Mark::Kind kind, bool doubtful) {
  if (doubtful) return kDoubt;
  return kind == Mark::Kind::field ? kField : kTableValue;
}

void draw_cells(Canvas& canvas, const std::vector<Table>& tables) {
  for (const Table& table : tables) {
    for (const Cell& cell : table.cells) {
      const bool merged = cell.row_span > 1 || cell.col_span > 1;
      const Box inside =
          grown(cell.box(), -std::min({0.7, cell.box().width() / 4, cell.box().height() / 4}));
      canvas.fill(inside, merged ? kMerged : kCell, merged ? 0.16 : 0.13);
      canvas.outline(inside, merged ? kMerged : kCell, merged ? 0.75 : 0.55, 0.4);
    }
  }
}

/// How far a merged cell reaches, small in its corner: "3 x 2" rows and columns.
void draw_spans(Canvas& canvas, const std::vector<Table>& tables) {
  for (const Table& table : tables) {
    for (const Cell& cell : table.cells) {
      if (cell.row_span == 1 && cell.col_span == 1) continue;
      const std::string text = fmt::format("{}\u00d7{}", cell.row_span, cell.col_span);
      const Box& box = cell.box();
      canvas.text({box.x1 - canvas.text_width(text, kSpanSize) - 1.6, box.y1 - 1.8}, text,
                  kSpanSize, kSpan);
    }
  }
}

void draw_rules(Canvas& canvas, const std::vector<Rule>& rules) {
  for (const Rule& rule : rules) {
    const double width = std::clamp(rule.thickness, 0.5, 3.0);
    if (rule.horizontal()) {
      canvas.line({rule.from, rule.position}, {rule.to, rule.position}, kRule, 0.6, width);
    } else {
      canvas.line({rule.position, rule.from}, {rule.position, rule.to}, kRule, 0.6, width);
    }
  }
}

// From sure to unsure: what is pale needs no eye.
Colour colour_of_confidence(double confidence) {
  if (confidence >= 0.98) return rgb(0x2e7d32);
  if (confidence >= 0.9) return rgb(0x1565c0);
  if (confidence >= 0.7) return rgb(0xef6c00);
  return kDoubt;
}

void draw_words(Canvas& canvas, const Picture& picture) {
  for (const Word& word : picture.page.words) {
    if (!picture.from_pixels) {
      canvas.outline(word.box, kWord, 0.55, 0.3);
      continue;
    }
    const Colour colour = colour_of_confidence(word.confidence);
    canvas.fill(word.box, colour, word.confidence >= 0.98 ? 0.08 : 0.22);
    canvas.outline(word.box, colour, 0.8, 0.4);
  }
}

using BoxKey = std::tuple<double, double, double, double>;

BoxKey key_of(const Box& box) { return {box.x0, box.y0, box.x1, box.y1}; }

void draw_marks(Canvas& canvas, const std::vector<Mark>& marks) {
  std::set<BoxKey> drawn;  // rows share merged cells
  for (const Mark& mark : marks) {
    if (!drawn.insert(key_of(mark.box)).second) continue;
    const Colour colour = colour_of(mark.kind, mark.doubtful);
    const Box box = grown(mark.box, 0.8);
    if (!mark.empty) canvas.fill(box, colour, 0.10);
    canvas.outline(box, colour, 0.9, mark.doubtful ? 1.1 : 0.7, mark.empty);
  }
}

TagWish wish(Canvas& canvas, const std::string& text, const Mark& mark) {
  return {text,
          grown(mark.box, 0.8),
          canvas.text_width(text, kTagSize) + 2 * kTagPadding,
          kTagHeight,
          mark.kind,
          mark.doubtful};
}

/// Where the rows of a record's tables stand, by table and row. Values that rows share, the text of
/// a merged cell, say nothing about the place of a row.
std::map<std::pair<std::string, int>, Box> row_places(const std::vector<Mark>& marks) {
  std::map<BoxKey, int> shared;
  for (const Mark& mark : marks) ++shared[key_of(mark.box)];
  std::map<std::pair<std::string, int>, Box> rows;
  for (const Mark& mark : marks) {
    if (mark.kind != Mark::Kind::cell || shared[key_of(mark.box)] > 1) continue;
    const auto [place, first] = rows.try_emplace({mark.table, mark.row}, mark.box);
    if (!first && mark.box.height() < place->second.height()) place->second = mark.box;
  }
  return rows;
}

/// The rows are numbered in the margin: a label for each value would cover what it names.
std::vector<Tag> row_tags(Canvas& canvas, const Picture& picture) {
  double margin = picture.page.width;
  for (const Mark& mark : picture.marks) {
    if (mark.kind == Mark::Kind::cell) margin = std::min(margin, mark.box.x0);
  }
  for (const Table& table : picture.tables) {
    margin = std::min(margin, table.parts.front().box.x0);
  }
  const auto width_of = [&](const std::string& text) {
    return canvas.text_width(text, kTagSize) + 2 * kTagPadding;
  };
  std::vector<Tag> tags;
  for (const auto& [key, box] : row_places(picture.marks)) {
    std::string text = fmt::format("{} {}", key.first, key.second);
    if (width_of(text) > margin - 3.0) text = fmt::format("{}", key.second);
    const double width = width_of(text);
    const double x1 = std::max(margin - 2.0, width + 1.0);
    const double y0 = box.centre().y - kTagHeight / 2;
    const Box place{x1 - width, y0, x1, y0 + kTagHeight};
    tags.push_back({text, place, box, false, Mark::Kind::cell, false});
  }
  return tags;
}

/// Labels for every field, and for the columns of a table at its first row on the page.
std::vector<TagWish> name_wishes(Canvas& canvas, const std::vector<Mark>& marks) {
  std::vector<TagWish> wishes;
  std::set<std::pair<std::string, std::string>> columns;
  for (const Mark& mark : marks) {
    if (mark.kind == Mark::Kind::cell && !columns.insert({mark.table, mark.name}).second) continue;
    wishes.push_back(wish(canvas, mark.name, mark));
  }
  // What is narrow has the fewest places to go to, but reading order is what an eye expects.
  std::stable_sort(wishes.begin(), wishes.end(), [](const TagWish& a, const TagWish& b) {
    return std::tie(a.target.y0, a.target.x0) < std::tie(b.target.y0, b.target.x0);
  });
  return wishes;
}

void draw_legend(Canvas& canvas, const Picture& picture) {
  const double top = picture.page.height;
  canvas.fill({0.0, top, picture.page.width, top + kLegendHeight}, rgb(0xf5f7f8), 1.0);
  canvas.line({0.0, top}, {picture.page.width, top}, rgb(0xb0bec5), 1.0, 0.6);
  canvas.text({12.0, top + 11.5}, picture.heading, 7.0, kInk, true);
  double x = 12.0;
  const double y = top + 17.0;
  const auto entry = [&](const char* name, const auto& draw) {
    draw(Box{x, y, x + 12.0, y + 7.5});
    canvas.text({x + 15.0, y + 6.3}, name, 6.4, kInk);
    x += 15.0 + canvas.text_width(name, 6.4) + 12.0;
  };
  if (picture.from_pixels) {
    const auto reading = [&](const char* name, double confidence) {
      entry(name, [&](const Box& box) {
        canvas.fill(box, colour_of_confidence(confidence), 0.3);
        canvas.outline(box, colour_of_confidence(confidence), 0.9, 0.5);
      });
    };
    reading("read with .98", 0.98);
    reading(".9", 0.9);
    reading(".7", 0.7);
    reading("less", 0.0);
  } else {
    entry("word", [&](const Box& box) { canvas.outline(box, kWord, 0.9, 0.5); });
  }
  entry("rule", [&](const Box& box) {
    canvas.line({box.x0, box.centre().y}, {box.x1, box.centre().y}, kRule, 0.8, 1.2);
  });
  const auto swatch = [&](Colour colour, double alpha, double width, bool dashed) {
    return [&canvas, colour, alpha, width, dashed](const Box& box) {
      canvas.fill(box, colour, alpha);
      canvas.outline(box, colour, 0.9, width, dashed);
    };
  };
  entry("cell", swatch(kCell, 0.13, 0.5, false));
  entry("merged cell, rows\u00d7columns", swatch(kMerged, 0.16, 0.5, false));
  entry("field of the record", swatch(kField, 0.25, 0.8, false));
  entry("value in a table row", swatch(kTableValue, 0.25, 0.8, false));
  const auto any = [&](bool Mark::*trait) {
    return std::any_of(picture.marks.begin(), picture.marks.end(),
                       [&](const Mark& mark) { return mark.*trait; });
  };
  if (any(&Mark::empty)) entry("left empty", swatch(kField, 0.0, 0.8, true));
  if (any(&Mark::doubtful)) entry("in doubt", swatch(kDoubt, 0.25, 1.1, false));
}

void draw(const Picture& picture, const std::filesystem::path& file) {
  Canvas canvas(picture.image, picture.page.width, picture.page.height);
  draw_cells(canvas, picture.tables);
  draw_spans(canvas, picture.tables);
  draw_rules(canvas, picture.page.rules);
  draw_words(canvas, picture);
  draw_marks(canvas, picture.marks);
  const std::vector<Tag> rows = row_tags(canvas, picture);
  std::vector<Box> taken;
  taken.reserve(rows.size());
  for (const Tag& tag : rows) taken.push_back(tag.box);
  for (const Tag& tag : place_tags(name_wishes(canvas, picture.marks), picture.page, taken)) {
    canvas.tag(tag, colour_of(tag.kind, tag.doubtful));
  }
  for (const Tag& tag : rows) canvas.tag(tag, kTableValue);
  draw_legend(canvas, picture);
  canvas.write(file);
}

}  // namespace
}  // namespace tabularium::tool

extern "C" TABULARIUM_API void tabularium_draw_picture(const tabularium::tool::Picture& picture,
                                                       const std::filesystem::path& file) {
  tabularium::tool::draw(picture, file);
}
