// What `buscar` prints.
#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/cli/cli_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class SearchCommandTest : public testing::Test {
 protected:
  SearchCommandTest() {
    EXPECT_EQ(on_base({"iniciar", folder.path(), "--datos", folder.path(), "--personas",
                       folder / "personas.csv", "--administrador", "dora"})
                  .code,
              0);
    cauce.set_time("2024-03-04T09:00");
    EXPECT_EQ(on_base({"reportar", "PAT/05001/2024", "informe", "2024-02", "--campo", "actividades=4",
                       "--campo", "resumen=Rendición de cuentas en Medellín", "--como", "ana"})
                  .code,
              0);
    EXPECT_EQ(on_base({"devolver", "PAT/05001/2024", "informe", "2024-02", "--motivo", "Sin rendicion",
                       "--como", "carla"})
                  .code,
              0);
  }

  Outcome on_base(std::vector<std::string> words) {
    words.insert(words.end(), {"--base", folder.base()});
    return cauce(words);
  }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
};

TEST_F(SearchCommandTest, SaysWhoWroteItWhereAndWhen) {
  const Outcome found = on_base({"buscar", "RENDICION", "cuentas"});
  EXPECT_EQ(found.out,
            "PAT/05001/2024  Medellín  2024-03-04  Ana Pérez\n"
            "  reporte «informe», febrero de 2024, resumen\n"
            "    [Rendición] de [cuentas] en Medellín\n");
  const json hits = json::parse(on_base({"buscar", "rendición", "--en", "motivos", "--json"}).out);
  EXPECT_EQ(hits.at("total"), 1);
  EXPECT_EQ(hits.at("hits").at(0).at("text"), "Sin rendicion");
  EXPECT_EQ(hits.at("hits").at(0).at("person"), "carla");
  EXPECT_EQ(hits.at("hits").at(0).at("snippet"),
            json::parse(R"([{"text": "Sin ", "found": false}, {"text": "rendicion", "found": true}])"));
}

TEST_F(SearchCommandTest, WhatHasNoFieldsOfItsOwnIsNamedOnce) {
  on_base({"completar", "PAT/05001/2024", "lecciones", "--campo", "texto=Hablar con el concejo", "--como",
           "ana"});
  EXPECT_THAT(on_base({"buscar", "concejo"}).out, HasSubstr("\n  componente «lecciones»\n"));
}

TEST_F(SearchCommandTest, SaysThatThereIsNothingOrMore) {
  EXPECT_THAT(on_base({"buscar", "acueducto"}).err, HasSubstr("nada de lo escrito tiene «acueducto»"));
  EXPECT_THAT(on_base({"buscar", "rendicion", "--primeros", "1"}).err, HasSubstr("se muestran 1 de 2"));
  EXPECT_EQ(on_base({"buscar", "* -"}).code, 2);
  EXPECT_EQ(on_base({"buscar", "x", "--en", "todo"}).code, 2);
  EXPECT_EQ(on_base({"buscar", "x", "--primeros", "0"}).code, 2);
}

TEST_F(SearchCommandTest, AnAuditAgreesAfterwards) {
  on_base({"buscar", "rendicion"});
  EXPECT_EQ(on_base({"auditar", "--reconstruir"}).code, 0);
}

}  // namespace
}  // namespace cauce::engine::cli
