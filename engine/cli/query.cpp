// cauce consultar: a question in the policy language's own expressions.
#include "engine/query.hpp"

#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/query_calendar.hpp"
#include "engine/cli/query_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/policy_files.hpp"
#include "engine/xlsx.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string query;
  std::optional<std::string> csv;
  std::optional<std::string> xlsx;
  std::optional<std::string> ics;
  bool json_lines = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.required(
      "CONSULTA", options.query,
      "COLECCIÓN [donde COND] [agrupa por NOMBRES] [muestra EXPRS] [ordena por …] [primeros N]; las "
      "colecciones son planes, hitos, reportes, componentes, alertas, personas y cada clase de entidad");
  arguments.option("--csv", "ARCHIVO", options.csv, "escribe ahí el resultado («-»: aquí mismo)");
  arguments.option("--xlsx", "ARCHIVO", options.xlsx,
                   "lo escribe como hoja de cálculo, con números, fechas y lo que se preguntó");
  arguments.option(
      "--ics", "ARCHIVO", options.ics,
      "de hitos o reportes, escribe sus plazos para el programa de calendario («-»: aquí mismo)");
  arguments.flag("--jsonl", options.json_lines, "una línea de JSON por fila, para otros programas");
}

bool is_here(const std::optional<std::string>& file) {
  return file && *file == "-";
}

/// Each form may go to its file; only one to the standard output.
void check(const Options& options, const Session& session) {
  const int here = static_cast<int>(session.globals.json) + static_cast<int>(options.json_lines) +
                   static_cast<int>(is_here(options.csv)) + static_cast<int>(is_here(options.ics)) +
                   static_cast<int>(is_here(options.xlsx));
  if (here > 1)
    throw WrongUsage(
        "«--json», «--jsonl», «--csv -», «--ics -» y «--xlsx -» escriben en el mismo lugar: va uno solo");
  if (is_here(options.xlsx) && session.environment.out_is_terminal)
    throw WrongUsage("una hoja de cálculo no se lee en la terminal: dé el nombre de un archivo");
}

Asked asked(const Options& options, rules::Date today, System& system, const Session& session) {
  const rules::Ruleset& rules = *system.policy(system.current_version())->rules;
  return {options.query, rules.program.title + " " + std::to_string(rules.vigencia), today,
          session.globals.recorded_by, session.globals.occurred_by};
}

/// One answer on its way out.
class Output {
 public:
  Output(const Options& options, Session& session, const Asked& question, QueryAnswer answer)
      : options_(options),
        session_(session),
        asked_(question),
        answer_(std::move(answer)),
        sheet_(sheet_of(std::move(answer_))),
        remarks_(remarks_on(answer_)) {}

  void write() {
    // First what can be refused: then nothing is written by halves.
    const auto deadlines = options_.ics ? std::optional(deadlines_of(answer_, sheet_)) : std::nullopt;
    if (options_.xlsx) write_workbook();
    if (deadlines) write_calendar(*deadlines);
    if (options_.csv) write(*options_.csv, [&] { return to_csv(sheet_); });
    if (session_.globals.json) {
      print_json(to_json(answer_, sheet_), session_);
    } else if (options_.json_lines) {
      print_json_lines(sheet_, session_);
    } else if (!options_.csv && !options_.xlsx && !options_.ics) {
      print_table(sheet_, session_);
    }
    if (sheet_.rows.empty() && answer_.undetermined == 0) say_note(session_, "no hay nada que lo cumpla");
    for (const std::string& remark : remarks_)
      say_note(session_, remark);
  }

 private:
  template <typename Make>
  void write(const std::string& file, Make make) {
    if (file == "-") {
      session_.out << make();
      return;
    }
    write_file(file, make());
    say_note(session_, file + ": " + count_of(sheet_.rows.size(), "fila", "filas"));
  }

  void write_workbook() {
    const Sheet about_it = about(asked_, sheet_.rows.size(), remarks_);
    const Workbook workbook{"Consulta", {&sheet_, &about_it}, session_.environment.clock->now()};
    WorkbookLosses losses;
    write(*options_.xlsx, [&] { return to_xlsx(workbook, losses); });
    for (const std::string& remark : engine::remarks_on(losses))
      say_note(session_, remark);
  }

  void write_calendar(const Deadlines& deadlines) {
    const std::string calendar =
        to_icalendar("Plazos de " + asked_.program, deadlines.events, session_.environment.clock->now());
    if (is_here(options_.ics)) {
      session_.out << calendar;
    } else {
      write_file(*options_.ics, calendar);
      say_note(session_, *options_.ics + ": " + count_of(deadlines.events.size(), "plazo", "plazos"));
    }
    if (deadlines.without_day > 0) {
      say_note(session_, "no " + std::string(deadlines.without_day == 1 ? "va " : "van ") +
                             count_of(deadlines.without_day, "fila que está", "filas que están") +
                             " por fijar o sin plazo");
    }
  }

  const Options& options_;
  Session& session_;
  const Asked& asked_;
  QueryAnswer answer_;
  Sheet sheet_;
  std::vector<std::string> remarks_;
};

/// Whoever asks from another machine must not take the memory of what sends the alerts.
constexpr std::size_t most_rows_told = 100'000;

int run(const Options& options, Session& session) {
  check(options, session);
  const auto system = open_system(session);
  const dsl::Sources sources = {{"consulta", options.query}};
  const rules::Date today = reading_date(session, *system);
  dsl::Diagnostics diagnostics;
  auto answer = answer_query(*system, sources, 0, today, diagnostics, sight_of(session), {},
                             options.ics ? WithDeadlines::yes : WithDeadlines::no);
  if (!answer) {
    print_diagnostics(session, diagnostics, sources);
    return exit_refused;
  }
  if (session.environment.caller && answer->rows.size() > most_rows_told) {
    throw WrongUsage("la respuesta tiene " + std::to_string(answer->rows.size()) +
                         " filas, y van a lo sumo " + std::to_string(most_rows_told),
                     "pida menos, con una condición, por grupos o con «primeros»");
  }
  Output(options, session, asked(options, today, *system, session), *std::move(answer)).write();
  return exit_done;
}

}  // namespace

Command query_command() {
  return {"consultar",
          "query",
          Group::asking,
          Access::reads,
          "pregunta sobre planes, hitos, reportes, personas, avisos y entidades",
          "$ cauce consultar 'planes agrupa por región muestra cuenta(), promedio(avance) como \"avance "
          "medio\"'\n"
          "región         cuenta()  avance medio\n"
          "RAP Caribe          108         12.5\n"
          "…\n"
          "$ cauce consultar 'reportes donde vencido' --xlsx vencidos.xlsx\n"
          "$ cauce consultar 'hitos donde plan.región = \"RAP Caribe\" y no cumplido' --ics hitos.ics",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
