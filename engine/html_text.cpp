#include "engine/html_text.hpp"

#include "dsl/characters.hpp"

namespace cauce::engine {

std::string to_html_text(std::string_view text) {
  std::string html;
  for (const char c : dsl::with_controls_shown(text)) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

}  // namespace cauce::engine
