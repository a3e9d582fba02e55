// A password or a signing key: nothing can print it by accident.
#pragma once

#include <string>
#include <utility>

namespace cauce::engine {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  /// For the library that signs or logs in, and for nobody else.
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

}  // namespace cauce::engine
