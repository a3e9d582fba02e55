#include "engine/import.hpp"

#include <filesystem>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/people_file.hpp"
#include "engine/policy_files.hpp"
#include "workflows/compile.hpp"

namespace cauce::engine {
namespace {

namespace fs = std::filesystem;
using rules::Territory;
using rules::Value;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::StartsWith;

constexpr const char* policy_text = R"(
programa prueba { vigencia 2024 zona "America/Bogota" calendario oficial }
calendario oficial { hábil lunes a viernes festivos Colombia }
rol dirección por nación { administra publicar, importar, asignar, migrar, planes, cuentas, auditar }
rol articulador por región bajo dirección
rol enlace por municipio, región bajo articulador
entidad región { campo nombre: texto clave }
entidad municipio en región columna "reg" archivo "munis.csv" {
  campo código columna "cod": texto clave
  campo nombre: texto obligatorio
  campo categoría "Categoría Ley 617": uno de {ESP, 1, 2}
  campo mdm: número de 0 a 100
  campo población: entero desde 0
  campo pdet: sí o no vacío es no
  campo área "Área en km2": número desde 0
}
)";

const rules::Ruleset& test_rules() {
  static const workflows::Compiled compiled = workflows::compile({{"prueba.cauce", policy_text}});
  return *compiled.policy->rules;
}

/// A folder of its own for each test, gone with it.
class ImportTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "cauce-import-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    write("regiones.csv", "nombre\nCaribe\nPacífico\n");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const { write_file(folder_ / name, text); }

  std::vector<std::string> errors_of(const std::string& municipalities,
                                     const CsvDialect& dialect = {}) const {
    write("munis.csv", municipalities);
    return rendered(read_entities(test_rules(), {folder_.string()}, dialect).errors);
  }

  /// The errors as people see them, without the folder.
  std::vector<std::string> rendered(const DataErrors& errors) const {
    std::vector<std::string> texts;
    for (DataError error : errors) {
      error.file = fs::path(error.file).filename().string();
      texts.push_back(render(error));
    }
    return texts;
  }

  std::vector<std::string> people_errors(const std::string& text) const {
    write("munis.csv", "cod,nombre,reg\n05001,Medellín,Caribe\n");
    write("personas.csv", text);
    const ImportedData data = read_entities(test_rules(), {folder_.string()});
    return rendered(read_people({{test_rules(), data.territory}}, folder_ / "personas.csv").errors);
  }

  fs::path folder_;
};

rules::EntityKindId municipality() {
  return *test_rules().find_entity("municipio");
}

Value value_of(const Territory& territory, std::uint32_t row, std::size_t field) {
  return territory.of(municipality()).columns.at(field).at(row);
}

TEST_F(ImportTest, BlanksAroundAPathAreNoneOfIt) {
  write("munis.csv", "cod,nombre,reg\n05001,Medellín,Caribe\n");
  const std::string file = (folder_ / "munis.csv").string();
  const auto rows = [&](const std::vector<std::string>& data) {
    return read_entities(test_rules(), data).territory.of(municipality()).size();
  };
  EXPECT_EQ(rows({folder_.string() + " "}), 1U);
  EXPECT_EQ(rows({folder_.string(), " municipio = " + file + " "}), 1U);
  // Unless there is a file whose name ends so.
  write("munis.csv ", "cod,nombre,reg\n05001,Medellín,Caribe\n05002,Abejorral,Caribe\n");
  EXPECT_EQ(rows({folder_.string(), "municipio=" + file + " "}), 2U);
}

