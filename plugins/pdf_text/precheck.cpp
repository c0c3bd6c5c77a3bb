#include "precheck.h"

#include <Catalog.h>
#include <PDFDoc.h>
#include <Page.h>
#include <Stream.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tabularium::pdf_text {
namespace {

// Deflate packs at most 1032 bytes into one, so that a shorter stream stays below kMaxUnpacked.
constexpr std::size_t kHarmlessStream = 120'000;
constexpr std::int64_t kMaxUnpacked = std::int64_t{128} << 20;
constexpr std::int64_t kMaxProgram = 1 << 20;  // bytes of a PostScript function
constexpr int kMaxProgramDepth = 100;
constexpr std::size_t kMaxFieldDepth = 60;
constexpr std::size_t kMaxFields = 20'000;
constexpr std::size_t kMaxObjects = 200'000;  // of one page
constexpr std::size_t kDictionaryReach = 1024;

bool alphanumeric_escape(std::string_view bytes, std::size_t hash) {
  const auto hex = [&](std::size_t i) {
    return i < bytes.size() && std::isxdigit(static_cast<unsigned char>(bytes[i])) != 0;
  };
  if (!hex(hash + 1) || !hex(hash + 2)) return false;
  const int code = std::stoi(std::string(bytes.substr(hash + 1, 2)), nullptr, 16);
  return code < 0x80 && std::isalnum(code) != 0;
}

// No writer spells a plain letter of a name as "#41": somebody hides a key from a scan like ours.
bool hides_names(std::string_view bytes) {
  for (std::size_t at = bytes.find('#'); at != std::string_view::npos;
       at = bytes.find('#', at + 1)) {
    if (!alphanumeric_escape(bytes, at)) continue;
    std::size_t begin = at;
    while (begin > 0 && (std::isalnum(static_cast<unsigned char>(bytes[begin - 1])) != 0 ||
                         bytes[begin - 1] == '#')) {
      --begin;
    }
    if (begin > 0 && bytes[begin - 1] == '/') return true;
  }
  return false;
}

// Whether a function may be of type 4, a PostScript program.
bool has_programs(std::string_view bytes) {
  constexpr std::string_view kKey = "FunctionType";
  for (std::size_t at = bytes.find(kKey); at != std::string_view::npos;
       at = bytes.find(kKey, at + 1)) {
    std::size_t i = at + kKey.size();
    const auto skip_space = [&] {
      while (i < bytes.size() && std::isspace(static_cast<unsigned char>(bytes[i])) != 0) ++i;
    };
    skip_space();
    if (i >= bytes.size() || (bytes[i] != '0' && bytes[i] != '2' && bytes[i] != '3')) return true;
    ++i;
    skip_space();
    // A digit follows: a reference to the number, or a longer number.
    if (i < bytes.size() && std::isdigit(static_cast<unsigned char>(bytes[i])) != 0) return true;
  }
  return false;
}

// The bytes before a stream as far as they can be its dictionary.
std::string_view dictionary_before(std::string_view bytes, std::size_t stream) {
  const std::size_t begin = stream > kDictionaryReach ? stream - kDictionaryReach : 0;
  std::string_view before = bytes.substr(begin, stream - begin);
  const std::size_t object = before.rfind(" obj");
  return object == std::string_view::npos ? before : before.substr(object);
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Two filters of which the inner one unpacks: a bomb in a bomb.
bool layered(std::string_view dictionary) {
  const std::size_t first = dictionary.find("Decode");
  if (first == std::string_view::npos) return false;
  const std::size_t flate = dictionary.find("FlateDecode");
  return flate != std::string_view::npos &&
         (contains(dictionary.substr(flate + 1), "FlateDecode") || contains(dictionary, "LZW") ||
          contains(dictionary, "RunLength"));
}

// Whether a stream is so long, or packed so often, that it may unpack to too much.
bool has_bombs(std::string_view bytes) {
  constexpr std::string_view kBegin = "stream";
  std::size_t at = bytes.find(kBegin);
  while (at != std::string_view::npos) {
    const std::size_t end = bytes.find("endstream", at + kBegin.size());
    const std::size_t size = (end == std::string_view::npos ? bytes.size() : end) - at;
    const std::string_view dictionary = dictionary_before(bytes, at);
    // Pictures are not unpacked at all.
    const bool picture = contains(dictionary, "/Image") && !contains(dictionary, "/Form");
    if (!picture && (size > kHarmlessStream || layered(dictionary))) return true;
    if (end == std::string_view::npos) break;
    at = bytes.find(kBegin, end + 9);
  }
  return false;
}

bool is_suspicious(std::string_view bytes) {
  return has_bombs(bytes) || has_programs(bytes) || hides_names(bytes) ||
         contains(bytes, "/JPXDecode");
}

// Unpacks up to `limit` bytes into nothing; gives how many there were.
std::int64_t unpacked_size(Stream& stream, std::int64_t limit) {
  std::array<unsigned char, 1 << 16> buffer{};
  std::int64_t total = 0;
  stream.reset();
  while (total <= limit) {
    const int count = stream.doGetChars(static_cast<int>(buffer.size()), buffer.data());
    if (count <= 0) break;
    total += count;
  }
  stream.close();
  return total;
}

// Whether a PostScript function is nested more deeply than Poppler's parser bears.
bool too_deep(Stream& stream) {
  int depth = 0;
  std::int64_t read = 0;
  bool deep = false;
  stream.reset();
  for (int c = stream.getChar(); c != EOF && !deep; c = stream.getChar()) {
    if (c == '{') ++depth;
    if (c == '}') --depth;
    deep = depth > kMaxProgramDepth || ++read > kMaxProgram;
  }
  stream.close();
  return deep;
}

// Width times height that a JPEG 2000 code stream declares, 0 where it declares none near its
// beginning. Source: ISO/IEC 15444-1, A.5.1: the markers SOC and SIZ, then Lsiz, Rsiz, Xsiz, Ysiz.
std::int64_t jpeg2000_pixels(Stream& stream) {
  constexpr std::string_view kStart = "\xFF\x4F\xFF\x51";
  std::string head(64 << 10, '\0');
  stream.reset();
  const int count = stream.doGetChars(static_cast<int>(head.size()),
                                      reinterpret_cast<unsigned char*>(head.data()));
  stream.close();
  head.resize(static_cast<std::size_t>(std::max(count, 0)));
  const std::size_t at = head.find(kStart);
  if (at == std::string::npos || at + 16 > head.size()) return 0;
  const auto number = [&head](std::size_t i) {
    std::int64_t value = 0;
    for (std::size_t k = i; k < i + 4; ++k)
      value = value << 8 | static_cast<unsigned char>(head[k]);
    return value;
  };
  return number(at + 8) * std::min(number(at + 12), (std::int64_t{1} << 31) - 1);
}

// Keys that lead to other pages.
bool leads_away(std::string_view key) {
  return key == "Parent" || key == "P" || key == "Dest" || key == "A" || key == "AA" ||
         key == "B" || key == "Prev" || key == "Next" || key == "Popup" || key == "IRT" ||
         key == "StructParent" || key == "Pg";
}

}  // namespace

/// One page's objects on the way through them.
struct Precheck::Walk {
  XRef* xref = nullptr;
  std::vector<Object> open;  // still to be looked into
  std::set<Ref> seen;
  std::int64_t unpacked = 0;
  std::optional<std::string> objection;
};

Precheck::Precheck(std::string_view bytes, const Limits& limits)
    : limits_(limits), suspicious_(is_suspicious(bytes)) {}

std::optional<std::string> Precheck::objection_to_form(PDFDoc& pdf) {
  const Object* form = pdf.getCatalog()->getAcroForm();
  if (!form->isDict()) return std::nullopt;
  std::vector<std::pair<Object, std::size_t>> open;
  open.emplace_back(form->dictLookup("Fields"), 0);
  std::size_t fields = 0;
  while (!open.empty()) {
    const auto [kids, depth] = std::move(open.back());
    open.pop_back();
    if (!kids.isArray()) continue;
    if (depth > kMaxFieldDepth) return "form fields are nested without end";
    for (int i = 0; i < kids.arrayGetLength(); ++i) {
      if (++fields > kMaxFields) return fmt::format("more than {} form fields", kMaxFields);
      const Object field = kids.arrayGet(i);
      if (field.isDict()) open.emplace_back(field.dictLookup("Kids"), depth + 1);
    }
  }
  return std::nullopt;
}

std::optional<std::string> Precheck::objection_to_page(PDFDoc& pdf, int page_number) {
  if (!suspicious_) return std::nullopt;
  const Ref* ref = pdf.getCatalog()->getPageRef(page_number);
  if (ref == nullptr) return std::nullopt;
  Walk walk;
  walk.xref = pdf.getXRef();
  walk.seen.insert(*ref);
  walk.open.push_back(walk.xref->fetch(*ref));
  // What a page inherits stands with its parents.
  if (Object* resources = pdf.getPage(page_number)->getResourceDictObject()) {
    walk.open.push_back(resources->copy());
  }
  while (!walk.open.empty() && !walk.objection) {
    const Object object = std::move(walk.open.back());
    walk.open.pop_back();
    visit(object, walk);
    if (walk.seen.size() > kMaxObjects || walk.open.size() > kMaxObjects) {
      walk.objection = fmt::format("the page is made of more than {} objects", kMaxObjects);
    }
  }
  if (!walk.objection) harmless_.merge(walk.seen);
  return walk.objection;
}

void Precheck::visit(const Object& object, Walk& walk) {
  if (object.isRef()) {
    const Ref ref = object.getRef();
    if (harmless_.contains(ref) || !walk.seen.insert(ref).second) return;
    Object target = walk.xref->fetch(ref);
    if (target.isStream()) measure(target, walk);
    if (!target.isRef()) walk.open.push_back(std::move(target));
  } else if (object.isArray()) {
    for (int i = 0; i < object.arrayGetLength(); ++i) {
      const Object& item = object.arrayGetNF(i);
      if (item.isRef() || item.isArray() || item.isDict()) walk.open.push_back(item.copy());
    }
  } else if (object.isDict() || object.isStream()) {
    const Dict* dictionary = object.isDict() ? object.getDict() : object.streamGetDict();
    for (int i = 0; i < dictionary->getLength(); ++i) {
      if (leads_away(dictionary->getKey(i))) continue;
      const Object& item = dictionary->getValNF(i);
      if (item.isRef() || item.isArray() || item.isDict()) walk.open.push_back(item.copy());
    }
  }
}

void Precheck::measure(const Object& stream, Walk& walk) const {
  const Dict* dictionary = stream.streamGetDict();
  if (dictionary->lookup("Subtype").isName("Image")) {  // not unpacked, but for JPEG 2000
    if (stream.getStream()->getKind() != strJPX) return;
    const std::int64_t pixels = jpeg2000_pixels(*stream.getStream()->getNextStream());
    if (pixels <= limits_.max_image_pixels) return;
    walk.objection = fmt::format(
        "a picture of {} pixels exceeds the limit of {} "
        "(Limits::max_image_pixels)",
        pixels, limits_.max_image_pixels);
    return;
  }
  const Object type = dictionary->lookup("FunctionType");
  if (type.isInt() && type.getInt() == 4 && too_deep(*stream.getStream())) {
    walk.objection = "a PostScript function is nested without end";
    return;
  }
  walk.unpacked += unpacked_size(*stream.getStream(), kMaxUnpacked - walk.unpacked);
  if (walk.unpacked > kMaxUnpacked) {
    walk.objection = fmt::format("its streams unpack to more than {} MiB", kMaxUnpacked >> 20);
  }
}

}  // namespace tabularium::pdf_text
