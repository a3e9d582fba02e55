// Completion as people meet it: real shells, with the program that was built.
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"
#include "tests/program_run.hpp"
#include "tests/project_folder.hpp"

namespace cauce {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A folder with a policy, a table and a subfolder, in which the shells stand.
class Shells : public testing::Test {
 protected:
  void SetUp() override {
    engine::write_file(folder / "mi politica.cauce",
                       "programa p \"P\" { vigencia 2024 zona \"America/Bogota\" calendario oficial }\n"
                       "calendario oficial { hábil lunes a viernes festivos Colombia }\n"
                       "entidad municipio { campo código: texto clave }\n"
                       "focalización municipios \"Todos\" de municipio { puntaje igual = 1  cupo 1 }\n"
                       "focalización menores de municipio { puntaje igual = 1  cupo 1 }\n");
    engine::write_file(folder / "municipios.csv", "código\n05001\n");
    engine::write_file(folder / "nota.txt", "nada\n");
    fs::create_directories(folder / "carpeta");
  }

  std::string in_folder(const std::string& command) const {
    return "cd " + as_word(folder.path()) +
           " && export PATH=" + as_word(fs::path(program_path()).parent_path().string()) + ":\"$PATH\" && " +
           command;
  }
  /// What stands in the line after Tab, and below it what the terminal has shown.
  std::string typed(const std::string& shell, const std::string& line) const {
    const ProgramRun run =
        run_program(in_folder(as_word(project_folder() + "/tests/shells/ask.py") + " " + shell + " " +
                              script(shell) + " " + as_word(line) + " 2>&1"));
    EXPECT_EQ(run.code, 0) << run.out;
    return run.out;
  }
  std::string line_after(const std::string& shell, const std::string& line) const {
    const std::string out = typed(shell, line);
    return out.substr(0, out.find('\n'));
  }
  /// What fish would offer, one a line: WORD<tab>HELP.
  std::string fish_offers(const std::string& line) const {
    const ProgramRun run = run_program(in_folder(
        "LC_ALL=C.UTF-8 fish --no-config -c " +
        as_word("source " + script("fish") + "; complete --do-complete " + as_word(line)) + " 2>&1"));
    EXPECT_EQ(run.code, 0) << run.out;
    return run.out;
  }
  static std::string script(const std::string& shell) {
    return project_folder() + "/engine/cli/shells/cauce." + shell;
  }

