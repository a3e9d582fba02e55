// cauce explica-código.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "dsl/diagnostic.hpp"
#include "engine/cli/cli_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

class ExplainCodeTest : public testing::Test {
 protected:
  CommandLineForTests cauce;
};

TEST_F(ExplainCodeTest, ACodeIsExplainedWithItsExampleWhatThatGivesAndItsMend) {
  const Outcome outcome = cauce({"explica-código", "e0103"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out, R"(error E0103: coma entre dos cifras

El decimal se escribe con punto, y la coma separa los valores de una lista. Como «0,5» puede ser un
número o dos, no se adivina: escriba «0.5», o deje un espacio después de la coma.

Así no:

    parámetro peso_mdm = 0,5

error E0103: una coma entre dos cifras no se entiende
 --> ejemplo.cauce:1:22
  |
1 | parámetro peso_mdm = 0,5
  |                      ^^^
  = ¿«0.5», o dos valores «0, 5»?

Así sí:

    parámetro peso_mdm = 0.5
)");
  EXPECT_EQ(cauce({"explain-code", "E0103"}).out, outcome.out);
}

TEST_F(ExplainCodeTest, WithoutACodeAllAreListedByFamily) {
  const Outcome outcome = cauce({"explica-código"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, StartsWith("Texto y gramática\n  E0101  el archivo no es UTF-8\n"));
  EXPECT_THAT(outcome.out, HasSubstr("\n\nAvisos\n  A1001  declaración que no se usa\n"));
  for (const dsl::Code code : dsl::all_codes())
    EXPECT_THAT(outcome.out, HasSubstr(std::string(dsl::code_id(code))));
  EXPECT_EQ(cauce({"explica-código", "--todos"}).out, outcome.out);
}

TEST_F(ExplainCodeTest, AsAPageAndAsJson) {
  EXPECT_THAT(cauce({"explica-código", "E0110", "--formato", "md"}).out,
              StartsWith("### E0110: «sino» en lugar de «si no»\n\nEl final de una condición"));
  EXPECT_THAT(cauce({"explica-código", "--todos", "--formato", "md"}).out, StartsWith("# Diagnósticos\n"));
  const json one = json::parse(cauce({"explica-código", "A1002", "--json"}).out).at("codes").at(0);
  EXPECT_EQ(one.at("code"), "A1002");
  EXPECT_EQ(one.at("severity"), "warning");
  EXPECT_EQ(one.at("family"), "avisos");
  EXPECT_EQ(json::parse(cauce({"explica-código", "--json"}).out).at("codes").size(), dsl::all_codes().size());
}

TEST_F(ExplainCodeTest, ACodeThatDoesNotExistIsWrongUsage) {
  const Outcome near = cauce({"explica-código", "E201"});
  EXPECT_EQ(near.code, 2);
  EXPECT_EQ(near.out, "");
  EXPECT_EQ(near.err, "error: no existe el código «E201»\n  ayuda: ¿quiso decir «E0201»?\n");
  EXPECT_THAT(cauce({"explica-código", "nada"}).err, HasSubstr("«cauce explica-código» los muestra todos"));
  EXPECT_EQ(cauce({"explica-código", "E0201", "--todos"}).code, 2);
  EXPECT_EQ(cauce({"explica-código", "--formato", "pdf"}).code, 2);
}

}  // namespace
}  // namespace cauce::engine::cli
