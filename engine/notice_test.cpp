#include "engine/notice.hpp"

#include <algorithm>
#include <functional>

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

TEST(Notice, SaysOfWhatWasExtendedTooLateWhenItFellDueFirst) {
  NoticeItem item = late_report();
  item.missed = *rules::make_date(2024, 6, 4);
  EXPECT_NE(write_notice("P", "L", {item})
                .text.find("  Venció el 4 de junio de 2024 y, con su prórroga, el 11 de junio de 2024: 3 "
                           "días hábiles de mora.\n"),
            std::string::npos);
  item.late_days = 0;
  const Notice notice = write_notice("P", "L", {item});
  EXPECT_EQ(notice.subject, "Por vencer: Reporte mensual de mayo de 2024, Abejorral");
  EXPECT_NE(notice.text.find(
                "  Vence el 11 de junio de 2024, por prórroga: había vencido el 4 de junio de 2024.\n"),
            std::string::npos);
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
  const Notice notice = write_notice("P", "L", {late_report()}, {"12:9f2c"});
  EXPECT_NE(notice.text.find("\n\nCabeza del diario: 12:9f2c\n\nSi guarda este mensaje"), std::string::npos)
      << notice.text;
  EXPECT_NE(notice.html.find("Cabeza del diario: 12:9f2c</p>"), std::string::npos);
}

TEST(Notice, WhatIsOnlyADigestSaysSo) {
  NoticeItem open = late_report();
  open.why.clear();
  const Notice digest = write_notice("P", "L", {open, coming_hito()}, {"12:9f2c"});
  EXPECT_EQ(digest.subject, "Resumen: 1 obligación vencida y 1 por vencer");
  EXPECT_NE(digest.text.find("Este es su resumen de «P»: lo vencido y lo que vence en los próximos días."),
            std::string::npos);
  const Notice with_a_step = write_notice("P", "L", {late_report(), coming_hito()}, {"12:9f2c"});
  EXPECT_EQ(with_a_step.subject, "1 obligación vencida y 1 por vencer");
}

TEST(Notice, SaysOfAPhaseHowToSeeWhatItLacks) {
  NoticeItem phase = coming_hito();
  phase.is_phase = true;
  phase.what_to_do = "cauce estado PAT/05002/2024";
  EXPECT_NE(write_notice("P", "L", {phase}).text.find("  Qué falta: cauce estado PAT/05002/2024\n"),
            std::string::npos);
}

TEST(Notice, GivesTheLinkOfAPlanOrOneForAll) {
  NoticeItem item = late_report();
  item.link = "https://example.org/PAT/05002/2024?a=1&b=2";
  const Notice each = write_notice("P", "L", {item});
  EXPECT_NE(each.text.find("\n  Enlace: https://example.org/PAT/05002/2024?a=1&b=2\n"), std::string::npos);
  EXPECT_NE(each.html.find("<a href=\"https://example.org/PAT/05002/2024?a=1&amp;b=2\">"), std::string::npos);
  const Notice all = write_notice("P", "L", {late_report()}, {{}, {}, "https://example.org/"});
  EXPECT_NE(all.text.find("\n\nPara entrar: https://example.org/\n\n--\n"), std::string::npos) << all.text;
}

/// Whatever stands in it, no datum becomes markup or a line of its own, in no part of a message.
TEST(Notice, NoDatumBecomesMarkupOrALine) {
  using Place =
      std::function<void(NoticeItem&, std::string&, std::string&, NoticeFrame&, const std::string&)>;
  const std::vector<std::pair<const char*, Place>> places = {
      {"plan", [](auto& item, auto&, auto&, auto&, auto& text) { item.plan = text; }},
      {"plan_title", [](auto& item, auto&, auto&, auto&, auto& text) { item.plan_title = text; }},
      {"entity_name", [](auto& item, auto&, auto&, auto&, auto& text) { item.entity_name = text; }},
      {"obligation", [](auto& item, auto&, auto&, auto&, auto& text) { item.obligation = text; }},
      {"period", [](auto& item, auto&, auto&, auto&, auto& text) { item.period = text; }},
      {"in_charge", [](auto& item, auto&, auto&, auto&, auto& text) { item.in_charge = text; }},
      {"what_to_do", [](auto& item, auto&, auto&, auto&, auto& text) { item.what_to_do = text; }},
      {"link", [](auto& item, auto&, auto&, auto&, auto& text) { item.link = text; }},
      {"why", [](auto& item, auto&, auto&, auto&, auto& text) { item.why = {text}; }},
      {"stands_in_for", [](auto& item, auto&, auto&, auto&, auto& text) { item.stands_in_for = {text}; }},
      {"programme", [](auto&, auto& programme, auto&, auto&, auto& text) { programme = text; }},
      {"person", [](auto&, auto&, auto& person, auto&, auto& text) { person = text; }},
      {"remark", [](auto&, auto&, auto&, auto& frame, auto& text) { frame.remarks = {text}; }},
      {"head", [](auto&, auto&, auto&, auto& frame, auto& text) { frame.journal_head = text; }}};
  const auto written = [](const Place& place, const std::string& text) {
    NoticeItem item = late_report();
    item.link = "https://example.org/";
    std::string programme = "P";
    std::string person = "L";
    NoticeFrame frame;
    place(item, programme, person, frame, text);
    return write_notice(programme, person, {item}, frame);
  };
  const auto count = [](const std::string& text, char what) {
    return std::count(text.begin(), text.end(), what);
  };
  const std::string evil =
      "x\"'</title><script>alert(1)</script>\r\n\r\nVENCIDO\n--\nBcc: otra@example.org\n<!-- &amp;";
  for (const auto& [name, place] : places) {
    const Notice harmless = written(place, "x");
    const Notice notice = written(place, evil);
    EXPECT_EQ(count(notice.text, '\n'), count(harmless.text, '\n')) << name;
    EXPECT_EQ(count(notice.text, '\r'), 0) << name;
    for (const char mark : {'<', '>', '"', '\n'})
      EXPECT_EQ(count(notice.html, mark), count(harmless.html, mark)) << name << " " << mark;
    EXPECT_NE(notice.html.find("&lt;script&gt;"), std::string::npos) << name;
    Message message;
    message.id = "aviso-1@cauce";
    message.from = {evil, "cauce@example.org"};
    message.to = {evil, "ana@example.org"};
    message.subject = notice.subject;
    const std::string mime = to_mime(message);
    const std::string headers = mime.substr(0, mime.find("\r\n\r\n"));
    EXPECT_EQ(headers.find("\r\nBcc"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace cauce::engine
