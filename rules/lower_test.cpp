// What the steps of compile_rules make of each kind of declaration, and what they say about wrong ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/policy_fixture.hpp"

namespace cauce::rules {
namespace {

using testing::compile_policy;
using testing::compile_text;
using ::testing::ElementsAre;

std::string said(std::string_view text) {
  return compile_text(text).said;
}

// --- programa, fuente
// ---------------------------------------------------------------------------------------------

TEST(LowerProgram, NothingAtAll) {
  EXPECT_EQ(compile_policy("").said,
            "E0206 [] la política no tiene «programa»; escriba «programa nombre { vigencia 2024 zona "
            "\"America/Bogota\" calendario … }»\n");
}

TEST(LowerProgram, TwoPrograms) {
  EXPECT_EQ(
      said(R"(programa otro { vigencia 2024 zona "UTC" calendario oficial })"),
      "E0202 [otro] la política ya tiene «programa»; quite uno de los dos (se declaró aquí: [prueba])\n");
}

TEST(LowerProgram, MissingClauses) {
  EXPECT_EQ(compile_policy("programa p { } rol r por nación { administra publicar, asignar }").said,
            "E0206 [p] el programa no dice su calendario; escriba por ejemplo «calendario oficial»\n"
            "E0206 [p] el programa no dice su vigencia; escriba por ejemplo «vigencia 2024»\n"
            "E0206 [p] el programa no dice su zona; escriba por ejemplo «zona \"America/Bogota\"»\n");
}

TEST(LowerProgram, WrongYearZoneAndCalendar) {
  EXPECT_EQ(compile_policy(R"(programa p { vigencia 24 zona "Bogotá" calendario oficia }
    calendario oficial { hábil lunes }
    rol r por nación { administra publicar, asignar })")
                .said,
            "E0307 [24] la vigencia 24 queda fuera del calendario; la vigencia es un año de 1900 a 2198\n"
            "E0307 [\"Bogotá\"] «Bogotá» no es una zona horaria; escriba una como \"America/Bogota\" -> "
            "\"America/Bogota\"\n"
            "E0201 [oficia] no existe un calendario «oficia»; ¿quiso decir «oficial»? -> oficial\n");
}

TEST(LowerProgram, TheVigenciaOfTheCommandLineReplacesThatOfThePolicy) {
  const auto text = std::string(testing::preamble) + "parámetro inicio = 7 de febrero";
  EXPECT_EQ(to_display(compile_policy(text).rules().parameters[0].values[0].value), "2024-02-07");
  EXPECT_EQ(to_display(compile_policy(text, {.vigencia = 2026}).rules().parameters[0].values[0].value),
            "2026-02-07");
}

TEST(LowerSource, CitationsNameASource) {
  EXPECT_EQ(said(R"(fuente L617 "Ley 617" parámetro p = 1 según L671)"),
            "E0201 [L671] no existe una fuente «L671»; ¿quiso decir «L617»? -> L617\n");
}

// --- Names
// --------------------------------------------------------------------------------------------------------

TEST(LowerNames, TwiceInOneKindOnly) {
  EXPECT_EQ(said("parámetro k = 1 parámetro K = 2"),
            "E0202 [K] ya hay un parámetro «K»; cambie el nombre de una de las dos declaraciones (se declaró "
            "aquí: [k])\n");
  EXPECT_EQ(said(R"(parámetro k = 1 fuente k "Ley")"), "");
}

TEST(LowerNames, NotThoseOfFunctions) {
  EXPECT_EQ(
      said("parámetro corte = 1"),
      "E0204 [corte] «corte» es el nombre de una función, y un parámetro no puede llevarlo; escriba otro "
      "nombre\n");
}

TEST(LowerNames, OfAnotherKind) {
  EXPECT_EQ(said("rol r por nación bajo oficial"),
            "E0203 [oficial] «oficial» es un calendario, y aquí va un rol; aquí hay «central» y «r» (se "
            "declaró aquí: [oficial])\n");
}

TEST(LowerNames, WhatDependsOnABrokenDeclarationIsSilent) {
  EXPECT_EQ(said("parámetro k = 31 de abril parámetro b = k rol r por nación bajo rr"),
            "E0302 [31 de abril] no existe el 31 de abril de 2024; abril tiene 30 días -> 30 de abril\n"
            "E0201 [rr] no existe un rol «rr»; aquí hay «central» y «r»\n");
}

// --- parámetro
// ----------------------------------------------------------------------------------------------------

TEST(LowerParameter, KindsOfValues) {
  const auto compiled = compile_text(R"(
    parámetro k = -5 parámetro b = 40% parámetro c = "x" parámetro d = no parámetro e = 2024-05-01
    parámetro f = g parámetro g = 1, 1.5 desde 1 de enero de 2025)");
  EXPECT_EQ(compiled.said, "");
  std::string all;
  for (const Parameter& parameter : compiled.rules().parameters) {
    all += parameter.name + ": " + parameter.type.to_spanish() + " = " +
           to_display(parameter.on(*make_date(2024, 6, 1))) + "\n";
  }
  EXPECT_EQ(all,
            "k: entero = -5\nb: número = 0.4\nc: texto = x\nd: sí o no = no\ne: fecha = 2024-05-01\n"
            "g: número = 1\nf: número = 1\n");
}

TEST(LowerParameter, Circle) {
  EXPECT_EQ(
      said("parámetro k = b parámetro b = c parámetro c = k parámetro d = k"),
      "E0306 [k] el parámetro «k» se define por sí mismo: k = b = c = k; escriba un valor en uno de ellos\n");
}

TEST(LowerParameter, DatesRiseAndCarryAYear) {
  EXPECT_EQ(
      said("parámetro k = 1, 2 desde 1 de julio de 2025, 3 desde 1 de julio de 2025"),
      "E0308 [1 de julio de 2025] el valor desde 1 de julio de 2025 está después del que vale desde 1 de "
      "julio de 2025; ponga los valores en el orden de sus fechas\n");
  EXPECT_EQ(
      said("parámetro k = 1, 2 desde 1 de julio"),
      "E0309 [1 de julio] la fecha desde la que vale un parámetro no dice su año; escríbalo, por ejemplo «1 "
      "de julio de 2024»\n");
}

TEST(LowerParameter, OneType) {
  EXPECT_EQ(
      said("parámetro k = 1, \"dos\" desde 1 de julio de 2025"),
      "E0301 [\"dos\"] este valor es «texto», y el primero es «entero»; todos los valores de un parámetro "
      "son de un mismo tipo\n");
}

// --- festivos, calendario
// -----------------------------------------------------------------------------------------

TEST(LowerCalendar, LaterLinesWin) {
  const auto compiled = compile_policy(R"(
    programa p { vigencia 2024 zona "America/Bogota" calendario c }
    rol r por nación { administra publicar, asignar }
    festivos locales { 7 de febrero "Día del pueblo" pascua - 2 "Viernes Santo" }
    calendario c {
      hábil lunes a viernes
      festivos locales
      no hábil 24 de diciembre a 6 de enero "Receso"
      hábil 28 de diciembre de 2024 "Compensada"
    })");
  EXPECT_EQ(compiled.said, "");
  const Calendar& calendar = compiled.rules().calendar;
  EXPECT_FALSE(calendar.is_working_day(*make_date(2024, 2, 7)));
  EXPECT_FALSE(calendar.is_working_day(*make_date(2024, 3, 29)));
  EXPECT_FALSE(calendar.is_working_day(*make_date(2025, 1, 2)));
  EXPECT_TRUE(calendar.is_working_day(*make_date(2024, 12, 28))) << "a Saturday, made up for";
  EXPECT_TRUE(calendar.is_working_day(*make_date(2024, 3, 25)));
}

TEST(LowerCalendar, ColombiaShipsWithTheEngineUnlessThePolicyHasItsOwn) {
  const std::string rest = R"(
    programa p { vigencia 2024 zona "America/Bogota" calendario c }
    rol r por nación { administra publicar, asignar }
    calendario c { hábil lunes a viernes festivos colombia })";
  EXPECT_EQ(compile_policy(rest).said, "");
  EXPECT_FALSE(compile_policy(rest).rules().calendar.is_working_day(*make_date(2024, 5, 1)));
  const auto own = compile_policy(rest + "festivos Colombia { 2 de mayo \"Otro\" }");
  EXPECT_EQ(own.said, "");
  EXPECT_TRUE(own.rules().calendar.is_working_day(*make_date(2024, 5, 1)));
  EXPECT_FALSE(own.rules().calendar.is_working_day(*make_date(2024, 5, 2)));
}

TEST(LowerCalendar, Mistakes) {
  EXPECT_EQ(
      said("calendario c { no hábil domingo }"),
      "E0705 [c] ningún día de la semana es hábil en el calendario «c»; escriba por ejemplo «hábil lunes a "
      "viernes»\n");
  EXPECT_EQ(said("calendario c { hábil lunes festivos Colomba }"),
            "E0201 [Colomba] no existe un conjunto de festivos «Colomba»; ¿quiso decir "
            "«Colombia»? -> Colombia\n");
  EXPECT_EQ(
      said("calendario c { hábil lunes no hábil 24 de diciembre de 2024 a 6 de enero }"),
      "E0706 [no hábil 24 de diciembre de 2024 a 6 de enero] solo uno de los extremos del rango dice su "
      "año; escriba el año en los dos o en ninguno\n");
  EXPECT_EQ(
      said("calendario c { hábil lunes no hábil 6 de enero de 2024 a 2 de enero de 2024 }"),
      "E0706 [no hábil 6 de enero de 2024 a 2 de enero de 2024] el rango termina antes de empezar; escriba "
      "primero la fecha menor\n");
  EXPECT_EQ(
      said("calendario c { hábil lunes no hábil 6 de enero del año siguiente }"),
      "E0706 [6 de enero del año siguiente] «del año siguiente» no va en un calendario; escriba el año, o "
      "ninguno si la fecha vale todos los años\n");
  EXPECT_EQ(
      said(R"(festivos f { 1 de mayo "Trabajo" rige desde 2026 hasta 2024 })"),
      "E0706 [2026 hasta 2024] el festivo rige desde 2026 hasta 2024: termina antes de empezar; escriba "
      "primero el año menor\n");
  EXPECT_EQ(said(R"(festivos f { 29 de febrero "Bisiesto" })"),
            "E0303 [29 de febrero] el 29 de febrero no existe todos los años; ¿quiso decir «último día de "
            "febrero»? si no es un plazo, escriba el año\n");
}

// --- rol
// ----------------------------------------------------------------------------------------------------------

TEST(LowerRole, Mistakes) {
  EXPECT_EQ(said("rol k por nación bajo b rol b por nación bajo k"),
            "E0801 [b] los superiores forman un círculo: «k» bajo «b» bajo «k»; el nivel más alto va sin "
            "«bajo»\n");
  EXPECT_EQ(said("rol k por municipio"), "E0201 [municipio] no existe una clase de entidad «municipio»\n");
  EXPECT_EQ(said("rol k por nación, nación"),
            "E0804 [nación, nación] el rol «k» es por nación y a la vez por otra cosa; la nación lo incluye "
            "todo: deje solo «por nación», o quítela\n");
  EXPECT_EQ(said("rol k por nación { administra publica }"),
            "E0201 [publica] no existe el derecho «publica»; ¿quiso decir «publicar»? -> publicar\n");
  EXPECT_EQ(
      said("rol k por nación { carga máxima 0 }"),
      "E0307 [0] la carga máxima es 0; escriba cuántas entidades puede atender una persona, al menos 1\n");
}

TEST(LowerRole, SomebodyMustPublishAndAssign) {
  EXPECT_EQ(
      compile_policy(R"(programa p { vigencia 2024 zona "America/Bogota" calendario c }
    calendario c { hábil lunes } rol r por nación { administra importar })")
          .said,
      "E0802 [p] ningún rol tiene el derecho «asignar»; escriba «administra asignar» en el rol que lo "
      "tenga\n"
      "E0802 [p] ningún rol tiene el derecho «publicar»; escriba «administra publicar» en el rol que lo "
      "tenga\n");
}

// --- entidad
// ------------------------------------------------------------------------------------------------------

TEST(LowerEntity, ATreeParentsFirst) {
  const auto compiled = compile_text(R"(
    entidad municipio en departamento columna "cod_dpto" archivo "m.csv" {
      campo código columna "cod": texto clave
      campo mdm "Desempeño": número de 0 a 100
      campo pdet: sí o no vacío es no
      campo visita: fecha desde 1 de enero de 2020
      campo población: entero desde 0 obligatorio
    }
    entidad departamento { campo nombre: texto clave })");
  EXPECT_EQ(compiled.said, "");
  const auto& kinds = compiled.rules().entities;
  ASSERT_EQ(kinds.size(), 2U);
  EXPECT_EQ(kinds[0].name, "departamento");
  EXPECT_EQ(kinds[1].parent, EntityKindId{0});
  EXPECT_EQ(kinds[1].parent_column, "cod_dpto");
  EXPECT_EQ(kinds[1].file, "m.csv");
  EXPECT_EQ(kinds[1].fields[0].column, "cod");
  EXPECT_EQ(kinds[1].fields[1].title, "Desempeño");
  EXPECT_EQ(kinds[1].fields[1].type.high, Value(Decimal(100)));
  EXPECT_EQ(kinds[1].fields[2].empty_is, false);
  EXPECT_EQ(kinds[1].fields[3].type.low, Value(*make_date(2020, 1, 1)));
  EXPECT_TRUE(kinds[1].fields[4].required);
}

TEST(LowerEntity, Mistakes) {
  EXPECT_EQ(said("entidad k en b { campo c: texto clave } entidad b en k { campo c: texto clave }"),
            "E0306 [b] las entidades forman un círculo: «k» en «b» en «k»; la más grande va sin «en»\n");
  EXPECT_EQ(
      said("entidad k { campo c: texto }"),
      "E0206 [k] la entidad «k» no tiene clave; escriba «texto clave» en el campo que la identifica, por "
      "ejemplo su código\n");
  EXPECT_EQ(
      said("entidad k { campo c: texto clave campo d: texto clave }"),
      "E0205 [d] la entidad ya tiene otra clave; quite «clave» de uno de los dos campos (la primera está "
      "aquí: [c])\n");
  EXPECT_EQ(
      said("entidad k { campo c: entero clave }"),
      "E0301 [c] la clave «c» es «entero»; una clave es un texto: así conserva los ceros de la izquierda\n");
  EXPECT_EQ(
      said("entidad k { campo c: texto clave campo C: entero }"),
      "E0202 [C] la entidad ya tiene un campo «C»; cambie el nombre de uno de los dos (se declaró aquí: "
      "[c])\n");
  EXPECT_EQ(said("entidad k { campo c: texto clave campo d: número de 9 a 1 }"),
            "E0305 [9 a 1] el límite inferior, 9, es mayor que el superior, 1; escriba primero el menor\n");
  EXPECT_EQ(said("entidad k { campo c: texto clave campo d: entero desde 0.5 }"),
            "E0305 [0.5] el límite 0.5 no es entero\n");
  EXPECT_EQ(said("entidad k { campo c: texto clave campo d: fecha desde 3 }"),
            "E0305 [3] un número no limita «fecha»; escriba una fecha, como «1 de enero de 2024»\n");
  EXPECT_EQ(said("entidad k { campo c: texto clave campo d: uno de {X, x} }"),
            "E0202 [x] el valor «x» está dos veces; quite uno de los dos (está aquí: [X])\n");
  EXPECT_EQ(said("entidad k { campo c: texto clave campo d: entero vacío es no }"),
            "E0301 [entero] «vacío es» va en un campo «sí o no», y «d» es «entero»; quite «vacío es»\n");
  EXPECT_EQ(
      said("entidad k { campo c: texto clave campo d: entero } parámetro d = 1"),
      "E0204 [d] el campo «d» se confunde con un parámetro de igual nombre; cambie el nombre de uno de los "
      "dos (el parámetro se declaró aquí: [d])\n");
}

TEST(LowerEntity, ABrokenFieldHidesNoOtherMistakeAndCausesNone) {
  EXPECT_EQ(said(R"(entidad k { campo c: texto clave campo d: entero desde 0.5 campo e: entero }
    focalización f de k { requiere d > 0 requiere e > "x" })"),
            "E0305 [0.5] el límite 0.5 no es entero\n"
            "E0301 [>] se comparan «entero» y «texto»; un texto va entre comillas; un número, sin ellas\n");
}

// --- servicio
// -----------------------------------------------------------------------------------------------------

TEST(LowerService, Forms) {
  const auto compiled = compile_text(R"(
    servicio s "Taller" forma capacitación ofrece "DER"
    frente f "Capacidades" { corto "Uno" largo "Dos" })");
  EXPECT_EQ(compiled.said, "");
  EXPECT_EQ(compiled.rules().services[0].form, ServiceForm::training);
  EXPECT_EQ(compiled.rules().services[0].offered_by, "DER");
  EXPECT_EQ(compiled.rules().fronts[0].results.at(Term::long_term), "Dos");
  EXPECT_EQ(
      said("servicio s forma capacitaciones"),
      "E0201 [capacitaciones] no existe la forma de acción «capacitaciones»; ¿quiso decir «capacitación»? "
      "-> capacitación\n");
}

// --- tabla
// --------------------------------------------------------------------------------------------------------

TEST(LowerTable, Mistakes) {
  EXPECT_EQ(said("tabla t(x: número, y1: número): número decide la primera fila {\n| y1 | x | => |\n| - | - "
                 "| 1 |\n}"),
            "E0402 [| y1 | x | => |] el encabezado nombra y1 y x, y los parámetros de la tabla son x y y1; "
            "escriba «| x | y1 | => |»\n");
  EXPECT_EQ(said("tabla t(x: número): número decide la primera fila {\n| x | => |\n| < \"a\" | 1 |\n}"),
            "E0301 [\"a\"] esto es «texto», y aquí va «número»\n");
  EXPECT_EQ(
      said("tabla t(x: número): número decide la primera fila {\n| x | => |\n| x + 1 | 1 |\n}"),
      "E0402 [x + 1] esto es un cálculo, y en una celda van valores; escriba un valor o un parámetro, o "
      "calcule el dato antes de llamar a la tabla\n");
  EXPECT_EQ(said("tabla t(x: número): número decide la primera fila {\n| x | => |\n| - | \"a\" |\n}"),
            "E0301 [\"a\"] esto es «texto», y aquí va «número»\n");
  EXPECT_EQ(said("tabla t(x: número): número decide la primera fila {\n| x | => |\n| [9..1] | 1 |\n}"),
            "E0305 [9..1] el rango va de 9 a 1: el primer límite es mayor que el segundo; escriba primero el "
            "menor\n");
  EXPECT_EQ(said("tabla t(x: sí o no): número decide la primera fila {\n| x | => |\n| < no | 1 |\n}"),
            "E0301 [no] los valores de «sí o no» no tienen orden; escriba los valores que corresponden: «a, "
            "b»\n");
  EXPECT_EQ(
      said("tabla t(x: número): texto suma las filas {\n| x | => |\n| - | \"a\" |\n}"),
      "E0301 [texto] el resultado es «texto», y la tabla suma sus filas; el resultado debe ser un número\n");
  EXPECT_EQ(
      said("tabla t(x: número): número de 0 a 5 decide la primera fila {\n| x | => |\n| - | 9 |\n}"),
      "E0307 [9] el resultado 9 es mayor que 5; la tabla declara sus límites después de los dos puntos\n");
  EXPECT_EQ(
      said(
          "tabla t(x: número, X: número): número decide la primera fila {\n| x | x | => |\n| - | - | 1 |\n}"),
      "E0202 [X] la tabla ya tiene un parámetro «X»; cambie el nombre de uno de los dos (se declaró aquí: "
      "[x])\n");
}

TEST(LowerTable, Recursion) {
  EXPECT_EQ(
      said("tabla t(x: número): número decide la primera fila {\n| x | => |\n| - | u(x) |\n}\n"
           "tabla u(x: número): número decide la primera fila {\n| x | => |\n| - | t(x) |\n}\n"),
      "E0306 [t] la tabla se llama a sí misma: «t» llama a «u» llama a «t»; quite una de las llamadas\n");
}

/// `t1` … `tN`, each of which calls the one before.
std::string chain_of_tables(int length) {
  std::string text = "tabla t1(x: número): número decide la primera fila {\n| x | => |\n| - | 1 |\n}\n";
  for (int i = 2; i <= length; ++i) {
    text += "tabla t" + std::to_string(i) +
            "(x: número): número decide la primera fila {\n| x | => |\n| - | t" + std::to_string(i - 1) +
            "(x) |\n}\n";
  }
  return text;
}

TEST(LowerTable, ChainsOfTablesHaveAnEnd) {
  EXPECT_EQ(said(chain_of_tables(50)), "");
  EXPECT_EQ(said(chain_of_tables(200)),
            "E0307 [t51] la tabla «t51» llama a otra, que llama a otra, y así 50 veces; pueden ser hasta 49: "
            "reúna varias en una\n")
      << "and nothing of those that depend on it";
}

TEST(LowerTable, TenThousandRows) {
  std::string text = "tabla t(x: entero): entero decide la primera fila {\n| x | => |\n";
  for (int i = 0; i < 10'000; ++i) {
    text += "| " + std::to_string(i) + " | " + std::to_string(i) + " |\n";
  }
  const auto compiled = compile_text(text + "}");
  ASSERT_EQ(compiled.said, "");
  const TableOutcome outcome =
      decide(compiled.rules().tables[0], {Decimal(9'999)}, {compiled.rules(), *make_date(2024, 1, 1)});
  EXPECT_EQ(outcome.value, Value(Decimal(9'999)));
}

// --- focalización
// -------------------------------------------------------------------------------------------------

constexpr std::string_view territory = R"(
fuente L1 "Ley 1"
entidad región { campo nombre: texto clave }
entidad departamento en región { campo código: texto clave campo nombre: texto campo idf: número }
entidad municipio en departamento {
  campo código: texto clave
  campo mdm: número
  campo ipm: número
  campo pdet: sí o no
  campo zona: uno de {alta, media}
}
)";

testing::CompiledText compile_targeting(std::string_view clauses) {
  return compile_text(std::string(territory) + "focalización f \"F\" de municipio {\n" +
                      std::string(clauses) + "\n}");
}
std::string targeting_said(std::string_view clauses) {
  return compile_targeting(clauses).said;
}

TEST(LowerTargeting, AllItsLines) {
  const auto compiled = compile_targeting(R"(
    excluye si zona = alta porque "Lejos" según L1 "art. 4"
    requiere mdm con dato
    califica si pdet
    puntaje base "Base" = 100 - mdm
    puntaje pobreza = ipm
    cupo 40
    cupo por región { "Caribe": 10, cada una de las otras: 6 }
    cupo por zona { media: 30, las otras juntas: 5 }
    sobrantes por orden
    ordena por pobreza, puntaje descendente, departamento.idf, código)");
  ASSERT_EQ(compiled.said, "");
  const Targeting& targeting = compiled.rules().targetings.at(0);
  EXPECT_EQ(targeting.title, "F");
  EXPECT_EQ(targeting.exclusions[0].because, "Lejos");
  EXPECT_EQ(targeting.exclusions[0].sources[0].place, "art. 4");
  EXPECT_EQ(targeting.score[0].title, "Base");
  EXPECT_EQ(targeting.total_quota, 40);
  EXPECT_EQ(targeting.quotas[0].named.at("Caribe"), 10);
  EXPECT_EQ(targeting.quotas[0].each_other, 6);
  EXPECT_EQ(targeting.quotas[1].named.at("media"), 30);
  EXPECT_EQ(targeting.quotas[1].others_together, 5);
  EXPECT_TRUE(targeting.leftovers_by_order);
  ASSERT_EQ(targeting.order.size(), 4U);
  EXPECT_EQ(targeting.order[0].by_score_part, 1U);
  EXPECT_TRUE(targeting.order[1].by_score);
  EXPECT_TRUE(targeting.order[1].descending);
  EXPECT_EQ(std::get<ReadSlot>(targeting.order[2].value.node).name, "departamento.idf");
  EXPECT_FALSE(targeting.order[3].by_score_part);
}

TEST(LowerTargeting, WithoutOrderTheBestScoreComesFirst) {
  const auto compiled = compile_targeting("puntaje base = mdm");
  ASSERT_EQ(compiled.rules().targetings.at(0).order.size(), 1U);
  EXPECT_TRUE(compiled.rules().targetings[0].order[0].by_score);
  EXPECT_TRUE(compiled.rules().targetings[0].order[0].descending);
}

TEST(LowerTargeting, MinimumsOfInnerKindsGoFirst) {
  const auto compiled = compile_targeting(
      "mínimo 9 por región mínimo 1 por zona mínimo 2 por departamento mínimo 3 por departamento.nombre");
  std::vector<std::string> shown;
  for (const TargetingMinimum& minimum : compiled.rules().targetings.at(0).minimums) {
    shown.push_back(minimum.shown);
  }
  EXPECT_THAT(shown, ElementsAre("zona", "departamento", "región", "departamento.nombre"));
}

TEST(LowerTargeting, Mistakes) {
  EXPECT_EQ(said("focalización f de municipio { }"),
            "E0201 [municipio] no existe una clase de entidad «municipio»\n");
  EXPECT_EQ(targeting_said("requiere mdm"),
            "E0301 [mdm] esto es «número», y aquí va «sí o no»; compárelo con algo, por ejemplo «x > 0» o «x "
            "con dato»\n");
  EXPECT_EQ(targeting_said("cupo por mdm { \"x\": 1 }"),
            "E0502 [mdm] «mdm» es «número», y no forma grupos; los grupos son por lo que está encima de la "
            "entidad, o por un campo «texto» o «uno de»\n");
  EXPECT_EQ(targeting_said("cupo por zona { baja: 1 }"),
            "E0502 [baja] «baja» no es uno de los grupos posibles; los grupos son: alta y media\n");
  EXPECT_EQ(targeting_said("cupo por zona { alta: 1, Alta: 2 }"),
            "E0501 [Alta: 2] el grupo «alta» ya tiene su cupo; quite uno de los dos\n");
  EXPECT_EQ(targeting_said("cupo por zona { cada una de las otras: 1, las otras juntas: 2 }"),
            "E0501 [las otras juntas: 2] ya se dijo el cupo de los otros grupos; quite uno de los dos\n");
  EXPECT_EQ(targeting_said("cupo por zona { alta: 1 } cupo por zona { media: 1 }"),
            "E0501 [zona] ya hay un cupo por «zona»; junte los dos en uno (el primero está aquí: [zona])\n");
  EXPECT_EQ(
      targeting_said("sobrantes por orden"),
      "E0501 [f] dice «sobrantes por orden», y no hay un cupo total que sobre; escriba también «cupo N»\n");
  EXPECT_EQ(
      targeting_said("puntaje mdm = 1"),
      "E0204 [mdm] la parte del puntaje «mdm» se confunde con un campo de igual nombre; cambie el nombre de "
      "uno de los dos (el campo se declaró aquí: [mdm])\n");
  EXPECT_EQ(
      targeting_said("puntaje k = 1 puntaje k = 2"),
      "E0202 [k] ya hay una parte del puntaje «k»; cambie el nombre de una de las dos (se declaró aquí: "
      "[k])\n");
  EXPECT_EQ(
      targeting_said("ordena por puntaje"),
      "E0503 [puntaje] se ordena por puntaje, y la focalización no tiene; escriba «puntaje nombre = …», u "
      "ordene por un campo\n");
  EXPECT_EQ(targeting_said("ordena por ipm, ipm descendente"),
            "E0503 [ipm] ya se ordena por «ipm»; quite una de las dos veces\n");
  EXPECT_EQ(targeting_said("puntaje base = mdm ordena por bases"),
            "E0201 [bases] no existe un campo ni un parámetro «bases»; ¿quiso decir «base»? -> base\n");
  EXPECT_EQ(targeting_said("puntaje base = mdn ordena por base"),
            "E0201 [mdn] no existe un campo ni un parámetro «mdn»; ¿quiso decir «mdm»? -> mdm\n");
}

}  // namespace
}  // namespace cauce::rules
