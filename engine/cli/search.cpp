// cauce buscar: what people have written about plans, by its words.
#include "engine/search.hpp"

#include <algorithm>
#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/plan_view.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::vector<std::string> words;
  std::optional<std::string> source;
  std::optional<std::string> most;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("TEXTO", options.words,
                     "palabras que deben estar todas, sin que importen tildes ni mayúsculas; '\"entre "
                     "comillas\"', seguidas; 'presup*', lo que empieza así");
  arguments.choice("--en", "DÓNDE", options.source,
                   {"componentes", "reportes", "evidencias", "motivos", "valoraciones"},
                   "solo en componentes, reportes, evidencias, motivos o valoraciones");
  arguments.option("--primeros", "N", options.most, "cuántos se muestran (si no, 20)");
}

struct Source {
  std::string_view name;  ///< as the tables have it
  std::string_view asked;
  std::string_view told;
};
constexpr Source sources[] = {
    {"component", "componentes", "componente"},  {"report", "reportes", "reporte"},
    {"evidence", "evidencias", "evidencia de"},  {"motive", "motivos", "motivo"},
    {"judgement", "valoraciones", "valoración"},
};

std::optional<std::string> source_option(const std::optional<std::string>& word) {
  if (!word) return std::nullopt;
  std::vector<std::string> names;
  for (const Source& source : sources) {
    if (dsl::same_name(*word, source.asked) || *word == source.name) return std::string(source.name);
    names.emplace_back(source.asked);
  }
  throw WrongUsage("no se busca en " + quote(*word), "se busca en " + join(names, "o"));
}

std::size_t most_option(const std::optional<std::string>& text) {
  constexpr std::size_t usual = 20;
  if (!text) return usual;
  const int number = number_option(*text, "--primeros");
  if (number < 1) throw WrongUsage("«--primeros» es un número desde 1");
  return static_cast<std::size_t>(number);
}

/// A hit with the names by which people know its parts.
struct Named {
  std::string entity;
  std::string title;  ///< of the component, obligation or action
  std::string field;
  std::string person;
};

Named name(const SearchHit& hit, System& system, const World& world) {
  const WrittenRow& written = hit.written;
  Named named{{}, written.name, written.field, hit.actor};
  if (const auto person = system.person(hit.actor); person && !person->name.empty())
    named.person = person->name;
  const auto id = PlanId::parse(written.plan);
  const Plan* plan = id ? world.plan(*id) : nullptr;
  if (plan == nullptr) return named;
  const PlanView view(world, *plan, system.now().date);
  named.entity = view.entity_name();
  const auto title_in = [&](const rules::Named& what, const std::vector<rules::Field>& fields) {
    named.title = what.title;
    for (const rules::Field& field : fields) {
      if (field.name == written.field) named.field = field.title;
    }
  };
  if (written.source == "component") {
    if (const auto component = view.kind.find_component(written.name)) {
      const workflows::ComponentKind& kind = at(view.kind.components, *component);
      title_in(kind, kind.fields);
    }
  } else if (written.number >= 0) {
    if (const auto obligation = view.kind.find_obligation(written.name)) {
      const workflows::ObligationKind& kind = at(view.kind.obligations, *obligation);
      title_in(kind, kind.fields);
    }
  }
  return named;
}

std::string period_in_words(const WrittenRow& written) {
  const auto period = written.period ? rules::Period::parse(*written.period) : std::nullopt;
  return period ? period->to_spanish() : std::string();
}

Json to_json(const SearchHit& hit, const Named& named, const std::string& zone) {
  Json snippet = Json::array();
  for (const SnippetPart& part : hit.snippet)
    snippet.push_back({{"text", part.text}, {"found", part.found}});
  Json json = {{"plan", hit.written.plan},
               {"entity", named.entity},
               {"source", hit.written.source},
               {"name", hit.written.name},
               {"title", named.title}};
  if (hit.written.period) json["period"] = *hit.written.period;
  json["field"] = hit.written.field;
  json["date"] = rules::to_iso(to_local(hit.instant, zone).date);
  json["person"] = hit.actor;
  json["sequence"] = hit.written.sequence;
  json["text"] = hit.written.text;
  json["snippet"] = std::move(snippet);
  return json;
}

