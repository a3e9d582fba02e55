// What `informe` tells, and how it is handed out.
#include <algorithm>
#include <filesystem>
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/another_program_for_tests.hpp"
#include "engine/cli/cli_for_tests.hpp"
#include "engine/cli/follow_up_output.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class SummaryCommandTest : public testing::Test {
 protected:
  /// February: Medellín reported in time, Abejorral late, Popayán not at all. Medellín has learnt something.
  SummaryCommandTest() {
    run({"iniciar", folder.path(), "--datos", folder.path(), "--personas", folder / "personas.csv",
         "--administrador", "dora"});
    cauce.set_time("2024-03-04T09:00");
    run({"completar", "PAT/05001/2024", "lecciones", "--campo", "texto=Hablar antes con el concejo", "--como",
         "ana"});
    run({"reportar", "PAT/05001/2024", "informe", "2024-02", "--campo", "actividades=4", "--campo",
         "resumen=Dos talleres", "--como", "ana"});
    cauce.set_time("2024-03-11T09:00");
    run({"reportar", "PAT/05002/2024", "informe", "2024-02", "--campo", "actividades=1", "--como", "ana"});
    cauce.set_time("2024-03-12T09:00");
  }

  Outcome run(std::vector<std::string> words) {
    words.insert(words.end(), {"--base", folder.base()});
    Outcome outcome = cauce(words);
    EXPECT_EQ(outcome.code, 0) << words.front() << ": " << outcome.err;
    return outcome;
  }
  json told(std::vector<std::string> words) {
    words.emplace_back("--json");
    return json::parse(run(std::move(words)).out);
  }
  /// The line of that name in the group of that sort and title.
  static json line(const json& report, const std::string& by, const std::string& name) {
    for (const json& group : report.at("groups")) {
      if (group.at("by") != by) continue;
      for (const json& each : group.at("lines")) {
        if (each.at("name") == name) return each;
      }
    }
    return nullptr;
  }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
};

TEST_F(SummaryCommandTest, AWrongPeriodIsMendedWithOneOfThatReport) {
  for (const auto& [kind, period, example] : {std::tuple("mensual", "2024-13", "2024-05"),
                                              {"mensual", "2024-T1", "2024-05"},
                                              {"trimestral", "ayer", "2024-T2"},
                                              {"anual", "2024-01", "2024"}}) {
    const Outcome wrong = cauce({"informe", kind, "--periodo", period, "--base", folder.base()});
    EXPECT_EQ(wrong.code, exit_wrong_usage);
    EXPECT_THAT(wrong.err, HasSubstr("no es el periodo de un informe " + std::string(kind)));
    EXPECT_THAT(wrong.err, HasSubstr("se escribe como " + std::string(example) + "\n"));
  }
}

TEST_F(SummaryCommandTest, TheLastMonthIsToldByRegionKindAndPerson) {
  const json report = told({"informe", "mensual"});
  EXPECT_EQ(report.at("period"), "2024-02");
  EXPECT_EQ(report.at("cut"), "2024-03-12");
  const json reports = json::parse(
      R"({"obligations": 3, "on_time": 1, "late": 1, "overdue": 1, "waiting": 0, "rate": "33.33"})");
  EXPECT_EQ(report.at("total").at("timeliness"), reports);
  EXPECT_EQ(report.at("total").at("plans"), 5);
  EXPECT_EQ(line(report, "entity", "Caribe").at("timeliness").at("rate"), "50");
  EXPECT_EQ(line(report, "entity", "Caribe").at("plans"), 3);
  EXPECT_EQ(line(report, "entity", "Pacífico").at("timeliness").at("overdue"), 1);
  EXPECT_EQ(line(report, "person", "Ana Pérez").at("timeliness").at("late"), 1);
  EXPECT_EQ(line(report, "person", "Ana Pérez").at("plans"), 2);
  EXPECT_EQ(line(report, "person", "Luis Gil").at("timeliness").at("overdue"), 1);
  EXPECT_EQ(line(report, "obligation", "PAT").at("timeliness"), reports);
  EXPECT_EQ(report.at("overdue").size(), 1U);
  EXPECT_EQ(report.at("overdue").at(0).at("plan"), "PAT/19001/2024");
  EXPECT_EQ(report.at("overdue").at(0).at("in_charge"), "Luis Gil");
  EXPECT_EQ(report.at("lessons").at(0).at("text"), "Hablar antes con el concejo");
  EXPECT_EQ(report.at("reports").at(0).at("text"), "Dos talleres");
}

