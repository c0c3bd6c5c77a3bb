#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tabularium {

/// The candidate that is nearest to `word` by edit distance, or nothing where none is near: the
/// "did you mean" of messages about files that people write.
std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

}  // namespace tabularium
