// What `consultar` prints and writes.
#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/another_program_for_tests.hpp"
#include "engine/cli/cli_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class QueryCommandTest : public testing::Test {
 protected:
  QueryCommandTest() {
    const Outcome made = cauce({"iniciar", folder.path(), "--datos", folder.path(), "--personas",
                                folder / "personas.csv", "--administrador", "dora", "--base", folder.base()});
    EXPECT_EQ(made.code, 0) << made.err;
  }

  Outcome ask(const std::string& asked, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"consultar", asked, "--base", folder.base()};
    words.insert(words.end(), more.begin(), more.end());
    return cauce(words);
  }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
  const std::string query = "planes donde mdm >= 40 muestra plan, mdm";
  const std::string no_pcct = "no se miraron 2 planes PCCT: no existe un campo ni un parámetro «mdm»";
};

TEST_F(QueryCommandTest, AnswersAreTablesJsonOrCsv) {
  const Outcome table = ask(query);
  EXPECT_EQ(table.out, "plan             mdm\nPAT/05001/2024    40\nPAT/19001/2024  55.5\n");
  EXPECT_THAT(table.err, StartsWith("1 por verificar: mdm\n"));
  const json answer = json::parse(ask(query, {"--json"}).out);
  EXPECT_EQ(answer.at("rows"), json::parse(R"([["PAT/05001/2024", "40"], ["PAT/19001/2024", "55.5"]])"));
  EXPECT_EQ(answer.at("undetermined"), 1);
  EXPECT_EQ(answer.at("notes"), json::array({no_pcct}));
  EXPECT_EQ(ask(query, {"--csv", "-"}).out, "plan,mdm\r\nPAT/05001/2024,40\r\nPAT/19001/2024,55.5\r\n");
  EXPECT_EQ(ask("planes donde").code, 1);
}

TEST_F(QueryCommandTest, JsonLinesAreOneObjectARow) {
  EXPECT_EQ(ask("municipio muestra código, mdm, pdet, mdm, visita primeros 2", {"--jsonl"}).out,
            "{\"código\":\"05001\",\"mdm\":\"40\",\"pdet\":true,\"mdm 2\":\"40\",\"visita\":\"2024-02-07\"}\n"
            "{\"código\":\"05002\",\"mdm\":null,\"pdet\":true,\"mdm 2\":null,\"visita\":null}\n");
  EXPECT_EQ(ask("municipio donde mdm > 100", {"--jsonl"}).out, "");
}

TEST_F(QueryCommandTest, AWorkbookHasTheAnswerAndWhatWasAsked) {
  folder.write("r.xlsx", "lo de antes");
  const Outcome written = ask(query, {"--xlsx", folder / "r.xlsx"});
  EXPECT_EQ(written.code, 0);
  EXPECT_EQ(written.out, "");
  EXPECT_EQ(written.err, (folder / "r.xlsx") + ": 2 filas\n1 por verificar: mdm\n" + no_pcct + "\n");
  const std::string seen = read_by_python(R"py(
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1]).worksheets:
    print('#', sheet.title)
    for row in sheet.iter_rows(values_only=True):
        print(*row, sep=' | ')
)py",
                                          folder / "r.xlsx");
  EXPECT_EQ(seen,
            "# Respuesta\n"
            "plan | mdm\n"
            "PAT/05001/2024 | 40\n"
            "PAT/19001/2024 | 55.5\n"
            "# Acerca de\n"
            "Dato | Valor\n"
            "Consulta | " +
                query +
                "\n"
                "Programa | Programa de prueba 2024\n"
                "Fecha | 2024-01-10 00:00:00\n"
                "Filas | 2\n"
                "Nota | 1 por verificar: mdm\n"
                "Nota | " +
                no_pcct + "\n");
  EXPECT_FALSE(std::filesystem::exists(folder / "r.xlsx.parcial"));
}

TEST_F(QueryCommandTest, DeadlinesGoIntoACalendar) {
  const Outcome written = ask("reportes donde plan.entidad = \"05001\"", {"--ics", folder / "p.ics"});
  EXPECT_EQ(written.code, 0) << written.err;
  EXPECT_EQ(written.err, (folder / "p.ics") + ": 4 plazos\n");
  const std::string script = R"py(
import sys, icalendar
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], 'rb').read())
print(calendar['x-wr-calname'])
for event in calendar.walk('vevent'):
    print(event['dtstart'].dt, event['dtend'].dt, event['summary'], repr(str(event['description'])))
