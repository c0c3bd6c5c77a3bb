#pragma once

#include <memory>
#include <string>

#include "tabularium/plugin/host.h"
#include "tabularium/plugin/reader.h"

namespace tabularium::bench {

/// The file, opened by the first reader that knows its kind. Throws `Error` where none does.
std::unique_ptr<OpenedDocument> opened(const PluginHost& host, const std::string& file);

/// The detector of `table_grid`. Throws `Error` where the plugin is not there.
std::unique_ptr<GridDetector> grid_detector(const PluginHost& host);

/// CPU time that this process has taken, in milliseconds.
double cpu_ms();

/// CPU time in milliseconds that `table_grid` takes for all pages of a scan, decoding left out: the
/// least of `rounds` times.
double grid_cpu_ms(const PluginHost& host, const std::string& file, int rounds);

}  // namespace tabularium::bench
