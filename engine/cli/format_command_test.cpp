// cauce formatear.
#include <filesystem>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/cli/cli_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view untidy = "# de dónde\nFUENTE f   \"b\" # la norma\n";
constexpr std::string_view tidy = "# de dónde\nfuente f \"b\"  # la norma\n";
constexpr std::string_view canonical = "parámetro p = 1 según f\n";
constexpr std::string_view broken = "fuente\n";

std::string mistake_in(const std::string& file) {
  return "error E0102: el texto termina aquí; se esperaba un nombre\n --> " + file +
         ":1:7\n  |\n1 | fuente\n  |       ^\n\n";
}

class FormatCommandTest : public testing::Test {
 protected:
  std::string write(const std::string& name, std::string_view text) {
    write_file(folder / name, std::string(text));
    return folder / name;
  }
  Outcome filter(const std::string& text, std::vector<std::string> words) {
    std::istringstream in(text);
    cauce.environment.in = &in;
    words.insert(words.begin(), "fmt");
    return cauce(words);
  }

  CommandLineForTests cauce;
  FolderForTests folder;
};

TEST_F(FormatCommandTest, WritesTheFilesThatChange) {
  const std::string one = write("a.cauce", untidy);
  const std::string two = write("b.cauce", canonical);
  write("c.txt", untidy);
  const auto before = fs::last_write_time(two);
  const Outcome outcome = cauce({"formatear", folder.path()});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_EQ(outcome.out, one + "\n");
  EXPECT_EQ(outcome.err, "2 archivos: 1 cambió\n");
  EXPECT_EQ(read_file(one), tidy);
  EXPECT_EQ(read_file(two), canonical);
  EXPECT_EQ(fs::last_write_time(two), before);
  EXPECT_EQ(read_file(folder / "c.txt"), untidy);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 3) << "nothing is left beside them";
  EXPECT_EQ(cauce({"formatear", folder.path()}).err, "2 archivos: ninguno cambió\n");
}

TEST_F(FormatCommandTest, CheckingWritesNothing) {
  const std::string one = write("a.cauce", untidy);
  const std::string two = write("b.cauce", canonical);
  const Outcome outcome = cauce({"fmt", "--revisar", one, two, folder.path()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, one + "\n");
  EXPECT_EQ(outcome.err, "2 archivos: 1 cambiaría\n");
  EXPECT_EQ(read_file(one), untidy);
  EXPECT_EQ(cauce({"fmt", "--check", two}).code, 0);
  EXPECT_EQ(cauce({"fmt", "--check", two}).err, "1 archivo: ninguno cambiaría\n");
}

TEST_F(FormatCommandTest, AFileWithMistakesStaysAndTheOthersChange) {
  const std::string one = write("a.cauce", broken);
  const std::string two = write("b.cauce", untidy);
  const Outcome outcome = cauce({"formatear", folder.path()});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, two + "\n");
  EXPECT_EQ(outcome.err, mistake_in(one) + "2 archivos: 1 cambió, 1 con errores, que queda como estaba\n");
  EXPECT_EQ(read_file(one), broken);
  EXPECT_EQ(read_file(two), tidy);
}

TEST_F(FormatCommandTest, ModeAndLinksAreKept) {
  const std::string one = write("a.cauce", untidy);
  fs::permissions(one, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_exec);
  fs::create_symlink(one, folder / "enlace.cauce");
  EXPECT_EQ(cauce({"formatear", folder / "enlace.cauce"}).code, 0);
  EXPECT_TRUE(fs::is_symlink(folder / "enlace.cauce"));
  EXPECT_EQ(read_file(one), tidy);
  EXPECT_EQ(fs::status(one).permissions(),
            fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_exec);
}

TEST_F(FormatCommandTest, AFileThatMayNotBeWrittenIsUnusable) {
  const std::string one = write("a.cauce", untidy);
  const std::string two = write("b.cauce", untidy);
  fs::permissions(one, fs::perms::owner_read);
  const Outcome outcome = cauce({"formatear", folder.path()});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_EQ(outcome.out, two + "\n");
  EXPECT_EQ(outcome.err, "error: no se puede escribir «" + one +
                             "»: no hay permiso\n2 archivos: 1 cambió, 1 sin poder escribirse\n");
  EXPECT_EQ(read_file(one), untidy);
  EXPECT_EQ(cauce({"formatear", folder / "otro.cauce"}).code, 3);
}

TEST_F(FormatCommandTest, FromStandardInputToStandardOutput) {
  EXPECT_EQ(filter(std::string(untidy), {"-"}).out, tidy);
  EXPECT_EQ(filter(std::string(untidy), {"-"}).err, "");
  EXPECT_EQ(filter("", {"-"}).code, 0);
  const Outcome outcome = filter(std::string(broken), {"-"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, mistake_in("-"));
  EXPECT_EQ(filter(std::string(untidy), {"-", "--revisar"}).code, 1);
  EXPECT_EQ(filter(std::string(untidy), {"-", "--revisar"}).out, "-\n");
  EXPECT_EQ(filter(std::string(canonical), {"-", "--revisar"}).code, 0);
  EXPECT_EQ(filter("", {"-", folder.path()}).err,
            "error: «-» va solo\n  ayuda: «cauce formatear --help» dice cómo se usa\n");
  EXPECT_EQ(filter("", {"-", "--json"}).code, 2);
}

TEST_F(FormatCommandTest, JsonSaysWhatBecameOfEachFile) {
  const std::string one = write("a.cauce", broken);
  const std::string two = write("b.cauce", untidy);
  const std::string three = write("c.cauce", canonical);
  const Outcome outcome = cauce({"formatear", "--revisar", folder.path(), "--json"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_EQ(outcome.err, "");
  const json report = json::parse(outcome.out);
  EXPECT_EQ(report.at("files"),
            json::parse(R"([{"file": ")" + one + R"(", "status": "broken"}, {"file": ")" + two +
                        R"(", "status": "changed"}, {"file": ")" + three + R"(", "status": "unchanged"}])"));
  EXPECT_EQ(report.at("changed"), 1);
  EXPECT_EQ(report.at("errors"), 1);
  EXPECT_EQ(report.at("diagnostics").at(0).at("code"), "E0102");
}

}  // namespace
}  // namespace cauce::engine::cli
