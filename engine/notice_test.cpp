#include "engine/notice.hpp"

#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

NoticeItem late_report() {
  NoticeItem item;
  item.plan = "PAT/05002/2024";
  item.plan_title = "Plan de Asistencia Técnica";
  item.entity_name = "Abejorral";
  item.obligation = "Reporte mensual";
  item.period = "mayo de 2024";
  item.due = *rules::make_date(2024, 6, 11);
  item.late_days = 3;
  item.in_charge = "Enlace Territorial: Ana Pérez";
  item.what_to_do = "cauce reportar PAT/05002/2024 informe_mensual 2024-05";
  item.why = {"3 días hábiles después escala a articulador_regional"};
  return item;
}

NoticeItem coming_hito() {
  NoticeItem item;
  item.plan = "PAT/05002/2024";
  item.plan_title = "Plan de Asistencia Técnica";
  item.entity_name = "Abejorral";
  item.obligation = "Plan indicativo";
  item.due = *rules::make_date(2024, 8, 30);
  return item;
}

TEST(Notice, SaysWhatIsLateSinceWhenAndWhatToDo) {
  const Notice notice = write_notice("Acción territorial", "Luis Gómez", {late_report()});
  EXPECT_EQ(notice.subject, "Vencido: Reporte mensual de mayo de 2024, Abejorral");
  EXPECT_EQ(notice.text,
            "Buen día, Luis Gómez:\n"
            "\n"
            "Estas obligaciones de «Acción territorial» requieren su atención.\n"
            "\n"
            "VENCIDO\n"
            "\n"
            "- Reporte mensual de mayo de 2024\n"
            "  Plan de Asistencia Técnica de Abejorral (PAT/05002/2024)\n"
            "  Venció el 11 de junio de 2024: 3 días hábiles de mora.\n"
            "  A cargo de Enlace Territorial: Ana Pérez.\n"
            "  Por qué se le avisa: 3 días hábiles después escala a articulador_regional.\n"
            "  Para cumplir: cauce reportar PAT/05002/2024 informe_mensual 2024-05\n"
            "\n"
            "--\n"
            "Cauce envía este mensaje de forma automática; por favor no lo responda.\n");
}

TEST(Notice, GathersWhatIsLateBeforeWhatIsComing) {
  const Notice notice = write_notice("P", "L", {coming_hito(), late_report()});
  EXPECT_EQ(notice.subject, "1 obligación vencida y 1 por vencer");
  EXPECT_LT(notice.text.find("VENCIDO"), notice.text.find("POR VENCER"));
  EXPECT_NE(notice.text.find("Vence el 30 de agosto de 2024."), std::string::npos);
}

TEST(Notice, SaysForWhomOneStandsIn) {
  NoticeItem item = late_report();
  item.stands_in_for = {"Enlace Territorial"};
  const Notice notice = write_notice("P", "L", {item});
  EXPECT_NE(notice.text.find("Le llega a usted porque nadie tiene el rol de Enlace Territorial."),
            std::string::npos);
}

TEST(Notice, AnObligationIsToldOnceWithAllItsReasons) {
  NoticeItem again = late_report();
  again.why = {"al vencer avisa al responsable"};
  const Notice notice = write_notice("P", "L", {late_report(), again, late_report()});
  EXPECT_EQ(notice.subject, "Vencido: Reporte mensual de mayo de 2024, Abejorral");
  EXPECT_NE(notice.text.find("  Por qué se le avisa: 3 días hábiles después escala a articulador_regional.\n"
                             "  Por qué se le avisa: al vencer avisa al responsable.\n"),
            std::string::npos)
      << notice.text;
}

TEST(Notice, CarriesTheHeadOfTheJournalWhereItIsGiven) {
  EXPECT_EQ(write_notice("P", "L", {late_report()}).text.find("Cabeza"), std::string::npos);
  const Notice notice = write_notice("P", "L", {late_report()}, "12:9f2c");
  EXPECT_NE(notice.text.find("\n\nCabeza del diario: 12:9f2c\n\n--\n"), std::string::npos) << notice.text;
  EXPECT_NE(notice.html.find("Cabeza del diario: 12:9f2c</p>"), std::string::npos);
}

TEST(Notice, DataCannotBecomeMarkup) {
  NoticeItem item = late_report();
  item.entity_name = "<script>alert('x')</script>";
  const Notice notice = write_notice("A & B", "\"L\"", {item});
  EXPECT_EQ(notice.html.find("<script>"), std::string::npos);
  EXPECT_NE(notice.html.find("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"), std::string::npos);
  EXPECT_NE(notice.html.find("A &amp; B"), std::string::npos);
}

}  // namespace
}  // namespace cauce::engine