  engine::FolderForTests folder;
};

TEST_F(Shells, BashCompletesCommandsOptionsAndValues) {
  EXPECT_EQ(line_after("bash", "cauce foca"), "cauce focalizar ");
  EXPECT_EQ(line_after("bash", "cauce BUZO"), "cauce buzón ");
  EXPECT_EQ(line_after("bash", "cauce revisar --estr"), "cauce revisar --estricto ");
  EXPECT_EQ(line_after("bash", "cauce diagrama . --formato m"), "cauce diagrama . --formato mermaid ");
  EXPECT_EQ(line_after("bash", "cauce diagrama . --formato=m"), "cauce diagrama . --formato=mermaid ");
  EXPECT_EQ(line_after("bash", "cauce focalizar mi\\ politica.cauce mun"),
            "cauce focalizar mi\\ politica.cauce municipios ");
}

TEST_F(Shells, BashCompletesTheFilesThatAreWanted) {
  EXPECT_EQ(line_after("bash", "cauce revisar mi"), "cauce revisar mi\\ politica.cauce ");
  EXPECT_EQ(line_after("bash", "cauce revisar car"), "cauce revisar carpeta/");
  EXPECT_EQ(line_after("bash", "cauce revisar mun"), "cauce revisar mun") << "no policy begins so";
  EXPECT_EQ(line_after("bash", "cauce personas mun"), "cauce personas municipios.csv ");
  EXPECT_EQ(line_after("bash", "cauce focalizar . --datos municipio=mun"),
            "cauce focalizar . --datos municipio=municipios.csv ");
  EXPECT_EQ(line_after("bash", "cauce documentar . --salida n"), "cauce documentar . --salida n");
  EXPECT_EQ(line_after("bash", "cauce respaldar n"), "cauce respaldar nota.txt ");
}

TEST_F(Shells, BashListsWhatMayFollow) {
  EXPECT_THAT(typed("bash", "cauce alertas s"),
              AllOf(HasSubstr("silenciar"), HasSubstr("silencios"), Not(HasSubstr("reconocer"))));
}

TEST_F(Shells, ZshCompletesCommandsOptionsAndValues) {
  EXPECT_EQ(line_after("zsh", "cauce foca"), "cauce focalizar ");
  EXPECT_EQ(line_after("zsh", "cauce BUZO"), "cauce buzón ");
  EXPECT_EQ(line_after("zsh", "cauce revisar --estr"), "cauce revisar --estricto ");
  EXPECT_EQ(line_after("zsh", "cauce diagrama . --formato m"), "cauce diagrama . --formato mermaid ");
  EXPECT_EQ(line_after("zsh", "cauce diagrama . --formato=m"), "cauce diagrama . --formato=mermaid ");
  EXPECT_EQ(line_after("zsh", "cauce focalizar mi\\ politica.cauce mun"),
            "cauce focalizar mi\\ politica.cauce municipios ");
}

TEST_F(Shells, ZshCompletesTheFilesThatAreWanted) {
  EXPECT_EQ(line_after("zsh", "cauce revisar mi"), "cauce revisar mi\\ politica.cauce ");
  EXPECT_EQ(line_after("zsh", "cauce revisar car"), "cauce revisar carpeta/");
  EXPECT_EQ(line_after("zsh", "cauce personas mun"), "cauce personas municipios.csv ");
  EXPECT_EQ(line_after("zsh", "cauce focalizar . --datos municipio=mun"),
            "cauce focalizar . --datos municipio=municipios.csv ");
  EXPECT_EQ(line_after("zsh", "cauce respaldar n"), "cauce respaldar nota.txt ");
}

TEST_F(Shells, ZshListsWhatMayFollowWithItsHelp) {
  EXPECT_THAT(typed("zsh", "cauce alertas s"),
              AllOf(HasSubstr("silenciar  -- "), HasSubstr("silencios  -- "), Not(HasSubstr("reconocer"))));
}

TEST_F(Shells, FishOffersCommandsOptionsAndValues) {
  EXPECT_THAT(fish_offers("cauce foca"), testing::StartsWith("focalizar\t"));
  EXPECT_THAT(fish_offers("cauce revisar --estr"), testing::StartsWith("--estricto\t"));
  EXPECT_EQ(fish_offers("cauce diagrama . --formato m"), "mermaid\n");
  EXPECT_EQ(fish_offers("cauce diagrama . --formato=m"), "--formato=mermaid\n");
  EXPECT_EQ(fish_offers("cauce focalizar mi\\ politica.cauce mun"), "municipios\tTodos\n");
  EXPECT_THAT(fish_offers("cauce alertas s"), AllOf(HasSubstr("silenciar\t"), Not(HasSubstr("reconocer"))));
}

TEST_F(Shells, FishOffersTheFilesThatAreWanted) {
  EXPECT_THAT(fish_offers("cauce revisar "),
              AllOf(HasSubstr("mi politica.cauce"), HasSubstr("carpeta/"), Not(HasSubstr("nota.txt"))));
  EXPECT_THAT(fish_offers("cauce focalizar . --datos municipio=m"),
              AllOf(HasSubstr("municipio=municipios.csv"), Not(HasSubstr("politica"))));
  EXPECT_EQ(fish_offers("cauce festivos "), "");
}

/// The package installs the files; `autocompletado` prints them.
TEST_F(Shells, TheProgramHasTheirScripts) {
  for (const std::string shell : {"bash", "zsh", "fish"})
    EXPECT_EQ(run_program(in_folder("cauce autocompletado " + shell)).out, engine::read_file(script(shell)));
}

}  // namespace
}  // namespace cauce