TEST_F(ImportTest, ReadsFieldsByColumnNameOrTitle) {
  write("munis.csv",
        "COD,Nombre,REG,categoria ley-617,MDM,Población,pdet\n"
        "05001,Medellín,Caribe,ESP,82.5,2616335,1\n05002,Abejorral,Pacífico,1,,21468,\n");
  const ImportedData data = read_entities(test_rules(), {folder_.string()});
  EXPECT_THAT(rendered(data.errors), IsEmpty());
  const Territory& territory = data.territory;
  ASSERT_EQ(territory.of(municipality()).size(), 2U);
  EXPECT_EQ(value_of(territory, 0, 0), Value("05001"));
  EXPECT_EQ(value_of(territory, 0, 2), Value("ESP"));
  EXPECT_EQ(value_of(territory, 0, 3), Value(*rules::Decimal::parse("82.5")));
  EXPECT_EQ(value_of(territory, 0, 5), Value(true));
  EXPECT_EQ(value_of(territory, 1, 3), Value(rules::Missing()));
  EXPECT_EQ(value_of(territory, 1, 5), Value(false)) << "vacío es no";
  EXPECT_THAT(data.summaries.at(1).missing,
              ElementsAre(Pair("código", 0U), Pair("nombre", 0U), Pair("categoría", 0U), Pair("mdm", 1U),
                          Pair("población", 0U), Pair("pdet", 0U)));
  EXPECT_THAT(data.summaries.at(1).absent, ElementsAre("área"));
  const auto parent = territory.of(municipality()).parent.at(1);
  EXPECT_EQ(territory.key_of(test_rules(), *test_rules().find_entity("región"), parent), "Pacífico");
}

TEST_F(ImportTest, SaysWhichFieldsHaveNoColumn) {
  write("munis.csv", "cod,nombre,reg\n05001,Medellín,Caribe\n");
  const ImportedData data = read_entities(test_rules(), {folder_.string()});
  EXPECT_THAT(rendered(data.errors), IsEmpty());
  EXPECT_THAT(data.summaries.at(1).absent, ElementsAre("categoría", "mdm", "población", "pdet", "área"));
}

TEST_F(ImportTest, EveryBadCellIsLocatedAndAllAreSaidAtOnce) {
  EXPECT_THAT(
      errors_of("cod,nombre,reg,mdm,población,categoría,pdet\n"
                "05001,Medellín,Caribe,\"82,3\",12.5,ESP,1\n"
                "05001,,Caribbe,101,1,9,quizás\n"
                ",Sin código,,1,1,1,\n"),
      ElementsAre("munis.csv, línea 2, columna «mdm»: «82,3»: se esperaba un número de 0 a 100, con punto "
                  "decimal (12.5)\n  ayuda: escriba 82.3",
                  "munis.csv, línea 2, columna «población»: «12.5»: se esperaba un número entero desde 0, "
                  "sin puntos de miles",
                  "munis.csv, línea 3, columna «cod»: la clave «05001» ya está en la línea 2",
                  "munis.csv, línea 3, columna «nombre»: la celda está vacía y es obligatoria",
                  "munis.csv, línea 3, columna «categoría»: «9»: se esperaba uno de {ESP, 1, 2}",
                  "munis.csv, línea 3, columna «mdm»: «101»: se esperaba un número de 0 a 100, con punto "
                  "decimal (12.5)",
                  "munis.csv, línea 3, columna «pdet»: «quizás»: se esperaba sí o no",
                  "munis.csv, línea 3, columna «reg»: no hay región con la clave «Caribbe»\n"
                  "  ayuda: ¿quiso decir «Caribe»?",
                  "munis.csv, línea 4, columna «cod»: la celda está vacía y es obligatoria",
                  "munis.csv, línea 4, columna «reg»: la celda está vacía: no se sabe de qué región es"));
}

TEST_F(ImportTest, NothingIsTakenWhenAnythingIsWrong) {
  write("munis.csv", "cod,nombre,reg\n05001,Medellín,Caribe\n05002,,Caribe\n");
  EXPECT_EQ(read_entities(test_rules(), {folder_.string()}).territory.of(municipality()).size(), 0U);
}

TEST_F(ImportTest, ARowOfTheWrongWidthHidesNoOtherMistake) {
  EXPECT_THAT(
      errors_of("cod,nombre,reg,mdm\n05001,Medellín,Caribe,1,9\n05002,Bello,Caribe,x\n"
                "05003,\"Itagüí,Caribe,3\n05004,Envigado,Caribe,200\n"),
      ElementsAre("munis.csv, línea 2: la fila tiene 5 celdas y el encabezado 4\n"
                  "  ayuda: si una celda lleva el separador dentro, enciérrela entre comillas",
                  "munis.csv, línea 3, columna «mdm»: «x»: se esperaba un número de 0 a 100, con punto "
                  "decimal (12.5)",
                  "munis.csv, línea 4: hay unas comillas que no se cierran\n"
                  "  ayuda: encierre la celda entera entre comillas y escriba dobles (\"\") las de dentro",
                  "munis.csv, línea 5, columna «mdm»: «200»: se esperaba un número de 0 a 100, con "
                  "punto decimal (12.5)"));
}

