#pragma once

#include <string>

namespace tabularium::bench {

struct CalibrateOptions {
  std::string gold;       ///< folder of X.gold.json
  std::string extracted;  ///< folder of X.json, as `tabularium extract` prints them
  std::string models = "models";
  std::string values;  ///< file to list the values in, a line each; none where empty
};

/// Prints how often values are right by the confidence that their evidence gives, in ten bins:
/// numbers, dates and quantities, short texts, narratives (right only as a whole), and all.
/// `likely`: where the true share lies, in 95 of 100 cases. Only extracted files that were read
/// from pixels belong into the folder. The list has pointer, kind, confidence, right or wrong, and
/// the checks of the issues that name the value.
void calibrate(const CalibrateOptions& options);

}  // namespace tabularium::bench