/// `reporte «Reporte mensual», mayo de 2024, resumen`
std::string place_of(const SearchHit& hit, const Named& named) {
  std::string place;
  for (const Source& source : sources) {
    if (hit.written.source == source.name) place = source.told;
  }
  if (!named.title.empty()) place += " " + quote(named.title);
  if (const std::string period = period_in_words(hit.written); !period.empty()) place += ", " + period;
  // The one field of what has none of its own is called as it is.
  const bool is_of_its_own = !named.field.empty() && named.field != "texto" && named.field != named.title;
  if (is_of_its_own) place += ", " + named.field;
  return place;
}

void print(const SearchHit& hit, const Named& named, const std::string& zone, Session& session) {
  const Style style = out_style(session);
  session.out << style.bold(hit.written.plan) << (named.entity.empty() ? "" : "  " + named.entity) << "  "
              << rules::to_iso(to_local(hit.instant, zone).date)
              << (named.person.empty() ? "" : "  " + named.person) << "\n  " << place_of(hit, named)
              << "\n    ";
  for (const SnippetPart& part : hit.snippet) {
    std::string text = part.text;
    std::replace(text.begin(), text.end(), '\n', ' ');
    session.out << (!part.found ? text : style.colour() ? style.bold(text) : "[" + text + "]");
  }
  session.out << "\n";
}

int run(const Options& options, Session& session) {
  SearchRequest request;
  for (const std::string& word : options.words)
    request.text += (request.text.empty() ? "" : " ") + word;
  request.source = source_option(options.source);
  request.most = most_option(options.most);
  if (!to_search_expression(request.text))
    throw WrongUsage("no hay ninguna palabra que buscar en " + quote(request.text));
  const auto system = open_system(session);
  if (const Sight& sight = sight_of(session); !sight.everything) {
    const World& world = system->world();
    request.may_see = [&](const PlanId& id) {
      const Plan* plan = world.plan(id);
      return plan != nullptr && sees(sight, world, *plan);
    };
  }
  const SearchAnswer answer = search(*system, request, progress_bar(session, "leyendo el diario"));
  const World& world = system->world();  // at one moment for all hits
  const std::string zone = system->policy(system->current_version())->rules->zone;
  if (session.globals.json) {
    Json hits = Json::array();
    for (const SearchHit& hit : answer.hits)
      hits.push_back(to_json(hit, name(hit, *system, world), zone));
    print_json({{"total", answer.total}, {"hits", std::move(hits)}}, session);
    return exit_done;
  }
  for (const SearchHit& hit : answer.hits)
    print(hit, name(hit, *system, world), zone, session);
  if (answer.total == 0) {
    say_note(session, "nada de lo escrito tiene " + quote(request.text));
  } else if (answer.total > answer.hits.size()) {
    say_note(session, "se muestran " + std::to_string(answer.hits.size()) + " de " +
                          std::to_string(answer.total) + ": agregue palabras, o dé --primeros N");
  }
  return exit_done;
}

}  // namespace

Command search_command() {
  return {"buscar",
          "search",
          Group::asking,
          Access::lists,
          "busca palabras en componentes, reportes, evidencias, motivos y valoraciones",
          "$ cauce buscar 'rendición de cuentas'\n"
          "PAT/05002/2024  Abejorral  2024-04-03  Ana Pérez\n"
          "  reporte «Reporte mensual al SETA», marzo de 2024, resumen\n"
          "    se preparó la [rendición] [de] [cuentas] con el concejo…\n"
          "$ cauce buscar '\"banco de proyectos\"' 'presup*' --en reportes",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
