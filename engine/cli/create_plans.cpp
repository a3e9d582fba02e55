// cauce planes crear: the plans that should be there and are not.
#include <algorithm>
#include <iterator>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::optional<std::string> kind;
  bool only_show = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.optional("CLASE", options.kind, "solo esta clase de plan");
  take_only_show(arguments, options.only_show);
}

/// Plans made for a selection that may still change are known to be so.
void say_provisional(System& system, Session& session) {
  const auto policy = system.policy(system.current_version());
  for (const rules::Targeting& targeting : policy->rules->targetings) {
    const auto selection = system.store().selection(targeting.key);
    if (!selection || !selection->provisional) continue;
    say_note(session,
             "la selección " + quote(targeting.name) + " es provisional (" + selection->reason + ")");
  }
}

struct Told {
  PlanCreation creation;
  std::vector<std::string> made;  ///< ids of the new plans, where they were not made but shown
  bool applied = true;
};

void print_told(const Told& told, Session& session) {
  const PlanCreation& creation = told.creation;
  if (session.globals.json) {
    Json json = {{"created", creation.created},         {"existing", creation.existing},
                 {"by_kind", creation.by_kind},         {"obligations", creation.obligations},
                 {"without_due", creation.without_due}, {"applied", told.applied}};
    if (!told.applied) json["plans"] = told.made;
    print_json(json, session);
    return;
  }
  session.out << (told.applied            ? ""
                  : creation.created == 1 ? "se crearía "
                                          : "se crearían ")
              << count_of(creation.created, "plan nuevo", "planes nuevos") << ", "
              << count_of(creation.existing, "ya existía", "ya existían") << "; "
              << count_of(creation.obligations, "obligación", "obligaciones") << ", " << creation.without_due
              << " por fijar\n";
  if (told.applied) return;
  constexpr std::size_t most_shown = 40;
  for (std::size_t i = 0; i < std::min(told.made.size(), most_shown); ++i)
    session.out << "  " << told.made[i] << "\n";
  if (told.made.size() > most_shown)
    session.out << "  y " << told.made.size() - most_shown << " más; «--json» los da todos\n";
  say_only_shown(session);
}

int run(const Options& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto system = open_system(session);
  Told told;
  told.applied = !options.only_show;
  std::optional<Result<PlanCreation>> made;
  const auto make = [&] {
    made = system->create_plans(options.kind, actor, progress_bar(session, "Creando planes"));
  };
  if (options.only_show) {
    const std::vector<std::string> before = system->store().plan_ids();
    system->only_show([&] {
      make();
      const std::vector<std::string> after = system->store().plan_ids();
      std::set_difference(after.begin(), after.end(), before.begin(), before.end(),
                          std::back_inserter(told.made));
    });
  } else {
    make();
  }
  if (!*made) return report_refusal(*system, made->refusal(), system->current_version(), session);
  told.creation = made->value();
  say_provisional(*system, session);
  print_told(told, session);
  return exit_done;
}

}  // namespace

Command create_plans_command() {
  return {"planes crear",
          "plans create",
          Group::system_setup,
          Access::writes,
          "crea los planes que faltan",
          "$ cauce planes crear PAT --como marta\n"
          "12 planes nuevos, 388 ya existían; 312 obligaciones, 12 por fijar",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
