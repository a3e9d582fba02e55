// cauce publicar: a new version of the policy.
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string path;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.path, "la carpeta o el archivo de la política");
}

int run(const Options& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto loaded = load_policy(session, {options.path});
  if (!loaded) return exit_refused;
  const auto system = open_system(session);
  const PolicyVersion before = system->current_version();
  const auto version = system->publish(loaded->sources, loaded->compiled, actor);
  if (!version) return report_refusal(version.refusal(), loaded->sources, session);
  const bool changed = version.value() != before;
  if (session.globals.json) {
    print_json({{"policy_version", version.value()}, {"changed", changed}}, session);
  } else if (changed) {
    session.out << "política publicada: versión " << version.value()
                << "; los planes que ya existen siguen con la suya\n";
  } else {
    session.out << "es la misma política que la versión " << before
                << ", que está en vigor; no se hizo nada\n";
  }
  return exit_done;
}

}  // namespace

Command publish_command() {
  return {"publicar",
          "publish",
          Group::system_setup,
          Access::writes,
          "publica una nueva versión de la política",
          "$ cauce publicar politica/ --como marta\n"
          "política publicada: versión 2; los planes que ya existen siguen con la suya",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
