// Places that are taken and given back: so many in all, and so many for each.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace cauce::engine {

/// For any number of threads. It must outlive the places that were taken.
class Places {
 public:
  Places(std::size_t most, std::size_t most_each) : most_(most), most_each_(most_each) {}

  /// A place for `who` until the last copy of what is given is gone; nothing if all are taken, or those for
  /// them.
  std::shared_ptr<void> take(const std::string& who) { return take(who, most_each_); }
  /// The same for one to whom no limit but that of all applies.
  std::shared_ptr<void> take_unlimited(const std::string& who) { return take(who, most_); }
  std::size_t taken() const;

 private:
  std::shared_ptr<void> take(const std::string& who, std::size_t most_of_theirs);
  void give_back(const std::string& who);

  const std::size_t most_;
  const std::size_t most_each_;
  mutable std::mutex mutex_;
  std::size_t taken_ = 0;
  std::map<std::string, std::size_t> taken_by_;
};

}  // namespace cauce::engine
