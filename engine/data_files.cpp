#include "engine/data_files.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "dsl/characters.hpp"
#include "dsl/fold.hpp"
#include "engine/cell_words.hpp"
#include "engine/policy_files.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine {
namespace {

namespace fs = std::filesystem;
using rules::EntityKind;
using rules::Ruleset;

/// Names compare without accents, which most words lose before «es»: región, regiones.
std::vector<std::string> plurals_of(const std::string& name) {
  return {name + "s", dsl::fold(name) + "es"};
}

/// The file in `folder` whose name is `wanted`, compared as names are.
std::optional<std::string> find_in(const fs::path& folder, const std::string& wanted) {
  if (fs::is_regular_file(folder / wanted)) return (folder / wanted).string();
  std::error_code error;
  std::optional<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const bool readable = dsl::find_invalid_utf8(name) == name.npos;
    if (readable && dsl::same_name(name, wanted) && (!found || entry.path().string() < *found)) {
      found = entry.path().string();
    }
  }
  if (error) throw FileUnusable("no se puede leer la carpeta " + workflows::quoted(folder.string()));
  return found;
}

/// What the file of a kind may be called.
std::vector<std::string> file_names_of(const EntityKind& kind) {
  if (kind.file) return {*kind.file};
  std::vector<std::string> names;
  for (const std::string& plural : plurals_of(kind.name))
    names.push_back(plural + ".csv");
  names.push_back(kind.name + ".csv");
  return names;
}

std::string file_in_folder(const std::string& folder, const EntityKind& kind) {
  if (auto path = find_data_file(folder, kind)) return *std::move(path);
  std::string looked_for;
  for (const std::string& name : file_names_of(kind))
    looked_for += (looked_for.empty() ? "" : ", ") + quote_cell(name);
  throw FileUnusable("en " + workflows::quoted(folder) + " no están los datos de " + quote_cell(kind.name) +
                     ": se buscó " + looked_for);
}

/// A path without the blanks that a copied command may have around it, unless there is a file of that name.
std::string as_it_exists(const std::string& path) {
  return fs::exists(path) ? path : std::string(trimmed_cell(path));
}

}  // namespace

std::optional<std::string> find_data_file(const std::string& folder, const EntityKind& kind) {
  for (const std::string& name : file_names_of(kind)) {
    if (auto path = find_in(folder, name)) return path;
  }
  return std::nullopt;
}

std::vector<std::optional<std::string>> find_data_files(const Ruleset& rules,
                                                        const std::vector<std::string>& data,
                                                        bool some_will_do) {
  std::vector<std::optional<std::string>> files(rules.entities.size());
  std::vector<std::string> folders;
  for (const std::string& given : data) {
    if (const std::string folder = as_it_exists(given); fs::is_directory(folder)) {
      folders.push_back(folder);
      continue;
    }
    const std::size_t equals = given.find('=');
    if (equals == given.npos) {
      const std::string path = as_it_exists(given);
      throw FileUnusable("en «--datos» se esperaba una carpeta, o «entidad=ruta.csv»; " +
                         workflows::quoted(path) + (fs::exists(path) ? " es un archivo" : " no existe"));
    }
    const std::string name(trimmed_cell(std::string_view(given).substr(0, equals)));
    const auto kind = rules.find_entity(name);
    if (!kind) {
      std::vector<std::string_view> names;
      for (const EntityKind& known : rules.entities)
        names.push_back(known.name);
      throw FileUnusable("la política no tiene la entidad " + quote_cell(name) + " de «--datos». " +
                         did_you_mean_cell(name, names));
    }
    files.at(static_cast<std::size_t>(*kind)) = as_it_exists(given.substr(equals + 1));
  }
  for (const std::string& folder : folders) {
    for (std::size_t kind = 0; kind < files.size(); ++kind) {
      if (files[kind]) continue;
      files[kind] = some_will_do ? find_data_file(folder, rules.entities[kind])
                                 : file_in_folder(folder, rules.entities[kind]);
    }
  }
  const bool none =
      std::none_of(files.begin(), files.end(), [](const auto& file) { return file.has_value(); });
  if (none && !folders.empty() && !files.empty())
    file_in_folder(folders.front(), rules.entities.front());  // throws, with what was looked for
  return files;
}

}  // namespace cauce::engine
