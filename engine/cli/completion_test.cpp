// What may follow the words of a command line.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/cli/cli_for_tests.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/globals.hpp"
#include "engine/cli/known_values.hpp"

namespace cauce::engine::cli {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class CompletionTest : public testing::Test {
 protected:
  Completion completion(const Words& words) const {
    return complete(all_commands(), words, cauce.environment);
  }
  std::vector<std::string> after(const Words& words) const {
    std::vector<std::string> offered;
    for (const Candidate& candidate : completion(words).candidates)
      offered.push_back(candidate.word);
    return offered;
  }
  void start() {
    const Outcome outcome =
        cauce({"iniciar", folder.path(), "--datos", folder.path(), "--personas", folder / "personas.csv",
               "--administrador", "dora", "--base", folder.base()});
    ASSERT_EQ(outcome.code, 0) << outcome.err;
    cauce.environment.variable = [base =
                                      folder.base()](const std::string& name) -> std::optional<std::string> {
      if (name == "CAUCE_BASE") return base;
      return std::nullopt;
    };
  }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
};

TEST_F(CompletionTest, OfNothingAreTheCommandsInSpanish) {
  const std::vector<std::string> offered = after({""});
  for (const Command& command : all_commands())
    EXPECT_THAT(offered, Contains(command.name.substr(0, command.name.find(' '))).Times(1));
  EXPECT_THAT(offered, Not(Contains("check")));
}

TEST_F(CompletionTest, OfACommandIsItsNameOrTheEnglishOneThatWasBegun) {
  EXPECT_THAT(after({"foc"}), ElementsAre("focalizar"));
  EXPECT_THAT(after({"FOC"}), ElementsAre("focalizar"));
  EXPECT_THAT(after({"buzo"}), ElementsAre("buzón"));
  EXPECT_THAT(after({"chec"}), ElementsAre("check"));
  EXPECT_THAT(after({"--base", "otra.db", "foc"}), ElementsAre("focalizar"));
  EXPECT_THAT(after({"zzz"}), IsEmpty());
  EXPECT_THAT(after({"zzz", ""}), IsEmpty());
}

TEST_F(CompletionTest, OfACommandOfTwoWordsIsTheSecond) {
  EXPECT_THAT(after({"planes", ""}), ElementsAre("crear"));
  EXPECT_THAT(after({"plans", ""}), ElementsAre("create"));
  EXPECT_THAT(after({"alertas", "si"}), ElementsAre("silenciar", "silencios"));
  EXPECT_THAT(after({"buzon", "re"}), ElementsAre("reenviar"));
}

TEST_F(CompletionTest, OptionsAreThoseThatTheCommandTakes) {
  EXPECT_THAT(after({"cumplir", "--e"}), ElementsAre("--el", "--evidencia"));
  EXPECT_THAT(after({"revisar", "-"}),
              AllOf(Contains("--estricto"), Contains("--datos"), Contains("--json"), Contains("--help"),
                    Not(Contains("-h")), Not(Contains("--base"))));
  EXPECT_THAT(after({"estado", "--a"}), ElementsAre("--aportes", "--a-fecha", "--ahora", "--ayuda"));
  EXPECT_THAT(after({"--ve"}), ElementsAre("--version"));
}

TEST_F(CompletionTest, AnOptionIsOfferedAgainOnlyIfItMayBeRepeated) {
  EXPECT_THAT(after({"cumplir", "--el", "2024-05-01", "--e"}), ElementsAre("--evidencia"));
  EXPECT_THAT(after({"completar", "--campo", "a=1", "--cam"}), ElementsAre("--campo"));
}

TEST_F(CompletionTest, ASpellingWithoutAccentsIsCompletedAsItWasBegun) {
  EXPECT_THAT(after({"hacer", "--si-v"}), ElementsAre("--si-versión"));
  EXPECT_THAT(after({"hacer", "--si-versio"}), ElementsAre("--si-version"));
}

TEST_F(CompletionTest, FixedValuesAreOffered) {
  EXPECT_THAT(after({"diagrama", ".", "--formato", ""}), ElementsAre("dot", "mermaid", "svg"));
  EXPECT_THAT(after({"diagrama", ".", "--formato=m"}), ElementsAre("--formato=mermaid"));
  EXPECT_THAT(after({"simular", "--suponer", ""}), ElementsAre("nadie", "todos", "historial"));
  EXPECT_THAT(after({"buzón", "--estado", "sin"}), ElementsAre("sin-entregar"));
  EXPECT_THAT(after({"autocompletado", ""}), ElementsAre("bash", "zsh", "fish"));
  EXPECT_THAT(after({"explica-código", "E02"}), Contains("E0201"));
  EXPECT_THAT(after({"cuentas", "ficha", "ana", "--orden", "repo"}), ElementsAre("reportar"));
  EXPECT_THAT(after({"cuentas", "ficha", "ana", "--orden", ""}), Not(Contains("revisar")));
}

/// Every fixed value is one that the command knows.
TEST_F(CompletionTest, EveryFixedValueIsTaken) {
  for (const std::string format : {"dot", "mermaid"})
    EXPECT_EQ(cauce({"diagrama", folder.path(), "PAT", "--formato", format}).code, 0) << format;
  for (const std::string format : {"texto", "md"})
    EXPECT_EQ(cauce({"explica-código", "--formato", format}).code, 0) << format;
  for (const std::string encoding : {"utf-8", "windows-1252"})
    EXPECT_NE(cauce({"focalizar", folder.path(), "--datos", folder.path(), "--codificación", encoding}).code,
              2);
  start();
  for (const Candidate& state : completion({"buzón", "--estado", ""}).candidates)
    EXPECT_EQ(cauce({"buzón", "--estado", state.word}).code, 0) << state.word;
  for (const Candidate& assumption : completion({"simular", "--suponer", ""}).candidates)
    EXPECT_EQ(cauce({"simular", "--hasta", "2024-02-01", "--suponer", assumption.word}).code, 0)
        << assumption.word;
}

TEST_F(CompletionTest, FilesAreOfTheKindThatIsWanted) {
  EXPECT_EQ(completion({"revisar", ""}).files, Files::policies);
  EXPECT_EQ(completion({"revisar", "uno.cauce", ""}).files, Files::policies) << "one or more";
  EXPECT_EQ(completion({"festivos", ""}).files, Files::none);
  EXPECT_EQ(completion({"festivos", "2024", ""}).files, Files::policies);
  EXPECT_EQ(completion({"focalizar", ".", "--datos", ""}).files, Files::csv);
  EXPECT_EQ(completion({"documentar", ".", "--salida", ""}).files, Files::folders);
  EXPECT_EQ(completion({"estado", "--base", ""}).files, Files::any);
  EXPECT_EQ(completion({"estado", "--base=a"}).files, Files::any);
  EXPECT_EQ(completion({"revisar", "--", "-"}).files, Files::policies);
  EXPECT_EQ(completion({"hacer", "--motivo", ""}).files, Files::none);
}

TEST_F(CompletionTest, NamesComeFromThePolicyThatWasTyped) {
  folder.write("bajas.cauce",
               "focalización bajas \"Las bajas\" de municipio { califica si mdm < 45 cupo 1 }\n");
  EXPECT_THAT(after({"focalizar", folder.path(), ""}), Contains("bajas"));
  EXPECT_EQ(completion({"focalizar", folder.path(), "baj"}).candidates.front().help, "Las bajas");
  EXPECT_THAT(after({"diagrama", folder.path(), "pa"}), ElementsAre("PAT"));
  EXPECT_THAT(after({"evaluar", folder.path(), "1", "--de", "mun"}), ElementsAre("municipio"));
  EXPECT_THAT(after({"focalizar", folder / "no-hay", ""}), IsEmpty());
}

TEST_F(CompletionTest, PlansPeopleAndWhatAPlanHasComeFromTheDatabase) {
  start();
  EXPECT_THAT(after({"estado", "pat/05"}), ElementsAre("PAT/05001/2024", "PAT/05002/2024"));
  EXPECT_THAT(after({"migrar", "--plan", "PAT/19"}), ElementsAre("PAT/19001/2024"));
  EXPECT_THAT(after({"hacer", "--como", "a"}), ElementsAre("ana"));
  EXPECT_EQ(completion({"hacer", "--como", "ana"}).candidates.front().help, "Ana Pérez");
  EXPECT_THAT(after({"hacer", "PAT/05001/2024", ""}), ElementsAre("enviar"));
  EXPECT_THAT(after({"completar", "PAT/05001/2024", ""}), ElementsAre("objetivos", "lecciones"));
  EXPECT_THAT(after({"reportar", "PAT/05001/2024", "informe", ""}),
              ElementsAre("2024-02", "2024-03", "2024-04"));
  EXPECT_THAT(after({"reportar", "PAT/05001/2024", ""}), ElementsAre("informe", "final"));
  EXPECT_THAT(after({"cumplir", "PAT/05001/2024", ""}), ElementsAre("diagnóstico", "adopción"));
  EXPECT_THAT(after({"estado", "--base", folder / "no-hay.db", ""}), IsEmpty());
}

TEST_F(CompletionTest, AskingLeavesTheDatabaseAsItIs) {
  write_file(folder / "vacia.db", "");
  EXPECT_THAT(after({"estado", "--base", folder / "vacia.db", ""}), IsEmpty());
  EXPECT_EQ(read_file(folder / "vacia.db"), "");
}

TEST_F(CompletionTest, EveryWordThatStandsForAValueIsKnown) {
  for (const Command& command : all_commands()) {
    Arguments arguments;
    command.declare(arguments);
    std::vector<ArgumentHelp> all = arguments.help();
    const std::vector<ArgumentHelp> globals = global_help(command.access);
    all.insert(all.end(), globals.begin(), globals.end());
    for (const ArgumentHelp& argument : all) {
      EXPECT_TRUE(argument.value.empty() || !argument.choices.empty() || is_known_placeholder(argument.value))
          << command.name << ": " << argument.shown() << " is not in known_values.cpp";
    }
  }
}

TEST_F(CompletionTest, TheScriptAsksInItsOwnForm) {
  const Outcome outcome = cauce({"autocompletado", "bash", "--", "diagrama", "--formato", "s"});
  EXPECT_EQ(outcome.out, "ninguno\nsvg\n");
  EXPECT_EQ(cauce({"autocompletado", "zsh", "--", "foc"}).out.substr(0, 18), "ninguno\nfocalizar\t");
  EXPECT_EQ(cauce({"autocompletado", "fish", "--", "documentar", ".", "--salida", "x"}).out, "carpetas\n");
  EXPECT_EQ(cauce({"autocompletado", "bash", "--", "revisar", "--json", "--estr"}).out,
            "ninguno\n--estricto\tlos avisos cuentan como errores\n");
}

TEST_F(CompletionTest, EachShellHasItsScript) {
  EXPECT_THAT(cauce({"autocompletado", "bash"}).out, HasSubstr("complete -F _cauce cauce"));
  EXPECT_THAT(cauce({"autocompletado", "zsh"}).out, testing::StartsWith("#compdef cauce\n"));
  EXPECT_THAT(cauce({"completion", "fish"}).out, HasSubstr("complete --command cauce"));
  EXPECT_EQ(cauce({"autocompletado", "tcsh"}).code, exit_wrong_usage);
}

}  // namespace
}  // namespace cauce::engine::cli
