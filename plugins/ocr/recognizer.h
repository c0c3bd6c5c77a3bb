#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "tabularium/plugin/recognizer.h"

namespace tabularium::ocr {

struct OcrSettings {
  std::string languages = "chi_sim";  ///< as Tesseract names them, joined by "+"
  std::filesystem::path data_folder;  ///< where the models lie; empty for Tesseract's own place
};

/// Whether so many Chinese characters are one more than have room in `line`, a box that hugs their
/// ink: each is about as wide as high. False for very short and for long lines, where that tells
/// nothing. `text_height` is the height of a typical glyph of the page; both are points.
bool is_one_too_many(std::size_t characters, const Box& line, double text_height);

/// Reads lines of text with one engine of Tesseract, which is made at the first line and kept.
/// Throws at that line `Error::Code::bad_model` where the languages' data is missing.
std::unique_ptr<Recognizer> make_ocr(OcrSettings settings = {});

}  // namespace tabularium::ocr
