#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tabularium/page/export.h"

namespace tabularium {

/// What a plugin is tried with.
struct ConformanceOptions {
  /// Files for its readers; a reader that accepts none of them is tried with junk alone.
  std::vector<std::filesystem::path> samples;
  /// Told of each thing before it is tried, so that it is known what was going on when a plugin
  /// takes the process down. May be empty.
  std::function<void(const std::string&)> began;
};

/// What a plugin does that the host cannot live with.
struct Nonconformance {
  std::string subject;  ///< "reader outside, form.pdf"
  std::string what;     ///< one sentence
};

/// Tries what docs/plugins.md asks of a plugin, with everything that the library `file` registers:
///
/// - it loads: API version, build tag, descriptor, a `register_all` and factories that do not
/// throw;
/// - nothing but `Error` leaves it, with damaged input too, and pages that do not exist are
/// refused;
/// - what it gives is well formed: boxes, confidences, sizes, as many answers as questions;
/// - the same input gives the same output: again, from another object, and from objects in two
///   threads at the same time;
/// - memory in use does not grow with each call.
///
/// A plugin may crash or hang: call it in a process of its own. Empty: nothing was found.
TABULARIUM_API std::vector<Nonconformance> check_plugin(const std::filesystem::path& file,
                                                        const ConformanceOptions& options = {});

}  // namespace tabularium
