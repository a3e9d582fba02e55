// cauce iniciar: a new database, from nothing to plans, in one transaction.
#include <algorithm>
#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/data_output.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/selection_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/new_file.hpp"
#include "engine/people_file.hpp"
#include "engine/senders/message.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string path;
  DataOptions data;
  std::string administrator;
  std::optional<std::string> administrator_address;
  std::optional<std::string> people;
  bool rehearsal = false;
  std::optional<std::string> reason;
};

/// Why the selections are put in force, provisional ones too.
std::string reason_of(const Options& options) {
  return options.reason.value_or("puesta en marcha");
}

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.path, "la carpeta o el archivo de la política");
  take_data_options(arguments, options.data, true);
  arguments.required_option("--administrador", "PERSONA", options.administrator,
                            "quién podrá publicar y asignar a los demás");
  arguments.option("--correo", "DIRECCIÓN", options.administrator_address, "adónde se le escribe");
  arguments.option("--personas", "CSV", options.people, "persona,nombre,correo,rol,entidad,desde,hasta");
  arguments.flag("--ensayo", options.rehearsal,
                 "una base de ensayo: acepta «--ahora», y sus avisos no salen de aquí");
  arguments.option("--motivo", "TEXTO", options.reason,
                   "por qué se aplica una selección provisional; si no, «puesta en marcha»");
}

// --- The administrator
// ----------------------------------------------------------------------------------------

bool has_right(const rules::Role& role, rules::Right right) {
  return std::find(role.rights.begin(), role.rights.end(), right) != role.rights.end();
}

/// The national role that may assign and publish.
const rules::Role& administrator_role(const rules::Ruleset& rules) {
  const auto role = std::find_if(rules.roles.begin(), rules.roles.end(), [](const rules::Role& candidate) {
    return candidate.national && has_right(candidate, rules::Right::assign) &&
           has_right(candidate, rules::Right::publish);
  });
  if (role == rules.roles.end()) {
    throw WrongUsage(
        "ningún rol por nación administra publicar y asignar: no hay qué dar a «--administrador»",
        "déselos a un rol de la política");
  }
  return *role;
}

/// The people file, and in it the administrator with the role that makes one.
void add_administrator(std::vector<PersonRow>& rows, const std::string& person,
                       const std::optional<std::string>& address, const rules::Role& role) {
  PersonRow administrator{person, person, {}, role.name, {}};
  for (PersonRow& row : rows) {
    if (row.person != person) continue;
    if (address) row.address = *address;
    if (dsl::same_name(row.role, role.name) && row.entity.empty()) return;
    administrator.name = row.name;
    administrator.address = row.address;
  }
  if (address) administrator.address = *address;
  rows.push_back(std::move(administrator));
}

// --- What is set up
// -------------------------------------------------------------------------------------------

/// Everything that is known before the database is made.
struct Setup {
  LoadedPolicy policy;
  ImportedData data;
  std::vector<PersonRow> people;
  std::vector<rules::Selection> selections;  ///< by targeting of the rules
  rules::Date today;
};

/// What was done, for people and machines.
struct Report {
  std::size_t assignments = 0;
  PlanCreation plans;
};

/// A refusal on the way: leaves nothing behind.
struct SetupRefused {
  Refusal refusal;
};

template <typename T>
T or_refuse(Result<T> result) {
  if (!result) throw SetupRefused{result.refusal()};
  return std::move(result.value());
}

Report set_up(System& system, const Setup& setup, const Options& options, Session& session) {
  const Actor actor{options.administrator, true};
  const rules::Ruleset& rules = setup.policy.rules();
  Report report;
  system.together([&] {
    or_refuse(system.publish(setup.policy.sources, setup.policy.compiled, actor));
    or_refuse(system.import_entities(setup.data.territory, actor));
    report.assignments = or_refuse(system.import_people(setup.people, actor));
    // Over the data as they are kept: their rows do not stand in the order of the files.
    for (const rules::Targeting& targeting : rules.targetings) {
      const auto selection = rules::select(targeting, rules, system.world().territory(), setup.today);
      or_refuse(system.apply_selection(targeting.name, selection, reason_of(options), actor));
    }
    report.plans =
        or_refuse(system.create_plans(std::nullopt, actor, progress_bar(session, "Creando planes")));
  });
  return report;
}

// --- Telling it
// ----------------------------------------------------------------------------------------------

SelectionView view_of(const Setup& setup, std::size_t targeting) {
  return {setup.policy.rules().targetings[targeting],
          setup.policy.rules(),
          setup.data.territory,
          setup.selections[targeting],
          setup.today,
          setup.policy.sources};
}

Json to_json(const Setup& setup, const Report& report, const std::string& base, bool rehearsal) {
  const rules::Ruleset& rules = setup.policy.rules();
  Json json = {{"base", base},
               {"rehearsal", rehearsal},
               {"program", rules.program.name},
               {"vigencia", rules.vigencia},
               {"entities", Json::object()},
               {"data", data_json(setup.data.summaries)},
               {"assignments", report.assignments},
               {"selections", Json::array()},
               {"plans", Json::object()},
               {"obligations", report.plans.obligations},
               {"without_due", report.plans.without_due}};
  for (const ImportSummary& summary : setup.data.summaries)
    json["entities"][summary.kind] = summary.rows;
  for (std::size_t i = 0; i < rules.targetings.size(); ++i) {
    json["selections"].push_back(
        {{"targeting", rules.targetings[i].name},
         {"selected", setup.selections[i].count(rules::TargetStatus::selected)},
         {"undetermined", setup.selections[i].count(rules::TargetStatus::undetermined)},
         {"provisional", setup.selections[i].provisional}});
  }
  for (const auto& [kind, count] : report.plans.by_kind)
    json["plans"][kind] = count;
  return json;
}

