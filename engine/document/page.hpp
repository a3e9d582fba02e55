// A page by itself, for one thing: a title, sections and what stands in them. Writers make it; it is printed
// on a terminal or as HTML to be handed out.
#pragma once

#include <string>
#include <vector>

#include "engine/document/document.hpp"

namespace cauce::engine::document {

struct Section {
  std::string title;
  std::vector<Block> blocks = {};
};

struct Page {
  std::string title;
  std::string subtitle = {};
  std::vector<Fact> facts = {};  ///< below the title
  std::vector<Section> sections = {};
  std::string foot = {};
};

/// In one HTML file that needs nothing else.
std::string to_html(const Page& page);

}  // namespace cauce::engine::document
