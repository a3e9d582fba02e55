// cauce manual: writes the pages that `man` shows.
#include <filesystem>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/manual.hpp"
#include "engine/cli/text.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string folder;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("CARPETA", options.folder, "dónde quedan; si no existe, se hace");
}

int run(const Options& options, Session& session) {
  const std::filesystem::path folder = options.folder;
  std::filesystem::create_directories(folder);
  Json files = Json::array();
  for (const ManualPage& page : manual_pages(all_commands(), session.environment.build)) {
    const std::string path = (folder / page.file).string();
    write_file(path, page.text);
    files.push_back(path);
  }
  if (session.globals.json) {
    print_json({{"files", files}}, session);
  } else {
    session.out << count_of(files.size(), "página", "páginas") << " en " << quote(options.folder) << "\n";
  }
  return exit_done;
}

}  // namespace

Command manual_command() {
  return {"manual",
          "manual-pages",
          Group::help,
          Access::nothing,
          "escribe las páginas de manual de cada orden",
          "$ cauce manual ~/.local/share/man/man1\n"
          "$ man cauce-revisar",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