TEST_F(ImportTest, OfManyErrorsTheFirstAreKeptAndAllCounted) {
  std::string text = "cod,nombre,reg,mdm\n";
  for (std::size_t row = 1; row <= DataErrors::most_kept + 5; ++row)
    text += std::to_string(row) + ",x,Caribe,mal\n";
  write("munis.csv", text);
  const ImportedData data = read_entities(test_rules(), {folder_.string()});
  EXPECT_EQ(data.errors.size(), DataErrors::most_kept + 5);
  EXPECT_EQ(data.errors.left_out(), 5U);
}

TEST_F(ImportTest, ChildrenOfAParentThatCannotBeReadAreNotBlamedForIt) {
  write("regiones.csv", "nombre\n\"Caribe\nPacífico\n");
  EXPECT_THAT(errors_of("cod,nombre,reg\n05001,Medellín,Caribe\n05002,Bello,Pacífico\n"),
              ElementsAre(HasSubstr("hay unas comillas que no se cierran")));
}

TEST_F(ImportTest, AFileWithNothingButItsHeadingIsToldOf) {
  write("munis.csv", "cod,nombre,reg\n");
  const ImportedData data = read_entities(test_rules(), {folder_.string()});
  ASSERT_TRUE(data.errors.empty());
  EXPECT_THAT(data.summaries.back().warnings, ElementsAre("no tiene filas: solo el encabezado"));
}

TEST_F(ImportTest, AWholeNumberWithItsThousandsApartIsNotTakenForAThousandth) {
  EXPECT_THAT(
      errors_of("cod,nombre,reg,población\n05001,Medellín,Caribe,35.000\n05002,Bello,Caribe,12.0\n"),
      ElementsAre("munis.csv, línea 2, columna «población»: «35.000»: no se sabe si separa miles o "
                  "decimales, y se esperaba un número entero\n  ayuda: escriba 35000, sin separar los "
                  "miles"));
}

TEST_F(ImportTest, AFailedFormulaIsNoText) {
  EXPECT_THAT(
      errors_of("cod,nombre,reg\n05001,#N/A,Caribe\n"),
      ElementsAre("munis.csv, línea 2, columna «nombre»: «#N/A»: es una fórmula que falló en la hoja de "
                  "cálculo\n  ayuda: corrija la fórmula, o deje la celda vacía si no hay dato"));
}

TEST_F(ImportTest, WhatTheSpreadsheetDidToKeysIsSaid) {
  write("munis.csv", "cod,nombre,reg\n5001,Medellín,Caribe\n5002,Abejorral,Caribe\n19001,Popayán,Pacífico\n");
  EXPECT_THAT(
      read_entities(test_rules(), {folder_.string()}).summaries.at(1).warnings,
      ElementsAre("2 claves tienen 4 cifras y las demás 5: ¿la hoja de cálculo les quitó el cero inicial? "
                  "«5001» sería «05001»"));
  write("munis.csv", "cod,nombre,reg\n05001,Medellín,Caribe\n19001,Popayán,Pacífico\n");
  EXPECT_THAT(read_entities(test_rules(), {folder_.string()}).summaries.at(1).warnings, IsEmpty());
  write("regiones.csv", "nombre\n05\n");
  EXPECT_THAT(
      errors_of("cod,nombre,reg\n05001,Medellín,5\n"),
      ElementsAre("munis.csv, línea 2, columna «reg»: no hay región con la clave «5»\n  ayuda: ¿es «05»? La "
                  "hoja de cálculo le quitó el cero inicial: dé a la columna formato de texto"));
}

