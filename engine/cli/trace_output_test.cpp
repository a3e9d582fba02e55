#include "engine/cli/trace_output.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "rules/scope.hpp"
#include "workflows/compile.hpp"

namespace cauce::engine::cli {
namespace {

constexpr const char* policy = R"(
programa prueba { vigencia 2025 zona "America/Bogota" calendario oficial }
calendario oficial { hábil lunes a viernes }
rol central por nación { administra publicar, asignar }
entidad municipio { campo código: texto clave  campo mdm: número  campo pdet: sí o no }
parámetro umbral = 55, 60 desde 1 de julio de 2025
tabla prioridad(mdm: número, pdet: sí o no): número decide la única fila {
  | mdm   | pdet | => |
  | <  40 | -    | 10 |
  | >= 40 | sí   | 5  |
}
focalización municipios de municipio {
  califica si prioridad(mdm, pdet) > 5
    o mdm < umbral  # el de la fecha
}
)";

/// Facts by field: código, mdm, pdet.
class Known : public rules::Facts {
 public:
  explicit Known(std::vector<rules::Value> values) : values_(std::move(values)) {}
  rules::Value value(std::uint32_t slot) const override { return values_.at(slot); }

 private:
  std::vector<rules::Value> values_;
};

class TraceOutputTest : public testing::Test {
 protected:
  TraceOutputTest() { compiled = workflows::compile(sources); }

  /// Evaluates the first clause of the focalización.
  void evaluate(std::vector<rules::Value> values, int month) {
    const auto& condition = compiled.policy->rules->targetings.at(0).qualifications.at(0).condition;
    notes = {};
    notes.keep_trace = true;
    rules::evaluate(condition, Known(std::move(values)),
                    {*compiled.policy->rules, *rules::make_date(2025, month, 1), &notes});
  }
  std::string text() const { return trace_text(notes.trace, *compiled.policy->rules, sources, 2); }

  dsl::Sources sources = {{"politica/prueba.cauce", policy}};
  workflows::Compiled compiled;
  rules::EvaluationNotes notes;
};

TEST_F(TraceOutputTest, TellsRowsAndTheParameterInForce) {
  ASSERT_TRUE(compiled.ok());
  evaluate({"05001", rules::Decimal(58), true}, 8);
  EXPECT_EQ(text(),
            "  prioridad(mdm, pdet) > 5 o mdm < umbral → sí\n"
            "    prioridad(mdm, pdet) > 5 → no\n"
            "      prioridad(mdm, pdet) → 5\n"
            "        mdm → 58\n"
            "        pdet → sí\n"
            "        fila 2 de prioridad: | >= 40 | sí | 5 | → 5  (prueba.cauce:10)\n"
            "    mdm < umbral → sí\n"
            "      mdm → 58\n"
            "      umbral → 60  (desde el 1 de julio de 2025, prueba.cauce:6)\n");
  evaluate({"05001", rules::Decimal(58), true}, 3);
  EXPECT_THAT(text(), testing::HasSubstr("      umbral → 55  (prueba.cauce:6)\n"));
}

TEST_F(TraceOutputTest, TellsWhatIsMissingAndWhatWentWrong) {
  evaluate({"05001", rules::Missing(), rules::Missing()}, 3);
  EXPECT_THAT(text(), testing::HasSubstr("        mdm → sin dato  (falta)\n        pdet → sin dato  (falta)\n"
                                         "    mdm < umbral → sin dato\n"));
  evaluate({"05001", rules::Decimal(40), false}, 3);
  EXPECT_THAT(text(), testing::HasSubstr("      prioridad(mdm, pdet) → sin dato  (ninguna fila de la tabla "
                                         "«prioridad» corresponde a los datos)\n"));
}

TEST_F(TraceOutputTest, JsonHasEveryStepWithItsPlace) {
  evaluate({"05001", rules::Decimal(58), true}, 8);
  const Json json = trace_json(notes.trace, *compiled.policy->rules, sources);
  ASSERT_EQ(json.size(), notes.trace.size());
  EXPECT_EQ(json.at(0), Json::parse(R"({"text": "prioridad(mdm, pdet) > 5 o mdm < umbral", "value": true,
    "depth": 0, "kind": "expression", "file": "politica/prueba.cauce", "line": 13})"));
  EXPECT_EQ(json.at(5),
            Json::parse(R"({"text": "| >= 40 | sí | 5 |", "value": "5", "depth": 3, "kind": "table_row",
    "file": "politica/prueba.cauce", "line": 10, "table": "prioridad", "row": 2})"));
  EXPECT_EQ(json.back(), Json::parse(R"({"text": "umbral", "value": "60", "depth": 2, "kind": "parameter",
    "file": "politica/prueba.cauce", "line": 6, "from": "2025-07-01"})"));
}

TEST_F(TraceOutputTest, ALongTraceIsCutForPeopleOnly) {
  evaluate({"05001", rules::Decimal(58), true}, 8);
  notes.trace.assign(1000, notes.trace.front());
  EXPECT_THAT(text(), testing::EndsWith("  … y 700 pasos más\n"));
  EXPECT_EQ(trace_json(notes.trace, *compiled.policy->rules, sources).size(), 1000U);
}

}  // namespace
}  // namespace cauce::engine::cli
