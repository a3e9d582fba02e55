// How the command line is used, and what it says when it is not.
#include "engine/cli/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cli/cli_for_tests.hpp"
#include "engine/cli/commands.hpp"

namespace cauce::engine::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RunTest : public testing::Test {
 protected:
  CommandLineForTests cauce;
};

TEST_F(RunTest, WithoutACommandItIsWrongUsage) {
  const Outcome outcome = cauce({});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "error: falta la orden\n  ayuda: «cauce --help» las muestra todas\n");
}

TEST_F(RunTest, AnUnknownCommandOffersTheNearest) {
  const Outcome outcome = cauce({"focalisar", "x"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err, "error: no existe la orden «focalisar»\n  ayuda: ¿quiso decir «focalizar»?\n");
  EXPECT_EQ(cauce({"xyzw"}).err, "error: no existe la orden «xyzw»\n  ayuda: «cauce --help» muestra todas\n");
}

TEST_F(RunTest, AnUnknownOptionOffersTheNearest) {
  const Outcome outcome = cauce({"revisar", "x.cauce", "--estrito"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_EQ(outcome.err, "error: no existe la opción «--estrito»\n  ayuda: ¿quiso decir «--estricto»?\n");
}

TEST_F(RunTest, WhatIsMissingOrTooMuchIsNamed) {
  EXPECT_EQ(cauce({"revisar"}).err,
            "error: falta «RUTA»\n  ayuda: «cauce revisar --help» dice cómo se usa\n");
  EXPECT_EQ(cauce({"focalizar", "x", "y", "--datos"}).err,
            "error: a «--datos» le falta su valor\n  ayuda: «cauce focalizar --help» dice cómo se usa\n");
  EXPECT_EQ(cauce({"migrar", "--plan", "--ahora", "2025-01-06T08:00"}).err,
            "error: a «--plan» le falta su valor\n  ayuda: «cauce migrar --help» dice cómo se usa\n");
  EXPECT_EQ(cauce({"festivos", "2024", "x", "y"}).err,
            "error: sobra «y»\n  ayuda: «cauce festivos --help» dice cómo se usa\n");
  EXPECT_EQ(
      cauce({"festivos", "veinte"}).err,
      "error: «AÑO veinte» no es un número entero\n  ayuda: «cauce festivos --help» dice cómo se usa\n");
}

TEST_F(RunTest, GlobalOptionsGoOnlyWhereTheyMeanSomething) {
  const std::string help = "\n  ayuda: «cauce completar --help» dice cómo se usa\n";
  const Outcome writing = cauce({"completar", "PAT/1/2024", "c", "--campo", "a=b", "--fecha", "2024-01-01"});
  EXPECT_EQ(writing.code, 2);
  EXPECT_EQ(
      writing.err,
      "error: «--fecha» no va con «completar»: lo que cambia la base queda con la hora de ahora" + help);
  EXPECT_EQ(cauce({"vencidos", "--como", "ana"}).code, 2);
  EXPECT_EQ(cauce({"festivos", "2024", "--ahora", "2024-01-01"}).code, 2);
  EXPECT_EQ(cauce({"estado", "--vigencia", "2025"}).code, 2);
  EXPECT_EQ(cauce({"completar", "PAT/1/2024", "c", "--campo", "a=b"}).err,
            "error: falta «--como PERSONA»: quién actúa" + help);
}

TEST_F(RunTest, WhatTheSystemRefusesIsSaidInWordsOfTheUser) {
  const FolderForTests folder;
  const std::string loop = folder / "vuelta";
  std::filesystem::create_symlink("vuelta", loop);
  const Outcome looping = cauce({"revisar", loop});
  EXPECT_EQ(looping.code, 3);
  EXPECT_EQ(looping.err, "error: no se puede leer «" + loop + "»: los enlaces de la ruta dan vueltas\n");
  const std::string long_name(300, 'x');
  const Outcome too_long = cauce({"estado", "--base", folder / long_name});
  EXPECT_EQ(too_long.code, 3);
  EXPECT_EQ(too_long.err, "error: no se puede abrir la base «" + folder.path() + "/" + long_name +
                              "»: el nombre es demasiado largo\n");
  write_file(folder / "archivo", "");
  EXPECT_EQ(cauce({"estado", "--base", folder / "archivo/cauce.db"}).err,
            "error: no se puede abrir la base «" + folder.path() +
                "/archivo/cauce.db»: una parte de la ruta no es una carpeta\n");
}

TEST_F(RunTest, GlobalOptionsMayStandBeforeTheCommand) {
  EXPECT_EQ(cauce({"--json", "festivos", "2024"}).out, cauce({"festivos", "2024", "--json"}).out);
  EXPECT_EQ(cauce({"--base", "/no/existe.db", "estado"}).code, 3);
}

TEST_F(RunTest, CommandsAnswerToTheirEnglishAliasAndToAnySpelling) {
  EXPECT_EQ(cauce({"holidays", "2024"}).out, cauce({"Festivos", "2024"}).out);
  EXPECT_EQ(cauce({"festivos", "2024"}).code, 0);
}

TEST_F(RunTest, TheOverviewListsEveryCommand) {
  const Outcome outcome = cauce({"--help"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.err, "");
  for (const Command& command : all_commands()) {
    EXPECT_THAT(outcome.out, HasSubstr("  " + command.name + " (" + command.alias + ")"));
  }
}

TEST_F(RunTest, EveryCommandHasHelpWithAnExampleAndNoEnglish) {
  for (const Command& command : all_commands()) {
    std::vector<std::string> words = {command.name, "--help"};
    const std::size_t space = command.name.find(' ');
    if (space != std::string::npos)
      words = {command.name.substr(0, space), command.name.substr(space + 1), "--help"};
    const Outcome outcome = cauce(words);
    EXPECT_EQ(outcome.code, 0) << command.name;
    EXPECT_THAT(outcome.out, StartsWith("cauce " + command.name + " (" + command.alias + "): "));
    EXPECT_THAT(outcome.out, HasSubstr("Ejemplo:\n  $ cauce " + command.name));
    for (const char* english : {"Usage", "Options", "required", "TEXT", "Positionals"}) {
      const std::string word = std::string(english) + "([^A-Za-z]|$)";  // «TEXTO» is Spanish
      EXPECT_THAT(outcome.out, Not(testing::ContainsRegex(word))) << command.name;
    }
  }
}

TEST_F(RunTest, HelpSaysWhatACommandTakes) {
  EXPECT_EQ(
      cauce({"dispensar", "--help"}).out,
      "cauce dispensar (waive): exime de una obligación, con un motivo\n"
      "\n"
      "Uso: cauce dispensar PLAN OBLIGACIÓN [PERIODO] --motivo TEXTO [opciones]\n"
      "\n"
      "Argumentos:\n"
      "  PLAN        el plan: PAT/05001/2024\n"
      "  OBLIGACIÓN  el reporte o hito, por su nombre, o la fase\n"
      "  PERIODO     de un reporte: 2024-05, 2024-T2, 2024-S1\n"
      "\n"
      "Opciones:\n"
      "  --motivo TEXTO    por qué\n"
      "  --si-versión N    solo si el plan sigue en esta versión (la dice «estado»)\n"
      "  --base ARCHIVO    la base de datos (si no, CAUCE_BASE o cauce.db)\n"
      "  --json            el resultado en JSON, para otros programas\n"
      "  --como PERSONA    quién actúa\n"
      "  --ahora INSTANTE  la hora de esta orden; solo en una base de ensayo\n"
      "  --help, -h        esta ayuda\n"
      "\n"
      "Ejemplo:\n"
      "  $ cauce dispensar PAT/05002/2024 informe_mensual 2024-05 --motivo 'Orden público' --como luis\n");
}

TEST_F(RunTest, TheVersionIsSaid) {
  cauce.environment.build = {"0123456789ab", "2024-01-09", "GNU 12.2.0, x86_64"};
  const Outcome outcome = cauce({"--version"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, testing::MatchesRegex("cauce [0-9.]+\n"
                                                 "  código fuente  0123456789ab, del 2024-01-09\n"
                                                 "  compilador     GNU 12.2.0, x86_64\n"
                                                 "  bibliotecas    SQLite 3[^\n]*\n"
                                                 "                 libcurl [^\n]*\n(.|\n)*"));
  EXPECT_EQ(cauce({"--versión"}).out, outcome.out);
  EXPECT_EQ(cauce({"revisar", "--", "--version"}).code, exit_unusable_data) << "it may be the name of a file";
}

TEST_F(RunTest, WhatIsNotKnownOfTheBuildIsNotSaid) {
  EXPECT_THAT(cauce({"--version"}).out, testing::MatchesRegex("cauce [0-9.]+\n  bibliotecas    (.|\n)*"));
}

TEST_F(RunTest, AfterTwoDashesNothingIsAnOption) {
  EXPECT_EQ(cauce({"revisar", "--", "--json"}).out, "");
}

TEST_F(RunTest, ColourIsForTerminalsWithoutNoColor) {
  cauce.environment.err_is_terminal = true;
  EXPECT_THAT(cauce({}).err, StartsWith("\x1b[1;31merror:\x1b[0m"));
  cauce.environment.variable = [](const std::string& name) -> std::optional<std::string> {
    if (name == "NO_COLOR") return "1";
    return std::nullopt;
  };
  EXPECT_THAT(cauce({}).err, StartsWith("error:"));
}

TEST_F(RunTest, WhatWouldCommandATerminalIsShownThereAsSigns) {
  const std::string word = "a\x1b[2J\a\u202Eb";
  EXPECT_THAT(cauce({word}).err, HasSubstr(word)) << "elsewhere it is as it is";
  cauce.environment.err_is_terminal = true;
  const std::string shown = cauce({word}).err;
  EXPECT_THAT(shown, HasSubstr("«a␛[2J␇�b»"));
  EXPECT_THAT(shown, StartsWith("\x1b[1;31merror:\x1b[0m"));
}

TEST_F(RunTest, TheDatabaseIsThatOfTheEnvironmentUnlessSaid) {
  cauce.environment.variable = [](const std::string& name) -> std::optional<std::string> {
    if (name == "CAUCE_BASE") return "/no/hay/otra.db";
    return std::nullopt;
  };
  EXPECT_THAT(cauce({"estado"}).err, HasSubstr("/no/hay/otra.db"));
  EXPECT_THAT(cauce({"estado", "--base", "/no/hay/esta.db"}).err, HasSubstr("/no/hay/esta.db"));
}

}  // namespace
}  // namespace cauce::engine::cli
