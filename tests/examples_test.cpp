// The policies that people start from, and the reference policy on real data where it is at hand: they
// compile without a word, and their selections are those that an independent computation gave (by hand over
// the CSV files).
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dsl/diagnostic.hpp"
#include "dsl/format.hpp"
#include "engine/cli/run.hpp"
#include "engine/import.hpp"
#include "engine/people_file.hpp"
#include "engine/policy_files.hpp"
#include "rules/targeting.hpp"
#include "tests/project_folder.hpp"
#include "workflows/compile.hpp"

namespace cauce {
namespace {

namespace fs = std::filesystem;
using rules::TargetStatus;
using testing::ElementsAre;

const fs::path example = fs::path(project_folder()) / "examples/acompanamiento";
const fs::path shared = fs::path(project_folder()) / "../shared";

workflows::Compiled compile_quietly(const fs::path& folder) {
  const dsl::Sources sources = engine::read_policy({folder.string()});
  workflows::Compiled compiled = workflows::compile(sources);
  std::string said;
  for (const dsl::Diagnostic& diagnostic : compiled.diagnostics) {
    said += dsl::render(diagnostic, sources);
  }
  EXPECT_EQ(said, "");
  return compiled;
}

std::string render_all(const engine::DataErrors& errors) {
  std::string text;
  for (const engine::DataError& error : errors) {
    text += engine::render(error) + "\n";
  }
  return text;
}

/// A selection with its keys by status, best first where there is an order.
struct Selected {
  rules::Selection selection;
  std::map<TargetStatus, std::vector<std::string>> keys;
  std::map<std::string, int> by_region;  ///< of the selected
};

Selected select(const workflows::Compiled& compiled, const rules::Territory& territory,
                std::string_view name) {
  const rules::Ruleset& rules = *compiled.policy->rules;
  const rules::Targeting& targeting = rules::at(rules.targetings, rules.find_targeting(name).value());
  const rules::EntityKindId region = rules.find_entity("región").value();

  Selected selected{
      .selection = rules::select(targeting, rules, territory, *rules::make_date(rules.vigencia, 1, 1)),
      .keys = {},
      .by_region = {}};
  for (const rules::TargetResult& result : selected.selection.results) {
    selected.keys[result.status].push_back(territory.key_of(rules, targeting.entity, result.row));
    if (result.status == TargetStatus::selected) {
      const auto row = territory.ancestor(rules, targeting.entity, result.row, region);
      ++selected.by_region[territory.key_of(rules, region, row)];
    }
  }
  for (auto& [status, keys] : selected.keys) {
    std::sort(keys.begin(), keys.end());
  }
  return selected;
}

TEST(Example, CompilesWithoutAWord) {
  const workflows::Compiled compiled = compile_quietly(example);
  EXPECT_EQ(compiled.policy->plans.size(), 3U);
  EXPECT_EQ(compiled.policy->ladders.size(), 2U);
}

/// What `cauce probar` prints, and 0 if all passes.
struct Tested {
  int code = 0;
  std::string out;
};
Tested run_tests_of(const fs::path& folder) {
  const engine::cli::Environment environment{[](const std::string&) { return std::nullopt; },
                                             std::make_shared<engine::SystemClock>()};
  std::ostringstream out;
  std::ostringstream err;
  const int code = engine::cli::run({"probar", folder.string()}, out, err, environment);
  return {code, out.str() + err.str()};
}

TEST(Example, PassesItsOwnTests) {
  const Tested tested = run_tests_of(example);
  EXPECT_EQ(tested.code, 0) << tested.out;
  EXPECT_THAT(tested.out, testing::HasSubstr(" pruebas pasan\n"));
}

TEST(Example, IsInItsCanonicalForm) {
  const dsl::Sources sources = engine::read_policy({example.string()});
  dsl::Diagnostics diagnostics;
  const auto texts = dsl::format(sources, diagnostics);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    EXPECT_EQ(texts[i], sources[i].text) << "mend it with: cauce formatear " << sources[i].name;
  }
}

TEST(Example, SelectsTheMunicipalitiesThatItShould) {
  const workflows::Compiled compiled = compile_quietly(example);
  const engine::ImportedData data = engine::read_entities(*compiled.policy->rules, {example.string()});
  ASSERT_EQ(render_all(data.errors), "");
  Selected selected = select(compiled, data.territory, "municipios");

  EXPECT_THAT(
      selected.keys[TargetStatus::selected],
      ElementsAre("05120", "05837", "13244", "15238", "18592", "19142", "19698", "20013", "23466", "27001",
                  "27361", "41551", "44001", "47189", "52356", "54498", "54810", "63272", "66572", "73168",
                  "81001", "85250", "86568", "88564", "94001", "95001", "95025", "99001"));
  EXPECT_THAT(selected.keys[TargetStatus::waitlisted],
              ElementsAre("05172", "13430", "50370", "70708", "76834", "81794", "86001", "99773"));
  EXPECT_THAT(selected.keys[TargetStatus::undetermined],
              ElementsAre("17541", "27205", "44847", "91001", "97001"));
  EXPECT_EQ(selected.keys[TargetStatus::excluded].size(), 13U);
  EXPECT_EQ(selected.keys[TargetStatus::ineligible].size(), 8U);
  EXPECT_TRUE(selected.selection.provisional);
}

TEST(Example, SelectsTheGovernorshipsThatItShould) {
  const workflows::Compiled compiled = compile_quietly(example);
  const engine::ImportedData data = engine::read_entities(*compiled.policy->rules, {example.string()});
  Selected selected = select(compiled, data.territory, "gobernaciones");

  EXPECT_THAT(selected.keys[TargetStatus::selected],
              ElementsAre("13", "19", "27", "41", "54", "63", "86", "88", "99"));
  EXPECT_FALSE(selected.selection.provisional);
}

TEST(Example, ItsPeopleCoverTheTerritoryButForOneVacancy) {
  const workflows::Compiled compiled = compile_quietly(example);
  const rules::Ruleset& rules = *compiled.policy->rules;
  const engine::ImportedData data = engine::read_entities(rules, {example.string()});
  const engine::ImportedPeople people =
      engine::read_people({{rules, data.territory}}, (example / "personas.csv").string());
  ASSERT_EQ(render_all(people.errors), "");

  const rules::EntityKindId municipality = rules.find_entity("municipio").value();
  std::vector<std::string> vacant;
  for (std::uint32_t row = 0; row < data.territory.of(municipality).size(); ++row) {
    const std::string key = data.territory.key_of(rules, municipality, row);
    const bool held = std::any_of(people.rows.begin(), people.rows.end(),
                                  [&](const engine::PersonRow& person) { return person.entity == key; });
    if (!held) {
      vacant.push_back(key);
    }
  }
  EXPECT_THAT(vacant, ElementsAre("99001"));
}

class ReferencePolicy : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(shared / "reference-policy")) {
      GTEST_SKIP() << "no shared data beside the repository";
    }
  }
};

