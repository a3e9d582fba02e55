#include "engine/person_id.hpp"

#include "dsl/scan.hpp"

namespace cauce::engine {

bool is_person_id(std::string_view text) {
  constexpr std::string_view signs = ".-_@+";
  if (text.empty() || signs.find(text.front()) != signs.npos) return false;
  for (std::size_t at = 0; at < text.size(); at = dsl::code_point_end(text, at)) {
    if (!dsl::continues_word(text, at) && signs.find(text[at]) == signs.npos) return false;
  }
  return true;
}

}  // namespace cauce::engine
