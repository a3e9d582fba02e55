#include "rules/close_numbers.hpp"

#include <algorithm>
#include <optional>

namespace cauce::rules {
namespace {

constexpr int most_decimals = 34;  // a number has no more digits

bool differ_when_rounded(Decimal a, Decimal b, int decimals) {
  const auto rounded = [&](Decimal number) { return number.round(decimals).value_or(number); };
  return rounded(a) != rounded(b);
}

}  // namespace

int decimals_to_tell_apart(const std::vector<Decimal>& numbers, int at_least) {
  std::vector<Decimal> sorted = numbers;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  int decimals = at_least;
  // Rounding keeps the order: if neighbours differ, all do.
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    while (decimals < most_decimals && !differ_when_rounded(sorted[i - 1], sorted[i], decimals))
      ++decimals;
  }
  return decimals;
}

}  // namespace cauce::rules