TEST_F(ImportTest, ACodeWithoutItsZeroIsSeenInWhicheverFileLostIt) {
  write("regiones.csv", "nombre\n5\n11\n13\n");
  EXPECT_THAT(
      errors_of("cod,nombre,reg\n05001,Medellín,05\n11001,Bogotá,11\n"),
      ElementsAre(AllOf(StartsWith("munis.csv, línea 2, columna «reg»: no hay región con la clave «05»"),
                        HasSubstr("regiones.csv» está como «5». La hoja de cálculo le quitó el cero"))));
  write("munis.csv", "cod,nombre,reg\n05001,Medellín,5\n");
  EXPECT_THAT(
      read_entities(test_rules(), {folder_.string()}).summaries.at(0).warnings,
      ElementsAre("1 clave tiene 1 cifra y las demás 2: ¿la hoja de cálculo les quitó el cero inicial? "
                  "«5» sería «05»"));
  write("regiones.csv", "nombre\n5\n6\n7\n8\n9\n10\n");
  EXPECT_THAT(read_entities(test_rules(), {folder_.string()}).summaries.at(0).warnings, IsEmpty())
      << "they count";
}

TEST_F(ImportTest, KeysThatAreNoneAreSaid) {
  write("munis.csv", "cod,nombre,reg\n05001,Medellín,Caribe\nn.d.,Popayán,Pacífico\n-,Cali,Pacífico\n");
  EXPECT_THAT(
      read_entities(test_rules(), {folder_.string()}).summaries.at(1).warnings,
      ElementsAre("la clave «n.d.» (línea 3) parece decir que no hay dato, y una fila sin clave no sirve"));
  write("munis.csv", "cod,nombre,reg\n5.001E+12,Medellín,Caribe\n");
  EXPECT_THAT(read_entities(test_rules(), {folder_.string()}).summaries.at(1).warnings,
              ElementsAre("la clave «5.001E+12» (línea 2) parece un número que la hoja de cálculo acortó"));
  write("munis.csv", "cod,nombre,reg\nANDEN,Medellín,Caribe\nE5,Cali,Pacífico\n");
  EXPECT_THAT(read_entities(test_rules(), {folder_.string()}).summaries.at(1).warnings, IsEmpty());
}

TEST_F(ImportTest, ValuesThatAFileWithoutTheirColumnTakesAwayAreCounted) {
  write("munis.csv",
        "cod,nombre,reg,mdm\n05001,Medellín,Caribe,50\n05002,Abejorral,Caribe,\n05004,Abriaquí,Caribe,3\n");
  const Territory kept = read_entities(test_rules(), {folder_.string()}).territory;
  write("munis.csv", "cod,nombre,reg,desempeño\n05001,Medellín,Caribe,50\n05002,Abejorral,Caribe,41\n");
  EXPECT_THAT(read_entities(test_rules(), {folder_.string()}, {}, {}, &kept).summaries.at(1).warnings,
              ElementsAre("no hay columna «mdm»: 1 fila pierde el dato que tiene en la base"));
}

TEST_F(ImportTest, WhatADatabaseKeepsNeedNotComeAgain) {
  write("munis.csv", "cod,nombre,reg\n05001,Medellín,Caribe\n");
  const Territory kept = read_entities(test_rules(), {folder_.string()}).territory;
  const auto read = [&] { return read_entities(test_rules(), {folder_.string()}, {}, {}, &kept); };
  write("regiones.csv", "nombre\nAndina\n");
  write("munis.csv", "cod,nombre,reg\n05001,Medellín,Pacífico\n05002,Abejorral,Andina\n");
  const ImportedData data = read();
  EXPECT_THAT(rendered(data.errors), IsEmpty());
  EXPECT_EQ(data.summaries.at(0).kept_beside, 2U);
  EXPECT_EQ(data.summaries.at(1).kept_beside, 0U);
  fs::remove(folder_ / "regiones.csv");
  write("munis.csv", "cod,nombre,reg\n05002,Abejorral,Pacífica\n5001,Medellín,Caribe\n");
  EXPECT_THAT(
      rendered(read().errors),
      ElementsAre("munis.csv, línea 2, columna «reg»: no hay región con la clave «Pacífica»\n"
                  "  ayuda: ¿quiso decir «Pacífico»?",
                  "munis.csv, línea 3, columna «cod»: la clave «5001» ya está en la base como «05001»\n"
                  "  ayuda: escriba «05001». La hoja de cálculo le quitó el cero inicial: dé a la columna "
                  "formato de texto"));
  fs::remove(folder_ / "munis.csv");
  EXPECT_THROW(read(), FileUnusable) << "nothing at all is there";
}

