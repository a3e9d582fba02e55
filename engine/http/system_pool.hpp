// Systems that are open already, each for one thread at a time: one connection to the database each.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/system.hpp"

namespace cauce::engine {

class SystemPool {
 public:
  SystemPool(std::string path, std::shared_ptr<const Clock> clock, std::size_t most)
      : path_(std::move(path)), clock_(std::move(clock)), most_(most) {}

  /// One that nobody else uses, until the last copy of the pointer is gone; the one used last, which knows
  /// most. Nothing if all are in use for `patience`. Errors as System::open.
  std::shared_ptr<System> take(std::chrono::milliseconds patience);

 private:
  void give_back(std::unique_ptr<System> system);

  const std::string path_;
  const std::shared_ptr<const Clock> clock_;
  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<System>> idle_;
  std::size_t in_use_ = 0;
};

}  // namespace cauce::engine
