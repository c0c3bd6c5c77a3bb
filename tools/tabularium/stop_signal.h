#pragma once

namespace tabularium::tool {

/// Hears SIGINT and SIGTERM once, as a wish to end in good order; the second one ends the program
/// as usual. One object at a time.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  bool heard() const;
  int descriptor() const;  ///< can be read once a signal has been heard
};

}  // namespace tabularium::tool
