#include "engine/document/life_graph.hpp"

#include <algorithm>
#include <array>

#include "workflows/owed.hpp"
#include "workflows/plan_words.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine::document {
namespace {

using rules::spaced;
using rules::with_capital;
using workflows::Phase;
using workflows::PhaseRules;
using workflows::PlanKind;
using workflows::Policy;
using workflows::Stage;
using workflows::StageId;
using Lines = std::vector<std::string>;

constexpr std::size_t line_width = 38;  ///< code points
constexpr std::array<Phase, 3> phases = {Phase::formulation, Phase::monitoring, Phase::evaluation};

/// `text` in lines that fit, broken at spaces.
void add_wrapped(Lines& lines, std::string_view text) {
  std::string line;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    if (!line.empty() && dsl::count_code_points(line) + 1 + dsl::count_code_points(word) > line_width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!line.empty()) lines.push_back(std::move(line));
}

std::string id_of(Phase phase) {
  return std::string(workflows::name_of(phase));
}

class Drawing {
 public:
  Drawing(const Policy& policy, const PlanKind& kind, const dsl::Sources& sources, bool obligations)
      : policy_(policy), kind_(kind), sources_(sources), names_(policy, kind), obligations_(obligations) {}

  LifeGraph draw() {
    graph_.title = kind_.title;
    graph_.outside.push_back({"start", LifeGraph::Shape::start, {}});
    for (const Phase phase : phases)
      draw_phase(phase);
    if (obligations_) draw_owed_throughout();
    graph_.outside.push_back({"closed", LifeGraph::Shape::closed, {"cerrado"}});
    graph_.edges.push_back({"start", entrance(Phase::formulation), {}, true});
    for (const Phase phase : phases)
      draw_transitions(phase);
    for (const Phase phase : phases)
      draw_end(phase);
    return std::move(graph_);
  }

 private:
  std::string id_of(StageId stage) const { return "stage" + std::to_string(static_cast<std::size_t>(stage)); }
  static std::string under_way(Phase phase) { return "under_way_" + document::id_of(phase); }

  /// Where a phase is entered.
  std::string entrance(Phase phase) const {
    if (phase == Phase::closed) return "closed";
    const auto& initial = kind_.phase(phase).initial;
    return initial ? id_of(*initial) : under_way(phase);
  }

  void draw_phase(Phase phase) {
    const PhaseRules& rules = kind_.phase(phase);
    LifeGraph::Cluster cluster{
        "cluster_" + document::id_of(phase), {with_capital(std::string(spanish_name(phase)))}, {}};
    if (const std::string when = when_in_words(rules); !when.empty()) cluster.lines.push_back(when);
    for (const StageId id : rules.stages) {
      const Stage& stage = at(kind_.stages, id);
      Lines lines;
      add_wrapped(lines, spaced(stage.title));
      cluster.nodes.push_back(
          {id_of(id), stage.final ? LifeGraph::Shape::last : LifeGraph::Shape::stage, std::move(lines)});
    }
    if (rules.stages.empty()) {
      cluster.nodes.push_back({under_way(phase), LifeGraph::Shape::under_way, {"en curso"}});
    }
    if (obligations_) add_owed(cluster, phase);
    graph_.clusters.push_back(std::move(cluster));
  }

  std::string when_in_words(const PhaseRules& rules) const {
    std::string words;
    if (rules.from) words = "desde el " + rules::to_spanish(*rules.from);
    if (!rules.end_obligation) return words;
    const auto& due = at(kind_.obligations, *rules.end_obligation).due;
    if (!due) return words;
    return words + (words.empty() ? "" : "; ") + "vence: " + workflows::in_words(*due, kind_);
  }

  /// What is owed in `phase`, or throughout the plan, in one note.
  void add_owed(LifeGraph::Cluster& cluster, std::optional<Phase> phase) const {
    LifeGraph::Node note{
        "owed_" + (phase ? document::id_of(*phase) : std::string("plan")), LifeGraph::Shape::note, {}};
    for (const workflows::ObligationKind& obligation : kind_.obligations) {
      if (obligation.phase != phase || obligation.type == workflows::ObligationType::phase) continue;
      std::string text = "• " + obligation.title;
      if (obligation.periods.size() > 1) text += ", " + workflows::recurrence_in_words(obligation);
      text +=
          obligation.due ? ": " + workflows::in_words(*obligation.due, kind_) : std::string(": sin plazo");
      add_wrapped(note.lines, text);
    }
    if (!note.lines.empty()) cluster.nodes.push_back(std::move(note));
  }

  void draw_owed_throughout() {
    LifeGraph::Cluster cluster{"cluster_plan", {"Durante todo el plan"}, {}};
    add_owed(cluster, std::nullopt);
    if (!cluster.nodes.empty()) graph_.clusters.push_back(std::move(cluster));
  }

  std::string in_words(const rules::Expression& condition) const {
    return rules::to_text(rules::condition_in_words(condition, {*policy_.rules, sources_, names_}));
  }

  void draw_transitions(Phase phase) {
    for (const StageId from : kind_.phase(phase).stages) {
      for (const workflows::Transition& transition : at(kind_.stages, from).transitions) {
        LifeGraph::Edge edge{id_of(from), id_of(transition.target), {spaced(transition.action)}, false};
        add_wrapped(edge.lines, rules::joined(workflows::titles_of(policy_, transition.roles), "o"));
        if (const std::string demands = workflows::demands_in_words(transition); !demands.empty())
          edge.lines.push_back(demands);
        if (transition.condition) add_wrapped(edge.lines, "si " + in_words(*transition.condition));
        graph_.edges.push_back(std::move(edge));
      }
    }
  }

  /// From what ends a phase to where the next one begins.
  void draw_end(Phase phase) {
    const PhaseRules& rules = kind_.phase(phase);
    const auto next = static_cast<Phase>(static_cast<int>(phase) + 1);
    Lines lines;
    if (rules.stages.empty()) {
      lines.emplace_back("terminar");
      add_wrapped(lines, rules::joined(workflows::titles_of(policy_, kind_.in_charge), "o"));
    }
    for (const workflows::Condition& exit : rules.exits)
      add_wrapped(lines, "exige: " + in_words(exit.expression));
    if (rules.stages.empty()) {
      graph_.edges.push_back({under_way(phase), entrance(next), lines, true});
    }
    for (const StageId stage : rules.stages) {
      if (at(kind_.stages, stage).final) graph_.edges.push_back({id_of(stage), entrance(next), lines, true});
    }
  }

  const Policy& policy_;
  const PlanKind& kind_;
  const dsl::Sources& sources_;
  workflows::PlanNames names_;
  bool obligations_;
  LifeGraph graph_;
};

}  // namespace

LifeGraph life_graph(const Policy& policy, const PlanKind& kind, const dsl::Sources& sources,
                     bool obligations) {
  return Drawing(policy, kind, sources, obligations).draw();
}

}  // namespace cauce::engine::document
