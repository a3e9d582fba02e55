#include "engine/cli/exit_meanings.hpp"

namespace cauce::engine::cli {

const std::vector<ExitMeaning>& exit_meanings() {
  static const std::vector<ExitMeaning> table = {
      {exit_done, "hecho"},
      {exit_refused, "la política, una prueba o una auditoría tiene errores, o la orden fue rechazada"},
      {exit_wrong_usage, "orden mal escrita"},
      {exit_unusable_data, "datos o archivos que no se pueden leer o escribir"},
      {exit_unusable_database, "base ocupada, de una versión más nueva, o dañada"},
      {exit_our_fault, "falla nuestra"},
  };
  return table;
}

}  // namespace cauce::engine::cli
