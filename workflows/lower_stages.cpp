#include "workflows/lower_stages.hpp"

#include <algorithm>

namespace cauce::workflows {
namespace {

/// For each stage of a phase, the stages that its actions lead to, by their place in the phase.
using Moves = std::vector<std::vector<std::size_t>>;

class StageLowering {
 public:
  StageLowering(const dsl::PhaseDecl& written, PlanKind& kind, Lowering& lowering)
      : written_(written),
        stages_(written.stages),
        phase_(phase_of(written.phase)),
        kind_(kind),
        lowering_(lowering) {}

  void lower() {
    if (stages_.empty()) return;
    first_ = kind_.stages.size();
    for (const dsl::Stage& stage : stages_)
      add_stage(stage);
    for (std::size_t i = 0; i < stages_.size(); ++i)
      add_transitions(i);
    const bool has_ends = check_ends();
    if (has_ends && all_names_known_) check_ways();
  }

 private:
  PhaseRules& rules() { return kind_.phases.at(static_cast<std::size_t>(phase_)); }
  StageId id(std::size_t stage) const { return static_cast<StageId>(first_ + stage); }

  void add_stage(const dsl::Stage& written) {
    Stage stage;
    static_cast<rules::Named&>(stage) = lowering_.named(written.head, stage_noun);
    stage.phase = phase_;
    stage.initial = written.initial;
    stage.final = written.final;
    const dsl::Name& name = written.head.name;
    if (!names_.add(name.key, name.text)) {
      lowering_.report_twice(name, stage_noun, stages_.at(*names_.find(name.key)).head.name.span);
      all_names_known_ = false;
    }
    rules().stages.push_back(static_cast<StageId>(kind_.stages.size()));
    kind_.stages.push_back(std::move(stage));
  }

  void add_transitions(std::size_t from) {
    moves_.emplace_back();
    for (const dsl::Transition& written : stages_[from].transitions) {
      Transition transition;
      transition.roles = lowering_.find_roles(written.roles);
      transition.action = written.action.text;
      transition.action_key = written.action.key;
      transition.demand = written.demand;
      transition.other_person = written.other_person;
      transition.because = written.reason.because ? written.reason.because->value : std::string();
      transition.sources = lowering_.cite(written.reason.sources);
      transition.span = written.span;
      if (const auto target = names_.find(written.target.key)) {
        transition.target = id(*target);
        moves_.back().push_back(*target);
      } else {
        lowering_.report_unknown(written.target, stage_noun, names_);
        all_names_known_ = false;
      }
      kind_.stages[first_ + from].transitions.push_back(std::move(transition));
    }
  }

  /// Exactly one stage to begin with, at least one to end with, and none that is both or goes on after the
  /// end.
  bool check_ends() {
    const std::string phase = quoted(spanish_name(phase_));
    std::vector<const dsl::Stage*> initial;
    std::vector<const dsl::Stage*> final;
    for (const dsl::Stage& stage : stages_) {
      if (stage.initial) initial.push_back(&stage);
      if (stage.final) final.push_back(&stage);
    }
    if (initial.empty()) {
      lowering_.report(dsl::Code::wrong_stages, written_.keyword_span,
                       "en la fase " + phase + " ninguna etapa es inicial",
                       "escriba «inicial» después del nombre de la etapa en que empieza");
    } else {
      rules().initial = id(static_cast<std::size_t>(initial.front() - stages_.data()));
    }
    for (std::size_t i = 1; i < initial.size(); ++i) {
      const dsl::Name& name = initial[i]->head.name;
      lowering_
          .report(dsl::Code::wrong_stages, name.span, "la fase " + phase + " ya tiene una etapa inicial",
                  "quite uno de los «inicial»")
          .related.push_back({initial.front()->head.name.span, "esta es la otra"});
    }
    if (final.empty()) {
      lowering_.report(dsl::Code::wrong_stages, written_.keyword_span,
                       "en la fase " + phase + " ninguna etapa es final, y la fase no terminaría",
                       "escriba «final» después del nombre de la etapa en que termina");
    }
    for (const dsl::Stage* stage : final)
      check_final(*stage);
    return initial.size() == 1 && !final.empty();
  }

  void check_final(const dsl::Stage& stage) {
    const std::string name = quoted(stage.head.name.text);
    if (stage.initial) {
      lowering_.report(dsl::Code::wrong_stages, stage.head.name.span,
                       "la etapa " + name + " es inicial y final: la fase no tendría por dónde pasar",
                       "quite las etapas, y la fase se termina con «terminar»; o quite «final»");
    } else if (!stage.transitions.empty()) {
      lowering_.report(dsl::Code::wrong_stages, stage.transitions.front().span,
                       "la etapa " + name + " es final, y nadie llega a hacer nada en ella",
                       "al llegar a ella termina la fase: quite sus acciones, o quite «final»");
    }
  }

  /// Every stage can be reached from the initial one, and from every stage a final one.
  void check_ways() {
    const auto initial = static_cast<std::size_t>(*rules().initial) - first_;
    const std::vector<bool> reached = reach({initial}, moves_);
    std::vector<std::size_t> finals;
    Moves back(moves_.size());
    for (std::size_t i = 0; i < moves_.size(); ++i) {
      if (stages_[i].final) finals.push_back(i);
      for (const std::size_t to : moves_[i])
        back[to].push_back(i);
    }
    const std::vector<bool> ends = reach(finals, back);
    for (std::size_t i = 0; i < moves_.size(); ++i) {
      const dsl::Name& name = stages_[i].head.name;
      if (!reached[i]) {
        lowering_.report(dsl::Code::unreachable_stage, name.span,
                         "ninguna acción lleva a la etapa " + quoted(name.text),
                         "agregue en otra etapa una acción que «pasa a " + name.text + "», o quite la etapa");
      } else if (!ends[i]) {
        lowering_.report(
            dsl::Code::stage_without_exit, name.span,
            "de la etapa " + quoted(name.text) + " no se llega a ninguna etapa final",
            "agregue en ella una acción que lleve adelante, o escriba «final» después de su nombre");
      }
    }
  }

  /// The stages that can be reached from some of them, themselves included.
  static std::vector<bool> reach(std::vector<std::size_t> open, const Moves& moves) {
    std::vector<bool> reached(moves.size(), false);
    for (const std::size_t stage : open)
      reached[stage] = true;
    while (!open.empty()) {
      const std::size_t stage = open.back();
      open.pop_back();
      for (const std::size_t next : moves[stage]) {
        if (reached[next]) continue;
        reached[next] = true;
        open.push_back(next);
      }
    }
    return reached;
  }

  const dsl::PhaseDecl& written_;
  const std::vector<dsl::Stage>& stages_;
  Phase phase_;
  PlanKind& kind_;
  Lowering& lowering_;
  std::size_t first_ = 0;  ///< in PlanKind::stages
  Index names_;
  Moves moves_;
  bool all_names_known_ = true;
};

}  // namespace

void lower_stages(const dsl::PhaseDecl& written, PlanKind& kind, Lowering& lowering) {
  StageLowering(written, kind, lowering).lower();
}

}  // namespace cauce::workflows
