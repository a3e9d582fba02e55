// rol, entidad, frente, servicio.
#include "engine/document/writing.hpp"

namespace cauce::engine::document {
namespace {

std::string scope_of(const Writing& writing, const rules::Role& role) {
  if (role.national) return "toda la nación";
  std::vector<std::string> kinds;
  for (const rules::EntityKindId kind : role.scopes)
    kinds.push_back("cada " + rules::to_noun(at(writing.rules.entities, kind).title).text);
  return rules::joined(kinds, "y");
}

std::string rights_of(const rules::Role& role) {
  std::vector<std::string> rights;
  for (const rules::Right right : role.rights)
    rights.emplace_back(rules::spanish_name(right));
  return rules::joined(rights, "y");
}

/// From the role up: `el Articulador Regional, y sobre él la Dirección`.
std::string chain_above(const Writing& writing, const rules::Role& role) {
  std::vector<std::string> above;
  for (auto superior = role.superior; superior; superior = at(writing.rules.roles, *superior).superior)
    above.push_back(rules::to_noun(at(writing.rules.roles, *superior).title).with_article());
  std::string words;
  for (const std::string& name : above)
    words += (words.empty() ? "" : ", luego ") + name;
  return words;
}

Text field_content(const rules::Field& field) {
  std::string words = rules::type_in_words(field.type);
  if (field.empty_is) words += std::string("; si está vacío, es ") + (*field.empty_is ? "sí" : "no");
  return plain(words);
}

std::string kind_of_field(const rules::Field& field) {
  if (field.is_key) return "clave";
  return field.required ? "obligatorio" : "puede faltar";
}

void write_entity(Writing& writing, const rules::EntityKind& entity) {
  writing.begin_article(article_of(entity), "Entidad: " + entity.title, entity.title);
  writing.remark(entity.span);
  std::string place = "Los datos vienen ";
  place +=
      entity.file ? "del archivo «" + *entity.file + "»" : "del archivo que lleva el nombre de la entidad";
  if (entity.parent) {
    const rules::Noun parent = rules::to_noun(at(writing.rules.entities, *entity.parent).title);
    place += ". Cada " + rules::to_noun(entity.title).text + " está en " +
             (parent.feminine() ? "una " : "un ") + parent.text;
    if (entity.parent_column) place += ", que se lee de la columna «" + *entity.parent_column + "»";
  }
  writing.say(place + ".");
  Table table{"Datos de cada " + rules::to_noun(entity.title).text,
              {"Dato", "Nombre en las reglas", "Contenido", "Exigencia", "Columna"},
              {}};
  for (const rules::Field& field : entity.fields) {
    table.rows.push_back({plain(shown(field.title)), code(field.name), field_content(field),
                          plain(kind_of_field(field)),
                          plain(field.column.value_or("la del nombre o del título"))});
  }
  writing.add(std::move(table));
}

std::string_view form_in_words(rules::ServiceForm form) {
  switch (form) {
    case rules::ServiceForm::information:
      return "información";
    case rules::ServiceForm::training:
      return "capacitación";
    case rules::ServiceForm::technical_assistance:
      return "asistencia técnica";
    case rules::ServiceForm::systematisation:
      break;
  }
  return "sistematización";
}

std::string_view term_in_words(rules::Term term) {
  switch (term) {
    case rules::Term::short_term:
      return "Corto plazo";
    case rules::Term::medium_term:
      return "Mediano plazo";
    case rules::Term::long_term:
      break;
  }
  return "Largo plazo";
}

using Chooses = bool (*)(const workflows::ObligationKind& hito, std::size_t index, rules::Term term);

/// The milestones of all plans for which `chooses` holds.
Text hitos_that(const Writing& writing, Chooses chooses, std::size_t index, rules::Term term = {}) {
  Text text;
  for (const workflows::PlanKind& kind : writing.policy.plans) {
    for (const workflows::ObligationKind& hito : kind.obligations) {
      if (!chooses(hito, index, term)) continue;
      if (!text.empty()) text = text + "; ";
      text = text + hito.title + " (" + kind.name + ")";
    }
  }
  return text;
}

bool contributes(const workflows::ObligationKind& hito, std::size_t front, rules::Term term) {
  for (const workflows::Contribution& contribution : hito.contributes) {
    if (static_cast<std::size_t>(contribution.front) == front && contribution.term == term) return true;
  }
  return false;
}

bool uses_service(const workflows::ObligationKind& hito, std::size_t service, rules::Term) {
  for (const rules::ServiceId used : hito.services) {
    if (static_cast<std::size_t>(used) == service) return true;
  }
  return false;
}

}  // namespace

void write_team(Writing& writing) {
  writing.begin_chapter("participantes", "Quién participa");
  writing.begin_article("roles", "Roles");
  writing.say(
      "Varias personas pueden tener un rol para una entidad: todas pueden actuar. Si nadie lo tiene, actúa "
      "quien "
      "está por encima, y queda dicho.");
  Table table{"Roles, de qué se ocupan y quién está por encima",
              {"Rol", "Se ocupa de", "Por encima", "Entidades por persona", "Administra"},
              {}};
  for (const rules::Role& role : writing.rules.roles) {
    writing.remark(role.span, role.title);
    writing.index(role.title);
    const std::string above = chain_above(writing, role);
    table.rows.push_back({strong(role.title), plain(scope_of(writing, role)),
                          plain(above.empty() ? "nadie" : above),
                          plain(role.max_load ? "hasta " + std::to_string(*role.max_load) : "sin límite"),
                          plain(role.rights.empty() ? "nada" : rights_of(role))});
  }
  writing.add(std::move(table));
}

void write_entities(Writing& writing) {
  writing.begin_chapter("territorio", "El territorio y sus datos");
  for (const rules::EntityKind& entity : writing.rules.entities)
    write_entity(writing, entity);
}

void write_services(Writing& writing) {
  writing.begin_chapter("resultados", "Qué se busca y con qué servicios");
  for (std::size_t i = 0; i < writing.rules.fronts.size(); ++i) {
    const rules::Front& front = writing.rules.fronts[i];
    writing.begin_article("frente-" + front.key, "Frente: " + front.title, front.title);
    writing.remark(front.span);
    Table table{"Resultados", {"Plazo", "Resultado", "Hitos que aportan"}, {}};
    for (const auto& [term, result] : front.results)
      table.rows.push_back({plain(std::string(term_in_words(term))), plain(result),
                            hitos_that(writing, contributes, i, term)});
    writing.add(std::move(table));
  }
  if (writing.rules.services.empty()) return;
  writing.begin_article("servicios", "Portafolio de servicios");
  Table table{"Servicios", {"Servicio", "Forma de acción", "Lo ofrece", "Hitos que lo usan"}, {}};
  for (std::size_t i = 0; i < writing.rules.services.size(); ++i) {
    const rules::Service& service = writing.rules.services[i];
    writing.remark(service.span, service.title);
    writing.index(service.title);
    table.rows.push_back({plain(service.title), plain(std::string(form_in_words(service.form))),
                          plain(service.offered_by), hitos_that(writing, uses_service, i)});
  }
  writing.add(std::move(table));
}

}  // namespace cauce::engine::document
