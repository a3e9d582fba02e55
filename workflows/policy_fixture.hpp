// For tests: small policies, compiled, and what the checker says of them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "workflows/compile.hpp"
#include "tests/project_folder.hpp"

namespace cauce::workflows::testing {

/// What every small policy begins with: a calendar, two roles, municipalities in regions. 20 lines.
inline const std::string preamble = R"(programa ejemplo {
  vigencia 2024
  zona "America/Bogota"
  calendario oficial
}
calendario oficial {
  hábil lunes a viernes
  festivos Colombia
}
rol dirección por nación { administra publicar, asignar }
rol enlace por municipio bajo dirección
entidad región {
  campo código: texto clave
}
entidad municipio en región {
  campo código: texto clave
  campo nombre: texto
  campo tipo: texto
  campo población: entero
}
)";

inline dsl::Sources sources_of(const std::string& text) {
  return {{"p.cauce", preamble + text}};
}

inline Compiled compile_text(const std::string& text) {
  return compile(sources_of(text));
}

/// Everything that the checker says, as people see it.
inline std::string said_of(const std::string& text) {
  const dsl::Sources sources = sources_of(text);
  std::string said;
  for (const dsl::Diagnostic& diagnostic : compile(sources).diagnostics) {
    said += dsl::render(diagnostic, sources);
  }
  return said;
}

/// The files of a folder of this project, or beside it (`../shared/…`).
inline dsl::Sources sources_in(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(project_folder() + "/" + folder)) {
    if (entry.path().extension() == ".cauce") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  dsl::Sources sources;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    sources.push_back({path.filename().string(), {std::istreambuf_iterator<char>(file), {}}});
  }
  return sources;
}

}  // namespace cauce::workflows::testing