TEST_F(SummaryCommandTest, WhatWasExtendedTooLateCountsAsLate) {
  run({"prorrogar", "PAT/19001/2024", "informe", "2024-02", "--hasta", "2024-03-20", "--motivo", "Lluvias",
       "--como", "paz"});
  const json report = told({"informe", "mensual"});
  EXPECT_EQ(
      report.at("total").at("timeliness"),
      json::parse(
          R"({"obligations": 3, "on_time": 1, "late": 2, "overdue": 0, "waiting": 0, "rate": "33.33"})"));
  EXPECT_EQ(report.at("overdue").size(), 0U) << "there is time again";
  cauce.set_time("2024-03-22T09:00");
  const json again = told({"informe", "mensual"});
  EXPECT_EQ(again.at("total").at("timeliness").at("overdue"), 1);
  EXPECT_EQ(again.at("overdue").at(0).at("due"), "2024-03-07") << "from which its delay counts";
  EXPECT_EQ(again.at("overdue").at(0).at("late_days"), 11);
  EXPECT_EQ(told({"vencidos"}).at(0).at("late_days"), 11);
}

TEST_F(SummaryCommandTest, OfAQuarterIsWhatFellDueInItAndItsReports) {
  cauce.set_time("2024-04-03T09:00");
  const json report = told({"informe", "trimestral"});
  EXPECT_EQ(report.at("period"), "2024-T1");
  // The reports of February and March of three plans, and the ends of their formulation. That of the two
  // agendas is on Good Friday, and so falls due in April.
  EXPECT_EQ(report.at("total").at("timeliness").at("obligations"), 9);
  EXPECT_EQ(report.at("total").at("timeliness").at("waiting"), 3);
}

TEST_F(SummaryCommandTest, WhatIsReturnedAndNotCorrectedInTimeIsOverdueAndNothingElse) {
  run({"devolver", "PAT/05001/2024", "informe", "2024-02", "--motivo", "Faltan cifras", "--como", "carla"});
  cauce.set_time("2024-03-22T09:00");
  const json report = told({"informe", "mensual"});
  EXPECT_EQ(
      report.at("total").at("timeliness"),
      json::parse(R"({"obligations": 3, "on_time": 0, "late": 1, "overdue": 2, "waiting": 0, "rate": "0"})"));
  EXPECT_EQ(report.at("overdue").size(), 5U) << "with the formulation of three plans";
}

TEST_F(SummaryCommandTest, WhatIsNotOwedThoughItsDayHasPassedIsNotAwaited) {
  cauce.set_time("2024-06-04T09:00");
  const json report = told({"informe", "mensual", "--periodo", "2024-04"});
  // Three reports of April and the formulation of two agendas. The five milestones of that month will have
  // another day: no plan has ended its formulation.
  EXPECT_EQ(report.at("total").at("timeliness").at("overdue"), 5);
  EXPECT_EQ(report.at("total").at("timeliness").at("waiting"), 0);
  EXPECT_EQ(told({"informe", "mensual", "--periodo", "2024-04", "--fecha", "2024-04-02"})
                .at("total")
                .at("timeliness")
                .at("waiting"),
            8)
      << "until its day comes it is";
}

TEST_F(SummaryCommandTest, ACancelledPlanDoesNotLiftTheMeanProgress) {
  EXPECT_EQ(line(told({"informe", "mensual"}), "person", "Luis Gil").at("progress"), "0");
  run({"cancelar", "PAT/19001/2024", "--motivo", "Sin recursos", "--como", "paz"});
  const json his = line(told({"informe", "mensual"}), "person", "Luis Gil");
  EXPECT_EQ(his.at("plans"), 1);
  EXPECT_EQ(his.at("progress"), nullptr);
}

TEST_F(SummaryCommandTest, TheYearHasIndicators) {
  const json report = told({"informe", "anual"});
  EXPECT_EQ(report.at("period"), "2024");
  EXPECT_EQ(report.at("indicators").size(), 2U * 1 + 3U * 2);
}

TEST(FollowUpJson, EveryRateHasTwoDecimals) {
  const workflows::ContributionLine third{workflows::ContributesBy::front,
                                          "capacidades",
                                          "Capacidades",
                                          3,
                                          1,
                                          rules::Decimal(3),
                                          rules::Decimal(1)};
  FollowUp report{FollowUpKind::annual, {rules::PeriodUnit::year, 2024, 1}, {}, "Programa", "Región", {}};
  report.contributions = {third};
  report.by_region = {{"Caribe", {third}}};
  report.indicators = {{"PAT/05001/2024", "Medellín", "Cumplimiento", *third.achieved_weight, "bajo"},
                       {"PAT/05002/2024", "Abejorral", "Cumplimiento", third.progress(), "bajo"}};
  const Json told = to_json(report);
  EXPECT_EQ(told.at("contributions").at(0).at("progress"), "33.33");
  EXPECT_EQ(told.at("contributions").at(0).at("name"), "capacidades");
  EXPECT_EQ(told.at("contributions_by_region").at(0).at("lines").at(0).at("progress"), "33.33");
  EXPECT_EQ(told.at("indicators").at(0).at("value"), "1");
  EXPECT_EQ(told.at("indicators").at(1).at("value"), "33.33");
}