TEST_F(ReferencePolicy, CompilesWithoutErrors) {
  const dsl::Sources sources = engine::read_policy({(shared / "reference-policy").string()});
  std::string errors;
  for (const dsl::Diagnostic& diagnostic : workflows::compile(sources).diagnostics) {
    if (dsl::severity_of(diagnostic.code) == dsl::Severity::error) {
      errors += dsl::render(diagnostic, sources);
    }
  }
  EXPECT_EQ(errors, "");
}

TEST_F(ReferencePolicy, PassesItsOwnTests) {
  const Tested tested = run_tests_of(shared / "reference-policy");
  EXPECT_EQ(tested.code, 0);
  EXPECT_EQ(tested.out,
            "✓ Quién entra y quién no\n"
            "✓ La razón de una exclusión se dice\n"
            "✓ Los plazos caen en día hábil\n"
            "✓ Un plan devuelto vuelve a borrador y se alerta su retraso\n"
            "4 pruebas pasan\n");
}

TEST_F(ReferencePolicy, SelectsFourHundredOfTheRealMunicipalities) {
  const workflows::Compiled compiled =
      workflows::compile(engine::read_policy({(shared / "reference-policy").string()}));
  const engine::ImportedData data =
      engine::read_entities(*compiled.policy->rules, {(shared / "data").string()});
  ASSERT_EQ(render_all(data.errors), "");
  Selected selected = select(compiled, data.territory, "municipios");

  EXPECT_EQ(selected.keys[TargetStatus::selected].size(), 400U);
  EXPECT_EQ(selected.keys[TargetStatus::waitlisted].size(), 417U);
  EXPECT_EQ(selected.keys[TargetStatus::ineligible].size(), 232U);
  EXPECT_EQ(selected.keys[TargetStatus::excluded].size(), 71U);
  EXPECT_THAT(selected.keys[TargetStatus::undetermined], ElementsAre("27493", "94343"));
  EXPECT_THAT(selected.by_region,
              ElementsAre(std::pair("Amazonía", 25), std::pair("Orinoquía", 20), std::pair("RAP Caribe", 104),
                          std::pair("RAP Eje y Antioquía", 55), std::pair("RAP Pacífico", 75),
                          std::pair("Región Central", 75), std::pair("Región Santanderes", 45),
                          std::pair("San Andrés", 1)));
  // The very same four hundred: the sum of their codes.
  long long sum = 0;
  for (const std::string& key : selected.keys[TargetStatus::selected]) {
    sum += std::stoll(key);
  }
  EXPECT_EQ(sum, 15'678'720);
}

}  // namespace
}  // namespace cauce
