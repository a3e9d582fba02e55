// cauce publicar: a new version of the policy.
#include <map>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/published_policy.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string path;
  bool only_show = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.path, "la carpeta o el archivo de la política");
  take_only_show(arguments, options.only_show);
}

/// What differs between the texts: `pat.cauce cambia`, `alertas.cauce es nuevo`. From wherever they were
/// read.
std::vector<std::string> changed_files(const dsl::Sources& before, const dsl::Sources& after) {
  std::map<std::string, std::string> old;
  for (const dsl::SourceFile& file : before)
    old[name_in_policy(file.name)] = file.text;
  std::vector<std::string> changes;
  for (const dsl::SourceFile& file : after) {
    const auto found = old.find(name_in_policy(file.name));
    if (found == old.end()) {
      changes.push_back(name_in_policy(file.name) + " es nuevo");
      continue;
    }
    if (!is_same_text(found->second, file.text)) changes.push_back(name_in_policy(file.name) + " cambia");
    old.erase(found);
  }
  for (const auto& [name, text] : old)
    changes.push_back(name + " ya no está");
  return changes;
}

/// What was, or would be, published.
struct Told {
  PolicyVersion before = 0;
  PolicyVersion version = 0;
  std::vector<std::string> files;  ///< what differs
  std::size_t plans = 0;           ///< that go on under the version that they have
  bool applied = true;

  bool changed() const { return version != before; }
};

void print_told(const Told& told, Session& session) {
  if (!told.changed()) {
    session.out << "es la misma política que la versión " << told.before
                << ", que está en vigor; no se hizo nada\n";
    return;
  }
  if (told.applied) {
    session.out << "política publicada: versión " << told.version
                << "; los planes que ya existen siguen con la suya\n";
    return;
  }
  session.out << "se publicaría como versión " << told.version << "; "
              << count_of(told.plans, "plan seguiría con la suya", "planes seguirían con la suya") << "\n";
  for (const std::string& file : told.files)
    session.out << "  " << file << "\n";
  say_only_shown(session);
  say_note(session, "qué cambia para las entidades y los plazos lo dice «cauce comparar»");
}

int run(const Options& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto loaded = load_policy(session, {options.path});
  if (!loaded) return exit_refused;
  const auto system = open_system(session);
  Told told;
  told.before = system->current_version();
  told.files = changed_files(sources_of(*system, told.before), loaded->sources);
  told.plans = system->store().plan_ids().size();
  told.applied = !options.only_show;
  const auto publish = [&] { return system->publish(loaded->sources, loaded->compiled, actor); };
  std::optional<Result<PolicyVersion>> version;
  if (options.only_show) {
    system->only_show([&] { version = publish(); });
  } else {
    version = publish();
  }
  if (!*version) return report_refusal(version->refusal(), loaded->sources, session);
  told.version = version->value();
  if (session.globals.json) {
    print_json({{"policy_version", told.version},
                {"changed", told.changed()},
                {"files", told.files},
                {"plans", told.plans},
                {"applied", told.applied}},
               session);
  } else {
    print_told(told, session);
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