void print_report(const Setup& setup, const Report& report, const std::string& base, const Options& options,
                  Session& session) {
  const Style style = out_style(session);
  const rules::Ruleset& rules = setup.policy.rules();
  session.out << style.bold(base) << ": base " << (options.rehearsal ? "de ensayo " : "") << "nueva\n"
              << "  política       " << rules.program.title << ", vigencia " << rules.vigencia << "\n";
  for (const ImportSummary& summary : setup.data.summaries) {
    session.out << "  " << summary.kind
                << std::string(summary.kind.size() < 15 ? 15 - width_of(summary.kind) : 1, ' ')
                << summary.rows << "\n";
  }
  session.out << "  asignaciones   " << report.assignments << "\n\n";
  print_missing(setup.data.summaries, session);
  for (std::size_t i = 0; i < rules.targetings.size(); ++i) {
    session.out << "\n";
    print_selection_summary(view_of(setup, i), session);
    if (setup.selections[i].provisional) session.out << "  provisional: " << reason_of(options) << "\n";
    print_undetermined(view_of(setup, i), session,
                       "; todos: cauce focalizar " + options.path + " " + rules.targetings[i].name +
                           " --datos … --csv ARCHIVO");
  }
  std::vector<std::string> kinds;
  for (const auto& [kind, count] : report.plans.by_kind)
    kinds.push_back(std::to_string(count) + " " + kind);
  session.out << "\n"
              << count_of(report.plans.created, "plan", "planes") << (kinds.empty() ? "" : ": " + join(kinds))
              << "\n"
              << count_of(report.plans.obligations, "obligación", "obligaciones") << ", "
              << report.plans.without_due << " por fijar\n";
}

// --- The command
// ---------------------------------------------------------------------------------------------

/// Everything up to the database; an exit code if it cannot be made.
std::variant<Setup, int> prepare(const Options& options, Session& session) {
  auto policy = load_policy(session, {options.path});
  if (!policy) return exit_refused;
  const rules::Ruleset& rules = policy->rules();
  const rules::Role& role = administrator_role(rules);
  auto data = load_data(session, rules, options.data);
  if (!data) return exit_unusable_data;
  std::vector<PersonRow> people;
  if (options.people) {
    ImportedPeople read = read_people({{rules, data->territory}}, *options.people, dialect_of(options.data));
    if (!read.errors.empty()) {
      print_data_errors(session, read.errors);
      return exit_unusable_data;
    }
    people = std::move(read.rows);
  }
  if (options.administrator_address && !is_address(*options.administrator_address)) {
    throw WrongUsage("«--correo " + *options.administrator_address + "» no es una dirección de correo");
  }
  add_administrator(people, options.administrator, options.administrator_address, role);

  const auto clock = clock_for(session, options.rehearsal, rules.zone);
  Setup setup{
      *std::move(policy), *std::move(data), std::move(people), {}, to_moment(clock->now(), rules.zone).date};
  for (const rules::Targeting& targeting : setup.policy.rules().targetings) {
    setup.selections.push_back(
        rules::select(targeting, setup.policy.rules(), setup.data.territory, setup.today));
  }
  for (std::size_t i = 0; i < setup.selections.size(); ++i) {
    if (!print_selection_notes(view_of(setup, i), session)) return exit_refused;
  }
  return setup;
}

int run(const Options& options, Session& session) {
  auto prepared = prepare(options, session);
  if (const int* code = std::get_if<int>(&prepared)) return *code;
  const Setup& setup = std::get<Setup>(prepared);

  const std::string base = base_path(session);
  const auto clock = clock_for(session, options.rehearsal, setup.policy.rules().zone);
  NewFile file(base);
  auto system = System::create(file.path(), options.rehearsal, clock);
  try {
    const Report report = set_up(*system, setup, options, session);
    system.reset();
    file.keep();
    if (session.globals.json) {
      print_json(to_json(setup, report, base, options.rehearsal), session);
    } else {
      print_report(setup, report, base, options, session);
    }
    return exit_done;
  } catch (const SetupRefused& refused) {
    return report_refusal(refused.refusal, setup.policy.sources, session);
  }
}

}  // namespace

Command init_command() {
  return {"iniciar",
          "init",
          Group::system_setup,
          Access::writes,
          "crea una base: publica la política, carga los datos, focaliza y crea los planes",
          "$ cauce iniciar politica/ --datos datos/ --personas personas.csv --administrador marta\n"
          "cauce.db: base nueva\n"
          "  política       Acción territorial del DNP, vigencia 2024\n"
          "  …\n"
          "441 planes: 400 PAT, 33 PATD y 8 PCCT",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
