#include "engine/formula_guard.hpp"

namespace cauce::engine {
namespace {

bool looks_like_number(std::string_view cell) {
  const std::size_t digits = cell.find_first_not_of("+-");
  return digits != cell.npos && digits <= 1 && cell.find_first_not_of("0123456789.", digits) == cell.npos;
}

}  // namespace

bool begins_a_formula(std::string_view cell) {
  if (cell.empty()) return false;
  switch (cell.front()) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
      return true;
    default:
      return false;
  }
}

bool runs_as_formula(std::string_view cell) {
  return begins_a_formula(cell) && !looks_like_number(cell);
}

}  // namespace cauce::engine
