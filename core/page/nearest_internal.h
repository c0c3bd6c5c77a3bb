#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tabularium {

/// The candidate that is nearest to `word` by edit distance, or nothing where none is near: the
/// "did you mean" of messages about files that people write.
std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

/// How many characters two texts have in common in the same order: the length of their longest
/// common subsequence.
std::size_t in_common(std::u32string_view a, std::u32string_view b);

}  // namespace tabularium
