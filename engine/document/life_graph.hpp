// The life of a kind of plan as a picture: phases, their stages, what leads from one to the next. What is
// drawn is decided here; how it is written down, in dot.cpp and mermaid.cpp.
#pragma once

#include <string>
#include <vector>

#include "dsl/source.hpp"
#include "workflows/policy.hpp"

namespace cauce::engine::document {

struct LifeGraph {
  enum class Shape {
    start,  ///< where a plan begins
    stage,
    last,       ///< a final stage of its phase
    under_way,  ///< stands for a phase without stages
    closed,     ///< where it ends
    note        ///< what is owed
  };
  struct Node {
    std::string id;  ///< letters, digits and `_` only
    Shape shape = Shape::stage;
    std::vector<std::string> lines = {};
  };
  struct Cluster {
    std::string id;
    std::vector<std::string> lines = {};
    std::vector<Node> nodes = {};
  };
  struct Edge {
    std::string from;
    std::string to;
    std::vector<std::string> lines = {};
    bool between_phases = false;
  };

  std::string title;
  std::vector<Node> outside = {};  ///< of any phase
  std::vector<Cluster> clusters = {};
  std::vector<Edge> edges = {};
};

/// The graph of `kind`; with `obligations`, what is owed in each phase with its deadline.
LifeGraph life_graph(const workflows::Policy& policy, const workflows::PlanKind& kind,
                     const dsl::Sources& sources, bool obligations);

/// In the language of Graphviz.
std::string to_dot(const LifeGraph& graph);
/// A flowchart of Mermaid, which many sites draw by themselves.
std::string to_mermaid(const LifeGraph& graph);

}  // namespace cauce::engine::document
