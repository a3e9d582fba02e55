#include "engine/http/system_pool.hpp"

namespace cauce::engine {

std::shared_ptr<System> SystemPool::take(std::chrono::milliseconds patience) {
  std::unique_ptr<System> system;
  {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, patience, [&] { return in_use_ < most_; })) return nullptr;
    ++in_use_;
    if (!idle_.empty()) {
      system = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  try {
    if (!system) system = System::open(path_, clock_);
  } catch (...) {
    give_back(nullptr);
    throw;
  }
  return {system.release(), [this](System* used) { give_back(std::unique_ptr<System>(used)); }};
}

void SystemPool::give_back(std::unique_ptr<System> system) {
  // Within a reading it would go on seeing what was then.
  if (system) system->store().end_reading();
  {
    const std::scoped_lock lock(mutex_);
    --in_use_;
    if (system && system->store().depth() == 0) idle_.push_back(std::move(system));
  }
  returned_.notify_one();
}

}  // namespace cauce::engine
