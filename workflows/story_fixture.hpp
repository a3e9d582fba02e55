// For tests: a plan of a small policy, lived through day by day.
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "workflows/compile.hpp"
#include "workflows/decide.hpp"
#include "workflows/plan_scope.hpp"

namespace cauce::workflows::testing {

/// Two municipalities of one region; ana is their enlace, rosa the articulador above her, dora the direction.
inline constexpr const char* story_policy = R"cauce(
programa prueba "Prueba" {
  vigencia 2024
  zona "America/Bogota"
  calendario oficial
}
calendario oficial { hábil lunes a viernes  festivos Colombia }
rol dirección "Dirección" por nación { administra publicar, asignar, planes, migrar }
rol articulador "Articulador Regional" por región bajo dirección
rol enlace "Enlace Territorial" por municipio bajo articulador
entidad región { campo nombre: texto clave }
entidad municipio en región {
  campo código: texto clave
  campo población: entero desde 0
}
plan PCCT por región {
  a cargo de articulador
  seguimiento { hito mesa { vence 30 de abril } }
}
plan PAT "Plan de Asistencia Técnica" por municipio {
  vinculado a PCCT
  a cargo de enlace
  componente objetivos obligatorio {
    campo asistencia: texto obligatorio
    campo meta: entero desde 0
  }
  componente anexos
  reporte mensual cada mes desde febrero hasta abril {
    vence día hábil 5 del mes siguiente
    cierra 20 días hábiles después
    valida articulador
    corrige en 3 días hábiles
    campo actividades: entero desde 0 obligatorio
    campo resumen: texto obligatorio
  }
  formulación {
    desde el 15 de enero
    vence el 15 de marzo
    al terminar exige completo(anexos) porque "Faltan los anexos"
    etapa borrador inicial {
      enlace puede enviar y pasa a revisión
        si componentes_completos porque "Faltan componentes obligatorios"
      enlace puede archivar y pasa a revisión si población > 1000
    }
    etapa revisión {
      articulador puede devolver y pasa a borrador con motivo
      articulador puede aprobar y pasa a aprobado por otra persona
    }
    etapa aprobado final
  }
  seguimiento {
    hito diagnóstico { vence 30 de abril }
    hito adoptado { vence 31 de mayo  requiere diagnóstico  evidencia obligatoria }
    hito armonización { vence 10 días hábiles después de adoptado }
    hito arranque { vence 15 días hábiles después de la formulación }
    hito fijo { vence 29 de junio exacto }
  }
  evaluación {
    reporte final al cierre {
      vence 13 de diciembre
      campo balance: texto obligatorio
    }
    indicador cumplimiento = avance
    etapa valoración inicial {
      articulador puede calificar y pasa a calificado con valoración
        si entregado(final) porque "Falta el informe final"
    }
    etapa calificado final
  }
}
)cauce";

/// A compiled policy; the test fails where it has errors.
inline std::shared_ptr<const Policy> compile_sources(const dsl::Sources& sources) {
  const Compiled compiled = compile(sources);
  for (const dsl::Diagnostic& diagnostic : compiled.diagnostics) {
    if (dsl::severity_of(diagnostic.code) == dsl::Severity::error)
      ADD_FAILURE() << dsl::render(diagnostic, sources);
  }
  return compiled.policy;
}

inline std::shared_ptr<const Policy> compile_story(const std::string& text) {
  return compile_sources({dsl::SourceFile{"historia.cauce", text}});
}

/// A world in memory: a policy, version 1, those that are published after it, and the plans that were made.
class StoryWorld : public World {
 public:
  explicit StoryWorld(std::shared_ptr<const Policy> policy)
      : policies_{std::move(policy)}, territory_(rules::empty_territory(*policies_[0]->rules)) {}

  const Policy& policy(PolicyVersion version) const override {
    return *policies_.at(static_cast<std::size_t>(version - 1));
  }
  PolicyVersion current_version() const override { return static_cast<PolicyVersion>(policies_.size()); }
  /// The next version. Its entities and roles are those of the first.
  void publish(std::shared_ptr<const Policy> policy) { policies_.push_back(std::move(policy)); }
  const rules::Territory& territory(PolicyVersion) const override { return territory_; }
  const Team& team(PolicyVersion) const override { return team_; }
  const Plan* plan(const PlanId& id) const override {
    const auto found = plans.find(id);
    return found == plans.end() ? nullptr : &found->second;
  }
  std::vector<const Plan*> linked_plans(const PlanId& id, std::string_view kind) const override {
    std::vector<const Plan*> linked;
    for (const auto& [other, plan] : plans) {
      if (other.kind == kind && plan.linked_to == id) linked.push_back(&plan);
    }
    return linked;
  }
  bool is_selected(std::string_view, const std::string& entity) const override { return selected(entity); }

