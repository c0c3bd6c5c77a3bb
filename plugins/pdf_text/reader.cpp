#include "reader.h"

#include <Annot.h>
#include <ErrorCodes.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "cpu_clock.h"
#include "fields.h"
#include "page_output.h"
#include "page_picture.h"
#include "poppler_guard.h"
#include "precheck.h"
#include "render.h"
#include "tabularium/page/document.h"
#include "tabularium/page/error.h"

namespace tabularium::pdf_text {
namespace {

// Poppler reads a file in pieces of 256 bytes; from memory it is a good deal faster. A file larger
// than this stays on the disk.
constexpr std::int64_t kMaxInMemory = std::int64_t{64} << 20;

Document with_bytes(Document document) {
  if (document.bytes || document.size > kMaxInMemory) return document;
  std::ifstream in(document.path, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(document.size), '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  document.bytes = std::make_shared<const std::string>(std::move(bytes));
  return document;
}

Precheck precheck(const Document& document) {
  return document.bytes ? Precheck(*document.bytes, document.limits) : Precheck(document.limits);
}

std::unique_ptr<PDFDoc> load(const Document& document) {
  std::optional<GooString> password;
  if (document.password) password.emplace(*document.password);
  if (document.bytes) {
    auto* stream = new MemStream(document.bytes->data(), 0,
                                 static_cast<Goffset>(document.bytes->size()), Object(objNull));
    return std::make_unique<PDFDoc>(stream, password, password);  // takes the stream over
  }
  return std::make_unique<PDFDoc>(std::make_unique<GooString>(document.path.string()), password,
                                  password);
}

std::string first_complaint(const MessageCollector& collector) {
  if (collector.messages().empty()) return "";
  return ": " + collector.messages().front().text;
}

[[noreturn]] void refuse(const Document& document, int code, const MessageCollector& collector) {
  switch (code) {
    case errEncrypted:
      throw Error(Error::Code::encrypted,
                  document.password
                      ? fmt::format("{}: encrypted, and the password given is wrong (--password)",
                                    document.name)
                      : fmt::format("{}: encrypted: give the user password with --password",
                                    document.name));
    case errOpenFile:
    case errFileIO:
      throw Error(Error::Code::unreadable, fmt::format("{}: cannot be read", document.name));
    default:
      throw Error(Error::Code::damaged_input,
                  fmt::format("{}: not a PDF that can be read{}", document.name,
                              first_complaint(collector)));
  }
}

struct Drawing {
  PageOutput& output;
  FormFields& fields;
};

// Only what fills in a form is part of the page's text; notes, marks and links lie over it.
bool shows_annotation(Annot* annotation, void* data) {
  auto& drawing = *static_cast<Drawing*>(data);
  return drawing.fields.draws(annotation, drawing.output.glyphs_shown());
}

void add_issues(const std::vector<Message>& messages, Page& page) {
  for (const Message& message : messages) {
    Issue issue;
    issue.check = "reader";
    issue.severity = message.harmless ? Severity::info : Severity::warning;
    issue.message = message.text;
    page.issues.push_back(std::move(issue));
  }
}

class PdfDocument : public OpenedDocument {
 public:
  explicit PdfDocument(const Document& document)
      : source_(with_bytes(document)), precheck_(precheck(source_)) {
    prepare_poppler();
    MessageCollector collector;
    pdf_ = load(source_);
    if (!pdf_->isOk()) refuse(source_, pdf_->getErrorCode(), collector);
    if (const auto objection = Precheck::objection_to_form(*pdf_)) {
      throw Error(Error::Code::limit_exceeded, fmt::format("{}: {}", source_.name, *objection));
    }
    pages_ = pdf_->getNumPages();
    if (pages_ < 1) {
      throw Error(Error::Code::damaged_input,
                  fmt::format("{}: no page found{}", source_.name, first_complaint(collector)));
    }
    if (pages_ > source_.limits.max_pages) {
      throw Error(Error::Code::limit_exceeded,
                  fmt::format("{}: {} pages exceed the limit of {} (Limits::max_pages)",
                              source_.name, pages_, source_.limits.max_pages));
    }
    opening_messages_ = collector.messages();
  }

  int page_count() const override { return pages_; }

  Page read(int page_number) override {
    MessageCollector collector;
    const auto known = turns_.find(page_number);
    int turn = known == turns_.end() ? 0 : known->second;
    Page page = draw(page_number, turn);
    if (turns_[page_number] != turn) {
      turn = turns_[page_number];
      page = draw(page_number, turn);
    }
    page.turned = turn;
    if (turn != 0) {
      page.issues.push_back({"reader",
                             Severity::info,
                             "",
                             {},
                             fmt::format("the text of the page is turned: shown turned clockwise "
                                         "by {} degrees",
                                         turn)});
    }
    page.number = page_number;
    if (page_number == 1) add_issues(opening_messages_, page);
    add_issues(collector.messages(), page);
    return page;
  }

  PageImage render(int page_number, double dpi) override {
    const int turn = turn_of(page_number);
    MessageCollector collector;
    const Size size = checked_size(page_number, turn);
    const double width = std::ceil(size.width * dpi / 72.0);
    const double height = std::ceil(size.height * dpi / 72.0);
    const double pixels = width * height;
    if (!(pixels <= static_cast<double>(source_.limits.max_image_pixels))) {
      throw Error(
          Error::Code::limit_exceeded,
          fmt::format("{}, page {}: {:.0f} x {:.0f} pixels exceed the limit of {} "
                      "(Limits::max_image_pixels)",
                      source_.name, page_number, width, height, source_.limits.max_image_pixels));
    }
    return draw_page(*pdf_, page_number, dpi, turn, 2 * source_.limits.max_page_seconds,
                     source_.limits.max_image_pixels);
  }

  PageImage page_image(int page_number) override {
    const int turn = turn_of(page_number);
    {
      MessageCollector collector;
      const Size size = checked_size(page_number, turn);
      auto picture =
          page_picture(*pdf_, page_number, turn, size.width, size.height, source_.limits);
      if (picture) return std::move(*picture);
    }
    constexpr double kUsualDpi = 300.0;
    return render(page_number, kUsualDpi);
  }

 private:
  struct Size {
    double width = 0.0;
    double height = 0.0;
  };

  // A page that cannot be read may still be drawn, as it is.
  int turn_of(int page_number) {
    if (!turns_.contains(page_number)) {
      try {
        read(page_number);
      } catch (const Error&) {
        turns_.try_emplace(page_number, 0);
      }
    }
    return turns_[page_number];
  }

  // One pass over the page, shown turned by `turn` degrees more than it says itself.
  Page draw(int page_number, int turn) {
    const Size size = checked_size(page_number, turn);
    const double start_seconds = cpu_seconds();
    PageOutput output(size.width, size.height, limits_left(page_number));
    FormFields fields(*pdf_, *pdf_->getPage(page_number), turn);
    Drawing drawing{output, fields};
    pdf_->displayPage(&output, page_number, 72, 72, turn, false, true, false,
                      &PageOutput::should_stop, &output, &shows_annotation, &drawing);
    if (!output.exceeded().empty()) {
      pdf_ = load(source_);  // see `PageOutput::beginForm`
      wasted_seconds_ += cpu_seconds() - start_seconds;
      throw Error(Error::Code::limit_exceeded,
                  fmt::format("{}, page {}: {}", source_.name, page_number, output.exceeded()));
    }
    Page page = output.finish();
    fields.add_words(page, output.glyphs_shown());
    turns_.try_emplace(page_number, output.turn_of_text());
    return page;
  }

  // Many pages of the worst kind take no longer than a few.
  Limits limits_left(int page_number) const {
    Limits left = source_.limits;
    const double seconds = left.max_wasted_seconds - wasted_seconds_;
    if (seconds <= 0) {
      throw Error(Error::Code::limit_exceeded,
                  fmt::format("{}, page {}: not tried after more than {:g} seconds of processor "
                              "time for pages that were given up (Limits::max_wasted_seconds)",
                              source_.name, page_number, left.max_wasted_seconds));
    }
    left.max_page_seconds = std::min(left.max_page_seconds, seconds);
    return left;
  }

  // The size of the page as shown.
  Size checked_size(int page_number, int turn) {
    if (page_number < 1 || page_number > pages_) {
      throw Error(Error::Code::bad_page_number,
                  fmt::format("{}: there is no page {}, the file has {}", source_.name, page_number,
                              pages_));
    }
    ::Page* page = pdf_->getPage(page_number);
    if (page == nullptr || !page->isOk()) {
      throw Error(Error::Code::damaged_input,
                  fmt::format("{}, page {}: the page cannot be found in the file", source_.name,
                              page_number));
    }
    Size size{page->getCropWidth(), page->getCropHeight()};
    if ((page->getRotate() + turn) % 180 != 0) std::swap(size.width, size.height);
    const double limit = source_.limits.max_page_points;
    if (!(size.width > 0 && size.height > 0)) {
      throw Error(Error::Code::damaged_input,
                  fmt::format("{}, page {}: the page has no area", source_.name, page_number));
    }
    if (!(size.width <= limit && size.height <= limit)) {
      throw Error(Error::Code::limit_exceeded,
                  fmt::format("{}, page {}: {:g} x {:g} points exceed the limit of {:g} "
                              "(Limits::max_page_points)",
                              source_.name, page_number, size.width, size.height, limit));
    }
    if (const auto objection = precheck_.objection_to_page(*pdf_, page_number)) {
      throw Error(Error::Code::limit_exceeded,
                  fmt::format("{}, page {}: {}", source_.name, page_number, *objection));
    }
    return size;
  }

  Document source_;  // first: Poppler reads from its bytes until the end
  Precheck precheck_;
  std::unique_ptr<PDFDoc> pdf_;
  int pages_ = 0;
  std::vector<Message> opening_messages_;
  std::map<int, int> turns_;  // by page: how far its text asks for it to be turned
  double wasted_seconds_ = 0.0;
};

class PdfReader : public Reader {
 public:
  std::string_view name() const noexcept override { return kExtractor; }

  bool accepts(const Document& document) const override {
    return document.head.find("%PDF-") != std::string::npos;
  }

  std::unique_ptr<OpenedDocument> open(const Document& document) override {
    return std::make_unique<PdfDocument>(document);
  }
};

}  // namespace

std::unique_ptr<Reader> make_reader() { return std::make_unique<PdfReader>(); }

}  // namespace tabularium::pdf_text
