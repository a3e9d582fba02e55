#include "workflows/outline.hpp"

#include "rules/date.hpp"
#include "rules/noun.hpp"
#include "rules/phrase.hpp"
#include "workflows/wording.hpp"

namespace cauce::workflows {
namespace {

std::vector<Part> outline_of_program(const Version& version) {
  const rules::Ruleset& rules = version.rules();
  Part program{"el programa", {"programa"}};
  program.say("nombre", rules.program.name);
  program.say("título", rules.program.title);
  program.say("vigencia", std::to_string(rules.vigencia));
  program.say("zona", rules.zone);
  std::vector<Part> parts = {std::move(program)};
  for (const rules::Source& source : rules.sources) {
    Part part{"la fuente " + quoted(source.name), {source.key, dsl::fold(source.text)}, {}, {}, source.name};
    part.say("texto", source.text);
    parts.push_back(std::move(part));
  }
  for (const rules::Front& front : rules.fronts) {
    Part part = part_of("el frente " + quoted(front.title), "frente", front);
    for (const auto& [term, result] : front.results) {
      part.say(term == rules::Term::short_term    ? "corto plazo"
               : term == rules::Term::medium_term ? "mediano plazo"
                                                  : "largo plazo",
               result);
    }
    parts.push_back(std::move(part));
  }
  for (const rules::Service& service : rules.services) {
    Part part = part_of("el servicio " + quoted(service.title), "servicio", service);
    part.say("forma", service.form == rules::ServiceForm::information            ? "información"
                      : service.form == rules::ServiceForm::training             ? "capacitación"
                      : service.form == rules::ServiceForm::technical_assistance ? "asistencia técnica"
                                                                                 : "sistematización");
    part.say("lo ofrece", service.offered_by);
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<Part> outline_of_roles(const Version& version) {
  const rules::Ruleset& rules = version.rules();
  std::vector<Part> parts;
  for (const rules::Role& role : rules.roles) {
    Part part = part_of("el rol " + quoted(role.title), "", role);
    std::vector<std::string> scopes;
    if (role.national) scopes.emplace_back("nación");
    for (const rules::EntityKindId kind : role.scopes)
      scopes.push_back(at(rules.entities, kind).name);
    part.say_things("se tiene por", listed(scopes),
                    (role.national ? "nación " : "") + keys_in(rules.entities, role.scopes));
    if (role.superior) {
      const rules::Role& superior = at(rules.roles, *role.superior);
      part.say_things("responde a", superior.title, superior.key);
    }
    if (role.max_load) part.say("carga máxima", std::to_string(*role.max_load));
    std::vector<std::string> rights;
    for (const rules::Right right : role.rights)
      rights.emplace_back(rules::spanish_name(right));
    part.say("administra", listed(rights));
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<Part> outline_of_entities(const Version& version) {
  const rules::Ruleset& rules = version.rules();
  std::vector<Part> parts;
  for (const rules::EntityKind& kind : rules.entities) {
    Part part = part_of("la entidad " + quoted(kind.title), "", kind);
    if (kind.parent) {
      const rules::EntityKind& parent = at(rules.entities, *kind.parent);
      part.say_things("está en", rules::spaced(parent.title), parent.key);
    }
    part.say("columna de su superior", kind.parent_column.value_or(""));
    part.say("archivo", kind.file.value_or(""));
    for (const rules::Field& field : kind.fields)
      part.parts.push_back(outline_of(field));
    parts.push_back(std::move(part));
  }
  return parts;
}

// --- Calendar: not how it is written, but which days it gives

constexpr int days_of_a_week = 7;

/// The days of the week on which nobody works in that year.
std::vector<bool> resting_weekdays(const rules::Calendar& calendar, Date first, Date last) {
  std::vector<bool> resting(days_of_a_week + 1, true);
  for (Date day = first; day <= last; day += std::chrono::days(1)) {
    if (calendar.is_working_day(day)) resting.at(static_cast<std::size_t>(rules::iso_weekday(day))) = false;
  }
  return resting;
}

std::vector<Part> outline_of_calendar(const Version& version, int year) {
  const rules::Calendar& calendar = version.rules().calendar;
  const Date first = rules::make_date(year, 1, 1).value();
  const Date last = rules::last_day_of(year, 12);
  const std::vector<bool> resting = resting_weekdays(calendar, first, last);
  std::vector<Part> parts;
  for (int weekday = 1; weekday <= days_of_a_week; ++weekday) {
    const std::string name(rules::weekday_name(weekday));
    Part part{"los " + name + (weekday > 5 ? "s" : ""), {name}};
    part.say("", resting.at(static_cast<std::size_t>(weekday)) ? "no hábiles" : "hábiles");
    parts.push_back(std::move(part));
  }
  for (Date day = first; day <= last; day += std::chrono::days(1)) {
    if (calendar.is_working_day(day) || resting.at(static_cast<std::size_t>(rules::iso_weekday(day))))
      continue;
    Part part{"el " + rules::to_spanish(day), {rules::to_iso(day)}};
    part.say("", "no hábil: " + calendar.why_not_working(day));
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<Part> outline_of_parameters(const Version& version) {
  std::vector<Part> parts;
  for (const rules::Parameter& parameter : version.rules().parameters) {
    Part part = part_of("el parámetro " + quoted(parameter.title), "", parameter);
    std::string values;
    for (const rules::ParameterValue& value : parameter.values) {
      if (!values.empty()) values += "; ";
      values += rules::value_in_words(value.value);
      if (value.from) values += " desde el " + rules::to_spanish(*value.from);
    }
    part.say("valor", values);
    parts.push_back(std::move(part));
  }
  return parts;
}

// --- What a part says, whatever it is called

std::string content_of(const Part& part) {
  std::string content;
  for (const Aspect& aspect : part.aspects) {
    if (aspect.label != "título") content += aspect.label + ": " + aspect.identity + "; ";
  }
  for (const Part& inner : part.parts)
    content += inner.keys.front() + " { " + content_of(inner) + "} ";
  return content;
}

}  // namespace

void Part::say(std::string label, std::string words) {
  std::string identity = words;
  say(std::move(label), std::move(words), std::move(identity));
}

void Part::say(std::string label, std::string words, std::string identity, std::string written) {
  if (words.empty()) return;
  aspects.push_back({std::move(label), std::move(words), std::move(identity), false, std::move(written)});
}

void Part::say_dated(std::string label, std::string words, int vigencia) {
  if (words.empty()) return;
  std::string identity = without_year(words, vigencia);
  aspects.push_back({std::move(label), std::move(words), std::move(identity), true});
}

void Part::say_things(std::string label, std::string titles, std::string identity) {
  if (titles.empty()) return;
  aspects.push_back({std::move(label), std::move(titles), std::move(identity), true});
}

void Part::know_by_content() {
  if (!parts.empty()) keys.push_back(content_of(*this));
}

std::vector<Pair> pair_up(const std::vector<Part>& before, const std::vector<Part>& after) {
  const auto keys_of_all = [](const std::vector<Part>& parts) {
    std::vector<Keys> keys;
    for (const Part& part : parts)
      keys.push_back(part.keys);
    return keys;
  };
  return pair_up(keys_of_all(before), keys_of_all(after));
}

Part outline_of(const rules::Field& field) {
  Part part = part_of("el campo " + quoted(field.title), "", field);
  part.say("tipo", rules::type_in_words(field.type));
  part.say("columna", field.column.value_or(""));
  part.say("clave", field.is_key ? "sí" : "");
  part.say("obligatorio", field.required ? "sí" : "");
  if (field.empty_is) part.say("vacío es", *field.empty_is ? "sí" : "no");
  return part;
}

std::string citations_in_words(const std::vector<rules::CitedSource>& cited, const rules::Ruleset& rules) {
  std::string words;
  for (const rules::CitedSource& one : cited) {
    words += (words.empty() ? "" : "; ") + at(rules.sources, one.source).name;
    if (!one.place.empty()) words += ", " + one.place;
  }
  return words;
}

std::string identity_of(const Version& version, dsl::Span span) {
  return without_layout(dsl::words_of(version.sources, span));
}

std::string without_year(std::string words, int vigencia) {
  const std::string year = " de " + std::to_string(vigencia);
  for (std::size_t at = words.find(year); at != words.npos; at = words.find(year, at))
    words.erase(at, year.size());
  return words;
}

std::vector<Part> outline_of(const Version& version, Area area, int year) {
  switch (area) {
    case Area::program:
      return outline_of_program(version);
    case Area::roles:
      return outline_of_roles(version);
    case Area::territory:
      return outline_of_entities(version);
    case Area::calendar:
      return outline_of_calendar(version, year);
    case Area::parameters:
      return outline_of_parameters(version);
    case Area::tables:
      return outline_of_tables(version);
    case Area::targeting:
      return outline_of_targetings(version);
    case Area::plans:
      return outline_of_plans(version);
    case Area::alerts:
      break;
  }
  return outline_of_ladders(version);
}

}  // namespace cauce::workflows
