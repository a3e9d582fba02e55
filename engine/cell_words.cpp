#include "engine/cell_words.hpp"

#include "dsl/fold.hpp"
#include "engine/cell_text.hpp"

namespace cauce::engine {

std::string quote_cell(std::string_view cell) {
  return "«" + shown(cell) + "»";
}

std::string did_you_mean_cell(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view nearest = dsl::nearest_name(word, candidates);
  return nearest.empty() ? std::string() : "¿quiso decir " + quote_cell(nearest) + "?";
}

std::string_view trimmed_cell(std::string_view cell) {
  const auto is_blank = [](char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
  };
  while (!cell.empty() && is_blank(cell.front()))
    cell.remove_prefix(1);
  while (!cell.empty() && is_blank(cell.back()))
    cell.remove_suffix(1);
  return cell;
}

}  // namespace cauce::engine
