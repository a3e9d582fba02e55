#include "rules/noun.hpp"

#include <gtest/gtest.h>

namespace cauce::rules {
namespace {

TEST(NounTest, GetsItsArticleFromItsEnding) {
  for (const auto* noun :
       {"la categoría", "la población", "el umbral", "el nombre", "la base",   "la entidad", "el índice",
        "el problema",  "el día",       "la mano",   "el área",   "el avance", "la visita",  "la ruralidad",
        "el municipio", "la región",    "el orden",  "la señal",  "la ley",    "la circular"}) {
    const std::string whole(noun);
    EXPECT_EQ(to_noun(whole.substr(3)).with_article(), whole);
  }
}

TEST(NounTest, KnowsPlurals) {
  EXPECT_EQ(to_noun("ingresos_propios").with_article(), "los ingresos propios");
  EXPECT_EQ(to_noun("entidades").with_article(), "las entidades");
  EXPECT_EQ(to_noun("regiones").with_article(), "las regiones");
  EXPECT_EQ(to_noun("nombres").with_article(), "los nombres");
  EXPECT_EQ(to_noun("gestión").with_article(), "la gestión");
  EXPECT_EQ(to_noun("visitas").agree("es", "son"), "son");
  EXPECT_EQ(to_noun("mes").with_article(), "el mes");
  EXPECT_EQ(to_noun("análisis").with_article(), "el análisis") << "no plural";
  EXPECT_EQ(to_noun("crisis").with_article(), "la crisis");
}

TEST(NounTest, ATitleBeginsSmallUnlessItIsAName) {
  EXPECT_EQ(to_noun("Umbral de gestión").with_article(), "el umbral de gestión");
  EXPECT_EQ(to_noun("Índice municipal").with_article(), "el índice municipal");
  EXPECT_EQ(to_noun("Enlace Territorial").with_article(), "el Enlace Territorial");
  EXPECT_EQ(to_noun("Dirección de Estrategia Regional").to(), "a la Dirección de Estrategia Regional");
}

TEST(NounTest, WhatIsNoNounStandsAsItIs) {
  EXPECT_EQ(to_noun("mdm").with_article(), "mdm");
  EXPECT_EQ(to_noun("PDET").with_article(), "PDET");
  EXPECT_EQ(to_noun("Desde cuándo es reciente").with_article(), "«Desde cuándo es reciente»");
}

TEST(NounTest, BeginsASentence) {
  EXPECT_EQ(with_capital("última visita"), "Última visita");
  EXPECT_EQ(with_capital("mes"), "Mes");
  EXPECT_EQ(with_capital("1.º"), "1.º");
  EXPECT_EQ(with_capital(""), "");
}

TEST(NounTest, Contracts) {
  EXPECT_EQ(to_noun("umbral").of(), "del umbral");
  EXPECT_EQ(to_noun("umbral").to(), "al umbral");
  EXPECT_EQ(to_noun("categoría").of(), "de la categoría");
  EXPECT_EQ(to_noun("mdm").to(), "a mdm");
  EXPECT_EQ(to("el 1 de enero"), "al 1 de enero");
}

TEST(NounTest, JoinsWithTheRightLetter) {
  EXPECT_EQ(joined({}, "y"), "");
  EXPECT_EQ(joined({"a"}, "o"), "a");
  EXPECT_EQ(joined({"ESP", "1", "2"}, "o"), "ESP, 1 o 2");
  EXPECT_EQ(joined({"datos", "ideas"}, "y"), "datos e ideas");
  EXPECT_EQ(joined({"nieve", "hielo"}, "y"), "nieve y hielo");
  EXPECT_EQ(joined({"una", "otra"}, "o"), "una u otra");
  EXPECT_EQ(joined({"uno", "hoy"}, "o"), "uno u hoy");
  EXPECT_EQ(joined({"a", "b"}, "ni"), "a ni b");
}

}  // namespace
}  // namespace cauce::rules
