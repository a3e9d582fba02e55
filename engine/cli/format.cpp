// cauce formatear: the canonical text of a policy, in place.
#include "dsl/format.hpp"

#include <algorithm>
#include <filesystem>
#include <istream>
#include <iterator>
#include <ostream>
#include <set>

#include <nlohmann/json.hpp>

#include "dsl/parse.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view standard_input = "-";

struct Options {
  std::vector<std::string> paths;
  bool check = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.paths,
                     "un archivo *.cauce, una carpeta, o «-»: de la entrada estándar a la salida");
  arguments.flag("--revisar,--check", options.check,
                 "no escribe: muestra qué archivos cambiarían, y entonces termina con 1");
}

enum class FileStatus { unchanged, changed, broken, unwritable };

std::string name_of(FileStatus status) {
  switch (status) {
    case FileStatus::unchanged:
      return "unchanged";
    case FileStatus::changed:
      return "changed";
    case FileStatus::broken:
      return "broken";
    default:
      return "unwritable";
  }
}

/// What was done, or with `--revisar` would be, to each file.
struct Report {
  std::vector<std::pair<std::string, FileStatus>> files = {};
  dsl::Diagnostics diagnostics = {};

  std::size_t count(FileStatus wanted) const {
    std::size_t found = 0;
    for (const auto& [name, status] : files)
      found += status == wanted ? 1 : 0;
    return found;
  }
};

/// The files, each once: one may be given by itself and with its folder.
dsl::Sources read_once(const std::vector<std::string>& paths) {
  dsl::Sources sources;
  std::set<fs::path> seen;
  for (dsl::SourceFile& source : read_policy(paths)) {
    if (seen.insert(fs::weakly_canonical(source.name)).second) sources.push_back(std::move(source));
  }
  return sources;
}

FileStatus put_in_place(const dsl::SourceFile& source, const std::string& text, Session& session) {
  try {
    replace_file(source.name, text);
    return FileStatus::changed;
  } catch (const FileUnusable& unusable) {
    say_error(session, unusable.what());
    return FileStatus::unwritable;
  }
}

Report format_files(const dsl::Sources& sources, const Options& options, Session& session) {
  Report report;
  const auto texts = dsl::format(sources, report.diagnostics);
  dsl::sort_diagnostics(report.diagnostics);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    FileStatus status = FileStatus::broken;
    if (texts[i]) {
      const bool same = *texts[i] == sources[i].text;
      status = same            ? FileStatus::unchanged
               : options.check ? FileStatus::changed
                               : put_in_place(sources[i], *texts[i], session);
    }
    report.files.emplace_back(sources[i].name, status);
  }
  return report;
}

std::string summary_of(const Report& report, bool check) {
  const std::size_t changed = report.count(FileStatus::changed);
  std::string text = count_of(report.files.size(), "archivo", "archivos") + ": ";
  if (check) {
    text += changed == 0 ? "ninguno cambiaría" : count_of(changed, "cambiaría", "cambiarían");
  } else {
    text += changed == 0 ? "ninguno cambió" : count_of(changed, "cambió", "cambiaron");
  }
  if (const auto broken = report.count(FileStatus::broken); broken > 0) {
    text += ", " + std::to_string(broken) + " con errores, que " + (broken == 1 ? "queda" : "quedan") +
            " como estaba" + (broken == 1 ? "" : "n");
  }
  if (const auto kept = report.count(FileStatus::unwritable); kept > 0) {
    text += ", " + std::to_string(kept) + " sin poder escribirse";
  }
  return text;
}

Json json_of(const Report& report, const dsl::Sources& sources) {
  Json json = {{"files", Json::array()}, {"changed", report.count(FileStatus::changed)}};
  for (const auto& [name, status] : report.files)
    json["files"].push_back({{"file", name}, {"status", name_of(status)}});
  json.update(Json::parse(dsl::to_json(report.diagnostics, sources)));
  return json;
}

int exit_code_of(const Report& report, bool check) {
  if (report.count(FileStatus::unwritable) > 0) return exit_unusable_data;
  const bool refused = !report.diagnostics.empty() || (check && report.count(FileStatus::changed) > 0);
  return refused ? exit_refused : exit_done;
}

void show(const Report& report, const dsl::Sources& sources, bool check, Session& session) {
  if (session.globals.json) return print_json(json_of(report, sources), session);
  print_diagnostics(session, report.diagnostics, sources);
  for (const auto& [name, status] : report.files) {
    if (status == FileStatus::changed) session.out << name << "\n";
  }
  say_note(session, summary_of(report, check));
}

/// From standard input to standard output.
int run_as_filter(const Options& options, Session& session) {
  if (options.paths.size() > 1) throw WrongUsage("«-» va solo");
  if (session.globals.json && !options.check)
    throw WrongUsage("con «-» la salida es el texto: «--json» no va");
  std::istream& in = *session.environment.in;
  const dsl::Sources sources{{std::string(standard_input), {std::istreambuf_iterator<char>(in), {}}}};
  if (options.check) {
    const Report report = format_files(sources, options, session);
    show(report, sources, true, session);
    return exit_code_of(report, true);
  }
  dsl::Diagnostics diagnostics;
  const auto text = dsl::format(sources, diagnostics).front();
  dsl::sort_diagnostics(diagnostics);
  print_diagnostics(session, diagnostics, sources);
  if (text) session.out << *text;
  return text ? exit_done : exit_refused;
}

int run(const Options& options, Session& session) {
  if (std::find(options.paths.begin(), options.paths.end(), standard_input) != options.paths.end())
    return run_as_filter(options, session);
  const dsl::Sources sources = read_once(options.paths);
  const Report report = format_files(sources, options, session);
  show(report, sources, options.check, session);
  return exit_code_of(report, options.check);
}

}  // namespace

Command format_command() {
  return {"formatear",
          "fmt",
          Group::policies,
          Access::files,
          "escribe los archivos en su forma canónica, con sus comentarios",
          "$ cauce formatear politica/\n"
          "politica/pat.cauce\n"
          "8 archivos: 1 cambió\n"
          "$ cauce formatear --revisar politica/\n"
          "8 archivos: ninguno cambiaría",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
