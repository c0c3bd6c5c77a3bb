#pragma once

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tabularium/plugin/api.h"

namespace tabularium {

/// Something that a plugin gives and must not: what is wrong with it.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A new object of a plugin, made ready: each call uses it once and tells what came of it, as a
/// text that is the same where the outcome is. Throws `Malformed`; whatever else leaves it came
/// from the plugin.
using Trial = std::function<std::string()>;

/// One thing that is tried.
struct Trials {
  std::string subject;             ///< "reader outside, form.pdf"
  std::function<Trial()> prepare;  ///< with an object of its own
};

/// Opens the document and reads its first pages, if the reader accepts it.
std::string read_all(Reader& reader, const Document& document);
/// Lines of all kinds on pages that are white, noise, or tiny.
std::string recognize_all(Recognizer& recognizer);
/// Pages without and with a grid.
std::string detect_all(GridDetector& detector);
/// An empty page, and one with some lines.
std::string try_layout(const Layout& layout);

/// Documents that are no document: noise, and each sample cut and scratched.
std::vector<Document> junk_of(const std::vector<Document>& samples);

}  // namespace tabularium
