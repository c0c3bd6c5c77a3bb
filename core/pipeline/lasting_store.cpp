#include "tabularium/pipeline/lasting_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace tabularium {

LastingStore::LastingStore(std::string address, const Models& models, StoreMode mode,
                           Patience patience)
    : address_(std::move(address)), models_(models), mode_(mode), patience_(std::move(patience)) {
  call([](Store&) {});
}

void LastingStore::open() {
  store_ = Store::open(address_, models_, mode_);
  mode_ = StoreMode::existing;  // whoever removes a database in use does not want a new one
}

bool LastingStore::Waiting::again(const Error& error) {
  constexpr double longest_pause = 5.0;
  const Patience& patience = store_.patience_;
  if (waited_ >= patience.seconds) return false;
  if (waited_ == 0.0 && patience.log) patience.log(fmt::format("{}: trying again", error.what()));
  // In short naps, so that a signal to stop is heard.
  constexpr double nap = 0.1;
  for (double slept = 0.0; slept < pause_; slept += nap) {
    if (patience.give_up && patience.give_up()) return false;
    std::this_thread::sleep_for(std::chrono::duration<double>(nap));
  }
  waited_ += pause_;
  pause_ = std::min(pause_ * 2.0, longest_pause);
  return true;
}

}  // namespace tabularium
