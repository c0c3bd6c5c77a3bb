#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

/// Parts of a JSON Schema (draft 7, which editors of TOML understand), with a description each.
namespace tabularium::json_schema {

using Json = nlohmann::ordered_json;
using Members = std::vector<std::pair<std::string, Json>>;

inline Json described(Json part, const std::string& about) {
  part["description"] = about;
  return part;
}

inline Json text(const std::string& about) {
  return {{"description", about}, {"type", "string"}, {"minLength", 1}};
}

inline Json one_of(const std::vector<std::string>& words, const std::string& about) {
  return {{"description", about}, {"type", "string"}, {"enum", words}};
}

inline Json flag(const std::string& about) { return {{"description", about}, {"type", "boolean"}}; }

inline Json integer(std::int64_t least, std::int64_t most, const std::string& about) {
  return {{"description", about}, {"type", "integer"}, {"minimum", least}, {"maximum", most}};
}

inline Json list_of(Json item, const std::string& about) {
  return {{"description", about}, {"type", "array"}, {"items", std::move(item)}};
}

inline Json texts(const std::string& about) {
  return list_of({{"type", "string"}, {"minLength", 1}}, about);
}

inline Json text_or_texts(const std::string& about) {
  const Json one = {{"type", "string"}, {"minLength", 1}};
  return {{"description", about},
          {"anyOf", Json::array({one, {{"type", "array"}, {"items", one}}})}};
}

/// A table of these keys and no others.
inline Json object(const std::string& about, const Members& members,
                   const std::vector<std::string>& required = {}) {
  Json json = {{"description", about}, {"type", "object"}, {"properties", Json::object()}};
  for (const auto& [key, part] : members) json["properties"][key] = part;
  if (!required.empty()) json["required"] = required;
  json["additionalProperties"] = false;
  return json;
}

/// A table whose keys are names of somebody's choice.
inline Json map_of(Json value, const std::string& about) {
  return {{"description", about}, {"type", "object"}, {"additionalProperties", std::move(value)}};
}

inline Json reference(const std::string& definition, const std::string& about) {
  // Beside `$ref` draft 7 ignores all other keys.
  return {{"description", about},
          {"allOf", Json::array({{{"$ref", "#/definitions/" + definition}}})}};
}

}  // namespace tabularium::json_schema
