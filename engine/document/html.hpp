// A document as one HTML file that needs nothing else: style sheet and drawings within, also for print.
#pragma once

#include <string>

#include "engine/document/document.hpp"

namespace cauce::engine::document {

std::string to_html(const Document& document);

}  // namespace cauce::engine::document
