// What the binder says about expressions that are wrong. What right ones give is in expression_test.cpp.
#include <algorithm>

#include <gtest/gtest.h>

#include "rules/policy_fixture.hpp"
#include "rules/scope.hpp"

namespace cauce::rules {
namespace {

Type one_of(std::vector<std::string> values) {
  Type type;
  type.kind = TypeKind::one_of;
  type.values = std::make_shared<const std::vector<std::string>>(std::move(values));
  return type;
}

class BindTest : public ::testing::Test {
 protected:
  BindTest() {
    element.slots = {{"cumplido", {0, Type::truth(), "cumplido"}}, {"peso", {1, Type::number(), "peso"}}};
    region.slots = {{"nombre", {9, Type::text(), "nombre"}}};
    region.things = {{"informe", {4, ThingKind::report, PeriodUnit::month}}};
    scope.slots = {{"mdm", {0, Type::number(), "mdm"}},
                   {"pdet", {1, Type::truth(), "pdet"}},
                   {"nombre", {2, Type::text(), "nombre"}},
                   {"poblacion", {3, Type::integer(), "población"}},
                   {"categoria", {4, one_of({"ESP", "1", "2"}), "categoría"}},
                   {"visita", {5, Type::date(), "visita"}}};
    scope.objects = {{"region", {SlotBinding{8, Type::text(), "región"}, &region}}, {"plan", {{}, &region}}};
    scope.collections = {{"hitos", {0, &element}}};
    scope.things = {{"acta", {3, ThingKind::hito, {}}},
                    {"informe", {4, ThingKind::report, PeriodUnit::month}},
                    {"objetivos", {5, ThingKind::component, {}}}};
  }

  std::string said(const std::string& text, const std::optional<Type>& expected = {}) {
    const auto bound = testing::bind_text(text, scope, compiled.rules(), expected);
    EXPECT_EQ(bound.expression.has_value(), bound.said.empty()) << text;
    return bound.said;
  }
  std::string type_of(const std::string& text) {
    const auto bound = testing::bind_text(text, scope, compiled.rules());
    EXPECT_EQ(bound.said, "");
    return bound.expression ? bound.expression->type.to_spanish() : "";
  }

