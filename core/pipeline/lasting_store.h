#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tabularium/page/error.h"
#include "tabularium/store/store.h"

namespace tabularium {

/// How long and how loudly a lasting store waits for its database.
struct Patience {
  double seconds = 120.0;                       ///< for one call, then the error passes on
  std::function<void(const std::string&)> log;  ///< told of each new loss; may be empty
  std::function<bool()> give_up;                ///< asked while waiting; may be empty
};

/// A store that outlives its connection: a call that ends with `store_unavailable` (connection
/// lost, database locked) is made again with a store opened anew, after pauses that grow from 0.1
/// to 5 seconds. Members of `Store` undo what they did not finish, so a call may be repeated; where
/// the answer to a commit was lost, the caller has to bear that the call has been made already.
class TABULARIUM_API LastingStore {
 public:
  /// Opens the database, with the same patience. `models` must outlive it. Throws as `Store::open`.
  LastingStore(std::string address, const Models& models, StoreMode mode, Patience patience);

  template <typename Call>
  auto call(Call&& call) {
    for (Waiting waiting(*this);;) {
      try {
        if (!store_) open();
        return call(*store_);
      } catch (const Error& error) {
        if (error.code() != Error::Code::store_unavailable) throw;
        store_.reset();
        ++losses_;
        if (!waiting.again(error)) throw;
      }
    }
  }

  /// How many times the database could not be reached so far. Where it grows during a call, the
  /// call may have had its effect once before.
  int losses() const { return losses_; }
  const std::string& address() const { return address_; }
  const Models& models() const { return models_; }

 private:
  /// The pauses of one call.
  class TABULARIUM_API Waiting {
   public:
    explicit Waiting(const LastingStore& store) : store_(store) {}
    bool again(const Error& error);

   private:
    const LastingStore& store_;
    double pause_ = 0.1;
    double waited_ = 0.0;
  };
  void open();

  std::string address_;
  const Models& models_;
  StoreMode mode_;
  Patience patience_;
  std::unique_ptr<Store> store_;
  int losses_ = 0;
};

}  // namespace tabularium
