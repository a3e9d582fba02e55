// cauce simular: what would be told to whom, and what would fall due, up to a date.
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/table.hpp"
#include "engine/cli/text.hpp"
#include "engine/csv.hpp"
#include "engine/foresight.hpp"
#include "engine/icalendar.hpp"
#include "engine/local_time.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string until;
  std::optional<std::string> assumption;
  std::optional<std::string> csv;
  std::optional<std::string> ics;
};

void take(Arguments& arguments, Options& options) {
  arguments.required_option("--hasta", "AAAA-MM-DD", options.until, "el último día que se mira");
  arguments.choice(
      "--suponer", "QUÉ", options.assumption, {"nadie", "todos", "historial"},
      "qué hará la gente: «nadie» (si no se da otro) no cumple nada; «todos» cumplen cada cosa el día "
      "en que vence; «historial», cada plan con la mora que ha tenido");
  arguments.option("--csv", "ARCHIVO", options.csv, "lo escribe como CSV («-»: a la salida)");
  arguments.option("--ics", "ARCHIVO", options.ics,
                   "lo escribe como calendario (iCalendar) para el correo o el teléfono («-»: a la salida)");
}

const std::vector<std::string> headings = {"Cuándo", "Plan", "Obligación", "Periodo",
                                           "Qué",    "Rol",  "Territorio", "Recibe"};

std::string when(const Foreseen& foreseen) {
  return foreseen.is_deadline() ? rules::to_iso(foreseen.moment.date) : local_time(foreseen.moment);
}

std::string what(const Foreseen& foreseen) {
  if (foreseen.is_deadline()) return "vence";
  if (foreseen.reason != AlertReason::digest) return foreseen.step;
  return foreseen.step + " (" + count_of(foreseen.open, "asunto", "asuntos") + ")";
}

std::vector<std::string> cells_of(const Foreseen& foreseen) {
  const bool vacant = !foreseen.is_deadline() && foreseen.persons.empty();
  return {when(foreseen), foreseen.plan, foreseen.obligation, foreseen.period,
          what(foreseen), foreseen.role, foreseen.territory,  vacant ? "nadie" : join(foreseen.persons)};
}

Json to_json(const Foresight& foresight) {
  Json items = Json::array();
  for (const Foreseen& foreseen : foresight.all) {
    Json item = {{"kind", foreseen.is_deadline() ? "deadline" : "alert"}, {"at", when(foreseen)}};
    if (!foreseen.plan.empty()) item["plan"] = foreseen.plan;
    if (!foreseen.obligation.empty()) item["obligation"] = foreseen.obligation;
    if (!foreseen.period.empty()) item["period"] = foreseen.period;
    if (!foreseen.is_deadline()) {
      item["reason"] = name_of(foreseen.reason);
      item["step"] = foreseen.step;
      item["role"] = foreseen.role;
      item["territory"] = foreseen.territory;
      item["recipients"] = foreseen.persons;
      if (foreseen.reason == AlertReason::digest) item["open"] = foreseen.open;
    }
    items.push_back(std::move(item));
  }
  return {{"alerts", foresight.alerts},
          {"digests", foresight.digests},
          {"messages", foresight.messages},
          {"deadlines", foresight.deadlines},
          {"items", std::move(items)}};
}

std::string to_csv(const Foresight& foresight) {
  std::string csv = csv_line(headings);
  for (const Foreseen& foreseen : foresight.all)
    csv += csv_line(cells_of(foreseen));
  return csv;
}

/// A title of one line, and what else there is to know.
void describe(const Foreseen& foreseen, CalendarEvent& event) {
  std::string about = foreseen.obligation;
  if (!foreseen.period.empty()) about += " de " + foreseen.period;
  if (!foreseen.plan.empty()) about += ", " + foreseen.plan;
  if (foreseen.is_deadline()) {
    event.summary = "Vence: " + about;
    event.categories = {"Vencimiento"};
    return;
  }
  const bool is_digest = foreseen.reason == AlertReason::digest;
  std::string to = foreseen.role;
  if (is_digest && !foreseen.territory.empty()) to += " de " + foreseen.territory;
  event.summary = is_digest ? "Resumen a " + to + ": " + count_of(foreseen.open, "asunto", "asuntos")
                            : "Aviso a " + to + ": " + about;
  event.description = when(foreseen) + ", " + foreseen.step +
                      "\nRecibe: " + (foreseen.persons.empty() ? "nadie" : join(foreseen.persons));
  event.categories = {"Aviso"};
}

