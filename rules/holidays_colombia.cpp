// The public holidays of Colombia, written in the language itself, so that they are read as any policy's are.
#include "rules/compile.hpp"

namespace cauce::rules {

const char* const colombia_holidays_source = R"cauce(
fuente L51 "Ley 51 de 1983, por la cual se traslada el descanso remunerado de algunos días festivos"
fuente L2578 "Ley 2578 de 2026"

festivos Colombia "Festivos de Colombia" {
  1 de enero "Año Nuevo" según L51
  6 de enero "Reyes Magos" al lunes desde 1984 según L51
  19 de marzo "San José" al lunes desde 1984 según L51
  pascua - 3 "Jueves Santo" según L51
  pascua - 2 "Viernes Santo" según L51
  1 de mayo "Día del Trabajo" según L51
  pascua + 39 "Ascensión del Señor" al lunes desde 1984 según L51
  pascua + 60 "Corpus Christi" al lunes desde 1984 según L51
  pascua + 68 "Sagrado Corazón de Jesús" al lunes desde 1984 según L51
  29 de junio "San Pedro y San Pablo" al lunes desde 1984 según L51
  9 de julio "Nuestra Señora de Chiquinquirá" al lunes rige desde 2026 según L2578
  20 de julio "Día de la Independencia" según L51
  7 de agosto "Batalla de Boyacá" según L51
  15 de agosto "Asunción de la Virgen" al lunes desde 1984 según L51
  12 de octubre "Día de la Raza" al lunes desde 1984 según L51
  1 de noviembre "Todos los Santos" al lunes desde 1984 según L51
  11 de noviembre "Independencia de Cartagena" al lunes desde 1984 según L51
  8 de diciembre "Inmaculada Concepción" según L51
  25 de diciembre "Navidad" según L51
}
)cauce";

}  // namespace cauce::rules
