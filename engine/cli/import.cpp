// cauce importar: the data of the territory.
#include "engine/import.hpp"

#include <algorithm>
#include <map>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/data_output.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  DataOptions data;
  bool only_show = false;
};

void take(Arguments& arguments, Options& options) {
  take_data_options(arguments, options.data, true);
  take_only_show(arguments, options.only_show);
}

// --- What an import would change
// ------------------------------------------------------------------------------

using Entities = std::map<std::pair<std::string, std::string>, EntityRecord>;  ///< by kind and key

Entities by_key(std::vector<EntityRecord> records) {
  Entities entities;
  for (EntityRecord& record : records) {
    std::pair<std::string, std::string> key{record.kind, record.key};
    entities.emplace(std::move(key), std::move(record));
  }
  return entities;
}

std::string cell_text(const Json& cell) {
  if (cell.is_null()) return "sin dato";
  if (cell.is_boolean()) return cell.get<bool>() ? "sí" : "no";
  return cell.is_string() ? cell.get<std::string>() : cell.dump();
}

/// `mdm: 40 → 41.5; pdet: sin dato → sí`
std::string changes_of(const EntityRecord& before, const EntityRecord& after) {
  std::vector<std::string> changes;
  if (before.parent != after.parent)
    changes.push_back("pasa de " + quote(before.parent) + " a " + quote(after.parent));
  const Json old_fields = Json::parse(before.fields);
  const Json new_fields = Json::parse(after.fields);
  for (const auto& [field, cell] : new_fields.items()) {
    const Json old = old_fields.value(field, Json());
    if (old != cell) changes.push_back(field + ": " + cell_text(old) + " → " + cell_text(cell));
  }
  std::string text;
  for (const std::string& change : changes)
    text += (text.empty() ? "" : "; ") + change;
  return text;
}

struct EntityChange {
  std::string entity;  ///< `municipio 05001`
  std::string what;    ///< `nueva`, or what changes
};

std::vector<EntityChange> find_changes(const Entities& before, const Entities& after) {
  std::vector<EntityChange> changes;
  for (const auto& [key, record] : after) {
    const std::string entity = key.first + " " + key.second;
    const auto old = before.find(key);
    if (old == before.end()) {
      changes.push_back({entity, "nueva"});
    } else if (old->second.sequence != record.sequence) {
      changes.push_back({entity, changes_of(old->second, record)});
    }
  }
  return changes;
}

int show(const ImportedData& data, System& system, const Actor& actor, Session& session) {
  const Entities before = by_key(system.store().entities());
  Entities after;
  std::optional<Result<std::size_t>> changed;
  system.only_show([&] {
    changed = system.import_entities(data.territory, actor);
    after = by_key(system.store().entities());
  });
  if (!*changed) return report_refusal(system, changed->refusal(), system.current_version(), session);
  const std::vector<EntityChange> changes = find_changes(before, after);
  if (session.globals.json) {
    Json list = Json::array();
    for (const EntityChange& change : changes)
      list.push_back({{"entity", change.entity}, {"what", change.what}});
    print_json({{"changed", changed->value()},
                {"data", data_json(data.summaries)},
                {"applied", false},
                {"changes", list}},
               session);
    return exit_done;
  }
  constexpr std::size_t most_shown = 40;
  session.out << count_of(changed->value(), "entidad sería nueva o cambiaría",
                          "entidades serían nuevas o cambiarían")
              << "\n";
  for (std::size_t i = 0; i < std::min(changes.size(), most_shown); ++i)
    session.out << "  " << changes[i].entity << ": " << changes[i].what << "\n";
  if (changes.size() > most_shown)
    session.out << "  y " << changes.size() - most_shown << " más; «--json» las da todas\n";
  session.out << "\n";
  print_missing(data.summaries, session);
  say_only_shown(session);
  return exit_done;
}

int run(const Options& options, Session& session) {
  const Actor actor = actor_of(session);
  const auto system = open_system(session);
  const auto policy = system->policy(system->current_version());
  const auto data = load_data(session, *policy->rules, options.data, &system->world().territory());
  if (!data) return exit_unusable_data;
  if (options.only_show) return show(*data, *system, actor, session);
  const auto changed = system->import_entities(data->territory, actor);
  if (!changed) return report_refusal(*system, changed.refusal(), system->current_version(), session);
  if (session.globals.json) {
    print_json({{"changed", changed.value()}, {"data", data_json(data->summaries)}, {"applied", true}},
               session);
  } else {
    session.out << count_of(changed.value(), "entidad nueva o cambiada", "entidades nuevas o cambiadas")
                << "\n\n";
    print_missing(data->summaries, session);
  }
  return exit_done;
}

}  // namespace

Command import_command() {
  return {"importar",
          "import",
          Group::system_setup,
          Access::writes,
          "agrega o cambia los datos del territorio; todo o nada",
          "$ cauce importar --datos datos/ --como marta\n"
          "14 entidades nuevas o cambiadas\n"
          "\n"
          "Entidad    Campo  Sin dato    De      %\n"
          "municipio  mdm          21  1122  1.9 %",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
