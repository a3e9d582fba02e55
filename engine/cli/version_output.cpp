#include "engine/cli/version_output.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/json_output.hpp"
#include "engine/library_version.hpp"

namespace cauce::engine::cli {
namespace {

std::vector<LibraryVersion> library_versions() {
  return {sqlite_version(), libcurl_version(), gmime_version(), sodium_version(), httplib_version()};
}

Json version_json(const Build& build) {
  Json libraries = Json::object();
  for (const LibraryVersion& library : library_versions())
    libraries[library.name] = library.version;
  Json json = {{"version", CAUCE_VERSION}};
  if (!build.commit.empty()) json["commit"] = build.commit;
  if (!build.date.empty()) json["commit_date"] = build.date;
  if (!build.compiler.empty()) json["compiler"] = build.compiler;
  json["libraries"] = std::move(libraries);
  return json;
}

}  // namespace

void print_version(Session& session) {
  const Build& build = session.environment.build;
  if (session.globals.json) {
    print_json(version_json(build), session);
    return;
  }
  session.out << "cauce " << CAUCE_VERSION << "\n";
  if (!build.commit.empty()) {
    session.out << "  código fuente  " << build.commit << (build.date.empty() ? "" : ", del " + build.date)
                << "\n";
  }
  if (!build.compiler.empty()) session.out << "  compilador     " << build.compiler << "\n";
  std::string term = "  bibliotecas    ";
  for (const LibraryVersion& library : library_versions()) {
    session.out << term << library.name << " " << library.version << "\n";
    term.assign(term.size(), ' ');
  }
}

}  // namespace cauce::engine::cli
