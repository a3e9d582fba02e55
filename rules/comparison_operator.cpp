#include "rules/comparison_operator.hpp"

namespace cauce::rules {

using dsl::BinaryOp;

BinaryOp mirrored(BinaryOp op) {
  switch (op) {
    case BinaryOp::less:
      return BinaryOp::greater;
    case BinaryOp::less_equal:
      return BinaryOp::greater_equal;
    case BinaryOp::greater:
      return BinaryOp::less;
    case BinaryOp::greater_equal:
      return BinaryOp::less_equal;
    default:
      return op;
  }
}

BinaryOp opposite(BinaryOp op) {
  switch (op) {
    case BinaryOp::equal:
      return BinaryOp::not_equal;
    case BinaryOp::not_equal:
      return BinaryOp::equal;
    case BinaryOp::less:
      return BinaryOp::greater_equal;
    case BinaryOp::less_equal:
      return BinaryOp::greater;
    case BinaryOp::greater:
      return BinaryOp::less_equal;
    case BinaryOp::greater_equal:
      return BinaryOp::less;
    default:
      return op;
  }
}

}  // namespace cauce::rules
