#pragma once

#include <filesystem>
#include <string>

namespace tabularium {

/// All bytes of a file of a model. Throws `Error`: `not_found`.
std::string bytes_of(const std::filesystem::path& file);

/// The classes of a network, in their order: a file of characters in UTF-8, in which line ends do
/// not count. Throws `Error`: `not_found`.
std::u32string read_alphabet(const std::filesystem::path& file);

}  // namespace tabularium
