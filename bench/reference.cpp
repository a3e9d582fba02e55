#include "bench/reference.hpp"

#include <filesystem>
#include <stdexcept>

#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"
#include "rules/targeting.hpp"
#include "tests/project_folder.hpp"

namespace cauce::bench {
namespace {

namespace fs = std::filesystem;

const engine::FolderForTests& folder() {
  static const engine::FolderForTests made;
  return made;
}

template <typename T>
T granted(engine::Result<T> result) {
  if (!result) throw std::runtime_error(result.refusal().message);
  return std::move(result.value());
}

void set_up(engine::System& system) {
  const engine::Actor actor{"admin", true};
  const Reference& from = reference();
  system.together([&] {
    granted(system.publish(from.sources, from.compiled, actor));
    granted(system.import_entities(from.data.territory, actor));
    granted(system.import_people(everybody(from.rules(), from.data.territory), actor));
    for (const rules::Targeting& targeting : from.rules().targetings) {
      const auto selection = rules::select(targeting, from.rules(), from.data.territory, system.now().date);
      granted(system.apply_selection(targeting.name, selection, "banco de pruebas", actor));
    }
    granted(system.create_plans(std::nullopt, actor));
  });
}

}  // namespace

std::vector<engine::PersonRow> everybody(const rules::Ruleset& rules, const rules::Territory& territory) {
  std::vector<engine::PersonRow> people = {{"admin", "Administra", "admin@example.org", "dirección", ""}};
  for (const rules::Role& role : rules.roles) {
    for (const rules::EntityKindId kind : role.scopes) {
      for (std::uint32_t row = 0; row < territory.of(kind).size(); ++row) {
        const std::string key = territory.key_of(rules, kind, row);
        const std::string person = role.key + "-" + std::to_string(people.size());
        people.push_back({person, "Persona " + key, person + "@example.org", role.name, key});
      }
    }
  }
  return people;
}

const Reference& reference() {
  static const Reference read = [] {
    const std::string shared = project_folder() + "/../shared";
    Reference made;
    made.sources = engine::read_policy({shared + "/reference-policy"});
    made.compiled = workflows::compile(made.sources);
    if (!made.compiled.ok()) throw std::runtime_error("the reference policy has mistakes");
    made.data = engine::read_entities(made.rules(), {shared + "/data"});
    if (!made.data.errors.empty()) throw std::runtime_error(engine::render(made.data.errors.front()));
    return made;
  }();
  return read;
}

const std::string& reference_database() {
  static const std::string path = [] {
    const std::string made = folder() / "referencia.db";
    set_up(*engine::System::create(made, false, clock_at("2024-01-15T09:00")));
    return made;
  }();
  return path;
}

std::string copy_of_reference_database() {
  static int copies = 0;
  const std::string copy = folder() / ("copia" + std::to_string(++copies) + ".db");
  fs::copy_file(reference_database(), copy);
  return copy;
}

std::shared_ptr<engine::ManualClock> clock_at(const std::string& local) {
  return std::make_shared<engine::ManualClock>(engine::parse_instant(local, "America/Bogota").value());
}

}  // namespace cauce::bench
