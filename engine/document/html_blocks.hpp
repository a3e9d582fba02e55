// What documents and pages have in common as HTML: how they look, and their paragraphs, lists and tables.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/document/document.hpp"

namespace cauce::engine::document {

std::string_view style_sheet();

/// The number of the article that a reference names.
using ArticleNumber = std::function<int(const std::string& id)>;
std::string to_html(const Block& block, const ArticleNumber& number_of);

}  // namespace cauce::engine::document
