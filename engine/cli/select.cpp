// cauce seleccionar: focalizes again over the data of the database, with what people decide by hand.
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/selection_output.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::optional<std::string> name;
  std::optional<std::string> include;
  std::optional<std::string> leave;
  std::optional<std::string> give_back;
  std::optional<std::string> reason;
  std::optional<std::string> provisional;
  bool only_show = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.optional("NOMBRE", options.name, "la focalización, si la política tiene varias");
  arguments.option("--incluir", "CLAVE", options.include,
                   "esta entidad entra, digan lo que digan las reglas");
  arguments.option("--dejar", "CLAVE", options.leave, "esta entidad queda fuera");
  arguments.option("--según-reglas,--segun-reglas", "CLAVE", options.give_back,
                   "retira lo decidido a mano sobre esta entidad");
  arguments.option("--motivo", "TEXTO", options.reason,
                   "por qué se decide a mano, o por qué se selecciona de nuevo");
  arguments.option("--provisional", "TEXTO", options.provisional,
                   "por qué se aplica aunque sea provisional; si no se decide a mano, basta «--motivo»");
  arguments.flag("--plan-solo", options.only_show, "muestra quién entraría y quién saldría; no hace nada");
}

std::optional<HandChange> change_of(const Options& options, const Actor& actor) {
  const int given = static_cast<int>(options.include.has_value()) +
                    static_cast<int>(options.leave.has_value()) +
                    static_cast<int>(options.give_back.has_value());
  if (given > 1)
    throw WrongUsage("se decide sobre una entidad a la vez: «--incluir», «--dejar» o «--según-reglas»");
  if (options.give_back) return HandChange{*options.give_back, {}};
  if (given == 0) return std::nullopt;
  if (!options.reason) throw WrongUsage("falta «--motivo TEXTO»: una decisión a mano lleva un motivo");
  return HandChange{options.include ? *options.include : *options.leave,
                    rules::HandDecision{options.include.has_value(), *options.reason, actor.person}};
}

/// A selection as it stands over the data of a database.
struct Told {
  const Options& options;
  const Reselection& again;
  const SelectionView& view;

  /// Eligible ones whom a person left out: they take part in no walk, and so are in no other count.
  std::size_t left_by_hand() const { return again.selection.count(rules::TargetStatus::eligible); }

  std::string named(const std::string& key) const {
    const auto row = view.territory.find(view.targeting.entity, key);
    return row ? key + " " + view.territory.name_of(view.rules, view.targeting.entity, *row) : key;
  }
};

Json to_json(const Told& told) {
  Json json = selection_json(told.view);
  json["summary"]["left_by_hand"] = told.left_by_hand();
  json["applied"] = !told.options.only_show;
  json["enter"] = told.again.enter;
  json["leave"] = told.again.leave;
  return json;
}

void print_list(const std::string& what, const std::vector<std::string>& keys, const Told& told,
                Session& session) {
  session.out << out_style(session).bold(what + " (" + std::to_string(keys.size()) + ")") << "\n";
  for (const std::string& key : keys)
    session.out << "  " << told.named(key) << "\n";
}

void print_told(const Told& told, Session& session) {
  print_selection_summary(told.view, session);
  if (const std::string left = std::to_string(told.left_by_hand()); left != "0")
    session.out << "  dejados a mano  " << std::string(left.size() < 6 ? 6 - left.size() : 0, ' ') << left
                << "\n";
  session.out << "\n";
  const bool only_show = told.options.only_show;
  print_list(only_show ? "Entrarían" : "Entran", told.again.enter, told, session);
  print_list(only_show ? "Saldrían" : "Salen", told.again.leave, told, session);
  if (!told.again.by_hand.empty()) session.out << out_style(session).bold("Decidido a mano") << "\n";
  for (const auto& [key, decision] : told.again.by_hand) {
    session.out << "  " << told.named(key) << ": " << (decision.include ? "incluido" : "dejado") << " por "
                << decision.person << ", " << quote(decision.reason) << "\n";
  }
  print_selection_notes(told.view, session);
  if (only_show) {
    say_only_shown(session);
    return;
  }
  if (told.options.provisional && !told.again.selection.provisional)
    say_note(session, "la selección no es provisional: «--provisional» no hizo falta");
  if (!told.again.leave.empty()) say_note(session, "quien sale conserva su plan");
  if (!told.again.enter.empty())
    say_note(session, "los planes de quienes entran se crean con «cauce planes crear»");
}

int run(const Options& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto change = change_of(options, actor);
  const auto system = open_system(session);
  const PolicyVersion version = system->current_version();
  const auto policy = system->policy(version);
  const rules::Targeting& targeting = find_targeting(*policy->rules, options.name);
  const auto again = system->reselect(targeting.name, change,
                                      {options.reason.value_or(""), options.provisional.value_or("")},
                                      options.only_show, actor);
  if (!again) return report_refusal(*system, again.refusal(), version, session);

  const dsl::Sources sources = sources_of(*system, version);
  const SelectionView view{
      targeting,         *policy->rules, system->world().territory(), again.value().selection,
      again.value().day, sources};
  const Told told{options, again.value(), view};
  if (session.globals.json) {
    print_json(to_json(told), session);
  } else {
    print_told(told, session);
  }
  return exit_done;
}

}  // namespace

Command select_command() {
  return {"seleccionar",
          "select",
          Group::system_setup,
          Access::writes,
          "focaliza de nuevo con los datos de la base, o decide a mano sobre una entidad",
          "$ cauce seleccionar municipios --incluir 05002 --motivo 'Convenio 12 de 2024' --como marta\n"
          "Municipios con asistencia técnica directa, al 2024-03-01\n"
          "  seleccionados      400\n"
          "  …\n"
          "Entran (1)\n"
          "  05002 ABEJORRAL\n"
          "Salen (1)\n"
          "  05055 ARGELIA\n"
          "Decidido a mano\n"
          "  05002 ABEJORRAL: incluido por marta, «Convenio 12 de 2024»",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
