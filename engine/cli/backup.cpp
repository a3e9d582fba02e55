// cauce respaldar: a copy of the whole database, made while others work.
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/text.hpp"
#include "engine/hash.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string file;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("ARCHIVO", options.file, "dónde queda la copia; no debe existir");
}

int run(const Options& options, Session& session) {
  const auto system = open_system(session);
  const JournalHead head = system->back_up(options.file, progress_bar(session, "Copiando"));
  const std::string hash = to_hex(head.hash);
  if (session.globals.json) {
    print_json({{"file", options.file}, {"events", head.sequence}, {"head", hash}}, session);
    return exit_done;
  }
  session.out << options.file << ": "
              << count_of(static_cast<std::size_t>(head.sequence), "asiento", "asientos") << "; cabeza "
              << head.sequence << ":" << hash << "\n";
  say_note(session,
           "guarde esa cabeza en otra parte: «cauce auditar --ancla» comprueba con ella que nada falta");
  return exit_done;
}

}  // namespace

Command backup_command() {
  return {"respaldar",
          "backup",
          Group::system_setup,
          Access::lists,
          "copia toda la base a un archivo, sin detener a nadie",
          "$ cauce respaldar /respaldos/cauce-2024-06-30.db\n"
          "/respaldos/cauce-2024-06-30.db: 10640 asientos; cabeza 10640:9f2c…",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
