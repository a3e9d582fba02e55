// A life graph as a flowchart of Mermaid (https://mermaid.js.org/syntax/flowchart.html).
#include <algorithm>

#include "engine/document/life_graph.hpp"

namespace cauce::engine::document {
namespace {

using Shape = LifeGraph::Shape;

std::string by_number(char c) {
  return "#" + std::to_string(static_cast<int>(c)) + ";";
}

/// Inside quotes Mermaid reads HTML, Markdown and its own `#nn;`: what could be any of them is given by
/// number.
std::string escaped(std::string_view text) {
  constexpr std::string_view special = "\"#&;<>`*_\\[]{}|~";
  std::string escaped;
  for (const char c : text) {
    if (special.find(c) != special.npos) {
      escaped += by_number(c);
    } else if (static_cast<unsigned char>(c) < 0x20) {
      escaped += ' ';
    } else {
      escaped += c;
    }
  }
  return escaped;
}

/// A line that begins as a list would be refused as one: `1. Revisión`, `- Revisión`.
std::string escaped_line(std::string_view line) {
  const std::size_t mark = std::min(line.find_first_not_of("0123456789"), line.size());
  if (mark > 0 && (mark == line.size() || (line[mark] != '.' && line[mark] != ')'))) return escaped(line);
  if (mark == 0 && (line.empty() || (line[0] != '-' && line[0] != '+'))) return escaped(line);
  return escaped(line.substr(0, mark)) + by_number(line[mark]) + escaped(line.substr(mark + 1));
}

std::string label(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i)
    text += (i == 0 ? "" : "<br/>") + escaped_line(lines[i]);
  return "\"" + text + "\"";
}

/// Mermaid leaves room for one line above what stands in a cluster.
std::string on_one_line(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += (text.empty() ? "" : "; ") + line;
  return text;
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
    out += "  subgraph " + cluster.id + " [" + label({on_one_line(cluster.lines)}) + "]\n";
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
