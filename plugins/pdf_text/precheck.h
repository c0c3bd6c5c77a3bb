#pragma once

#include <Object.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "tabularium/page/document.h"

class PDFDoc;

namespace tabularium::pdf_text {

/// Looks for what Poppler itself has no guard against before it gets to see it: streams that unpack
/// to gigabytes, program functions nested so deeply that its parser runs out of stack, field trees
/// without end. Most files have nothing that could be one of these and cost one scan of their
/// bytes.
class Precheck {
 public:
  /// Scans the raw bytes of `document`.
  explicit Precheck(const Document& document);

  /// What speaks against building the file's form (AcroForm); nothing where it is harmless.
  static std::optional<std::string> objection_to_form(PDFDoc& pdf);

  /// What speaks against drawing page `page_number`, as the end of a message.
  std::optional<std::string> objection_to_page(PDFDoc& pdf, int page_number);

 private:
  struct Walk;

  void visit(const Object& object, Walk& walk);
  void measure(const Object& stream, std::optional<Ref> ref, Walk& walk);

  bool suspicious_ = false;
  std::map<Ref, std::int64_t> sizes_;  // unpacked bytes of the streams measured so far
};

}  // namespace tabularium::pdf_text
