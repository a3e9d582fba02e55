// A life graph as a flowchart of Mermaid (https://mermaid.js.org/syntax/flowchart.html).
#include "engine/document/life_graph.hpp"

namespace cauce::engine::document {
namespace {

using Shape = LifeGraph::Shape;

/// Inside quotes Mermaid reads HTML, Markdown and its own `#nn;`: what could be any of them is given by
/// number.
std::string escaped(std::string_view text) {
  constexpr std::string_view special = "\"#&;<>`*_\\[]{}|~";
  std::string escaped;
  for (const char c : text) {
    if (special.find(c) != special.npos) {
      escaped += "#" + std::to_string(static_cast<int>(c)) + ";";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      escaped += ' ';
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string label(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i)
    text += (i == 0 ? "" : "<br/>") + escaped(lines[i]);
  return "\"" + text + "\"";
}

std::string shape_of(const LifeGraph::Node& node) {
  switch (node.shape) {
    case Shape::start:
      return "((\" \"))";
    case Shape::stage:
      return "(" + label(node.lines) + ")";
    case Shape::last:
      return "([" + label(node.lines) + "])";
    case Shape::under_way:
      return "(" + label(node.lines) + ")";
    case Shape::closed:
      return "(((" + label(node.lines) + ")))";
    case Shape::note:
      return "[" + label(node.lines) + "]";
  }
  return {};
}

}  // namespace

std::string to_mermaid(const LifeGraph& graph) {
  std::string out = "flowchart TB\n";
  for (const LifeGraph::Node& node : graph.outside)
    out += "  " + node.id + shape_of(node) + "\n";
  for (const LifeGraph::Cluster& cluster : graph.clusters) {
    out += "  subgraph " + cluster.id + " [" + label(cluster.lines) + "]\n";
    for (const LifeGraph::Node& node : cluster.nodes)
      out += "    " + node.id + shape_of(node) + "\n";
    out += "  end\n";
  }
  for (const LifeGraph::Edge& edge : graph.edges) {
    out += "  " + edge.from + (edge.between_phases ? " -.->" : " -->");
    if (!edge.lines.empty()) out += "|" + label(edge.lines) + "|";
    out += " " + edge.to + "\n";
  }
  return out;
}

}  // namespace cauce::engine::document
