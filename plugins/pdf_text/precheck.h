#pragma once

#include <Object.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "tabularium/page/limits.h"

class PDFDoc;

namespace tabularium::pdf_text {

/// Looks for what Poppler itself has no guard against before it gets to see it: streams that unpack
/// to gigabytes, JPEG 2000 pictures of any size (Poppler decodes them to learn their colours),
/// program functions nested so deeply that its parser runs out of stack, field trees without end.
/// Most files have nothing that could be one of these and cost one scan of their bytes.
class Precheck {
 public:
  /// Scans the raw bytes of a file.
  Precheck(std::string_view bytes, const Limits& limits);

  /// For a file too large to scan: suspects it.
  explicit Precheck(const Limits& limits) : limits_(limits), suspicious_(true) {}

  /// What speaks against building the file's form (AcroForm); nothing where it is harmless.
  static std::optional<std::string> objection_to_form(PDFDoc& pdf);

  /// What speaks against drawing page `page_number`, as the end of a message.
  std::optional<std::string> objection_to_page(PDFDoc& pdf, int page_number);

 private:
  struct Walk;

  void visit(const Object& object, Walk& walk);
  void measure(const Object& stream, Walk& walk) const;

  Limits limits_;
  bool suspicious_ = false;
  std::set<Ref> harmless_;  // seen on earlier pages: fonts are on all of them
};

}  // namespace tabularium::pdf_text
