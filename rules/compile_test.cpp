#include "rules/compile.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "rules/policy_fixture.hpp"
#include "tests/project_folder.hpp"

namespace cauce::rules {
namespace {

using testing::compile_policy;
using testing::compile_text;
namespace fs = std::filesystem;

dsl::Sources reference_policy() {
  dsl::Sources sources;
  for (const auto& entry :
       fs::directory_iterator(fs::path(project_folder()) / "../shared/reference-policy")) {
    if (entry.path().extension() != ".cauce") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    sources.push_back({entry.path().filename().string(), {std::istreambuf_iterator<char>(file), {}}});
  }
  return sources;
}

/// The value of an expression in text, without any facts.
Value evaluate_text(const std::string& text, const Ruleset& rules) {
  const auto bound = testing::bind_text(text, Scope{}, rules);
  EXPECT_EQ(bound.said, "");
  if (!bound.expression) return Missing{};
  class : public Facts {
    Value value(std::uint32_t) const override { return Missing{}; }
  } const none;
  return evaluate(*bound.expression, none, {rules, *make_date(rules.vigencia, 1, 1)});
}

TEST(CompileReference, TheReferencePolicyHasNoMistakes) {
  const dsl::Sources sources = reference_policy();
  ASSERT_EQ(sources.size(), 8U);
  dsl::Diagnostics diagnostics;
  const auto tree = dsl::parse(sources, diagnostics);
  const CompiledRules compiled = compile_rules(tree, {}, diagnostics);
  EXPECT_EQ(testing::said(diagnostics, sources), "");
  EXPECT_TRUE(compiled.broken.empty());

  const Ruleset& rules = *compiled.rules;
  EXPECT_EQ(rules.program.title, "Acción territorial del DNP");
  EXPECT_EQ(rules.vigencia, 2024);
  EXPECT_EQ(rules.zone, "America/Bogota");
  EXPECT_EQ(rules.sources.size(), 7U);
  EXPECT_EQ(rules.parameters.size(), 2U);
  EXPECT_EQ(rules.roles.size(), 4U);
  EXPECT_EQ(rules.fronts.size(), 3U);
  EXPECT_EQ(rules.services.size(), 6U);
  EXPECT_EQ(evaluate_text("prioridad(39, no)", rules), Value(Decimal(100)));
  EXPECT_EQ(evaluate_text("prioridad(40, sí)", rules), Value(Decimal(80)));
  EXPECT_EQ(evaluate_text("prioridad(60.5, sí)", rules), Value(Decimal(0)));

  ASSERT_EQ(rules.entities.size(), 3U);
  EXPECT_EQ(rules.entities[2].name, "municipio");
  EXPECT_EQ(rules.entities[2].parent, EntityKindId{1});
  EXPECT_TRUE(rules.is_superior(*rules.find_role("dirección"), *rules.find_role("ENLACE_TERRITORIAL")));
  EXPECT_FALSE(rules.is_superior(*rules.find_role("enlace_territorial"), *rules.find_role("dirección")));

  ASSERT_EQ(rules.targetings.size(), 1U);
  const Targeting& targeting = rules.targetings.front();
  EXPECT_EQ(targeting.exclusions.size(), 2U);
  EXPECT_EQ(targeting.qualifications.size(), 3U);
  EXPECT_EQ(targeting.score.size(), 3U);
  EXPECT_EQ(targeting.total_quota, 400);
  ASSERT_EQ(targeting.quotas.size(), 1U);
  EXPECT_EQ(targeting.quotas[0].named.size(), 7U);
  EXPECT_EQ(targeting.quotas[0].each_other, 5);
  ASSERT_EQ(targeting.order.size(), 3U);
  EXPECT_TRUE(targeting.order[0].by_score);
  EXPECT_TRUE(targeting.order[1].descending);

  // Semana Santa, the moved holidays and the year's end of 2024.
  const Calendar& calendar = rules.calendar;
  EXPECT_FALSE(calendar.is_working_day(*make_date(2024, 3, 29)));
  EXPECT_FALSE(calendar.is_working_day(*make_date(2024, 6, 10)));
  EXPECT_TRUE(calendar.is_working_day(*make_date(2024, 6, 11)));
  EXPECT_FALSE(calendar.is_working_day(*make_date(2024, 12, 26)));
}

// One declaration is what all that cite it lack.
TEST(Compile, ASourceThatIsNotThereIsToldOnce) {
  std::string text;
  for (int i = 0; i < 300; ++i)
    text += "parámetro p" + std::to_string(i) + " = 1 según decreto\n";
  EXPECT_EQ(dsl::count(compile_text(text).diagnostics, dsl::Severity::error), 1U);
}

// Each search for what was meant goes through all names.
TEST(Compile, WhatWasMeantIsLookedForAfterTheFirstMistakesOnly) {
  const auto suggested = [](const std::string& declared, const std::string& before,
                            const std::string& after) {
    std::string text = declared;
    for (int i = 0; i < 300; ++i)
      text += before + std::to_string(i) + after;
    const auto compiled = compile_text(text);
    EXPECT_EQ(dsl::count(compiled.diagnostics, dsl::Severity::error), 300U);
    return std::count_if(
        compiled.diagnostics.begin(), compiled.diagnostics.end(),
        [](const dsl::Diagnostic& diagnostic) { return diagnostic.replacement.has_value(); });
  };
  EXPECT_EQ(suggested("fuente decreto \"Decreto 1\"\n", "parámetro p", " = 1 según decrto\n"), 200);
  EXPECT_EQ(suggested("rol enlace por nación\n", "rol r", " por nación bajo enlce\n"), 200);
  EXPECT_EQ(suggested("parámetro umbral = 1\n", "tabla t",
                      "(x: número): número decide la primera fila {\n| x | => |\n| - | umbrl |\n}\n"),
            200);
}

}  // namespace
}  // namespace cauce::rules