  void add(std::string_view kind, const std::vector<rules::EntityRow>& rows) {
    rules::add_entities(territory_, *policies_[0]->rules, *policies_[0]->rules->find_entity(kind), rows);
  }
  /// `person` holds `role` for the entity of that kind and key (empty: the nation).
  void assign(const std::string& person, std::string_view role, std::string_view kind = {},
              const std::string& key = {}) {
    const auto entity = kind.empty() ? std::nullopt : policies_[0]->rules->find_entity(kind);
    assignments_.push_back({person, *policies_[0]->rules->find_role(role), {entity, key}});
    team_ = Team(*policies_[0]->rules, territory_, assignments_);
  }
  void dismiss(const std::string& person) {
    std::erase_if(assignments_, [&](const Assignment& held) { return held.person == person; });
    team_ = Team(*policies_[0]->rules, territory_, assignments_);
  }

  std::map<PlanId, Plan> plans = {};
  std::vector<std::string> not_selected = {};

 private:
  bool selected(const std::string& entity) const {
    return std::find(not_selected.begin(), not_selected.end(), entity) == not_selected.end();
  }

  std::vector<std::shared_ptr<const Policy>> policies_;
  rules::Territory territory_;
  std::vector<Assignment> assignments_ = {};
  Team team_ = {};
};

inline Date day(const std::string& iso) {
  return *rules::parse_iso_date(iso);
}
inline Moment noon(Date date) {
  return {date + std::chrono::hours(17), date};
}

/// A plan's life: commands by people on days, each success kept with its events.
class Story : public ::testing::Test {
 protected:
  explicit Story(std::shared_ptr<const Policy> policy) : world(std::move(policy)) {}
  Story() : Story(shared_policy()) {
    world.add("región", {{{rules::Value("Caribe")}, ""}});
    world.add("municipio", {{{rules::Value("08001"), rules::Value(rules::Decimal(5000))}, "Caribe"},
                            {{rules::Value("08078"), rules::Value(rules::Missing())}, "Caribe"}});
    world.assign("ana", "enlace", "municipio", "08001");
    world.assign("rosa", "articulador", "región", "Caribe");
    world.assign("dora", "dirección");
  }

  /// Compiled once for all tests.
  static std::shared_ptr<const Policy> shared_policy() {
    static const std::shared_ptr<const Policy> policy = compile_story(story_policy);
    return policy;
  }

  Result<Decision> give(const std::string& person, const std::string& date, const Command& command) {
    auto outcome = decide(world, id, command, noon(day(date)), {person});
    if (!outcome) return outcome;
    for (const Event& event : outcome.value().events) {
      world.plans[id] = evolve(world.plans[id], event, {person});
      history.emplace_back(event, person);
    }
    return outcome;
  }
  /// Must be done.
  Decision must(const std::string& person, const std::string& date, const Command& command) {
    auto outcome = give(person, date, command);
    if (!outcome) {
      ADD_FAILURE() << kind_of(command) << ": " << told(outcome.refusal());
      return {};
    }
    return outcome.value();
  }
  /// Must be refused.
  Refusal refused(const std::string& person, const std::string& date, const Command& command) {
    auto outcome = give(person, date, command);
    if (outcome) {
      ADD_FAILURE() << kind_of(command) << " was not refused";
      return {};
    }
    return outcome.refusal();
  }

  static std::string told(const Refusal& refusal) {
    std::string text = refusal.message;
    for (const std::string& reason : refusal.reasons)
      text += "\n- " + reason;
    if (!refusal.help.empty()) text += "\n= " + refusal.help;
    for (const std::string& role : refusal.who_could)
      text += "\n@ " + role;
    return text;
  }

  const Plan& plan() const { return world.plans.at(id); }
  const PlanKind& kind() const { return at(world.policy(plan().policy_version).plans, plan().kind); }
  ObligationId find(const std::string& name, std::optional<Period> period = {}) const {
    const auto wanted = kind().find_obligation(name);
    for (std::size_t index = 0; index < plan().obligations.size(); ++index) {
      const Obligation& obligation = plan().obligations[index];
      if (obligation.kind == wanted && (!period || obligation.period == period))
        return static_cast<ObligationId>(index);
    }
    throw std::invalid_argument("no obligation " + name);
  }
  const Obligation& owed(const std::string& name, std::optional<Period> period = {}) const {
    return plan().obligation(find(name, period));
  }

  void create(const std::string& date = "2024-01-10") { must("dora", date, CreatePlan{"PAT", "08001"}); }
  /// Formulation ended on `date`.
  void enter_monitoring(const std::string& date = "2024-02-20") {
    create();
    must("ana", date, CompleteComponent{"objetivos", {{"asistencia", "Apoyar"}}});
    must("ana", date, CompleteComponent{"anexos", {{"texto", "Ninguno"}}});
    must("ana", date, Act{"enviar"});
    must("rosa", date, Act{"aprobar"});
  }

  StoryWorld world;
  PlanId id = {"PAT", "08001", 2024};
  std::vector<std::pair<Event, std::string>> history = {};
};

inline const Period february = {rules::PeriodUnit::month, 2024, 2};
inline const Period march = {rules::PeriodUnit::month, 2024, 3};
inline const Period april = {rules::PeriodUnit::month, 2024, 4};

}  // namespace cauce::workflows::testing