TEST_F(ImportTest, ChildrenOfAFileThatIsNoneAreNotBlamedForIt) {
  write("regiones.csv",
        "nombre\nCaribe\nPac\xED"
        "fico\nNariño\n");
  EXPECT_THAT(errors_of("cod,nombre,reg\n05001,Medellín,Caribe\n"),
              ElementsAre(StartsWith("regiones.csv, línea 3, columna «nombre»: «Pacífico»")));
}

TEST_F(ImportTest, ThreeDigitsBehindAPointMayBeThousandsWhereACommaCouldBeTheMark) {
  const std::string wrong =
      "munis.csv, línea 2, columna «área»: «1.234»: no se sabe si separa miles o decimales\n"
      "  ayuda: escriba 1234 si son miles; si son decimales, dé «--decimal .»";
  EXPECT_THAT(errors_of("cod;nombre;reg;área\n05001;Medellín;Caribe;1.234\n"), ElementsAre(wrong));
  EXPECT_THAT(errors_of("cod\tnombre\treg\tárea\n05001\tMedellín\tCaribe\t1.234\n"), ElementsAre(wrong));
  EXPECT_THAT(errors_of("cod;nombre;reg;área\n05001;Medellín;Caribe;1.234\n05002;Bello;Caribe;0.5\n"),
              IsEmpty())
      << "the column tells";
  EXPECT_THAT(errors_of("cod;nombre;reg;mdm\n05001;Medellín;Caribe;1.234\n"), IsEmpty())
      << "1234 would be beyond 100";
  EXPECT_THAT(errors_of("cod;nombre;reg;área\n05001;Medellín;Caribe;1,234\n"), IsEmpty());
  EXPECT_THAT(errors_of("cod,nombre,reg,área\n05001,Medellín,Caribe,1.234\n"), IsEmpty());
  CsvDialect point;
  point.decimal = '.';
  EXPECT_THAT(errors_of("cod;nombre;reg;área\n05001;Medellín;Caribe;1.234\n", point), IsEmpty());
}

TEST_F(ImportTest, CharactersThatNobodySeesAreNotTaken) {
  const std::string help = "tiene un carácter que no se ve\n  ayuda: borre la celda y escríbala otra vez";
  EXPECT_THAT(
      errors_of(
          "cod,nombre,reg,nota\n05001\u200B,Mede\x1B[31mllín,Caribe,\u202E\n05002,\"Santa Fe\nde Antioquia\","
          "Pac\u00ADífico,\n05003,MedellÃ\u00ADn,Caribe,\n05004,\"Belén, San José – La Unión\",Caribe,\n"
          "05005,Bogot\uFFFD,Caribe,\n\"05\n006\",Uno,Caribe,\n"),
      ElementsAre(
          "munis.csv, línea 2, columna «cod»: «05001⟨U+200B⟩»: " + help,
          "munis.csv, línea 2, columna «nombre»: «Mede⟨U+001B⟩[31mllín»: " + help,
          "munis.csv, línea 3, columna «reg»: «Pac⟨U+00AD⟩ífico»: " + help,
          "munis.csv, línea 4, columna «nombre»: «MedellÃ⟨U+00AD⟩n»: sus letras se dañaron al cambiar de "
          "codificación\n  ayuda: ¿es «Medellín»? Guarde los datos otra vez como «CSV UTF-8»",
          "munis.csv, línea 6, columna «nombre»: «Bogot\uFFFD»: se le perdió una letra al cambiar de "
          "codificación\n  ayuda: escriba otra vez la celda",
          "munis.csv, línea 7, columna «cod»: la clave «05 006» tiene un cambio de línea\n"
          "  ayuda: escríbala en un solo renglón; mire si unas comillas no se cierran"));
  EXPECT_THAT(
      errors_of("cod,nombre,reg\n05001,BogotÃ¡,Caribe\n"),
      ElementsAre("munis.csv, línea 2, columna «nombre»: «BogotÃ¡»: sus letras se dañaron al cambiar de "
                  "codificación\n  ayuda: ¿es «Bogotá»? Guarde los datos otra vez como «CSV UTF-8»"));
  EXPECT_THAT(people_errors("persona,nombre,correo,rol,entidad\nana,A\u202Ena,,Dirección,\n"),
              ElementsAre("personas.csv, línea 2, columna «nombre»: «A⟨U+202E⟩na»: " + help));
}

