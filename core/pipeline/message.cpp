#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "message_internal.h"
#include "tabularium/page/error.h"
#include "tabularium/page/text.h"

namespace tabularium {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kHeadBytes = 5;

std::array<char, kHeadBytes> head_of(const Frame& frame) {
  const std::size_t size = frame.text.size();
  const auto byte = [&](int shift) { return static_cast<char>((size >> shift) & 0xFF); };
  return {static_cast<char>(frame.kind), byte(0), byte(8), byte(16), byte(24)};
}

/// Length of the text that `head` announces. Throws `Error::Code::damaged_input`.
std::size_t text_size(const char* head) {
  std::size_t size = 0;
  for (int i = 3; i >= 0; --i) size = size << 8 | static_cast<unsigned char>(head[i + 1]);
  constexpr std::string_view kinds = "hqprel";
  if (kinds.find(head[0]) == std::string_view::npos || size > kMaxFrameBytes) {
    throw Error(Error::Code::damaged_input, "no message of a worker");
  }
  return size;
}

bool write_all(int descriptor, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(descriptor, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
  return true;
}

bool read_all(int descriptor, char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::read(descriptor, bytes, size);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// What `read` makes of the JSON in `text`; a worker's plugins may do anything, so nothing is
/// taken for granted.
template <typename Read>
auto parsed(std::string_view text, Read read) {
  try {
    return read(Json::parse(text));
  } catch (const Json::exception& failure) {
    throw Error(Error::Code::damaged_input,
                fmt::format("no message of a worker: {}", failure.what()));
  }
}

Json issue_json(const Issue& issue) {
  return {{"check", issue.check},
          {"severity", static_cast<int>(issue.severity)},
          {"pointer", issue.pointer},
          {"related", issue.related},
          {"message", issue.message}};
}

Issue issue_from(const Json& json) {
  const int severity = json.at("severity").get<int>();
  return {json.at("check").get<std::string>(),
          severity <= 0 ? Severity::info : (severity == 1 ? Severity::warning : Severity::error),
          json.at("pointer").get<std::string>(), json.at("related").get<std::vector<std::string>>(),
          storable(json.at("message").get<std::string>())};
}

}  // namespace

bool write_frame(int descriptor, const Frame& frame) {
  const auto head = head_of(frame);
  return write_all(descriptor, head.data(), head.size()) &&
         write_all(descriptor, frame.text.data(), frame.text.size());
}

std::optional<Frame> read_frame(int descriptor) {
  std::array<char, kHeadBytes> head{};
  if (!read_all(descriptor, head.data(), head.size())) return std::nullopt;
  Frame frame{static_cast<FrameKind>(head[0]), std::string(text_size(head.data()), '\0')};
  if (!read_all(descriptor, frame.text.data(), frame.text.size())) return std::nullopt;
  return frame;
}

std::optional<Frame> FrameReader::next() {
  if (bytes_.size() < kHeadBytes) return std::nullopt;
  const std::size_t size = text_size(bytes_.data());
  if (bytes_.size() < kHeadBytes + size) return std::nullopt;
  Frame frame{static_cast<FrameKind>(bytes_[0]), bytes_.substr(kHeadBytes, size)};
  bytes_.erase(0, kHeadBytes + size);
  return frame;
}

std::string to_text(const ReadRequest& request) {
  Json json{{"path", request.path}};
  if (request.password) json["password"] = *request.password;
  if (request.look) json["look"] = true;
  return dumped(json);
}

ReadRequest request_from(std::string_view text) {
  return parsed(text, [](const Json& json) {
    ReadRequest request{json.at("path").get<std::string>(), std::nullopt, false};
    if (json.contains("password")) request.password = json["password"].get<std::string>();
    request.look = json.value("look", false);
    return request;
  });
}

std::string to_text(const WorkerHello& hello) {
  const Versions& versions = hello.versions;
  return dumped({{"fingerprint", versions.fingerprint},
                 {"program", versions.program},
                 {"plugins", versions.plugins},
                 {"layouts", versions.layouts},
                 {"models", versions.models},
                 {"refused", hello.refused},
                 {"open", hello.open}});
}

WorkerHello hello_from(std::string_view text) {
  return parsed(text, [](const Json& json) {
    const auto member = [&](const char* key) { return json.at(key).get<std::string>(); };
    return WorkerHello{{member("fingerprint"), member("program"), member("plugins"),
                        member("layouts"), member("models")},
                       json.at("refused").get<std::vector<std::string>>(),
                       json.at("open").get<std::vector<std::string>>()};
  });
}

std::string to_text(const FormLook& look) {
  Json json{{"ordinal", look.ordinal}, {"pages", look.pages},       {"layout", look.layout},
            {"title", look.title},     {"pixels", look.recognized}, {"record", look.record},
            {"labels", look.labels},   {"texts", look.texts},       {"grid", look.grid},
            {"nearest", look.nearest}, {"nearness", look.nearness}};
  if (look.year) json["year"] = *look.year;
  return dumped(json);
}

FormLook look_from(std::string_view text) {
  return parsed(text, [](const Json& json) {
    const auto one = [&](const char* key) { return storable(json.at(key).get<std::string>()); };
    const auto list = [&](const char* key) {
      auto texts = json.at(key).get<std::vector<std::string>>();
      for (std::string& item : texts) item = storable(item);
      std::sort(texts.begin(), texts.end());  // which the comparison of looks relies on
      return texts;
    };
    FormLook look;
    look.ordinal = json.at("ordinal").get<int>();
    look.pages = json.at("pages").get<std::vector<int>>();
    look.layout = one("layout");
    look.title = one("title");
    look.recognized = json.at("pixels").get<bool>();
    if (json.contains("year")) look.year = json["year"].get<int>();
    look.record = one("record");
    look.labels = list("labels");
    look.texts = list("texts");
    look.grid = list("grid");
    look.nearest = one("nearest");
    look.nearness = std::clamp(json.at("nearness").get<double>(), 0.0, 1.0);
    return look;
  });
}

std::string to_text(const FileReading& reading) {
  Json issues = Json::array();
  for (const Issue& issue : reading.issues) issues.push_back(issue_json(issue));
  return dumped({{"pages", reading.pages},
                 {"unread_pages", reading.unread_pages},
                 {"sha256", reading.sha256},
                 {"reason", reading.reason},
                 {"message", reading.message},
                 {"issues", issues}});
}

FileReading reading_from(std::string_view text) {
  return parsed(text, [](const Json& json) {
    FileReading reading;
    reading.pages = json.at("pages").get<int>();
    reading.unread_pages = json.at("unread_pages").get<int>();
    reading.sha256 = json.at("sha256").get<std::string>();
    reading.reason = json.at("reason").get<std::string>();
    reading.message = storable(json.at("message").get<std::string>());
    for (const Json& issue : json.at("issues")) reading.issues.push_back(issue_from(issue));
    return reading;
  });
}

}  // namespace tabularium
