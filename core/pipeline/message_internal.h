#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tabularium/form/form_look.h"
#include "tabularium/record/model.h"
#include "tabularium/store/ledger.h"

namespace tabularium {

/// What passes between the program and its workers, over one pipe each way: frames of a letter, the
/// length of the text (four bytes, the lowest first) and the text: JSON, but for records.
enum class FrameKind : char {
  hello = 'h',    ///< worker, once: `WorkerHello`
  request = 'q',  ///< program: a file to read; the frames that follow are about it
  pages = 'p',    ///< worker: the file is open and has so many pages
  record = 'r',   ///< worker: one record, as `packed` gives it
  look = 'l',     ///< worker: what one form looks like
  end = 'e',      ///< worker: the `FileReading` without its records
};

struct Frame {
  FrameKind kind = FrameKind::end;
  std::string text;
};

/// Longest text of a frame: one record, or what is left to say of a file.
inline constexpr std::size_t kMaxFrameBytes = std::size_t{256} << 20;

/// Writes all of it, also over short writes. False: nobody reads any more.
bool write_frame(int descriptor, const Frame& frame);

/// Waits for a whole frame. Nothing: the other side has closed its end, or it is no frame.
std::optional<Frame> read_frame(int descriptor);

/// Takes frames out of bytes as they come.
class FrameReader {
 public:
  void add(std::string_view bytes) { bytes_ += bytes; }
  /// The next whole frame, if there is one. Throws `Error::Code::damaged_input` where the bytes are
  /// no frame or one longer than `kMaxFrameBytes`.
  std::optional<Frame> next();
  std::size_t size() const { return bytes_.size(); }

 private:
  std::string bytes_;
};

/// A file that a worker is to read.
struct ReadRequest {
  std::string path;  ///< as `ledger_path` gives it; also the name that messages and records use
  std::optional<std::string> password;
  bool look = false;  ///< only tell what its forms look like
};

/// What a worker says before it takes a request.
struct WorkerHello {
  Versions versions;
  std::vector<std::string> refused;  ///< plugins that could not be used, with the reason
  std::vector<std::string> open;     ///< what the kernel could not shut: for the log
};

std::string to_text(const ReadRequest& request);
std::string to_text(const WorkerHello& hello);
std::string to_text(const FormLook& look);
std::string to_text(const FileReading& reading);  ///< without its records and its time

/// All throw `Error::Code::damaged_input`.
ReadRequest request_from(std::string_view text);
WorkerHello hello_from(std::string_view text);
FormLook look_from(std::string_view text);
FileReading reading_from(std::string_view text);

}  // namespace tabularium
