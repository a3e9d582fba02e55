#include "engine/formula_guard.hpp"

namespace cauce::engine {
namespace {

/// What may separate cells for whoever opens the file, whatever separated them for who wrote it.
constexpr std::string_view separators = ";\t\r\n";

bool looks_like_number(std::string_view cell) {
  const std::size_t digits = cell.find_first_not_of("+-");
  return digits != cell.npos && digits <= 1 && cell.find_first_not_of("0123456789.", digits) == cell.npos;
}

bool is_item_of_a_list(std::string_view piece) {
  return piece.starts_with("- ") || piece.starts_with("+ ");
}

/// Whether the piece of `cell` that begins at `at` is a formula.
bool is_formula_at(std::string_view cell, std::size_t at) {
  if (!begins_a_formula(cell.substr(at))) return false;
  if (at == 0) return !looks_like_number(cell);
  const std::string_view piece = cell.substr(at, cell.find_first_of(separators, at) - at);
  return !looks_like_number(piece) && !is_item_of_a_list(piece);
}

/// Where the next piece begins; the end of the cell if there is none.
std::size_t next_piece(std::string_view cell, std::size_t at) {
  const std::size_t separator = cell.find_first_of(separators, at);
  return separator == cell.npos ? cell.size() : separator + 1;
}

}  // namespace

bool begins_a_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

bool holds_a_formula(std::string_view cell) {
  for (std::size_t at = 0; at < cell.size(); at = next_piece(cell, at)) {
    if (is_formula_at(cell, at)) return true;
  }
  return false;
}

std::string with_formula_guards(std::string_view cell) {
  std::string guarded;
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t next = next_piece(cell, at);
    if (is_formula_at(cell, at)) guarded += '\'';
    guarded += cell.substr(at, next - at);
    at = next;
  }
  return guarded;
}

std::string without_formula_guards(std::string_view cell) {
  std::string freed;
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t next = next_piece(cell, at);
    const bool is_guarded = cell[at] == '\'' && begins_a_formula(cell.substr(at + 1));
    freed += cell.substr(at + (is_guarded ? 1 : 0), next - at - (is_guarded ? 1 : 0));
    at = next;
  }
  return freed;
}

}  // namespace cauce::engine