TEST_F(ImportTest, ANullByteHidesNoOtherMistake) {
  using namespace std::string_literals;
  EXPECT_THAT(
      errors_of("cod,nombre,reg,mdm\n05001,Mede\0llín,Caribe,200\n05002,Bello,Caribe,N/D\n"s),
      ElementsAre(
          "munis.csv, línea 2, columna «nombre»: «Mede⟨U+0000⟩llín»: tiene un byte nulo, que no es texto\n"
          "  ayuda: borre la celda y escríbala otra vez",
          HasSubstr("línea 2, columna «mdm»: «200»"), HasSubstr("línea 3, columna «mdm»: «N/D»")));
}

TEST_F(ImportTest, AHeadingBelowATitleIsFound) {
  EXPECT_THAT(errors_of("Tabla 1. Municipios,,\n\ncod,nombre,reg\n05001,Medellín,Caribe\n").front(),
              AllOf(HasSubstr("falta la columna «cod»"),
                    EndsWith("el encabezado está en la línea 3: borre lo que tiene encima")));
}

TEST_F(ImportTest, TwoColumnsForOneFieldAreNotChosenFrom) {
  EXPECT_THAT(errors_of("cod,nombre,reg,área,Área en km2\n05001,Medellín,Caribe,1,2\n"),
              ElementsAre("munis.csv, línea 1, columna «Área en km2»: lo mismo dice la columna «área»\n"
                          "  ayuda: deje una sola, o cambie el nombre de la otra"));
}

TEST_F(ImportTest, ColumnsThatThePolicyDoesNotUseAreNamed) {
  write("munis.csv", "cod,nombre,reg,mmd,latitud,\n05001,Medellín,Caribe,1,6.2,\n");
  const ImportSummary summary = read_entities(test_rules(), {folder_.string()}).summaries.at(1);
  EXPECT_THAT(summary.ignored, ElementsAre("mmd", "latitud"));
  EXPECT_THAT(summary.warnings, ElementsAre("no hay columna «mdm»: ¿quiso decir «mmd»?"));
}

TEST_F(ImportTest, DecimalCommaIsDetectedBesideSemicolons) {
  write("munis.csv",
        "cod;nombre;reg;mdm;población\n05001;Medellín;Caribe;82,3;100\n05002;Bello;Caribe;7;5\n");
  const ImportedData data = read_entities(test_rules(), {folder_.string()});
  EXPECT_THAT(rendered(data.errors), IsEmpty());
  EXPECT_EQ(value_of(data.territory, 0, 3), Value(*rules::Decimal::parse("82.3")));
  EXPECT_EQ(data.summaries.at(1).dialect.decimal, ',');
  EXPECT_EQ(data.summaries.at(1).dialect.separator, ';');
}

TEST_F(ImportTest, PointsAndCommasInOneFileAreNotGuessed) {
  EXPECT_THAT(
      errors_of("cod;nombre;reg;mdm;población\n05001;Medellín;Caribe;82,3;21.468\n"),
      ElementsAre(
          "munis.csv, línea 2, columna «población»: «21.468» lleva punto, y «82,3» (línea 2, columna "
          "«mdm») coma\n  ayuda: deje una sola forma, o diga cuál es la de los decimales: «--decimal ,» o "
          "«--decimal .»"));
  CsvDialect comma;
  comma.decimal = ',';
  EXPECT_THAT(
      errors_of("cod;nombre;reg;mdm;población\n05001;Medellín;Caribe;82,3x;21.468\n", comma),
      ElementsAre("munis.csv, línea 2, columna «mdm»: «82,3x»: se esperaba un número de 0 a 100, con coma "
                  "decimal (12,5)",
                  "munis.csv, línea 2, columna «población»: «21.468»: en este archivo los decimales van con "
                  "coma, y aquí hay un punto\n  ayuda: escriba 21468, sin separar los miles"));
}

