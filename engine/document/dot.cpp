// A life graph in the language of Graphviz (https://graphviz.org/doc/info/lang.html).
#include <algorithm>

#include "engine/document/life_graph.hpp"

namespace cauce::engine::document {
namespace {

using Shape = LifeGraph::Shape;

/// Inside quotes: a backslash begins escapes of labels (`\N` is the node's name) and `&` entities.
std::string escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    if (c == '&') {
      escaped += "&amp;";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      escaped += ' ';
    } else {
      escaped += c;
    }
  }
  return escaped;
}

/// Lines in one label; `end` is `\n` (centred) or `\l` (to the left).
std::string label(const std::vector<std::string>& lines, std::string_view end) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += escaped(lines[i]);
    if (end == "\\l" || i + 1 < lines.size()) text += end;
  }
  return "\"" + text + "\"";
}

std::string attributes_of(const LifeGraph::Node& node) {
  switch (node.shape) {
    case Shape::start:
      return R"(shape=circle, style=filled, fillcolor="#333333", width=0.18, label="")";
    case Shape::stage:
      return R"(shape=box, style="rounded,filled", fillcolor="#ffffff", label=)" + label(node.lines, "\\n");
    case Shape::last:
      return R"(shape=box, style="rounded,filled", fillcolor="#e3efe3", peripheries=2, label=)" +
             label(node.lines, "\\n");
    case Shape::under_way:
      return R"(shape=box, style="rounded,dashed", label=)" + label(node.lines, "\\n");
    case Shape::closed:
      return R"(shape=doublecircle, label=)" + label(node.lines, "\\n");
    case Shape::note:
      return R"(shape=note, style=filled, fillcolor="#fdf8e4", fontsize=9, label=)" +
             label(node.lines, "\\l");
  }
  return {};
}

void add_node(std::string& out, const LifeGraph::Node& node, std::string_view margin,
              std::string_view more = {}) {
  out += std::string(margin) + node.id + " [" + attributes_of(node) + std::string(more) + "];\n";
}

/// Whether a phase, or the plan, begins at that node.
bool is_entered(const LifeGraph& graph, const std::string& node) {
  return std::any_of(graph.edges.begin(), graph.edges.end(),
                     [&](const LifeGraph::Edge& edge) { return edge.between_phases && edge.to == node; });
}

/// The cluster in which that node stands; none for those outside.
const LifeGraph::Cluster* cluster_of(const LifeGraph& graph, const std::string& node) {
  const auto found =
      std::find_if(graph.clusters.begin(), graph.clusters.end(), [&](const LifeGraph::Cluster& cluster) {
        return std::any_of(cluster.nodes.begin(), cluster.nodes.end(),
                           [&](const LifeGraph::Node& own) { return own.id == node; });
      });
  return found == graph.clusters.end() ? nullptr : &*found;
}

/// Beside its edge, and not on it.
std::vector<std::string> indented(std::vector<std::string> lines) {
  for (std::string& line : lines)
    line.insert(0, "  ");
  return lines;
}

void add_edge(std::string& out, const LifeGraph::Edge& edge, const LifeGraph& graph) {
  out += "  " + edge.from + " -> " + edge.to + " [";
  if (edge.between_phases) {
    out += "style=dashed, color=\"#555f70\", ";
    // It ends at the border of the phase, not to run through its name.
    if (const LifeGraph::Cluster* entered = cluster_of(graph, edge.to)) out += "lhead=" + entered->id + ", ";
  }
  out += "label=" + label(indented(edge.lines), "\\l") + "];\n";
}

}  // namespace

std::string to_dot(const LifeGraph& graph) {
  std::string out = "digraph vida {\n";
  out +=
      "  graph [rankdir=TB, compound=true, nodesep=0.5, ranksep=0.5, fontname=\"Helvetica\", fontsize=13, "
      "labelloc=t, "
      "label=\"" +
      escaped(graph.title) + "\"];\n";
  out += "  node [fontname=\"Helvetica\", fontsize=11];\n";
  out += "  edge [fontname=\"Helvetica\", fontsize=9];\n";
  for (const LifeGraph::Node& node : graph.outside)
    add_node(out, node, "  ");
  for (const LifeGraph::Cluster& cluster : graph.clusters) {
    out += "  subgraph " + cluster.id + " {\n";
    out +=
        "    graph [style=\"rounded,filled\", color=\"#8a94a6\", fillcolor=\"#f4f6f9\", fontsize=11, label=" +
        label(cluster.lines, "\\n") + "];\n";
    for (const LifeGraph::Node& node : cluster.nodes) {
      const bool is_first = node.shape == Shape::stage && is_entered(graph, node.id);
      add_node(out, node, "    ", is_first ? ", penwidth=2" : "");
    }
    out += "  }\n";
  }
  for (const LifeGraph::Edge& edge : graph.edges)
    add_edge(out, edge, graph);
  return out + "}\n";
}

}  // namespace cauce::engine::document
