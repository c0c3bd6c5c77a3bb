#include "poppler_guard.h"

#include <Error.h>
#include <GlobalParams.h>

#include <algorithm>

namespace tabularium::pdf_text {
namespace {

constexpr std::size_t kMaxMessages = 20;

// Poppler's callback takes no argument of ours, so the collector of a thread is found here.
thread_local MessageCollector* t_collector = nullptr;

void on_error(ErrorCategory category, Goffset position, const char* text) {
  if (t_collector == nullptr) return;
  std::string message = text;
  // Poppler writes a line end as "<0a>".
  while (message.ends_with("<0a>")) message.resize(message.size() - 4);
  if (position >= 0) message += " (byte " + std::to_string(position) + ")";
  const bool harmless = category == errSyntaxWarning || category == errUnimplemented;
  t_collector->add(harmless, std::move(message));
}

}  // namespace

MessageCollector::MessageCollector() : before_(t_collector) { t_collector = this; }

MessageCollector::~MessageCollector() { t_collector = before_; }

void MessageCollector::add(bool harmless, std::string text) {
  if (messages_.size() >= kMaxMessages) return;
  Message message{harmless, std::move(text)};
  if (std::find(messages_.begin(), messages_.end(), message) != messages_.end()) return;
  messages_.push_back(std::move(message));
}

void prepare_poppler() { static const GlobalParamsIniter globals(on_error); }

}  // namespace tabularium::pdf_text
