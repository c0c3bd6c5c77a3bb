#pragma once

#include <string>

namespace tabularium {

/// The number of the PID namespace, "4026531836": processes of two namespaces may share a number.
std::string process_space();

}  // namespace tabularium