  testing::CompiledText compiled = testing::compile_text(R"(
    parámetro umbral_mdm = 55
    tabla prioridad(mdm: número, categoría: uno de {ESP, 1, 2}): número decide la primera fila {
      | mdm | categoría | => |
      | -   | -         | 1  |
    })");
  Scope element;
  Scope region;
  Scope scope;
};

/// `prioridad(prioridad(… innermost …, ESP), ESP)`.
std::string calls_within_calls(const std::string& innermost) {
  constexpr int deep = 100;
  std::string text = innermost;
  for (int i = 0; i < deep; ++i)
    text = "prioridad(" + text + ", ESP)";
  return text;
}

/// Each call bound twice, to try its arguments in another order too, would take 2^100 steps.
TEST_F(BindTest, CallsWithinCallsAreBoundInAMoment) {
  EXPECT_EQ(type_of(calls_within_calls("mdm")), "número");
  const std::string said_of_wrong = said(calls_within_calls("mdmm"));
  EXPECT_NE(said_of_wrong.find("«mdmm»"), std::string::npos);
  EXPECT_EQ(std::ranges::count(said_of_wrong, '\n'), 1) << said_of_wrong;
}

TEST_F(BindTest, TypesOfResults) {
  EXPECT_EQ(type_of("población + 1"), "entero");
  EXPECT_EQ(type_of("población / 2"), "número");
  EXPECT_EQ(type_of("mdm * 2"), "número");
  EXPECT_EQ(type_of("redondea(mdm, 0)"), "entero");
  EXPECT_EQ(type_of("redondea(mdm, 2)"), "número");
  EXPECT_EQ(type_of("si_falta(población, 0.5)"), "número");
  EXPECT_EQ(type_of("si pdet entonces población si no mdm"), "número");
  EXPECT_EQ(type_of("si pdet entonces categoría si no ESP"), "uno de {ESP, 1, 2}");
  EXPECT_EQ(type_of("máximo(visita, corte)"), "fecha");
  EXPECT_EQ(type_of("cuenta(hitos)"), "entero");
  EXPECT_EQ(type_of("promedio(peso de hitos)"), "número");
  EXPECT_EQ(type_of("región"), "texto");
  EXPECT_EQ(type_of("prioridad(mdm, ESP)"), "número");
  EXPECT_EQ(type_of("vence(acta)"), "fecha");
}

TEST_F(BindTest, UnknownNamesAreSuggested) {
  EXPECT_EQ(
      said("mdm < umbral_mdn"),
      "E0201 [umbral_mdn] no existe un campo ni un parámetro «umbral_mdn»; ¿quiso decir «umbral_mdm»? -> "
      "umbral_mdm\n");
  EXPECT_EQ(said("poblacin > 0"),
            "E0201 [poblacin] no existe un campo ni un parámetro «poblacin»; ¿quiso decir «población»? -> "
            "población\n");
  EXPECT_EQ(
      said("nombre = Abejorral"),
      "E0201 [Abejorral] no existe un campo ni un parámetro «Abejorral»; si es un texto, va entre comillas: "
      "\"Abejorral\"\n");
  EXPECT_EQ(said("región.nombr = \"x\""),
            "E0201 [nombr] «región» no tiene un campo «nombr»; ¿quiso decir «nombre»? -> nombre\n");
  EXPECT_EQ(said("redonda(mdm, 2)"),
            "E0201 [redonda] no existe una función ni una tabla «redonda»; ¿quiso decir «redondea»? -> "
            "redondea\n");
}

TEST_F(BindTest, WordsOfOtherLanguagesAreExplained) {
  EXPECT_EQ(said("pdet = true"),
            "E0201 [true] no existe un campo ni un parámetro «true»; se escribe «sí» -> sí\n");
  EXPECT_EQ(said("mdm != null"),
            "E0201 [null] no existe un campo ni un parámetro «null»; si falta un dato se pregunta con «x sin "
            "dato», y si lo hay con «x con dato»\n");
  EXPECT_EQ(said("round(mdm, 2) > 1"),
            "E0201 [round] no existe una función ni una tabla «round»; se escribe «redondea» -> redondea\n");
  EXPECT_EQ(said("hoy() > visita"),
            "E0201 [hoy] no existe una función ni una tabla «hoy»; la fecha con la que se evalúa es «corte», "
            "sin paréntesis\n");
}

TEST_F(BindTest, BothSidesAreReportedInOneRun) {
  EXPECT_EQ(said("xx > 1 y yy > 2"),
            "E0201 [xx] no existe un campo ni un parámetro «xx»; un campo se declara en su entidad; un "
            "parámetro, así: «parámetro xx = …»\n"
            "E0201 [yy] no existe un campo ni un parámetro «yy»; un campo se declara en su entidad; un "
            "parámetro, así: «parámetro yy = …»\n");
}

TEST_F(BindTest, AnUnknownSideDoesNotMakeItsEnumeratorsUnknown) {
  EXPECT_EQ(said("categora = ESP"),
            "E0201 [categora] no existe un campo ni un parámetro «categora»; ¿quiso decir «categoría»? -> "
            "categoría\n");
  EXPECT_EQ(said("zzzzz en {ESP, 1}"),
            "E0201 [zzzzz] no existe un campo ni un parámetro «zzzzz»; un campo se declara en su entidad; un "
            "parámetro, así: «parámetro zzzzz = …»\n");
}

TEST_F(BindTest, EnumeratorsThatAreNone) {
  EXPECT_EQ(said("categoría = EPS"),
            "E0307 [EPS] «EPS» no es uno de los valores posibles; ¿quiso decir «ESP»? -> ESP\n");
  EXPECT_EQ(said("categoría en {ESP, 7}"),
            "E0307 [7] «7» no es uno de los valores posibles; los valores son: ESP, 1, 2\n");
  EXPECT_EQ(said("prioridad(mdm, 9)"),
            "E0307 [9] «9» no es uno de los valores posibles; los valores son: ESP, 1, 2\n");
}

TEST_F(BindTest, NamesOfAnotherKind) {
  EXPECT_EQ(
      said("hitos > 1"),
      "E0203 [hitos] «hitos» es un conjunto, y aquí va un valor; escriba por ejemplo «cuenta(hitos)»\n");
  EXPECT_EQ(said("acta", Type::truth()),
            "E0203 [acta] «acta» es un hito, y aquí va un valor; escriba por ejemplo «cumplido(acta)»\n");
  EXPECT_EQ(said("prioridad > 1"),
            "E0203 [prioridad] «prioridad» es una tabla, y aquí va un valor; escriba «prioridad(mdm, "
            "categoría)»\n");
  EXPECT_EQ(
      said("mes > 1"),
      "E0203 [mes] «mes» es una función, y aquí va un valor; escriba sus argumentos entre paréntesis\n");
  EXPECT_EQ(said("plan > 1"),
            "E0203 [plan] «plan» es algo que tiene campos, y aquí va un valor; escriba cuál de ellos: "
            "«plan.nombre»\n");
  EXPECT_EQ(said("central > 1"), "E0203 [central] «central» es un rol, y aquí va un valor\n");
  EXPECT_EQ(said("umbral_mdm(3)"),
            "E0203 [umbral_mdm] «umbral_mdm» es un valor, no una función ni una tabla; escríbalo sin "
            "paréntesis: «umbral_mdm»\n");
  EXPECT_EQ(
      said("mdm.nombre = \"x\""),
      "E0203 [mdm] «mdm» es un valor, y no tiene campos; antes del punto va la clase de entidad, como en "
      "«departamento.nombre»\n");
  EXPECT_EQ(said("cuenta(mdm)"),
            "E0203 [mdm] «mdm» es un valor, y aquí va un conjunto, como los hitos; un valor no se cuenta: "
            "escriba solo «mdm»\n");
  EXPECT_EQ(said("cumplido(objetivos)"),
            "E0203 [objetivos] «objetivos» es un componente, y «cumplido» no se pregunta de eso; escriba por "
            "ejemplo «completo(objetivos)»\n");
}

TEST_F(BindTest, TypesOfOperands) {
  EXPECT_EQ(said("mdm y pdet"),
            "E0301 [mdm] esto es «número», y aquí va «sí o no»; compárelo con algo, por ejemplo «x > 0» o «x "
            "con dato»\n");
  EXPECT_EQ(said("mdm + nombre"), "E0301 [nombre] no se puede calcular con «texto»\n");
  EXPECT_EQ(
      said("visita + 5"),
      "E0301 [visita] no se puede calcular con «fecha»; para contar con fechas use «suma_días(fecha, n)» o "
      "«días_entre(a, b)»\n");
  EXPECT_EQ(said("mdm = \"40\""), "E0301 [=] se comparan «número» y «texto»; escríbalo sin comillas: «40»\n");
  EXPECT_EQ(
      said("visita = 3"),
      "E0301 [=] se comparan «fecha» y «entero»; una fecha se compara con otra, como «1 de mayo de 2024»\n");
  EXPECT_EQ(said("pdet = mdm"),
            "E0301 [=] se comparan «sí o no» y «número»; «sí o no» se compara solo con «sí» o con «no»\n");
  EXPECT_EQ(said("categoría > 1"),
            "E0301 [>] los valores de «uno de {ESP, 1, 2}» no tienen orden; compárelos con «=», «!=» o «en "
            "{…}»\n");
  EXPECT_EQ(said("pdet < sí"),
            "E0301 [<] los valores de «sí o no» no tienen orden; compárelos con «=», «!=» o «en {…}»\n");
  EXPECT_EQ(
      said("mdm en {1, \"dos\"}"),
      "E0301 [\"dos\"] se comparan «número» y «texto»; un texto va entre comillas; un número, sin ellas\n");
  EXPECT_EQ(
      said("mdm en [60..40]"),
      "E0305 [60..40] el rango va de 60 a 40: el primer límite es mayor que el segundo; escriba primero el "
      "menor\n");
  EXPECT_EQ(
      said("si pdet entonces 1 si no \"dos\""),
      "E0301 [\"dos\"] un resultado es «entero» y el otro «texto»; los dos deben ser de un mismo tipo\n");
  EXPECT_EQ(said("mdm", Type::truth()),
            "E0301 [mdm] esto es «número», y aquí va «sí o no»; compárelo con algo, por ejemplo «x > 0» o «x "
            "con dato»\n");
  EXPECT_EQ(
      said("suma_días(visita, mdm)"),
      "E0301 [mdm] esto es «número», y aquí va «entero»; hágalo entero con «redondea(x, 0)» o «trunca(x, "
      "0)»\n");
}

TEST_F(BindTest, ArgumentsOfFunctions) {
  EXPECT_EQ(said("redondea(mdm)"),
            "E0304 [redondea(mdm)] «redondea» lleva 2 argumentos, y aquí hay 1; escriba «redondea(x, n)»\n");
  EXPECT_EQ(said("prioridad(mdm)"),
            "E0304 [prioridad(mdm)] «prioridad» lleva 2 argumentos, y aquí hay 1; escriba «prioridad(mdm, "
            "categoría)»\n");
  EXPECT_EQ(said("mínimo()"),
            "E0304 [mínimo()] «mínimo» lleva un argumento, y aquí hay ninguno; escriba «mínimo(a, b, …)»\n");
  EXPECT_EQ(said("absoluto(mdm donde pdet)"),
            "E0304 [absoluto(mdm donde pdet)] «absoluto» no se aplica a una colección, y aquí lleva «donde»; "
            "escriba «absoluto(x)»\n");
  EXPECT_EQ(said("máximo(mdm, nombre)"), "E0301 [nombre] esto es «texto», y aquí va «número»\n");
  EXPECT_EQ(said("máximo(nombre, nombre)"),
            "E0301 [nombre] «máximo» compara números o fechas, y esto es «texto»\n");
}

TEST_F(BindTest, CollectionsWithinCollectionsHaveAnEnd) {
  element.collections = scope.collections;
  const auto nested = [](int depth) {
    std::string text = "cumplido";
    for (int i = 0; i < depth; ++i)
      text = "cuenta(hitos donde " + text + ")" + (i + 1 < depth ? " > 3" : "");
    return text;
  };
  EXPECT_EQ(type_of(nested(3)), "entero");
  const std::string told = said(nested(12));
  EXPECT_NE(told.find("aquí se cuenta dentro de lo que ya se cuenta 3 veces"), std::string::npos) << told;
  EXPECT_EQ(std::ranges::count(told, '\n'), 1) << told;
}

TEST_F(BindTest, ShapesOfAggregates) {
  EXPECT_EQ(said("suma(hitos)"),
            "E0304 [suma(hitos)] «suma» no dice de qué conjunto; escriba «suma(peso de hitos)»\n");
  EXPECT_EQ(said("todos(hitos)"),
            "E0304 [todos(hitos)] «todos» no dice qué condición; escriba «todos(hitos donde …)»\n");
  EXPECT_EQ(
      said("cuenta()"),
      "E0304 [cuenta()] «cuenta» se aplica a un conjunto, como los hitos, y aquí hay 0 argumentos; escriba "
      "«cuenta(hitos donde …)»\n");
  EXPECT_EQ(said("suma(cumplido de hitos)"),
            "E0301 [cumplido] «suma» se calcula con números, y esto es «sí o no»\n");
  EXPECT_EQ(said("cuenta(hito)"),
            "E0201 [hito] aquí no hay un conjunto «hito»; ¿quiso decir «hitos»? -> hitos\n");
  EXPECT_EQ(
      said("cuenta(hitos donde peso)"),
      "E0301 [peso] esto es «número», y aquí va «sí o no»; compárelo con algo, por ejemplo «x > 0» o «x "
      "con dato»\n");
}

TEST_F(BindTest, QuestionsAndTheirPeriods) {
  EXPECT_EQ(said("entregado(plan.informe, mayo)"), "");
  EXPECT_EQ(said("entregado(informe)"), "");
  EXPECT_EQ(said("entregado(informes)"),
            "E0201 [informes] no existe aquí un reporte «informes»; ¿quiso decir «informe»? -> informe\n");
  EXPECT_EQ(said("entregado(informe, trimestre 2)"),
            "E0703 [trimestre 2] «informe» se debe cada mes, y segundo trimestre de 2024 no es uno de sus "
            "periodos\n");
  EXPECT_EQ(
      said("entregado(informe, primavera)"),
      "E0703 [primavera] esto no es un periodo; escriba por ejemplo «mayo», «trimestre 2» o «2024-05»\n");
  EXPECT_EQ(said("vence(acta, mayo)"), "E0703 [mayo] «acta» no se debe por periodos; quite el periodo\n");
}

TEST_F(BindTest, DatesAreChecked) {
  EXPECT_EQ(said("visita > 31 de abril"),
            "E0302 [31 de abril] no existe el 31 de abril de 2024; abril tiene 30 días -> 30 de abril\n");
  EXPECT_EQ(said("visita > 29 de febrero"),
            "E0303 [29 de febrero] el 29 de febrero no existe todos los años; ¿quiso decir «último día de "
            "febrero»? si no es un plazo, escriba el año\n");
  EXPECT_EQ(said("visita > 2024-02-29"), "");
  EXPECT_EQ(said("visita > 2023-02-29"),
            "E0302 [2023-02-29] no existe el 29 de febrero de 2023; febrero tiene 28 días -> 28 de febrero "
            "de 2023\n");
  EXPECT_EQ(said("visita > 1850-01-01"),
            "E0307 [1850-01-01] el año 1850 queda fuera del calendario; las fechas van de 1900 a 2199\n");
}

TEST_F(BindTest, UsesOfBrokenNamesAreSilent) {
  Ruleset rules = compiled.rules();
  rules.broken = {"roto"};
  for (const char* text : {"roto > 1", "roto(1)", "cuenta(roto)", "entregado(roto)", "región.roto = 1"}) {
    const auto bound = testing::bind_text(text, scope, rules);
    EXPECT_FALSE(bound.expression) << text;
    EXPECT_EQ(bound.said, "") << text;
  }
}

TEST_F(BindTest, AnInnerScopeHidesAnOuterOne) {
  Scope inner;
  inner.slots = {{"mdm", {7, Type::truth(), "mdm"}}};
  inner.outer = &scope;
  const auto own = testing::bind_text("mdm", inner, compiled.rules());
  EXPECT_EQ(std::get<ReadSlot>(own.expression->node).slot, (Slot{0, 7}));
  const auto outer = testing::bind_text("pdet", inner, compiled.rules());
  EXPECT_EQ(std::get<ReadSlot>(outer.expression->node).slot, (Slot{1, 1}));
}

TEST_F(BindTest, ASlotOfTheThingComesBeforeAParameterAndAnEnumeratorBeforeBoth) {
  scope.slots["umbral_mdm"] = {6, Type::number(), "umbral_mdm"};
  const auto field = testing::bind_text("umbral_mdm", scope, compiled.rules());
  EXPECT_TRUE(std::holds_alternative<ReadSlot>(field.expression->node));
  scope.slots["esp"] = {10, one_of({"ESP", "1", "2"}), "ESP"};
  const auto enumerator = testing::bind_text("categoría = ESP", scope, compiled.rules());
  const auto& comparison = std::get<BinaryOperation>(enumerator.expression->node);
  EXPECT_TRUE(std::holds_alternative<Literal>(comparison.right->node));
}

}  // namespace
}  // namespace cauce::rules
