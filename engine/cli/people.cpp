// cauce personas: who holds which role, for which entity.
#include <algorithm>
#include <iterator>
#include <map>
#include <ostream>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/people_file.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string file;
  bool only_show = false;
  DataOptions dialect;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("CSV", options.file,
                     "persona,nombre,correo,rol,entidad,desde,hasta: reemplaza las que había");
  take_only_show(arguments, options.only_show);
  take_dialect_options(arguments, options.dialect);
}

/// `ana: enlace en 05001, desde 2024-03-01`
std::string told(const AssignmentRow& row) {
  std::string text = row.person + ": " + row.role;
  if (!row.entity.empty()) text += " en " + row.entity;
  if (row.from_day) text += ", desde " + *row.from_day;
  if (row.to_day) text += ", hasta " + *row.to_day;
  return text;
}

std::vector<std::string> told_all(const std::vector<AssignmentRow>& rows) {
  std::vector<std::string> lines;
  for (const AssignmentRow& row : rows)
    lines.push_back(told(row));
  std::sort(lines.begin(), lines.end());
  return lines;
}

/// A role that is in charge of plans for whose entities nobody holds it today.
struct Vacancy {
  std::string role;  ///< its title
  std::vector<std::string> plans = {};
  std::set<std::string> stand_in = {};  ///< titles of the superiors who act meanwhile
  std::size_t nobody = 0;               ///< plans for which no superior is there either
};

std::vector<Vacancy> find_vacancies(System& system) {
  const World& world = system.world();
  const rules::Date today = system.now().date;
  std::map<std::string, Vacancy> by_role;
  for (const workflows::Plan* plan : system.all_plans()) {
    if (plan->lifecycle.standing == workflows::Standing::cancelled ||
        plan->lifecycle.phase == workflows::Phase::closed)
      continue;
    const workflows::Policy& policy = world.policy(plan->policy_version);
    const workflows::PlanKind& kind = at(policy.plans, plan->kind);
    const workflows::EntityRef entity{kind.entity, plan->id.entity};
    for (const workflows::RoleId role : kind.in_charge) {
      const workflows::Team& team = world.team(plan->policy_version);
      if (!team.holders(role, entity, today).persons.empty()) continue;
      const rules::Role& declared = at(policy.rules->roles, role);
      Vacancy& vacancy = by_role[declared.name];
      vacancy.role = declared.title;
      vacancy.plans.push_back(plan->id.to_string());
      const workflows::Holders acting = team.acting(role, entity, today);
      if (acting.persons.empty()) {
        ++vacancy.nobody;
      } else {
        vacancy.stand_in.insert(at(policy.rules->roles, acting.role).title);
      }
    }
  }
  std::vector<Vacancy> vacancies;
  for (auto& [role, vacancy] : by_role)
    vacancies.push_back(std::move(vacancy));
  return vacancies;
}

/// What the file comes to: who begins, who ends, and what is then vacant.
struct Told {
  std::size_t assignments = 0;
  std::vector<std::string> begin = {};
  std::vector<std::string> end = {};
  std::vector<Vacancy> vacancies = {};
  bool applied = true;
};

Json to_json(const Told& told) {
  Json vacant = Json::array();
  for (const Vacancy& vacancy : told.vacancies) {
    vacant.push_back({{"role", vacancy.role},
                      {"plans", vacancy.plans},
                      {"stand_in", vacancy.stand_in},
                      {"without_anybody", vacancy.nobody}});
  }
  return {{"assignments", told.assignments},
          {"begin", told.begin},
          {"end", told.end},
          {"vacant", vacant},
          {"applied", told.applied}};
}

void print_some(const std::string& what, const std::vector<std::string>& lines, Session& session) {
  constexpr std::size_t most_shown = 20;
  if (lines.empty()) return;
  session.out << what << " (" << lines.size() << ")\n";
  for (std::size_t i = 0; i < std::min(lines.size(), most_shown); ++i)
    session.out << "  " << lines[i] << "\n";
  if (lines.size() > most_shown) session.out << "  y " << lines.size() - most_shown << " más\n";
}

void print_told(const Told& told, Session& session) {
  session.out << (told.applied            ? ""
                  : told.assignments == 1 ? "quedaría "
                                          : "quedarían ")
              << count_of(told.assignments, "asignación", "asignaciones") << "\n";
  print_some(told.applied ? "Empiezan" : "Empezarían", told.begin, session);
  print_some(told.applied ? "Terminan" : "Terminarían", told.end, session);
  for (const Vacancy& vacancy : told.vacancies) {
    session.out << "vacante hoy: " << vacancy.role << ", a cargo de "
                << count_of(vacancy.plans.size(), "plan", "planes") << " (" << vacancy.plans.front()
                << (vacancy.plans.size() > 1 ? "…" : "") << ")";
    if (!vacancy.stand_in.empty())
      session.out << "; actúa " << join({vacancy.stand_in.begin(), vacancy.stand_in.end()}, "o");
    if (vacancy.nobody > 0) session.out << "; en " << vacancy.nobody << " no hay nadie, ni superior";
    session.out << "\n";
  }
  if (!told.applied) say_only_shown(session);
}

/// Of two sorted lists, what only the first has.
std::vector<std::string> only_in(const std::vector<std::string>& these,
                                 const std::vector<std::string>& those) {
  std::vector<std::string> only;
  std::set_difference(these.begin(), these.end(), those.begin(), those.end(), std::back_inserter(only));
  return only;
}

int run(const Options& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto system = open_system(session);
  const ImportedPeople people = read_people(role_terms(system->world(), system->all_plans()), options.file,
                                            dialect_of(options.dialect));
  if (!people.errors.empty()) {
    print_data_errors(session, people.errors);
    return exit_unusable_data;
  }
  const std::vector<std::string> before = told_all(system->store().assignments());
  Told told;
  told.applied = !options.only_show;
  std::optional<Result<std::size_t>> assignments;
  const auto look = [&] {
    const std::vector<std::string> after = told_all(system->store().assignments());
    told.begin = only_in(after, before);
    told.end = only_in(before, after);
    told.vacancies = find_vacancies(*system);
  };
  if (options.only_show) {
    system->only_show([&] {
      assignments = system->import_people(people.rows, actor);
      if (*assignments) look();
    });
  } else {
    assignments = system->import_people(people.rows, actor);
    if (*assignments) look();
  }
  if (!*assignments)
    return report_refusal(*system, assignments->refusal(), system->current_version(), session);
  told.assignments = assignments->value();
  if (session.globals.json) {
    print_json(to_json(told), session);
  } else {
    print_told(told, session);
  }
  return exit_done;
}

}  // namespace

Command people_command() {
  return {"personas",
          "people",
          Group::system_setup,
          Access::writes,
          "carga quién tiene qué rol y dónde",
          "$ cauce personas personas.csv --como marta\n"
          "412 asignaciones",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
