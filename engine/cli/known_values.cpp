#include "engine/cli/known_values.hpp"

#include <map>
#include <set>

#include "dsl/diagnostic.hpp"
#include "dsl/fold.hpp"
#include "engine/http/route.hpp"
#include "engine/policy_files.hpp"
#include "engine/store/stored_names.hpp"
#include "workflows/compile.hpp"

namespace cauce::engine::cli {
namespace {

using Candidates = std::vector<Candidate>;

std::string value_of(const TypedValues& typed, const std::string& placeholder) {
  const auto found = typed.given.find(placeholder);
  return found == typed.given.end() ? std::string() : found->second;
}

// --- The policy that is spoken of: the one typed, or that of the plan or of the database

dsl::Sources sources_of(const TypedValues& typed) {
  if (const std::string path = value_of(typed, "RUTA"); !path.empty()) return read_policy({path});
  dsl::Sources sources;
  for (PolicyFileRow& file : StoredNames(typed.base).policy(value_of(typed, "PLAN")))
    sources.push_back({std::move(file.name), std::move(file.text)});
  return sources;
}

/// As far as it compiles; nothing if it cannot be read.
std::shared_ptr<const workflows::Policy> policy_of(const TypedValues& typed) {
  try {
    const dsl::Sources sources = sources_of(typed);
    auto policy = sources.empty() ? nullptr : workflows::compile(sources).policy;
    return policy && policy->rules ? policy : nullptr;
  } catch (const FileUnusable&) {
    return nullptr;
  }
}

template <typename Declared>
Candidates names_of(const std::vector<Declared>& all) {
  Candidates candidates;
  for (const Declared& one : all)
    candidates.push_back({one.name, one.title});
  return candidates;
}

Candidates targetings(const TypedValues& typed) {
  const auto policy = policy_of(typed);
  return policy ? names_of(policy->rules->targetings) : Candidates();
}

Candidates plan_kinds(const TypedValues& typed) {
  const auto policy = policy_of(typed);
  return policy ? names_of(policy->plans) : Candidates();
}

Candidates entity_kinds(const TypedValues& typed) {
  const auto policy = policy_of(typed);
  return policy ? names_of(policy->rules->entities) : Candidates();
}

// --- What the database has

Candidates plans(const TypedValues& typed) {
  Candidates candidates;
  for (const std::string& id : StoredNames(typed.base).plans())
    candidates.push_back({id, ""});
  return candidates;
}

Candidates people(const TypedValues& typed) {
  Candidates candidates;
  for (const Person& person : StoredNames(typed.base).people())
    candidates.push_back({person.id, person.name});
  return candidates;
}

/// The names of the plan's obligations of a type (empty: any), each once.
Candidates obligations(const TypedValues& typed, std::string_view type) {
  Candidates candidates;
  std::set<std::string> seen;
  for (const StoredObligation& one : StoredNames(typed.base).obligations(value_of(typed, "PLAN"))) {
    if ((type.empty() || one.type == type) && seen.insert(one.name).second)
      candidates.push_back({one.name, ""});
  }
  return candidates;
}

Candidates any_obligations(const TypedValues& typed) {
  return obligations(typed, "");
}
Candidates reports(const TypedValues& typed) {
  return obligations(typed, "report");
}
Candidates milestones(const TypedValues& typed) {
  return obligations(typed, "milestone");
}

Candidates periods(const TypedValues& typed) {
  const std::string report = value_of(typed, "REPORTE");
  const std::string name = report.empty() ? value_of(typed, "OBLIGACIÓN") : report;
  Candidates candidates;
  for (const StoredObligation& one : StoredNames(typed.base).obligations(value_of(typed, "PLAN"))) {
    if (!one.period.empty() && dsl::same_name(one.name, name)) candidates.push_back({one.period, ""});
  }
  return candidates;
}

/// The kind of the plan that was typed, by the policy that it follows.
const workflows::PlanKind* kind_of_plan(const workflows::Policy& policy, const std::string& plan) {
  const auto kind = policy.find_plan(plan.substr(0, plan.find('/')));
  return kind ? &at(policy.plans, *kind) : nullptr;
}

Candidates components(const TypedValues& typed) {
  const auto policy = policy_of(typed);
  const workflows::PlanKind* kind = policy ? kind_of_plan(*policy, value_of(typed, "PLAN")) : nullptr;
  return kind ? names_of(kind->components) : Candidates();
}

/// Those of the stage in which the plan is.
Candidates actions(const TypedValues& typed) {
  const std::string plan = value_of(typed, "PLAN");
  const auto policy = policy_of(typed);
  const workflows::PlanKind* kind = policy ? kind_of_plan(*policy, plan) : nullptr;
  if (!kind) return {};
  const std::string stage = StoredNames(typed.base).stage(plan);
  Candidates candidates;
  for (const workflows::Stage& one : kind->stages) {
    if (one.name != stage) continue;
    for (const workflows::Transition& transition : one.transitions)
      candidates.push_back({transition.action, ""});
  }
  return candidates;
}

// --- What the program knows by itself

Candidates codes(const TypedValues&) {
  Candidates candidates;
  for (const dsl::Code code : dsl::all_codes())
    candidates.push_back({std::string(dsl::code_id(code)), std::string(dsl::code_title(code))});
  return candidates;
}

/// What a token can be for.
Candidates commands_over_http(const TypedValues&) {
  std::map<std::string, std::string> summaries;
  for (const Route& route : all_routes()) {
    if (const Command* command = command_of(route)) summaries.emplace(command->name, command->summary);
  }
  Candidates candidates;
  for (const auto& [name, summary] : summaries)
    candidates.push_back({name, summary});
  return candidates;
}

Candidates nothing(const TypedValues&) {
  return {};
}

struct Known {
  Files files = Files::none;
  Candidates (*values)(const TypedValues&) = nothing;
};

const std::map<std::string_view, Known>& placeholders() {
  static const std::map<std::string_view, Known> table = {
      {"RUTA", {Files::policies}},
      {"ANTES", {Files::policies}},
      {"DESPUÉS", {Files::policies}},
      {"DATOS", {Files::csv}},
      {"CSV", {Files::csv}},
      {"ARCHIVO", {Files::any}},
      {"CARPETA", {Files::folders}},

      {"NOMBRE", {Files::none, targetings}},
      {"CLASE", {Files::none, plan_kinds}},
      {"ENTIDAD", {Files::none, entity_kinds}},
      {"PLAN", {Files::none, plans}},
      {"PERSONA", {Files::none, people}},
      {"ACCIÓN", {Files::none, actions}},
      {"COMPONENTE", {Files::none, components}},
      {"OBLIGACIÓN", {Files::none, any_obligations}},
      {"REPORTE", {Files::none, reports}},
      {"HITO", {Files::none, milestones}},
      {"PERIODO", {Files::none, periods}},
      {"CÓDIGO", {Files::none, codes}},
      {"ORDEN", {Files::none, commands_over_http}},

      // Only who types them knows them.
      {"AAAA-MM-DD", {}},
      {"AÑO", {}},
      {"AVISO", {}},
      {"C=V", {}},
      {"CLAVE", {}},
      {"CONDICIÓN", {}},
      {"CONSULTA", {}},
      {"CORREO", {}},
      {"DIRECCIÓN", {}},
      {"DIRECCIÓN:PUERTO", {}},
      {"EXPR", {}},
      {"FICHA", {}},
      {"HOY=NUEVO", {}},
      {"INSTANTE", {}},
      {"INTÉRPRETE", {}},
      {"N", {}},
      {"NÚMERO", {}},
      {"PALABRA", {}},
      {"SEC:HUELLA", {}},
      {"SILENCIO", {}},
      {"T", {}},
      {"TEXTO", {}},
      {"URL", {}},
  };
  return table;
}

}  // namespace

Completion known_values(const ArgumentHelp& argument, const TypedValues& typed) {
  Completion known;
  for (const std::string& choice : argument.choices)
    known.candidates.push_back({choice, ""});
  const auto found = placeholders().find(argument.value);
  if (!known.candidates.empty() || found == placeholders().end()) return known;
  return {found->second.files, found->second.values(typed)};
}

bool is_known_placeholder(const std::string& value) {
  return placeholders().contains(value);
}

}  // namespace cauce::engine::cli