print(len({str(e['uid']) for e in calendar.walk('vevent')}))
)py";
  EXPECT_THAT(
      read_by_python(script, folder / "p.ics"),
      StartsWith("Plazos de Programa de prueba 2024\n"
                 "2024-03-07 2024-03-08 informe 2024-02, Medellín (PAT/05001/2024) "
                 "'plan: PAT/05001/2024\\nnombre de la entidad: Medellín\\nnombre: informe\\n"
                 "periodo: 2024-02\\nvence: 2024-03-07\\nentregado: no\\nvencido: no\\ndías_de_mora: 0'\n"));
  EXPECT_THAT(read_by_python(script, folder / "p.ics"), HasSubstr("\n4\n"));
}

TEST_F(QueryCommandTest, TheCalendarHasTheTitleWhateverIsShown) {
  EXPECT_THAT(ask("hitos donde nombre = \"mesa\" muestra plan.fase", {"--ics", "-"}).out,
              AllOf(HasSubstr("SUMMARY:Mesa instalada\\, Caribe (PCCT/Caribe/2024)"),
                    HasSubstr("DESCRIPTION:plan.fase: formulación")));
}

TEST_F(QueryCommandTest, AQueryWithoutQuotesIsToldHowToBeWritten) {
  const Outcome outcome = cauce({"consultar", "planes", "donde", "fase", "=", "seguimiento"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("sobra «donde»"));
  EXPECT_THAT(outcome.err, HasSubstr("ponga CONSULTA entre comillas: 'planes donde fase = seguimiento'"));
}

TEST_F(QueryCommandTest, WhatHasNoDeadlineDoesNotGoIntoACalendar) {
  const Outcome undated = ask("hitos", {"--ics", "-"});
  EXPECT_THAT(undated.err, HasSubstr("no van 3 filas que están por fijar o sin plazo"));
  const Outcome plans = ask("planes", {"--ics", folder / "p.ics"});
  EXPECT_EQ(plans.code, 2);
  EXPECT_THAT(plans.err, HasSubstr("un calendario es de hitos o reportes"));
  EXPECT_EQ(ask("reportes agrupa por nombre", {"--ics", folder / "p.ics"}).code, 2);
  EXPECT_FALSE(std::filesystem::exists(folder / "p.ics"));
}

TEST_F(QueryCommandTest, OneFormIsPrintedAndAsManyAsAreWantedWritten) {
  EXPECT_EQ(ask(query, {"--json", "--jsonl"}).code, 2);
  EXPECT_EQ(ask(query, {"--csv", "-", "--jsonl"}).code, 2);
  EXPECT_EQ(ask(query, {"--xlsx", "-"}).out.substr(0, 4), "PK\x03\x04");
  EXPECT_EQ(ask(query, {"--xlsx", "-", "--json"}).code, 2);
  cauce.environment.out_is_terminal = true;
  EXPECT_EQ(ask(query, {"--xlsx", "-"}).code, 2);
  cauce.environment.out_is_terminal = false;
  EXPECT_EQ(ask(query, {"--csv", folder / "nada/r.csv"}).code, 3);
  const Outcome many = ask(query, {"--csv", folder / "r.csv", "--xlsx", folder / "r.xlsx", "--json"});
  EXPECT_EQ(many.code, 0);
  EXPECT_EQ(json::parse(many.out).at("rows").size(), 2U);
  EXPECT_EQ(read_file(folder / "r.csv"), "plan,mdm\r\nPAT/05001/2024,40\r\nPAT/19001/2024,55.5\r\n");
  EXPECT_TRUE(std::filesystem::exists(folder / "r.xlsx"));
}

TEST_F(QueryCommandTest, ATableFitsItsTerminal) {
  cauce.environment.out_is_terminal = true;
  cauce.environment.width = 30;
  const std::string out = ask("planes donde tipo = PAT y entidad = \"05001\"").out;
  EXPECT_THAT(out, StartsWith("\x1b[1mplan\x1b[0m"));
  EXPECT_THAT(out, HasSubstr("Medellín"));
}

}  // namespace
}  // namespace cauce::engine::cli
