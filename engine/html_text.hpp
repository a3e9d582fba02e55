// Texts within HTML, of pages, documents and letters.
#pragma once

#include <string>
#include <string_view>

namespace cauce::engine {

/// With what HTML would read as marks written out, between marks or within the double quotes of an attribute.
/// What would turn the order in which a line is read, and every other control character, is shown as a sign.
std::string to_html_text(std::string_view text);

}  // namespace cauce::engine
