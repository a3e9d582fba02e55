// Drawings through the Graphviz of this machine.
#pragma once

#include <string>

#include "engine/cli/command.hpp"
#include "engine/document/graphviz.hpp"
#include "engine/document/life_graph.hpp"

namespace cauce::engine::cli {

/// The SVG of a graph, by the program that CAUCE_DOT names or `dot`. Throws document::NotDrawn.
inline std::string draw(const document::LifeGraph& graph, const Session& session) {
  return document::draw_svg(to_dot(graph), session.environment.variable("CAUCE_DOT").value_or("dot"));
}

}  // namespace cauce::engine::cli
