#pragma once

#include <string>
#include <vector>

namespace tabularium::pdf_text {

/// What Poppler complains about while a `MessageCollector` is in place.
struct Message {
  bool harmless = false;  ///< Poppler thinks that its output is right nevertheless
  std::string text;

  bool operator==(const Message&) const = default;
};

/// Gathers what Poppler reports in this thread between its making and its end. Each message is kept
/// once, and only the first few: a broken file can raise millions. One at a time for each thread.
class MessageCollector {
 public:
  MessageCollector();
  ~MessageCollector();
  MessageCollector(const MessageCollector&) = delete;
  MessageCollector& operator=(const MessageCollector&) = delete;

  void add(bool harmless, std::string text);
  const std::vector<Message>& messages() const { return messages_; }

 private:
  MessageCollector* before_;
  std::vector<Message> messages_;
};

/// Makes Poppler ready: its global settings and the callback that keeps it from printing. May be
/// called often and from any thread; the first call does the work.
void prepare_poppler();

}  // namespace tabularium::pdf_text
