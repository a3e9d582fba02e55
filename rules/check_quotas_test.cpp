#include "rules/check_quotas.hpp"

#include <gtest/gtest.h>

#include "rules/policy_fixture.hpp"

namespace cauce::rules {
namespace {

/// What the check says of the clauses of a focalización: `E0504 [clause] message; help` …
std::string said_of(const std::string& clauses) {
  auto compiled = testing::compile_text(R"(
    entidad región { campo nombre: texto clave }
    entidad municipio en región {
      campo código: texto clave
      campo categoría: uno de {alta, media, baja}
    }
    focalización f de municipio { )" + clauses +
                                        " }");
  EXPECT_EQ(compiled.said, "");
  check_quotas(compiled.rules(), compiled.diagnostics);
  dsl::sort_diagnostics(compiled.diagnostics);
  return testing::said(compiled.diagnostics, compiled.sources);
}

TEST(CheckQuotas, AMinimumAboveTheQuotaOfItsGroup) {
  EXPECT_EQ(said_of("cupo por región { \"Caribe\": 2, \"Andes\": 3 } mínimo 3 por región"),
            "E0504 [mínimo 3 por región] el mínimo por región es 3, y el cupo de «Caribe» es 2; suba el "
            "cupo, o baje "
            "el mínimo (el cupo se declaró aquí: [cupo por región { \"Caribe\": 2, \"Andes\": 3 }])\n");
  EXPECT_EQ(
      said_of("cupo por región { \"Caribe\": 3, cada una de las otras: 2 } mínimo 3 por región"),
      "E0504 [mínimo 3 por región] el mínimo por región es 3, y el cupo de cada una de las otras es 2; suba "
      "el "
      "cupo, o baje el mínimo (el cupo se declaró aquí: [cupo por región { \"Caribe\": 3, cada una de las "
      "otras: 2 }])\n");
  EXPECT_EQ(
      said_of("cupo por región { las otras juntas: 2 } mínimo 3 por región"),
      "E0504 [mínimo 3 por región] el mínimo por región es 3, y el cupo de las otras juntas es 2; suba el "
      "cupo, o baje el mínimo (el cupo se declaró aquí: [cupo por región { las otras juntas: 2 }])\n");
}

TEST(CheckQuotas, MinimumsAboveTheWholeQuota) {
  EXPECT_EQ(
      said_of("cupo 5 mínimo 6 por región"),
      "E0504 [mínimo 6 por región] el mínimo por región es 6, y el cupo total es 5; suba el cupo, o baje el "
      "mínimo\n");
  EXPECT_EQ(
      said_of("cupo 5 cupo por región { \"Caribe\": 9, \"Andes\": 9 } mínimo 3 por región"),
      "E0504 [mínimo 3 por región] el mínimo por región pide 3 para cada uno de 2 grupos con cupo, y el cupo "
      "total es 5; suba el cupo, o baje el mínimo\n");
}

TEST(CheckQuotas, PlacesThatNobodyCanTake) {
  EXPECT_EQ(said_of("cupo 100 cupo por categoría { alta: 50, cada una de las otras: 20 }"),
            "A1010 [cupo por categoría { alta: 50, cada una de las otras: 20 }] los cupos por categoría "
            "suman 90, y el "
            "cupo total es 100: nadie puede tomar 10 puestos; escriba «sobrantes por orden» para llenarlos, "
            "o ajuste "
            "los cupos\n");
  EXPECT_EQ(
      said_of("cupo 100 cupo por región { \"Caribe\": 50, las otras juntas: 49 }"),
      "A1010 [cupo por región { \"Caribe\": 50, las otras juntas: 49 }] los cupos por región suman 99, y el "
      "cupo total es 100: nadie puede tomar 1 puesto; escriba «sobrantes por orden» para llenarlos, o ajuste "
      "los cupos\n");
}

TEST(CheckQuotas, WhatMayAgreeIsLeftAlone) {
  for (const char* clauses :
       {"cupo 6 cupo por región { \"Caribe\": 3, \"Andes\": 3 } mínimo 3 por región",
        "cupo por categoría { alta: 3, media: 3, baja: 3, cada una de las otras: 0 } mínimo 3 por categoría",
        "cupo por región { \"Caribe\": 2 } mínimo 3 por categoría",
        "cupo 100 cupo por categoría { alta: 50, cada una de las otras: 20 } sobrantes por orden",
        "cupo 100 cupo por categoría { alta: 50, media: 20 }",
        "cupo 100 cupo por categoría { alta: 50, media: 20, baja: 30 }",
        "cupo 100 cupo por región { \"Caribe\": 50, cada una de las otras: 1 }",
        "cupo 100 cupo por región { \"Caribe\": 999999999999999999, las otras juntas: 999999999999999999 "
        "}"}) {
    EXPECT_EQ(said_of(clauses), "") << clauses;
  }
}

}  // namespace
}  // namespace cauce::rules
