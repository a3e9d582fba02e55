#include "engine/http/places.hpp"

namespace cauce::engine {

std::shared_ptr<void> Places::take(const std::string& who, std::size_t most_of_theirs) {
  {
    const std::scoped_lock lock(mutex_);
    const auto theirs = taken_by_.find(who);
    if (taken_ >= most_ || (theirs != taken_by_.end() && theirs->second >= most_of_theirs)) return nullptr;
    ++taken_;
    ++taken_by_[who];
  }
  return {this, [who](Places* places) { places->give_back(who); }};
}

void Places::give_back(const std::string& who) {
  const std::scoped_lock lock(mutex_);
  --taken_;
  const auto theirs = taken_by_.find(who);
  if (--theirs->second == 0) taken_by_.erase(theirs);
}

std::size_t Places::taken() const {
  const std::scoped_lock lock(mutex_);
  return taken_;
}

}  // namespace cauce::engine
