#pragma once

#include <string>

namespace tabularium::bench {

struct CalibrateOptions {
  std::string gold;       ///< folder of X.gold.json
  std::string extracted;  ///< folder of X.json, as `tabularium extract` prints them
  std::string models = "models";
};

/// Prints how often values are right by the confidence that their evidence gives: numbers, dates
/// and quantities apart from texts. Only values that were read from pixels count.
void calibrate(const CalibrateOptions& options);

}  // namespace tabularium::bench
