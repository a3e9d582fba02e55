#include "dsl/placement.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "dsl/fold.hpp"

namespace cauce::dsl {
namespace {

constexpr std::string_view in_targeting = "en una focalización";
constexpr std::string_view in_milestone = "en un hito";
constexpr std::string_view in_report_or_milestone = "en un reporte o un hito";
constexpr std::string_view in_plan = "en un plan";
constexpr std::string_view in_phase = "en una fase: formulación, seguimiento o evaluación";
constexpr std::string_view in_program = "en el programa";
constexpr std::string_view in_role = "en un rol";
constexpr std::string_view in_front = "en un frente";
constexpr std::string_view in_test = "en una prueba";

constexpr std::array<std::pair<std::string_view, std::string_view>, 52> places{
    {{"vigencia", in_program},
     {"zona", in_program},
     {"habil", "en un calendario"},
     {"pascua", "en un conjunto de festivos"},
     {"carga", in_role},
     {"administra", in_role},
     {"campo", "en una entidad, un reporte o un componente"},
     {"corto", in_front},
     {"mediano", in_front},
     {"largo", in_front},
     {"excluye", in_targeting},
     {"califica", in_targeting},
     {"puntaje", in_targeting},
     {"cupo", in_targeting},
     {"minimo", in_targeting},
     {"sobrantes", in_targeting},
     {"ordena", in_targeting},
     {"requiere", "en una focalización o un hito"},
     {"vinculado", in_plan},
     {"componente", in_plan},
     {"suspende", in_plan},
     {"reanuda", in_plan},
     {"cancela", in_plan},
     {"gracia", "en un plan o una fase"},
     {"formulacion", in_plan},
     {"seguimiento", in_plan},
     {"evaluacion", in_plan},
     {"reporte", "en un plan o una fase"},
     {"hito", "en un plan o una fase"},
     {"etapa", in_phase},
     {"indicador", in_phase},
     {"nivel", in_phase},
     {"desde", in_phase},
     {"vence", "en un hito, un reporte o una fase"},
     {"cierra", "en un reporte"},
     {"valida", in_report_or_milestone},
     {"corrige", in_report_or_milestone},
     {"peso", in_milestone},
     {"mediante", in_milestone},
     {"aporta", in_milestone},
     {"evidencia", in_milestone},
     {"puede", "en una etapa"},
     {"resumen", "en una escalera de alertas"},
     {"recuerda", "en una escalera de alertas"},
     {"avisa", "en una escalera de alertas"},
     {"escala", "en una escalera de alertas"},
     {"casos", in_test},
     {"datos", in_test},
     {"dado", "en una prueba o un escenario"},
     {"espera", "en una prueba o un escenario"},
     {"creado", "en un escenario"},
     {"alertas", "en un plan, o fuera de todo bloque"}}};

}  // namespace

std::string_view place_of_clause(std::string_view folded) {
  const auto* found =
      std::find_if(places.begin(), places.end(), [&](const auto& place) { return place.first == folded; });
  return found == places.end() ? std::string_view() : found->second;
}

std::string_view nearest_clause(std::string_view word) {
  std::vector<std::string_view> words;
  for (const auto& [clause, place] : places)
    words.push_back(clause);
  return nearest_name(word, words);
}

}  // namespace cauce::dsl
