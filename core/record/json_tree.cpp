#include "json_tree_internal.h"

#include <nlohmann/json.hpp>

#include "tabularium/page/error.h"

namespace tabularium {
namespace {

constexpr std::size_t kMaxDepth = 32;

/// Builds the tree from the parser's events.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return add(JsonNode()); }
  bool boolean(bool yes) override {
    JsonNode node(JsonNode::Kind::boolean);
    node.yes = yes;
    return add(std::move(node));
  }
  bool number_integer(number_integer_t value) override { return number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return number(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& digits) override { return number(digits); }
  bool string(string_t& value) override {
    JsonNode node(JsonNode::Kind::text);
    node.text = std::move(value);
    return add(std::move(node));
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(JsonNode::Kind::object); }
  bool start_array(std::size_t) override { return open(JsonNode::Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    open_.back().keys.push_back(std::move(name));
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    reason_ = "no JSON at byte " + std::to_string(position);
    return false;
  }

  JsonNode root;
  std::string reason() const { return reason_; }

 private:
  bool number(std::string digits) {
    JsonNode node(JsonNode::Kind::number);
    node.text = std::move(digits);
    return add(std::move(node));
  }
  bool add(JsonNode node) {
    if (open_.empty())
      root = std::move(node);
    else
      open_.back().items.push_back(std::move(node));
    return true;
  }
  bool open(JsonNode::Kind kind) {
    if (open_.size() == kMaxDepth) {
      reason_ = "nested deeper than " + std::to_string(kMaxDepth) + " levels";
      return false;
    }
    open_.push_back(JsonNode(kind));
    return true;
  }
  bool close() {
    JsonNode node = std::move(open_.back());
    open_.pop_back();
    return add(std::move(node));
  }

  std::vector<JsonNode> open_;
  std::string reason_;
};

}  // namespace

const JsonNode* JsonNode::find(std::string_view key) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == key) return &items[i];
  }
  return nullptr;
}

JsonNode parse_json(std::string_view json) {
  TreeBuilder builder;
  if (!nlohmann::json::sax_parse(json, &builder))
    throw Error(Error::Code::damaged_input, builder.reason());
  return std::move(builder.root);
}

}  // namespace tabularium