TEST_F(ImportTest, ColumnsThatMustBeThereAreAskedFor) {
  EXPECT_THAT(errors_of("codd,regi\n05001,Caribe\n"),
              ElementsAre("munis.csv, línea 1: falta la columna «cod», con la clave de cada fila\n"
                          "  ayuda: ¿quiso decir «codd»?",
                          "munis.csv, línea 1: falta la columna «nombre», que es obligatoria",
                          "munis.csv, línea 1: falta la columna «reg», que dice de qué región es cada fila\n"
                          "  ayuda: ¿quiso decir «regi»?"));
  EXPECT_THAT(errors_of("cod,nombre,Nombre,reg\n1,2,3,Caribe\n"),
              ElementsAre("munis.csv, línea 1, columna «Nombre»: dos columnas tienen el mismo encabezado\n"
                          "  ayuda: deje una sola, o cambie el nombre de la otra"));
}

TEST_F(ImportTest, AMissingFileIsSaidWithTheNamesLookedFor) {
  fs::remove(folder_ / "regiones.csv");
  try {
    read_entities(test_rules(), {folder_.string()});
    FAIL();
  } catch (const FileUnusable& unusable) {
    EXPECT_EQ(unusable.what(),
              "en «" + folder_.string() +
                  "» no están los datos de «región»: se buscó «regións.csv», «regiones.csv», "
                  "«región.csv»");
  }
}

TEST_F(ImportTest, APairNamesOneFileAndParentsAreThenKnownByTheirKey) {
  write("otro.csv", "cod,nombre,reg\n05001,Medellín,Andina\n");
  const ImportedData data = read_entities(test_rules(), {"municipio=" + (folder_ / "otro.csv").string()});
  EXPECT_THAT(rendered(data.errors), IsEmpty());
  EXPECT_TRUE(data.territory.find(*test_rules().find_entity("región"), "Andina").has_value());
  EXPECT_THROW(read_entities(test_rules(), {"municipo=" + (folder_ / "otro.csv").string()}), FileUnusable);
  EXPECT_THROW(read_entities(test_rules(), {"no-existe"}), FileUnusable);
}

TEST_F(ImportTest, PeopleAreRead) {
  write("munis.csv", "cod,nombre,reg\n05001,Medellín,Caribe\n");
  write("personas.csv",
        "persona,nombre,correo,rol,entidad,desde,hasta\n"
        "ana,Ana Ruiz,ana@example.org,Dirección,,,\nluis,Luis Paz,,enlace,05001,2024-01-15,2024-06-30\n");
  const ImportedData data = read_entities(test_rules(), {folder_.string()});
  const ImportedPeople people = read_people({{test_rules(), data.territory}}, folder_ / "personas.csv");
  EXPECT_THAT(rendered(people.errors), IsEmpty());
  ASSERT_EQ(people.rows.size(), 2U);
  EXPECT_EQ(people.rows[1].person, "luis");
  EXPECT_EQ(people.rows[1].entity, "05001");
  EXPECT_EQ(people.rows[1].from, rules::parse_iso_date("2024-01-15"));
  EXPECT_EQ(people.rows[1].line, 3U);
}

TEST_F(ImportTest, WhatIsWrongWithPeopleIsLocated) {
  EXPECT_THAT(
      people_errors("persona,nombre,correo,rol,entidad,desde,hasta\n"
                    "ana,Ana,a@x.co,direccion,05001,,\n"
                    "ana,Ana María,b@x.co,articulador,Andina,,\n"
                    ",Luis,,enlaze,05001,15/01/2024,\n"
                    "eva,Eva,,enlace,,2024-02-01,2024-01-01\n"),
      ElementsAre(
          "personas.csv, línea 2, columna «entidad»: el rol «dirección» es por nación: la entidad va vacía",
          "personas.csv, línea 3, columna «nombre»: «ana» se llama «Ana» en la línea 2",
          "personas.csv, línea 3, columna «correo»: «ana» tiene el correo «a@x.co» en la línea 2",
          "personas.csv, línea 3, columna «entidad»: no hay región con la clave «Andina»",
          "personas.csv, línea 4, columna «desde»: «15/01/2024»: se esperaba una fecha, escrita como "
          "2024-02-07\n  ayuda: escriba 2024-01-15",
          "personas.csv, línea 4, columna «persona»: la celda está vacía y es obligatoria",
          "personas.csv, línea 4, columna «rol»: la política no tiene el rol «enlaze»\n"
          "  ayuda: ¿quiso decir «enlace»?",
          "personas.csv, línea 5, columna «entidad»: el rol «enlace» es por municipio o región: falta la "
          "clave "
          "de la entidad",
          "personas.csv, línea 5, columna «hasta»: termina antes de empezar (2024-02-01)"));
}

