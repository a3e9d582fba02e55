// cauce planes crear: the plans that should be there and are not.
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::optional<std::string> kind;
};

void take(Arguments& arguments, Options& options) {
  arguments.optional("CLASE", options.kind, "solo esta clase de plan");
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

int run(const Options& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto system = open_system(session);
  const auto made = system->create_plans(options.kind, actor, progress_bar(session, "Creando planes"));
  if (!made) return report_refusal(*system, made.refusal(), system->current_version(), session);
  const PlanCreation& creation = made.value();
  say_provisional(*system, session);
  if (session.globals.json) {
    print_json({{"created", creation.created},
                {"existing", creation.existing},
                {"by_kind", creation.by_kind},
                {"obligations", creation.obligations},
                {"without_due", creation.without_due}},
               session);
    return exit_done;
  }
  session.out << count_of(creation.created, "plan nuevo", "planes nuevos") << ", " << creation.existing
              << " ya existían; " << count_of(creation.obligations, "obligación", "obligaciones") << ", "
              << creation.without_due << " por fijar\n";
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
