// Whatever is asked of whatever was done: tables narrowed by SQL give the answer that all plans give.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/query.hpp"
#include "engine/random_history_for_tests.hpp"

namespace cauce::engine {
namespace {

using random_history::one_of;
using random_history::RandomHistory;

struct Asked {
  std::string collection;
  std::vector<std::string> conditions;
  std::vector<std::string> shown;
  std::vector<std::string> grouped;
};

const std::vector<Asked>& what_may_be_asked() {
  static const std::vector<Asked> all = {
      {"planes",
       {"fase = formulación",
        "fase != seguimiento",
        "situación = activo",
        "situación en {suspendido, cancelado}",
        "tipo = PAT",
        "entidad = \"05001\"",
        "plan = \"PAT/19001/2024\"",
        "vencidos > 0",
        "vencidos >= 2",
        "vencidos = 0",
        "vencidos != 1",
        "vencidos < 2",
        "2 > vencidos",
        "avance >= 50",
        "avance = 0",
        "avance sin dato",
        "no (avance con dato)",
        "región = \"Caribe\"",
        "región != \"Caribe\"",
        "región en {\"Pacífico\", \"Andes\"}",
        "vigencia = 2024",
        "corte > 2024-03-01",
        "sí"},
       {"plan, fase, avance", "plan, vencidos, nombre_de_la_entidad", "situación, etapa", ""},
       {"fase", "región", "situación, tipo"}},
      {"planes",
       {"etapa = borrador",
        "componentes_completos",
        "cuenta(hitos donde cumplido) > 0",
        "alguno(reportes donde vencido)",
        "entregado(final)",
        "vencido(informe)",
        "cumplimiento > 10",
        "mdm > 50",
        "mdm <= 50 y vencidos > 0",
        "mdm sin dato",
        "mdm entre 30 y 60",
        "pdet",
        "no pdet",
        "visita < 2024-03-01",
        "si pdet entonces fase = formulación si no vencidos > 0",
        "100 / vencidos > 30",
        "mdm / (mdm - 40) > 1",
        "vencido(informe, febrero)",
        "entregado(informe, enero)",
        "cobertura > 10"},
       {"plan, mdm", "plan, cumplimiento, etapa", "entidad, vence(formulación)",
        "plan, vence(informe, marzo)"},
       {"etapa", "pdet", "categoría"}},
      {"hitos",
       {"cumplido",
        "no cumplido",
        "vencido",
        "no vencido",
        "exigido",
        "a_tiempo",
        "vence < 2024-05-01",
        "vence sin dato",
        "vence con dato",
        "vence entre 2024-04-01 y 2024-05-15",
        "no (vence en ]2024-04-01..2024-06-30])",
        "fecha con dato",
        "fecha > 2024-02-01",
        "días_de_mora > 3",
        "peso = 1",
        "nombre = \"mesa\"",
        "nombre en {\"diagnóstico\", \"mesa\"}",
        "título = \"Mesa instalada\"",
        "plan.tipo = PCCT",
        "plan.fase = seguimiento",
        "plan.vencidos > 0",
        "plan.avance < 50",
        "plan.región = \"Caribe\"",
        "plan = \"PAT/05001/2024\""},
       {"plan, nombre, vence, cumplido", "título, a_tiempo, días_de_mora", "plan.avance, fecha", ""},
       {"nombre", "plan.región", "cumplido, vencido"}},
      {"reportes",
       {"entregado",
        "no entregado",
        "validado",
        "vencido",
        "no vencido",
        "exigido",
        "a_tiempo",
        "vence < corte",
        "periodo = \"2024-02\"",
        "periodo > \"2024-02\"",
        "periodo sin dato",
        "actividades > 3",
        "actividades sin dato",
        "al_día",
        "días_de_mora >= 1",
        "nombre = \"informe\"",
        "fecha sin dato",
        "plan.entidad = \"05001\"",
        "plan.situación = activo",
        "plan.mdm > 50",
        "plan.pdet",
        "plan.vencidos >= 1"},
       {"plan, nombre, periodo, vence", "nombre, actividades, resumen", "a_tiempo, plan.nombre", ""},
       {"nombre", "periodo", "plan.fase, entregado"}},
      {"componentes",
       {"completo", "no completo", "obligatorio", "nombre = \"objetivos\"", "plan.fase = formulación",
        "plan.vencidos > 0", "plan.mdm > 50", "plan.región = \"Pacífico\""},
       {"plan, nombre, completo", "plan.avance, obligatorio", ""},
       {"nombre", "completo", "plan.región"}}};
  return all;
}

std::string some_condition(const Asked& asked, int depth) {
  const int form = depth == 0 ? 0 : *rc::gen::inRange(0, 5);
  switch (form) {
    case 1:
      return "no (" + some_condition(asked, depth - 1) + ")";
    case 2:
    case 3:
      return "(" + some_condition(asked, depth - 1) + ") y (" + some_condition(asked, depth - 1) + ")";
    case 4:
      return "(" + some_condition(asked, depth - 1) + ") o (" + some_condition(asked, depth - 1) + ")";
    default:
      return one_of(asked.conditions);
  }
}

std::string some_query() {
  const Asked& asked = one_of(what_may_be_asked());
  std::string query = asked.collection;
  if (*rc::gen::inRange(0, 6) > 0) query += " donde " + some_condition(asked, *rc::gen::inRange(0, 4));
  if (*rc::gen::arbitrary<bool>()) {
    query += " agrupa por " + one_of(asked.grouped);
    if (*rc::gen::arbitrary<bool>()) query += " muestra cuenta()";
    return query;
  }
  const std::string shown = one_of(asked.shown);
  if (!shown.empty()) query += " muestra " + shown;
  if (*rc::gen::arbitrary<bool>()) query += " primeros " + std::to_string(*rc::gen::inRange(1, 5));
  return query;
}

std::string in_words(const std::string& query, const std::optional<QueryAnswer>& answer,
                     const dsl::Diagnostics& diagnostics) {
  std::string words;
  for (const dsl::Diagnostic& diagnostic : diagnostics)
    words += dsl::render(diagnostic, {{"consulta", query}});
  if (!answer) return words;
  for (const auto& row : answer->rows) {
    for (const rules::Value& value : row)
      words += rules::to_display(value) + " | ";
    words += "\n";
  }
  words += std::to_string(answer->undetermined) + " por verificar:";
  // Of groups, rows come in no order.
  for (std::vector<std::string> list : {answer->missing, answer->notes}) {
    std::sort(list.begin(), list.end());
    for (const std::string& item : list)
      words += " " + item + ";";
  }
  return words;
}

std::string ask(System& system, const std::string& query, RowsFrom from) {
  dsl::Diagnostics diagnostics;
  const auto answer =
      answer_query(system, {{"consulta", query}}, 0, system.now().date, diagnostics, {}, from);
  return in_words(query, answer, diagnostics);
}

RC_GTEST_PROP(QueryProperty, TablesAndPlansGiveTheSameAnswer, ()) {
  RandomHistory history;
  for (int step = 0; step < 15; ++step)
    history.step();
  for (int number = 0; number < 12; ++number) {
    const std::string query = some_query();
    const std::string by_tables = ask(history.system(), query, RowsFrom::tables);
    const std::string by_plans = ask(history.system(), query, RowsFrom::plans);
    if (by_tables != by_plans) RC_FAIL(query + "\n" + by_tables + "\n---\n" + by_plans);
    RC_CLASSIFY(by_tables.find("consulta:") == std::string::npos, "understood");
  }
}

}  // namespace
}  // namespace cauce::engine
