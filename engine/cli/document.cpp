// cauce documentar: the policy as a document for people who do not read rules.
#include <filesystem>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/drawing.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/document/html.hpp"
#include "engine/document/markdown.hpp"
#include "engine/document/write_document.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string path;
  std::optional<std::string> folder;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.path, "la carpeta o el archivo de la política");
  arguments.option("--salida", "CARPETA", options.folder,
                   "escribe en ella el documento, en HTML y en Markdown; si no, el Markdown va a la salida");
}

std::string_view html_file() {
  return "politica.html";
}
std::string_view markdown_file() {
  return "politica.md";
}

/// Draws while it can; says once why it cannot.
class Drawer {
 public:
  explicit Drawer(Session& session) : session_(session) {}

  std::string operator()(const document::LifeGraph& graph) {
    if (gave_up_) return {};
    try {
      return draw(graph, session_);
    } catch (const document::NotDrawn& not_drawn) {
      gave_up_ = true;
      say_note(session_, "el documento va sin dibujos: " + std::string(not_drawn.what()));
      return {};
    }
  }

 private:
  Session& session_;
  bool gave_up_ = false;
};

void make_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error && fs::is_directory(folder)) return;
  const bool in_the_way = !error || error == std::errc::not_a_directory || error == std::errc::file_exists;
  throw FileUnusable("no se puede crear la carpeta «" + folder + "»" +
                     (in_the_way                              ? ": hay un archivo en su lugar"
                      : error == std::errc::permission_denied ? ": no hay permiso"
                                                              : ""));
}

int run(const Options& options, Session& session) {
  if (session.globals.json && !options.folder)
    throw WrongUsage("con «--json» hace falta «--salida CARPETA»",
                     "sin ella, el documento mismo va a la salida");
  const auto loaded = load_policy(session, {options.path});
  if (!loaded) return exit_refused;
  if (!options.folder) {
    const auto without_drawings = [](const document::LifeGraph&) { return std::string(); };
    session.out << to_markdown(document::write_document(loaded->compiled, loaded->sources, without_drawings));
    return exit_done;
  }
  Drawer drawer(session);
  const document::Document document =
      document::write_document(loaded->compiled, loaded->sources, std::ref(drawer));
  make_folder(*options.folder);
  std::vector<std::string> files;
  const auto write = [&](std::string_view name, const std::string& text) {
    files.push_back((fs::path(*options.folder) / name).string());
    write_file(files.back(), text);
  };
  write(html_file(), to_html(document));
  write(markdown_file(), to_markdown(document));
  if (session.globals.json) {
    print_json({{"files", files}}, session);
  } else {
    for (const std::string& file : files)
      session.out << "escrito: " << file << "\n";
  }
  return exit_done;
}

}  // namespace

Command document_command() {
  return {"documentar",
          "doc",
          Group::policies,
          Access::files,
          "escribe la política como un documento para quien no lee reglas",
          "$ cauce documentar politica/ --salida documento/\n"
          "escrito: documento/politica.html\n"
          "escrito: documento/politica.md\n"
          "$ cauce documentar politica/ > politica.md",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