TEST_F(SummaryCommandTest, APastDayIsToldAsItWas) {
  const json report = told({"informe", "mensual", "--a-fecha", "2024-03-10"});
  EXPECT_EQ(report.at("total").at("timeliness").at("late"), 0);
  EXPECT_EQ(report.at("total").at("timeliness").at("overdue"), 2);
}

TEST_F(SummaryCommandTest, ItIsPrintedShortAndWrittenWhole) {
  const Outcome brief = run({"informe", "mensual"});
  EXPECT_THAT(brief.out,
              HasSubstr("Seguimiento mensual: febrero de 2024\n  Programa: Programa de prueba 2024\n"));
  EXPECT_THAT(brief.out, HasSubstr("  Oportunidad (%): 33.33\n"));
  EXPECT_THAT(brief.out, HasSubstr("Caribe"));
  EXPECT_THAT(brief.out, Not(HasSubstr("Ana Pérez")));
  const Outcome whole = run({"informe", "mensual", "--html", folder / "f.html", "--xlsx", folder / "f.xlsx"});
  EXPECT_EQ(whole.out, "");
  const std::string html = read_file(folder / "f.html");
  EXPECT_THAT(html, HasSubstr("<h1>Seguimiento mensual: febrero de 2024</h1>"));
  EXPECT_THAT(html, HasSubstr("Ana Pérez"));
  EXPECT_THAT(html, HasSubstr("Hablar antes con el concejo"));
  const std::string seen = read_by_python(R"py(
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print(', '.join(book.sheetnames))
for name in ('Responsable', 'Vencido al corte'):
    for row in book[name].iter_rows(values_only=True):
        print(*row, sep=' | ')
)py",
                                          folder / "f.xlsx");
  EXPECT_EQ(seen,
            "Resumen, Por región, Clase de plan, Responsable, Obligación, Vencido al corte, Lecciones, "
            "Lo que dicen los reportes\n"
            "Responsable | Rol | Planes | Obligaciones | A tiempo | Tarde | Vencidas | Por vencer | "
            "Oportunidad (%) | Hitos cumplidos | Avance medio\n"
            "Ana Pérez | enlace | 2 | 2 | 1 | 1 | 0 | 0 | 50 | 0 | 0\n"
            "Carla Sáenz | articulador | 1 | 0 | 0 | 0 | 0 | 0 | None | 0 | 0\n"
            "Luis Gil | enlace | 1 | 1 | 0 | 0 | 1 | 0 | 0 | 0 | 0\n"
            "Paz Mena | articulador | 1 | 0 | 0 | 0 | 0 | 0 | None | 0 | 0\n"
            "Plan | Entidad | Obligación | Periodo | Venció | Mora (días hábiles) | A cargo\n"
            "PAT/19001/2024 | Popayán | informe | 2024-02 | 2024-03-07 00:00:00 | 3 | Luis Gil\n");
}

TEST_F(SummaryCommandTest, APeriodThatDoesNotFitIsRefused) {
  EXPECT_EQ(cauce({"informe", "semanal", "--base", folder.base()}).code, 2);
  const Outcome wrong = cauce({"informe", "mensual", "--periodo", "2024-T1", "--base", folder.base()});
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("se escribe como 2024-05"));
  EXPECT_EQ(cauce({"informe", "mensual", "--periodo", "2024-05", "--base", folder.base()}).code, 2);
  const Outcome early = cauce({"informe", "mensual", "--periodo", "2023-05", "--base", folder.base()});
  EXPECT_EQ(early.code, 2);
  EXPECT_EQ(early.out, "");
  EXPECT_THAT(early.err, HasSubstr("mayo de 2023 es anterior a los planes, que comienzan en 2024"));
  EXPECT_THAT(early.err, HasSubstr("el primer informe es «--periodo 2024-01»"));
}

TEST_F(SummaryCommandTest, NumbersStandAtTheRightAndNothingTurnsALineRound) {
  run({"completar", "PAT/05002/2024", "lecciones", "--campo", "texto=Ver \u202Eatca", "--como", "ana"});
  run({"informe", "mensual", "--html", folder / "f.html"});
  const std::string html = read_file(folder / "f.html");
  EXPECT_THAT(html, HasSubstr("<th scope=\"col\" class=\"number\">Planes</th>"));
  EXPECT_THAT(html,
              HasSubstr("<th scope=\"row\">Caribe</th><td class=\"number\" data-label=\"Planes\">3</td>"));
  EXPECT_THAT(html, HasSubstr("Ver \uFFFDatca"));
}

}  // namespace
}  // namespace cauce::engine::cli
