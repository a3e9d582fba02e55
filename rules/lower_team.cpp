// rol, frente and servicio.
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "rules/graph.hpp"
#include "rules/lower.hpp"

namespace cauce::rules {

namespace {

constexpr std::string_view nation_key = "nacion";

using RoleDecls = std::vector<const dsl::RoleDecl*>;

/// For how many kinds of entity a role may be.
constexpr std::size_t most_scopes = 100;

bool lower_scopes(const dsl::RoleDecl& declaration, Role& role, Lowering& lowering) {
  if (declaration.scopes.size() > most_scopes) {
    lowering.report(dsl::Code::out_of_range, declaration.scopes[most_scopes].span,
                    "el rol «" + role.name + "» es por " + std::to_string(declaration.scopes.size()) +
                        " clases de entidad",
                    "puede ser por hasta " + std::to_string(most_scopes));
    return false;
  }
  bool ok = true;
  for (const dsl::Name& scope : declaration.scopes) {
    if (scope.key == nation_key) {
      role.national = true;
      continue;
    }
    const auto entity = lowering.rules.find_entity(scope.text);
    if (!entity) {
      lowering.report_unknown(NameKind::entity, scope);
      ok = false;
    } else if (std::find(role.scopes.begin(), role.scopes.end(), *entity) != role.scopes.end()) {
      lowering.report(dsl::Code::wrong_scope, scope.span, "«" + scope.text + "» está dos veces en el alcance",
                      "quite uno de los dos");
      ok = false;
    } else {
      role.scopes.push_back(*entity);
    }
  }
  if (role.national && declaration.scopes.size() > 1) {
    lowering.report(dsl::Code::wrong_scope,
                    dsl::join(declaration.scopes.front().span, declaration.scopes.back().span),
                    "el rol «" + role.name + "» es por nación y a la vez por otra cosa",
                    "la nación lo incluye todo: deje solo «por nación», o quítela");
    ok = false;
  }
  return ok;
}

bool lower_rights(const dsl::RoleDecl& declaration, Role& role, Lowering& lowering) {
  bool ok = true;
  for (const dsl::Name& name : declaration.rights) {
    const auto right = find_right(name.key);
    if (right) {
      if (std::find(role.rights.begin(), role.rights.end(), *right) == role.rights.end()) {
        role.rights.push_back(*right);
      }
      continue;
    }
    std::vector<std::string_view> candidates;
    for (int i = 0; i <= static_cast<int>(Right::audit); ++i) {
      candidates.push_back(spanish_name(static_cast<Right>(i)));
    }
    dsl::Diagnostic diagnostic{
        dsl::Code::unknown_name, name.span, "no existe el derecho «" + name.text + "»",
        "los derechos son publicar, importar, asignar, migrar, planes, cuentas y auditar"};
    suggest_nearest(name, candidates, diagnostic);
    lowering.diagnostics.push_back(std::move(diagnostic));
    ok = false;
  }
  return ok;
}

bool lower_load(const dsl::RoleDecl& declaration, Role& role, Lowering& lowering) {
  if (!declaration.max_load) return true;
  const dsl::Integer& load = *declaration.max_load;
  if (load.value < 1 || load.value > std::numeric_limits<int>::max()) {
    lowering.report(dsl::Code::out_of_range, load.span, "la carga máxima es " + std::to_string(load.value),
                    "escriba cuántas entidades puede atender una persona, al menos 1");
    return false;
  }
  role.max_load = static_cast<int>(load.value);
  return true;
}

std::optional<Role> lower_role(const dsl::RoleDecl& declaration, Lowering& lowering) {
  Role role;
  static_cast<Named&>(role) = to_named(declaration.head);
  bool ok = lower_scopes(declaration, role, lowering);
  ok = lower_rights(declaration, role, lowering) && ok;
  ok = lower_load(declaration, role, lowering) && ok;
  if (!ok) return std::nullopt;
  return role;
}

/// The superior of each, by index; the names that are no role are reported.
std::vector<std::vector<std::size_t>> superiors_of(const RoleDecls& declarations, Lowering& lowering) {
  std::map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < declarations.size(); ++i) {
    index.emplace(declarations[i]->head.name.key, i);
  }
  std::vector<std::vector<std::size_t>> superiors;
  for (const auto* declaration : declarations) {
    std::vector<std::size_t>& above = superiors.emplace_back();
    if (!declaration->superior) continue;
    if (const auto found = index.find(declaration->superior->key); found != index.end()) {
      above.push_back(found->second);
    } else {
      lowering.report_unknown(NameKind::role, *declaration->superior);
    }
  }
  return superiors;
}

/// Cuts each circle of superiors, so that whoever climbs it comes to an end.
void report_circles(const RoleDecls& declarations, std::vector<std::vector<std::size_t>>& superiors,
                    Lowering& lowering) {
  for (const auto& circle : order_by_need(superiors).circles) {
    std::vector<std::string> names;
    for (const std::size_t i : circle) {
      names.push_back("«" + declarations[i]->head.name.text + "»");
      superiors[i].clear();
    }
    const dsl::RoleDecl& first = *declarations[circle.front()];
    lowering.report(dsl::Code::circular_superiors, first.superior->span,
                    "los superiores forman un círculo: " + join_circle(names, " bajo "),
                    "el nivel más alto va sin «bajo»");
  }
}

/// How many levels may lie above a role. Whoever is asked for its superiors climbs them.
constexpr std::size_t most_superiors = 20;

/// Cuts a chain of superiors where it becomes too long. It has no circles.
void check_heights(const RoleDecls& declarations, std::vector<std::vector<std::size_t>>& superiors,
                   Lowering& lowering) {
  std::vector<std::size_t> heights(declarations.size(), 0);
  for (const std::size_t i : order_by_need(superiors).order) {
    if (superiors[i].empty()) continue;
    heights[i] = heights[superiors[i].front()] + 1;
    if (heights[i] <= most_superiors) continue;
    lowering.report(dsl::Code::out_of_range, declarations[i]->superior->span,
                    "el rol «" + declarations[i]->head.name.text + "» tiene " + std::to_string(heights[i]) +
                        " superiores, uno sobre otro",
                    "puede tener hasta " + std::to_string(most_superiors));
    superiors[i].clear();
    heights[i] = 0;
  }
}

void check_rights_are_held(const dsl::SyntaxTree& tree, const std::vector<Role>& roles, Lowering& lowering) {
  if (!lowering.broken.empty() || tree.programs.empty()) return;  // a broken role may have held them
  for (const Right right : {Right::publish, Right::assign}) {
    const bool held = std::any_of(roles.begin(), roles.end(), [&](const Role& role) {
      return std::find(role.rights.begin(), role.rights.end(), right) != role.rights.end();
    });
    if (held) continue;
    const std::string name{spanish_name(right)};
    lowering.report(dsl::Code::right_held_by_nobody, tree.programs.front().head.name.span,
                    "ningún rol tiene el derecho «" + name + "»",
                    "escriba «administra " + name + "» en el rol que lo tenga");
  }
}

}  // namespace

