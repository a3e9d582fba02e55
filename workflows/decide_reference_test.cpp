// The reference policy, lived through: from the creation of a PAT to its close.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/project_folder.hpp"
#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using namespace cauce::workflows::testing;

std::shared_ptr<const Policy> reference_policy() {
  static const std::shared_ptr<const Policy> policy = [] {
    dsl::Sources sources;
    for (const auto& entry :
         std::filesystem::directory_iterator(project_folder() + "/../shared/reference-policy")) {
      if (entry.path().extension() != ".cauce") continue;
      std::ostringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      sources.push_back({entry.path().filename().string(), text.str()});
    }
    return compile_sources(sources);
  }();
  return policy;
}

class ReferenceLife : public Story {
 protected:
  ReferenceLife() : Story(reference_policy()) {
    add("región", "", {{"nombre", rules::Value("Caribe")}});
    add("departamento", "Caribe", {{"código", rules::Value("08")}, {"nombre", rules::Value("Atlántico")}});
    add("municipio", "08", {{"código", rules::Value("08001")}, {"nombre", rules::Value("Barranquilla")}});
    world.assign("ana", "enlace_territorial", "municipio", "08001");
    world.assign("rosa", "articulador_regional", "región", "Caribe");
    world.assign("dora", "dirección");
  }

  /// One entity by the names of its fields; the others are sin dato.
  void add(std::string_view kind, const std::string& parent, const std::map<std::string, rules::Value>& row) {
    const auto& rules = *world.policy(1).rules;
    rules::EntityRow entity{{}, parent};
    for (const rules::Field& field : at(rules.entities, *rules.find_entity(kind)).fields) {
      const auto given = row.find(field.name);
      entity.values.push_back(given == row.end() ? rules::Value() : given->second);
    }
    world.add(kind, {entity});
  }

  void formulate() {
    for (const char* component : {"diagnóstico", "objetivos", "servicios"})
      must("ana", "2024-02-01", CompleteComponent{component, {{"texto", "Escrito"}}});
    must("ana", "2024-02-02", Act{"enviar"});
    must("rosa", "2024-02-05", Act{"aprobar"});
  }
};

TEST_F(ReferenceLife, APatOwesItsReportsItsMilestonesAndTheEndOfItsFormulation) {
  create("2024-01-10");
  // Ten monthly reports, three quarterly ones, eight milestones, the final report, the formulation.
  EXPECT_EQ(plan().obligations.size(), 23U);
  const auto open_ended = std::count_if(plan().obligations.begin(), plan().obligations.end(),
                                        [](const Obligation& owed) { return !owed.due; });
  EXPECT_EQ(open_ended, 1) << "only armonización waits for another milestone";
  EXPECT_EQ(owed("informe_mensual", Period{rules::PeriodUnit::month, 2024, 5}).due, day("2024-06-11"));
  EXPECT_EQ(plan().linked_to, (PlanId{"PCCT", "Caribe", 2024}));
}

TEST_F(ReferenceLife, APatIsForSelectedMunicipalitiesOnly) {
  world.not_selected = {"08001"};
  EXPECT_EQ(told(refused("dora", "2024-01-10", CreatePlan{"PAT", "08001"})),
            "municipio «08001» no está seleccionado en «municipios»\n= el plan PAT es solo para los "
            "seleccionados");
}

TEST_F(ReferenceLife, ThePolicysOwnScenario) {
  create("2024-01-01");
  must("ana", "2024-02-01", CompleteComponent{"diagnóstico", {{"texto", "Escrito"}}});
  must("ana", "2024-02-01", CompleteComponent{"objetivos", {{"texto", "Escritos"}}});
  EXPECT_EQ(told(refused("ana", "2024-02-01", Act{"enviar"})),
            "todavía no se puede «enviar» este plan\n- Faltan componentes obligatorios\n- el componente "
            "«servicios» está incompleto");
  must("ana", "2024-02-02", CompleteComponent{"servicios", {{"texto", "Taller"}}});
  must("ana", "2024-02-02", Act{"enviar"});
  EXPECT_EQ(refused("ana", "2024-02-02", Act{"aprobar"}).kind, RefusalKind::not_allowed);
  must("rosa", "2024-02-05", Act{"devolver", "Precisar los servicios"});
  EXPECT_EQ(at(kind().stages, *plan().stage).name, "borrador");
  EXPECT_TRUE(is_overdue(plan(), owed("formulación"), day("2024-03-18")));
}

TEST_F(ReferenceLife, AWholeLifeEndsClosedWithItsIndicatorsFrozen) {
  create("2024-01-10");
  formulate();
  const std::vector<FieldInput> monthly = {{"actividades", "3"}, {"resumen", "Acompañamiento"}};
  for (int month = 2; month <= 11; ++month) {
    const Period period{rules::PeriodUnit::month, 2024, month};
    must("ana", rules::to_iso(period.last_day()), DeliverReport{"informe_mensual", period, monthly});
  }
  for (int quarter = 1; quarter <= 3; ++quarter) {
    const Period period{rules::PeriodUnit::quarter, 2024, quarter};
    const std::string when = rules::to_iso(period.last_day());
    must("ana", when, DeliverReport{"corte_trimestral", period, {{"balance", "Va bien"}}});
    must("rosa", when, ValidateObligation{"corte_trimestral", period});
  }
  for (const char* hito : {"pdt_diagnóstico", "pdt_radicado", "pdt_adoptado", "armonización",
                           "plan_indicativo", "presupuesto_resultados", "banco", "rendición"})
    must("ana", "2024-11-28", AchieveHito{hito, day("2024-03-15"), "acta"});
  must("ana", "2024-12-02", Act{"terminar"});
  must("ana", "2024-12-10",
       DeliverReport{"informe_final", {}, {{"servicios_prestados", "6"}, {"balance", "Bueno"}}});
  EXPECT_EQ(told(refused("rosa", "2024-12-11", Act{"calificar", "Sobresaliente"})),
            "la evaluación aún no puede terminar\n- el reporte «informe_final» se entregó y no se ha "
            "validado\n= resuelva primero lo que falta");
  must("rosa", "2024-12-11", ValidateObligation{"informe_final"});
  must("rosa", "2024-12-11", Act{"calificar", "Sobresaliente"});
  EXPECT_EQ(plan().lifecycle.phase, Phase::closed);
  const std::vector<rules::Value> all_in_time = {rules::Value(rules::Decimal(100)),
                                                 rules::Value(rules::Decimal(100))};
  EXPECT_EQ(plan().frozen_indicators, all_in_time);
}

}  // namespace
}  // namespace cauce::workflows
