#include "engine/http/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace cauce::engine {

namespace {

/// So that who comes from many addresses does not fill the memory.
constexpr std::size_t most_buckets = 50'000;

}  // namespace

RateLimit::Bucket& RateLimit::filled_bucket(const std::string& who, Time now) {
  if (buckets_.size() >= most_buckets && !buckets_.contains(who)) forget_full_ones(now);
  Bucket& bucket = buckets_.try_emplace(who, Bucket{burst_, now}).first->second;
  const double minutes = std::chrono::duration<double, std::ratio<60>>(now - bucket.filled).count();
  bucket.left = std::min(burst_, bucket.left + std::max(0.0, minutes) * per_minute_);
  bucket.filled = now;
  return bucket;
}

std::optional<int> RateLimit::wait_of(const Bucket& bucket) const {
  if (bucket.left >= 1) return std::nullopt;
  constexpr double rounding = 1e-6;  // of what was taken and given back in parts
  return std::max(1, static_cast<int>(std::ceil((1 - bucket.left) * 60 / per_minute_ - rounding)));
}

std::optional<int> RateLimit::take(const std::string& who, Time now) {
  const std::scoped_lock lock(mutex_);
  Bucket& bucket = filled_bucket(who, now);
  if (const auto wait = wait_of(bucket)) return wait;
  bucket.left -= 1;
  return std::nullopt;
}

std::optional<int> RateLimit::look(const std::string& who, Time now) {
  const std::scoped_lock lock(mutex_);
  return wait_of(filled_bucket(who, now));
}

void RateLimit::forget_full_ones(Time now) {
  std::erase_if(buckets_, [&](const auto& item) {
    const double minutes = std::chrono::duration<double, std::ratio<60>>(now - item.second.filled).count();
    return item.second.left + minutes * per_minute_ >= burst_;
  });
  // All of them empty: whoever asks most is told apart again within a minute.
  if (buckets_.size() >= most_buckets) buckets_.clear();
}

}  // namespace cauce::engine
