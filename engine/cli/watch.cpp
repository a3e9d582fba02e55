// cauce vigilar: the daemon, or one round of it.
#include <filesystem>
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/daemon.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  bool once = false;
  std::optional<std::string> mail_folder;
};

void take(Arguments& arguments, Options& options) {
  arguments.flag("--una-vez", options.once, "una sola ronda, y termina");
  arguments.option("--buzón,--buzon", "CARPETA", options.mail_folder,
                   "dónde deja los mensajes (si no, «buzon» junto a la base)");
}

void print_round(const RoundReport& report, Session& session) {
  if (session.globals.json) {
    print_json({{"raised", report.alerts.raised},
                {"superseded", report.alerts.superseded},
                {"digests", report.alerts.digests},
                {"nobody", report.alerts.nobody},
                {"messages", report.alerts.messages},
                {"sent", report.deliveries.sent},
                {"retry", report.deliveries.to_retry},
                {"dead", report.deliveries.dead}},
               session);
    return;
  }
  session.out << count_of(report.alerts.raised, "aviso", "avisos") << ", "
              << count_of(report.alerts.digests, "resumen", "resúmenes") << ", "
              << count_of(report.alerts.messages, "mensaje", "mensajes") << "; "
              << count_of(report.deliveries.sent, "enviado", "enviados");
  if (report.alerts.superseded > 0) session.out << "; " << report.alerts.superseded << " peldaños superados";
  if (report.alerts.nobody > 0) session.out << "; " << report.alerts.nobody << " sin quien los reciba";
  if (report.deliveries.to_retry > 0) session.out << "; " << report.deliveries.to_retry << " por reintentar";
  if (report.deliveries.dead > 0) session.out << "; " << report.deliveries.dead << " sin entregar";
  session.out << "\n" << std::flush;
}

int run(const Options& options, Session& session) {
  if (session.globals.now && !options.once) throw WrongUsage("«--ahora» va con «--una-vez»");
  const auto system = open_system(session);
  WatchOptions how;
  how.once = options.once;
  how.mail_folder =
      options.mail_folder.value_or((std::filesystem::path(system->path()).parent_path() / "buzon").string());
  try {
    const WatchLock lock(system->path());
    if (options.once) {
      print_round(watch_once(*system, how), session);
    } else {
      watch(
          *system, how, [&](const RoundReport& report) { print_round(report, session); },
          [&](const std::string& failure) {
            say_error(session, "la ronda falló: " + failure, "se repite en medio minuto");
          });
    }
    return exit_done;
  } catch (const AlreadyWatched& already) {
    say_error(session, already.what());
    return exit_unusable_database;
  }
}

}  // namespace

Command watch_command() {
  return {"vigilar",
          "watch",
          Group::alerts,
          Access::runs,
          "vigila los plazos y avisa a quien deba saber",
          "$ cauce vigilar --una-vez\n"
          "14 avisos, 0 resúmenes, 6 mensajes; 6 enviados",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
