// How often somebody may ask: a bucket for each, which fills again with time.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace cauce::engine {

/// For any number of threads.
class RateLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// `burst` at once, and then as many in each minute.
  RateLimit(double per_minute, double burst) : per_minute_(per_minute), burst_(burst) {}

  /// Takes one for `who`; where none is left, in how many seconds there will be.
  std::optional<int> take(const std::string& who, Time now);
  /// The same, without taking.
  std::optional<int> look(const std::string& who, Time now);

 private:
  struct Bucket {
    double left = 0;
    Time filled;
  };
  Bucket& filled_bucket(const std::string& who, Time now);
  std::optional<int> wait_of(const Bucket& bucket) const;
  void forget_full_ones(Time now);

  const double per_minute_;
  const double burst_;
  std::mutex mutex_;
  std::map<std::string, Bucket> buckets_;
};

}  // namespace cauce::engine
