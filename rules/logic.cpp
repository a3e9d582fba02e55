#include "rules/logic.hpp"

#include <type_traits>

namespace cauce::rules {

namespace {

template <typename T>
bool holds(dsl::BinaryOp op, const T& a, const T& b) {
  switch (op) {
    case dsl::BinaryOp::less:
      return a < b;
    case dsl::BinaryOp::less_equal:
      return a <= b;
    case dsl::BinaryOp::greater:
      return a > b;
    case dsl::BinaryOp::greater_equal:
      return a >= b;
    case dsl::BinaryOp::not_equal:
      return !(a == b);
    default:
      return a == b;
  }
}

}  // namespace

std::optional<bool> kleene_not(std::optional<bool> a) {
  if (a) return !*a;
  return std::nullopt;
}

std::optional<bool> kleene_and(std::optional<bool> a, std::optional<bool> b) {
  if (a == false || b == false) return false;
  if (a && b) return true;
  return std::nullopt;
}

std::optional<bool> kleene_or(std::optional<bool> a, std::optional<bool> b) {
  if (a == true || b == true) return true;
  if (a && b) return false;
  return std::nullopt;
}

Value from_truth(std::optional<bool> value) {
  if (value) return *value;
  return Missing{};
}

std::optional<bool> compare(dsl::BinaryOp op, const Value& a, const Value& b) {
  return std::visit(
      [&](const auto& left) -> std::optional<bool> {
        using T = std::decay_t<decltype(left)>;
        const T* right = std::get_if<T>(&b);
        if constexpr (std::is_same_v<T, Missing>) {
          return std::nullopt;
        } else {
          if (right == nullptr) return std::nullopt;  // sin dato: types were checked
          return holds(op, left, *right);
        }
      },
      a);
}

std::optional<bool> is_within(const Value& value, const Value& low, const Value& high, bool low_open,
                              bool high_open) {
  const auto above = compare(low_open ? dsl::BinaryOp::greater : dsl::BinaryOp::greater_equal, value, low);
  const auto below = compare(high_open ? dsl::BinaryOp::less : dsl::BinaryOp::less_equal, value, high);
  return kleene_and(above, below);
}

}  // namespace cauce::rules