std::string to_calendar(const Foresight& foresight, const std::string& name, Instant stamp) {
  std::vector<CalendarEvent> events;
  for (const Foreseen& foreseen : foresight.all) {
    CalendarEvent event;
    event.identity = "simular/" + when(foreseen) + "/" + foreseen.plan + "/" + foreseen.obligation + "/" +
                     foreseen.period + "/" + foreseen.step + "/" + foreseen.role + "/" + foreseen.territory;
    event.day = foreseen.moment.date;
    describe(foreseen, event);
    events.push_back(std::move(event));
  }
  return to_icalendar(name, events, stamp);
}

void write(const std::string& path, const std::string& text, Session& session) {
  if (path == "-") {
    session.out << text;
  } else {
    write_file(path, text);
  }
}

Assumption assumption_of(const Options& options) {
  if (!options.assumption) return Assumption::nobody;
  if (const auto assumption = find_assumption(*options.assumption)) return *assumption;
  throw WrongUsage("«--suponer " + *options.assumption + "» no se conoce", "es nadie, todos o historial");
}

constexpr int most_years = 10;

int run(const Options& options, Session& session) {
  if (options.csv == "-" && options.ics == "-")
    throw WrongUsage("a la salida va «--csv» o «--ics», no los dos");
  if (session.globals.json && (options.csv == "-" || options.ics == "-"))
    throw WrongUsage("a la salida va «--json», «--csv» o «--ics», uno solo");
  const Assumption assumption = assumption_of(options);
  const rules::Date until = date_option(options.until, "--hasta");
  const auto system = open_system(session);
  if (until < system->now().date) {
    throw WrongUsage("«--hasta " + options.until + "» ya pasó: hoy es " + rules::to_iso(system->now().date));
  }
  if (until - system->now().date > std::chrono::days{366 * most_years}) {
    throw WrongUsage("«--hasta " + options.until + "» es más de " + std::to_string(most_years) +
                     " años después de hoy");
  }
  const Foresight foresight =
      in_sight(foresee(*system, until, assumption, progress_bar(session, "simulando")), sight_of(session),
               system->world());
  if (options.csv) write(*options.csv, to_csv(foresight), session);
  if (options.ics) {
    const std::string name = system->policy(system->current_version())->rules->program.title + ", simulación";
    write(*options.ics, to_calendar(foresight, name, system->now().instant), session);
  }
  if (session.globals.json) {
    print_json(to_json(foresight), session);
  } else if (!options.csv && !options.ics) {
    TextTable table({{headings[0]},
                     {headings[1]},
                     {headings[2]},
                     {headings[3]},
                     {headings[4]},
                     {headings[5]},
                     {headings[6]},
                     {headings[7]}});
    for (const Foreseen& foreseen : foresight.all)
      table.add(cells_of(foreseen));
    if (!table.empty()) print(table, session);
  }
  say_note(session, "si " +
                        std::string(assumption == Assumption::nobody      ? "nadie cumple"
                                    : assumption == Assumption::everybody ? "todos cumplen en su día"
                                                                          : "todo sigue como hasta hoy") +
                        ", hasta el " + options.until + ": " +
                        count_of(foresight.deadlines, "vencimiento", "vencimientos") + ", " +
                        count_of(foresight.alerts, "aviso", "avisos") + " y " +
                        count_of(foresight.digests, "resumen", "resúmenes") + " en " +
                        count_of(foresight.messages, "mensaje", "mensajes"));
  return exit_done;
}

}  // namespace

Command simulate_command() {
  return {"simular",
          "simulate",
          Group::alerts,
          Access::lists,
          "muestra qué vencería y a quién se avisaría de aquí a un día",
          "$ cauce simular --hasta 2024-12-31 --suponer historial --csv avisos.csv\n"
          "si todo sigue como hasta hoy, hasta el 2024-12-31: 5120 vencimientos, 9310 avisos y 64 resúmenes "
          "en 4210 mensajes",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
