#include "tabularium/pipeline/read_file.h"

#include <fmt/format.h>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

/// Messages may quote a file's bytes; what a store keeps is text.
std::string valid_utf8(const std::string& text) { return to_utf8(to_utf32(text)); }

void fail(FileReading& reading, std::string_view reason, const std::string& message) {
  reading.reason = reason;
  reading.message = valid_utf8(message);
}

}  // namespace

FileReading read_file(Extractor& extractor, const Document& document,
                      const std::function<void(Record)>& take,
                      const std::function<void(int)>& opened) {
  FileReading reading;
  try {
    const ExtractSummary summary = extractor.extract(document, take, opened);
    reading.pages = summary.pages;
    reading.unread_pages = static_cast<int>(summary.unread.size());
    reading.sha256 = summary.sha256;
    reading.issues = summary.issues;
    for (Issue& issue : reading.issues) issue.message = valid_utf8(issue.message);
    if (summary.records > 0) return reading;
    if (summary.unread.empty()) {
      fail(reading, "no_form", fmt::format("{}: no form that a layout knows", document.name));
    } else {
      fail(reading, summary.unread.front().check, summary.unread.front().message);
    }
  } catch (const Error& error) {
    fail(reading, to_string(error.code()), error.what());
  }
  return reading;
}

}  // namespace tabularium
