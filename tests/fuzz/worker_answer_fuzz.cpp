// What a worker answers: whatever a plugin does to it, the program that reads the answer stays
// well, and what it makes of it can be stored.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tabularium/page/error.h"
#include "tabularium/page/text.h"
#include "tabularium/pipeline/message_internal.h"
#include "tabularium/pipeline/packing_internal.h"
#include "tabularium/record/json.h"

namespace {

using namespace tabularium;

void read(const Frame& frame) {
  try {
    switch (frame.kind) {
      case FrameKind::hello:
        hello_from(frame.text);
        break;
      case FrameKind::request:
        request_from(frame.text);
        break;
      case FrameKind::pages:
        break;
      case FrameKind::record: {
        const Record record = unpacked(frame.text);
        if (storable(record.title) != record.title) std::abort();
        if (to_json(unpacked(packed(record))) != to_json(record)) std::abort();
        break;
      }
      case FrameKind::look: {
        const FormLook look = look_from(frame.text);
        if (look_from(to_text(look)) != look) std::abort();
        break;
      }
      case FrameKind::end:
        reading_from(frame.text);
        break;
    }
  } catch (const Error& error) {
    if (error.code() != Error::Code::damaged_input) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  FrameReader frames;
  frames.add({reinterpret_cast<const char*>(data), size});
  try {
    while (const auto frame = frames.next()) read(*frame);
  } catch (const tabularium::Error& error) {
    if (error.code() != tabularium::Error::Code::damaged_input) std::abort();
  }
  return 0;
}
