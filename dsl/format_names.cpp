#include "dsl/format_names.hpp"

#include <algorithm>
#include <array>

#include "dsl/build.hpp"
#include "dsl/fold.hpp"

namespace cauce::dsl::formatting {
namespace {

namespace kind {
enum : NameKinds {
  source = 1U << 0U,
  parameter = 1U << 1U,
  holidays = 1U << 2U,
  calendar = 1U << 3U,
  role = 1U << 4U,
  entity = 1U << 5U,
  front = 1U << 6U,
  service = 1U << 7U,
  table = 1U << 8U,
  targeting = 1U << 9U,
  plan = 1U << 10U,
  ladder = 1U << 11U,
  field = 1U << 12U,
  score_part = 1U << 13U,
  component = 1U << 14U,
  report = 1U << 15U,
  hito = 1U << 16U,
  indicator = 1U << 17U,
  stage = 1U << 18U,
  action = 1U << 19U,
  enumerator = 1U << 20U,
  argument = 1U << 21U,
  level = 1U << 22U,
  // words of the language that stand where names do
  right = 1U << 23U,
  form = 1U << 24U,
  term = 1U << 25U,
  phase = 1U << 26U,
  word = 1U << 27U,  ///< functions, attributes, collections
};

constexpr NameKinds owned =
    field | score_part | component | report | hito | indicator | stage | action | argument | level;
constexpr NameKinds obligation = report | hito | phase;
constexpr NameKinds in_expression = parameter | entity | table | plan | field | score_part | component |
                                    report | hito | indicator | stage | enumerator | argument | level |
                                    phase | word;
constexpr NameKinds member = entity | field | score_part | component | report | hito | indicator | word;
}  // namespace kind

struct BuiltIn {
  NameKinds kind;
  std::string_view text;
};

constexpr auto built_in = std::to_array<BuiltIn>({
    {kind::holidays, "Colombia"},
    {kind::role, "responsable"},
    {kind::entity, "nación"},
    {kind::right, "publicar"},
    {kind::right, "importar"},
    {kind::right, "asignar"},
    {kind::right, "migrar"},
    {kind::right, "planes"},
    {kind::right, "cuentas"},
    {kind::right, "auditar"},
    {kind::form, "información"},
    {kind::form, "capacitación"},
    {kind::form, "asistencia_técnica"},
    {kind::form, "sistematización"},
    {kind::term, "corto"},
    {kind::term, "mediano"},
    {kind::term, "largo"},
    {kind::phase, "formulación"},
    {kind::phase, "seguimiento"},
    {kind::phase, "evaluación"},
    {kind::phase, "cerrado"},
    // functions
    {kind::word, "mínimo"},
    {kind::word, "máximo"},
    {kind::word, "redondea"},
    {kind::word, "trunca"},
    {kind::word, "absoluto"},
    {kind::word, "año"},
    {kind::word, "mes"},
    {kind::word, "día"},
    {kind::word, "días_entre"},
    {kind::word, "días_hábiles_entre"},
    {kind::word, "suma_días"},
    {kind::word, "suma_días_hábiles"},
    {kind::word, "contiene"},
    {kind::word, "empieza_con"},
    {kind::word, "largo"},
    {kind::word, "si_falta"},
    {kind::word, "corte"},
    {kind::word, "cuenta"},
    {kind::word, "suma"},
    {kind::word, "promedio"},
    {kind::word, "todos"},
    {kind::word, "alguno"},
    // collections
    {kind::word, "hitos"},
    {kind::word, "reportes"},
    {kind::word, "componentes"},
    {kind::word, "seleccionados"},
    // attributes
    {kind::word, "cumplido"},
    {kind::word, "vencido"},
    {kind::word, "exigido"},
    {kind::word, "a_tiempo"},
    {kind::word, "peso"},
    {kind::word, "vence"},
    {kind::word, "fecha"},
    {kind::word, "días_de_mora"},
    {kind::word, "nombre"},
    {kind::word, "entregado"},
    {kind::word, "validado"},
    {kind::word, "periodo"},
    {kind::word, "completo"},
    {kind::word, "obligatorio"},
    {kind::word, "fase"},
    {kind::word, "etapa"},
    {kind::word, "situación"},
    {kind::word, "vencidos"},
    {kind::word, "componentes_completos"},
    {kind::word, "avance"},
    {kind::word, "tipo"},
    {kind::word, "entidad"},
    {kind::word, "vigencia"},
    // tests
    {kind::word, "seleccionado"},
    {kind::word, "elegible"},
    {kind::word, "excluido"},
    {kind::word, "estado"},
    {kind::word, "puntaje"},
});

NameKinds kinds_of_action(View action, std::size_t ordinal) {
  if (ordinal == 0) return kind::role;
  switch (action.get(Kind::action_verb).value<ActionVerb>()) {
    case ActionVerb::complete:
      return kind::component;
    case ActionVerb::execute:
      return kind::action;
    default:
      return kind::obligation;
  }
}

/// What the `ordinal`-th name of `parent` can name; nothing where it declares something.
NameKinds kinds_at(View parent, std::size_t ordinal) {
  switch (parent.kind()) {
    case Kind::use_calendar:
      return kind::calendar;
    case Kind::use_holidays:
      return kind::holidays;
    case Kind::scopes:
    case Kind::parent:
      return kind::entity;
    case Kind::superior:
    case Kind::in_charge:
    case Kind::validators:
    case Kind::may_suspend:
    case Kind::may_resume:
    case Kind::may_cancel:
    case Kind::names:
    case Kind::recipients:
    case Kind::alert_role:
      return kind::role;
    case Kind::rights:
      return kind::right;
    case Kind::service:
      return ordinal == 1 ? kind::form : NameKinds{0};
    case Kind::citation:
      return kind::source;
    case Kind::targeting:
    case Kind::plan:
      return ordinal == 1 ? kind::entity : NameKinds{0};
    case Kind::focused:
    case Kind::subject:
      return kind::targeting;
    case Kind::linked:
    case Kind::scenario:
      return kind::plan;
    case Kind::use_ladder:
      return kind::ladder;
    case Kind::transition:
      return ordinal == 0 ? kind::action : kind::stage;
    case Kind::after_anchor:
    case Kind::alert_obligation:
      return kind::obligation;
    case Kind::required_names:
      return kind::hito;
    case Kind::services:
      return kind::service;
    case Kind::contribution:
      return ordinal == 0 ? kind::front : kind::term;
    case Kind::levels:
      return kind::indicator;
    case Kind::action:
      return kinds_of_action(parent, ordinal);
    case Kind::pair:
      return kind::field;
    case Kind::path:
      return kind::entity | kind::field | kind::score_part | kind::word;
    case Kind::header:
    case Kind::header_output:
      return kind::argument | kind::field | kind::score_part | kind::entity | kind::word;
    case Kind::reference:
    case Kind::literal:
      return kind::in_expression;
    case Kind::postfix:
      return kind::member;
    case Kind::collection:
      return kind::plan | kind::entity | kind::word;
    default:
      return 0;
  }
}

std::string owned_key(const Owner& owner, std::string_view key) {
  return owner + ' ' + std::string(key);
}

}  // namespace

Owner owner_entity(std::string_view key) {
  return "entidad " + std::string(key);
}

Owner owner_plan(std::string_view key) {
  return "plan " + std::string(key);
}

Owner owner_table(std::string_view key) {
  return "tabla " + std::string(key);
}

Names::Names(const SyntaxTree& tree) {
  for (const BuiltIn& one : built_in)
    add_text(one.kind, one.text);
  for (const auto& one : tree.sources)
    add(kind::source, one.head.name);
  for (const auto& one : tree.parameters)
    add(kind::parameter, one.head.name);
  for (const auto& one : tree.holidays)
    add(kind::holidays, one.head.name);
  for (const auto& one : tree.calendars)
    add(kind::calendar, one.head.name);
  for (const auto& one : tree.roles)
    add(kind::role, one.head.name);
  for (const auto& one : tree.entities) {
    add(kind::entity, one.head.name);
    add_fields(one.fields, owner_entity(one.head.name.key));
  }
  for (const auto& one : tree.fronts)
    add(kind::front, one.head.name);
  for (const auto& one : tree.services)
    add(kind::service, one.head.name);
  for (const auto& one : tree.tables) {
    add(kind::table, one.head.name);
    for (const Parameter& parameter : one.parameters) {
      add(kind::argument, parameter.name, owner_table(one.head.name.key));
      add_values(parameter.type);
    }
    add_values(one.result);
  }
  for (const auto& one : tree.targetings) {
    add(kind::targeting, one.head.name);
    entity_of_targeting_.emplace(one.head.name.key, one.entity.key);
    for (const ScorePart& part : one.score)
      add(kind::score_part, part.head.name, owner_entity(one.entity.key));
  }
  for (const auto& one : tree.plans)
    add_plan(one);
  for (const auto& one : tree.ladders)
    add(kind::ladder, one.head.name);
}

void Names::add(NameKinds name_kind, const Name& name, const Owner& owner) {
  add_text(name_kind, name.text, owner);
}

void Names::add_text(NameKinds name_kind, std::string_view text, const Owner& owner) {
  const std::string key = fold(text);
  const auto note = [&](ByKind& known) {
    const auto same =
        std::find_if(known.begin(), known.end(), [&](const auto& entry) { return entry.first == name_kind; });
    if (same == known.end()) {
      known.push_back({name_kind, {std::string(text)}});
    } else if (same->second.text != text) {
      same->second.ambiguous = true;
    }
  };
  note(everywhere_[key]);
  if (!owner.empty()) note(owned_[owned_key(owner, key)]);
}

void Names::add_fields(const std::vector<FieldDecl>& fields, const Owner& owner) {
  for (const FieldDecl& field : fields) {
    add(kind::field, field.name, owner);
    add_values(field.type);
  }
}

void Names::add_values(const TypeRef& type) {
  for (const EnumValue& value : type.values) {
    if (!value.quoted) add_text(kind::enumerator, value.text);
  }
}

void Names::add_plan(const PlanDecl& plan) {
  add(kind::plan, plan.head.name);
  entity_of_plan_.emplace(plan.head.name.key, plan.entity.key);
  const Owner owner = owner_plan(plan.head.name.key);
  for (const Component& component : plan.components) {
    add(kind::component, component.head.name, owner);
    add_fields(component.fields, owner);
  }
  add_obligations(plan.reports, plan.hitos, owner);
  for (const PhaseDecl& phase : plan.phases) {
    add_obligations(phase.reports, phase.hitos, owner);
    for (const Stage& stage : phase.stages) {
      add(kind::stage, stage.head.name, owner);
      for (const Transition& transition : stage.transitions)
        add(kind::action, transition.action, owner);
    }
    for (const Indicator& indicator : phase.indicators)
      add(kind::indicator, indicator.head.name, owner);
    for (const Levels& levels : phase.levels) {
      for (const Level& level : levels.levels)
        add(kind::level, level.name, owner);
    }
  }
}

void Names::add_obligations(const std::vector<Report>& reports, const std::vector<Hito>& hitos,
                            const Owner& owner) {
  for (const Report& report : reports) {
    add(kind::report, report.head.name, owner);
    add_fields(report.fields, owner);
  }
  for (const Hito& hito : hitos)
    add(kind::hito, hito.head.name, owner);
}

void Names::Choice::consider(const ByKind& known, NameKinds wanted) {
  for (const auto& [name_kind, spelling] : known) {
    if ((name_kind & wanted) == 0) continue;
    ambiguous = ambiguous || spelling.ambiguous || (text != nullptr && *text != spelling.text);
    text = &spelling.text;
  }
}

std::string_view Names::spelling(std::string_view written, View parent, std::size_t ordinal,
                                 const std::vector<Owner>& owners) const {
  const NameKinds wanted = kinds_at(parent, ordinal);
  if (wanted == 0) return written;
  const std::string key = fold(written);
  const auto known = everywhere_.find(key);
  if (known == everywhere_.end()) return written;
  Choice choice;
  for (const Owner& owner : owners) {
    const auto here = owned_.find(owned_key(owner, key));
    if (here != owned_.end()) choice.consider(here->second, wanted);
  }
  choice.consider(known->second, wanted & ~kind::owned);
  if (choice.text == nullptr) choice.consider(known->second, wanted);
  return choice.text == nullptr || choice.ambiguous ? written : std::string_view(*choice.text);
}

std::vector<Owner> Names::owners_in(View declaration) const {
  const auto entity_in = [](const auto& known, const std::string& key) -> std::vector<Owner> {
    const auto found = known.find(key);
    if (found == known.end()) return {};
    return {owner_entity(found->second)};
  };
  const auto names = build::names(declaration);
  switch (declaration.kind()) {
    case Kind::table:
      return {owner_table(names.front().key)};
    case Kind::targeting:
      return {owner_entity(names.at(1).key)};
    case Kind::plan:
      return {owner_plan(names.front().key), owner_entity(names.at(1).key)};
    case Kind::scenario: {
      auto owners = entity_in(entity_of_plan_, names.front().key);
      owners.push_back(owner_plan(names.front().key));
      return owners;
    }
    case Kind::test: {
      const auto subject = declaration.find(Kind::subject);
      if (!subject) return {};
      return entity_in(entity_of_targeting_, build::name(subject->get(Kind::name)).key);
    }
    default:
      return {};
  }
}

}  // namespace cauce::dsl::formatting
