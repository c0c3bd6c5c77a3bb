#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tabularium {

/// One field of a message in the wire format of Protocol Buffers
/// (protobuf.dev/programming-guides/encoding).
struct ProtoField {
  std::uint64_t number = 0;
  std::uint64_t value = 0;  ///< of a whole number
  std::string_view bytes;   ///< of a string, a message or a packed list
};

/// The fields of `message` in their order; nothing where it is damaged.
std::optional<std::vector<ProtoField>> proto_fields(std::string_view message);

/// The whole numbers of a packed list; nothing where it is damaged.
std::optional<std::vector<std::uint64_t>> proto_numbers(std::string_view packed);

}  // namespace tabularium
