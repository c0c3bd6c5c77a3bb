#include "tabularium/page/error.h"

namespace tabularium {

Error::~Error() = default;

std::string_view to_string(Error::Code code) noexcept {
  switch (code) {
    case Error::Code::not_found:
      return "not_found";
    case Error::Code::unreadable:
      return "unreadable";
    case Error::Code::empty_input:
      return "empty_input";
    case Error::Code::unknown_format:
      return "unknown_format";
    case Error::Code::damaged_input:
      return "damaged_input";
    case Error::Code::encrypted:
      return "encrypted";
    case Error::Code::bad_page_number:
      return "bad_page_number";
    case Error::Code::limit_exceeded:
      return "limit_exceeded";
    case Error::Code::bad_plugin:
      return "bad_plugin";
    case Error::Code::plugin_failed:
      return "plugin_failed";
    case Error::Code::bad_layout:
      return "bad_layout";
    case Error::Code::bad_model:
      return "bad_model";
    case Error::Code::store_failed:
      return "store_failed";
    case Error::Code::store_unavailable:
      return "store_unavailable";
    case Error::Code::unwritable:
      return "unwritable";
    case Error::Code::bad_usage:
      return "bad_usage";
  }
  return "unknown";
}

}  // namespace tabularium