TEST_F(ImportTest, WhatWasSaidOfAPersonNeedNotBeSaidAgain) {
  EXPECT_THAT(people_errors("persona,nombre,correo,rol,entidad\n"
                            "ana,,,dirección,\n"
                            "ana,Ana,a@x.co,articulador,Caribe\n"
                            "ana,,,articulador,Pacífico\n"),
              IsEmpty());
}

TEST_F(ImportTest, TheEntityThatWasMeantIsOffered) {
  EXPECT_THAT(
      people_errors("persona,nombre,correo,rol,entidad\n"
                    "ana,Ana,,enlace,5001\n"
                    "eva,Eva,,enlace,medellin\n"
                    "luz,Luz,,articulador,Caribbe\n"
                    "leo,Leo,,articulador,Orinoquía\n"),
      ElementsAre(
          "personas.csv, línea 2, columna «entidad»: no hay municipio o región con la clave «5001»\n"
          "  ayuda: ¿es «05001»? La hoja de cálculo le quitó el cero inicial: dé a la columna formato de "
          "texto",
          "personas.csv, línea 3, columna «entidad»: no hay municipio o región con la clave «medellin»\n"
          "  ayuda: ¿es «05001»? Esa es la clave de «Medellín»",
          "personas.csv, línea 4, columna «entidad»: no hay región con la clave «Caribbe»\n"
          "  ayuda: ¿quiso decir «Caribe»?",
          "personas.csv, línea 5, columna «entidad»: no hay región con la clave «Orinoquía»"));
}

TEST_F(ImportTest, PeopleAreNamedAndReachedByWhatCanBeTypedAndSentTo) {
  const std::string id_help =
      "\n  ayuda: use letras, cifras y los signos . - _ @ +, sin espacios, como en «ana.ruiz»";
  const std::string address_help =
      "\n  ayuda: es una sola, como ana.ruiz@example.org; si no tiene, deje la celda vacía";
  EXPECT_THAT(
      people_errors("persona,nombre,correo,rol,entidad\n"
                    "ana ruiz,Ana,,dirección,\n"
                    "ana ruiz,Ana,,enlace,05001\n"
                    "--como,Luis,luis@example.org;eva@example.org,dirección,\n"
                    "eva,\"Eva\nPaz\",eva(arroba)example.org,dirección,\n"
                    "Eva,Eva,,enlace,05001\n"
                    "Íñigo.paz@example.org,Íñigo Paz,inigo@example.org,dirección,\n"),
      ElementsAre(
          "personas.csv, línea 2, columna «persona»: «ana ruiz» no sirve para nombrar a una persona en "
          "«--como»" +
              id_help,
          "personas.csv, línea 4, columna «persona»: «--como» no sirve para nombrar a una persona en "
          "«--como»" +
              id_help,
          "personas.csv, línea 4, columna «correo»: «luis@example.org;eva@example.org» no es una "
          "dirección de correo" +
              address_help,
          "personas.csv, línea 5, columna «nombre»: «Eva Paz»: el nombre va en un solo renglón\n"
          "  ayuda: mire si unas comillas no se cierran",
          "personas.csv, línea 5, columna «correo»: «eva(arroba)example.org» no es una dirección de "
          "correo" +
              address_help,
          "personas.csv, línea 6, columna «persona»: «Eva» y «eva», de la línea 5, se distinguen solo "
          "por mayúsculas o tildes\n"
          "  ayuda: si son la misma persona, escríbala igual; si no, cambie una"));
}

}  // namespace
}  // namespace cauce::engine
