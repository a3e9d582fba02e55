// The arguments of a call of a table, as facts.
#pragma once

#include <vector>

#include "rules/expression.hpp"

namespace cauce::rules {

/// What the result of a row reads: slot i is argument i. The arguments must outlive it.
class ArgumentFacts : public Facts {
 public:
  explicit ArgumentFacts(const std::vector<Value>& arguments) : arguments_(arguments) {}
  Value value(std::uint32_t slot) const override { return arguments_.at(slot); }

 private:
  const std::vector<Value>& arguments_;
};

}  // namespace cauce::rules
