#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tabularium {

/// A JSON value with its numbers as they are written, so that none passes through binary floats.
struct JsonNode {
  enum class Kind : std::uint8_t { null, boolean, number, text, array, object };

  JsonNode() = default;
  explicit JsonNode(Kind node_kind) : kind(node_kind) {}

  Kind kind = Kind::null;
  bool yes = false;
  std::string text;               ///< of texts, and the digits of numbers
  std::vector<JsonNode> items;    ///< of arrays, and the values of objects
  std::vector<std::string> keys;  ///< of objects, beside `items`

  const JsonNode* find(std::string_view key) const;
};

/// Throws `Error::Code::damaged_input` where `json` is not JSON, or nested deeper than 32 levels.
JsonNode parse_json(std::string_view json);

}  // namespace tabularium
