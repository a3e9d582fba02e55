// The command line in a test: run in this process, in a folder of its own, at an hour moved by hand.
#pragma once

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "engine/cli/run.hpp"
#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine::cli {

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

/// The command line at a fixed instant, without a terminal or environment variables.
class CommandLineForTests {
 public:
  Outcome operator()(const std::vector<std::string>& arguments) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = run(arguments, out, err, environment);
    return {code, out.str(), err.str()};
  }
  /// Moves the clock: `2024-02-07T10:00`, in Bogotá.
  void set_time(const std::string& local) {
    environment.clock = std::make_shared<ManualClock>(parse_instant(local, "America/Bogota").value());
  }

  Environment environment = {
      [](const std::string&) { return std::nullopt; },
      std::make_shared<ManualClock>(parse_instant("2024-01-10T09:00", "America/Bogota").value())};
};

/// The policy of system_for_tests.hpp and its data on disk, ready for `iniciar`.
class PolicyFolderForTests {
 public:
  PolicyFolderForTests() {
    write("prueba.cauce", policy_for_tests);
    write("regiones.csv", "nombre\nCaribe\nPacífico\n");
    write("municipios.csv",
          "código,nombre,región,pdet,mdm,población,visita,categoría\n"
          "05001,Medellín,Caribe,sí,40,2500000,2024-02-07,ESP\n"
          "05002,Abejorral,Caribe,sí,,,,\n"
          "19001,Popayán,Pacífico,sí,55.5,,2024-02-07,1\n"
          "19002,Almaguer,Pacífico,no,30,,,2\n");
    write("personas.csv",
          "persona,nombre,correo,rol,entidad,desde,hasta\n"
          "ana,Ana Pérez,ana@example.org,enlace,05001,,\n"
          "ana,Ana Pérez,ana@example.org,enlace,05002,,\n"
          "luis,Luis Gil,luis@example.org,enlace,19001,,\n"
          "carla,Carla Sáenz,carla@example.org,articulador,Caribe,,\n"
          "paz,Paz Mena,paz@example.org,articulador,Pacífico,,\n");
  }

  void write(const std::string& name, const std::string& text) const { write_file(folder_ / name, text); }
  const std::string& path() const { return folder_.path(); }
  std::string operator/(const std::string& name) const { return folder_ / name; }
  std::string base() const { return folder_ / "cauce.db"; }

 private:
  FolderForTests folder_;
};

}  // namespace cauce::engine::cli
