#pragma once

#include <memory>
#include <string_view>

#include "tabularium/page/document.h"
#include "tabularium/page/page.h"

namespace tabularium {

/// A document that a reader has opened. Owned by the caller, used by one thread.
class TABULARIUM_API OpenedDocument {
 public:
  virtual ~OpenedDocument();
  OpenedDocument(const OpenedDocument&) = delete;
  OpenedDocument& operator=(const OpenedDocument&) = delete;

  /// Number of pages, at least 1.
  virtual int page_count() const = 0;

  /// Reads page `page_number`, counted from 1.
  ///
  /// Boxes are PDF points (1/72 inch) from the top left corner of the page as shown, y down. A
  /// reader may show a page turned, so that its text runs level, and says so (`Page::turned`).
  /// Confidence is 0.0 to 1.0; text that the file itself stores has 1.0.
  /// A blank page gives a `Page` without words: that is no error.
  /// Throws `Error`: `bad_page_number`, `damaged_input`, `limit_exceeded`.
  virtual Page read(int page_number) = 0;

  /// Draws page `page_number` as shown, at `dpi` pixels per inch.
  /// Throws `Error`: `bad_page_number`, `damaged_input`, `limit_exceeded` (max_image_pixels).
  virtual PageImage render(int page_number, double dpi) = 0;

  /// The pixels to read page `page_number` from, as shown: where the page is one picture, the
  /// picture's own pixels; otherwise the page drawn at 300 dpi.
  /// Throws `Error`: `bad_page_number`, `damaged_input`, `limit_exceeded` (max_image_pixels).
  virtual PageImage page_image(int page_number) { return render(page_number, 300.0); }

 protected:
  OpenedDocument() = default;
};

/// Opens files of one or more formats. Plugins of kind reader derive from it; the host owns the
/// objects.
///
/// The host makes one reader per thread and never shares it, so members need no lock. Static
/// data must be const: two readers of one plugin may run at the same time.
class TABULARIUM_API Reader {
 public:
  virtual ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  /// Name that `evidence.extractor` stores, for example "pdf_text". Permanent: a reader whose
  /// output changes its meaning takes a new name.
  virtual std::string_view name() const noexcept = 0;

  /// Says from `document.head` whether the document is worth trying. Bad bytes give `false`.
  virtual bool accepts(const Document& document) const = 0;

  /// Opens the document; pages are read later, one by one.
  /// Throws `Error`: `damaged_input`, `encrypted`, `limit_exceeded`, `unreadable`.
  virtual std::unique_ptr<OpenedDocument> open(const Document& document) = 0;

 protected:
  Reader() = default;
};

}  // namespace tabularium