std::vector<Role> lower_roles(const dsl::SyntaxTree& tree, Lowering& lowering) {
  const RoleDecls declarations = distinct(tree.roles, NameKind::role, lowering.diagnostics);
  auto superiors = superiors_of(declarations, lowering);
  report_circles(declarations, superiors, lowering);
  check_heights(declarations, superiors, lowering);

  std::vector<Role> roles;
  std::vector<std::optional<RoleId>> ids;
  for (const auto* declaration : declarations) {
    auto role = lower_role(*declaration, lowering);
    if (!role) lowering.fail(declaration->head.name);
    ids.push_back(role ? std::optional(static_cast<RoleId>(roles.size())) : std::nullopt);
    if (role) roles.push_back(*std::move(role));
  }
  for (std::size_t i = 0; i < declarations.size(); ++i) {
    if (ids[i] && !superiors[i].empty()) {
      roles[static_cast<std::size_t>(*ids[i])].superior = ids[superiors[i].front()];
    }
  }
  check_rights_are_held(tree, roles, lowering);
  return roles;
}

std::vector<Front> lower_fronts(const std::vector<dsl::FrontDecl>& declarations, Lowering& lowering) {
  std::vector<Front> fronts;
  for (const auto* declaration : distinct(declarations, NameKind::front, lowering.diagnostics)) {
    Front front;
    static_cast<Named&>(front) = to_named(declaration->head);
    if (declaration->short_term) front.results[Term::short_term] = declaration->short_term->value;
    if (declaration->medium_term) front.results[Term::medium_term] = declaration->medium_term->value;
    if (declaration->long_term) front.results[Term::long_term] = declaration->long_term->value;
    fronts.push_back(std::move(front));
  }
  return fronts;
}

std::vector<Service> lower_services(const std::vector<dsl::ServiceDecl>& declarations, Lowering& lowering) {
  struct Form {
    ServiceForm form;
    std::string_view key;
    std::string_view name;
  };
  constexpr std::array<Form, 4> forms = {{
      {ServiceForm::information, "informacion", "información"},
      {ServiceForm::training, "capacitacion", "capacitación"},
      {ServiceForm::technical_assistance, "asistencia_tecnica", "asistencia_técnica"},
      {ServiceForm::systematisation, "sistematizacion", "sistematización"},
  }};
  std::vector<Service> services;
  for (const auto* declaration : distinct(declarations, NameKind::service, lowering.diagnostics)) {
    const dsl::Name& written = declaration->form;
    const auto form = std::find_if(forms.begin(), forms.end(),
                                   [&](const Form& candidate) { return candidate.key == written.key; });
    if (form == forms.end() && lowering.broken.contains(written.key)) {
      lowering.fail(declaration->head.name);
      continue;
    }
    if (form == forms.end()) {
      dsl::Diagnostic diagnostic{
          dsl::Code::unknown_name, written.span, "no existe la forma de acción «" + written.text + "»",
          "las formas son información, capacitación, asistencia_técnica y sistematización"};
      suggest_nearest(written, {forms[0].name, forms[1].name, forms[2].name, forms[3].name}, diagnostic);
      lowering.diagnostics.push_back(std::move(diagnostic));
      lowering.fail(declaration->head.name);
      continue;
    }
    Service service;
    static_cast<Named&>(service) = to_named(declaration->head);
    service.form = form->form;
    if (declaration->offered_by) service.offered_by = declaration->offered_by->value;
    services.push_back(std::move(service));
  }
  return services;
}

}  // namespace cauce::rules
