// A document as Markdown (CommonMark with the tables of GitHub, drawings for Mermaid).
#pragma once

#include <string>

#include "engine/document/document.hpp"

namespace cauce::engine::document {

std::string to_markdown(const Document& document);

}  // namespace cauce::engine::document
