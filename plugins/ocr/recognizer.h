#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tabularium/plugin/recognizer.h"

namespace tabularium::ocr {

struct OcrSettings {
  std::string languages = "chi_sim";  ///< as Tesseract names them, joined by "+"
  std::filesystem::path data_folder;  ///< where the models lie; empty for Tesseract's own place
};

/// Reads lines of text with one engine of Tesseract, which is made at the first line and kept.
/// Throws at that line `Error::Code::bad_model` where the languages' data is missing.
std::unique_ptr<Recognizer> make_ocr(OcrSettings settings = {});

}  // namespace tabularium::ocr
