// cauce informe: the follow-up of a month, the cut of a quarter, the evaluation of a year.
#include <ostream>

#include <nlohmann/json.hpp>

#include "engine/cli/commands.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/follow_up_output.hpp"
#include "engine/cli/query_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/document/page.hpp"
#include "engine/policy_files.hpp"
#include "engine/xlsx.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string kind;
  std::optional<std::string> period;
  std::optional<std::string> html;
  std::optional<std::string> xlsx;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("CLASE", options.kind, "mensual, trimestral o anual",
                     {"mensual", "trimestral", "anual"});
  arguments.option("--periodo", "PERIODO", options.period,
                   "2024-05, 2024-T2 o 2024; si no, el último mes o trimestre terminado, o la vigencia");
  arguments.option("--html", "ARCHIVO", options.html,
                   "escribe ahí el informe entero, para imprimir («-»: aquí mismo)");
  arguments.option("--xlsx", "ARCHIVO", options.xlsx,
                   "lo escribe como hoja de cálculo, cada tabla en su hoja");
}

struct Kind {
  FollowUpKind kind;
  std::string_view name;
  std::string_view alias;
  rules::PeriodUnit unit;
  std::string_view example;
};
constexpr Kind kinds[] = {
    {FollowUpKind::monthly, "mensual", "monthly", rules::PeriodUnit::month, "2024-05"},
    {FollowUpKind::quarterly, "trimestral", "quarterly", rules::PeriodUnit::quarter, "2024-T2"},
    {FollowUpKind::annual, "anual", "annual", rules::PeriodUnit::year, "2024"},
};

const Kind& kind_option(const std::string& word) {
  std::vector<std::string> names;
  for (const Kind& kind : kinds) {
    if (word == kind.name || word == kind.alias) return kind;
    names.emplace_back(kind.name);
  }
  throw WrongUsage("no hay un informe " + quote(word), "el informe es " + join(names, "o"));
}

/// Without one that is asked for, the last that ended; while the first year of all plans begins, the first.
rules::Period period_of(const Options& options, const Kind& kind, rules::Date today, System& system) {
  if (!options.period) {
    const int vigencia = system.policy(system.current_version())->rules->vigencia;
    const rules::Period ended = default_period(kind.kind, today, vigencia);
    const int first = first_vigencia(system);
    return rules::year_of(ended.last_day()) < first ? rules::Period{kind.unit, first, 1} : ended;
  }
  const auto given = rules::Period::parse(*options.period);
  if (given && given->unit == kind.unit) return *given;
  throw WrongUsage(quote(*options.period) + " no es el periodo de un informe " + std::string(kind.name),
                   "se escribe como " + std::string(kind.example));
}

void write_workbook(const FollowUp& follow_up, const std::string& file, Session& session) {
  const std::vector<Sheet> sheets = sheets_of(follow_up);
  Workbook workbook{title_of(follow_up), {}, session.environment.clock->now()};
  for (const Sheet& sheet : sheets)
    workbook.sheets.push_back(&sheet);
  WorkbookLosses losses;
  const std::string bytes = to_xlsx(workbook, losses);
  if (file == "-") {
    session.out << bytes;
  } else {
    write_file(file, bytes);
    say_note(session, file + ": " + count_of(sheets.size(), "hoja", "hojas"));
  }
  for (const std::string& remark : remarks_on(losses))
    say_note(session, remark);
}

void write_page(const FollowUp& follow_up, const std::string& file, Session& session) {
  const std::string page = document::to_html(page_of(follow_up));
  if (file == "-") {
    session.out << page;
  } else {
    write_file(file, page);
    say_note(session, "escrito: " + file);
  }
}

/// Only one form may go to the standard output.
void check(const Options& options, const Session& session) {
  const int here = static_cast<int>(session.globals.json) + static_cast<int>(options.html == "-") +
                   static_cast<int>(options.xlsx == "-");
  if (here > 1) throw WrongUsage("«--json», «--html -» y «--xlsx -» escriben en el mismo lugar: va uno solo");
  if (options.xlsx == "-" && session.environment.out_is_terminal)
    throw WrongUsage("una hoja de cálculo no se lee en la terminal: dé el nombre de un archivo");
}

void print_short(const FollowUp& follow_up, Session& session) {
  const Style style = out_style(session);
  session.out << style.bold(title_of(follow_up)) << "\n";
  const std::vector<Sheet> sheets = short_sheets_of(follow_up);
  for (const auto& fact : sheets.front().rows)
    session.out << "  " << in_table(fact[0]) << ": " << rules::to_display(fact[1]) << "\n";
  for (std::size_t i = 1; i < sheets.size(); ++i) {
    session.out << "\n" << style.bold(sheets[i].title) << "\n";
    print_table(sheets[i], session);
  }
}

/// Before there were plans, nothing is most likely a slip in the year, and no report.
void refuse_before_plans(const FollowUp& report, const Kind& kind, System& system) {
  const int first = first_vigencia(system);
  const bool has_something = report.total.timeliness.obligations() > 0 || report.total.achieved > 0;
  if (has_something || rules::year_of(report.period.last_day()) >= first) return;
  throw WrongUsage(
      report.period.to_spanish() + " es anterior a los planes, que comienzan en " + std::to_string(first),
      "el primer informe es «--periodo " + rules::Period{kind.unit, first, 1}.to_string() + "»");
}

int run(const Options& options, Session& session) {
  check(options, session);
  const Kind& kind = kind_option(options.kind);
  const auto system = open_system(session);
  const rules::Date today = reading_date(session, *system);
  const rules::Period period = period_of(options, kind, today, *system);
  if (period.first_day() > today)
    throw WrongUsage(period.to_spanish() + " no ha comenzado el " + rules::to_iso(today));
  const FollowUp result = follow_up(*system, kind.kind, period, today, sight_of(session));
  refuse_before_plans(result, kind, *system);

  if (options.html) write_page(result, *options.html, session);
  if (options.xlsx) write_workbook(result, *options.xlsx, session);
  if (session.globals.json) {
    print_json(to_json(result), session);
  } else if (!options.html && !options.xlsx) {
    print_short(result, session);
    say_note(session,
             "con --html o --xlsx va entero: también por responsable y por obligación, lo vencido y las "
             "lecciones");
  }
  return exit_done;
}

}  // namespace

Command summary_command() {
  return {"informe",
          "summary",
          Group::asking,
          Access::reads,
          "hace el informe mensual, el corte trimestral o la evaluación anual",
          "$ cauce informe mensual --periodo 2024-05 --html mayo.html --xlsx mayo.xlsx\n"
          "$ cauce informe trimestral\n"
          "Corte trimestral: segundo trimestre de 2024\n"
          "  Planes: 441\n"
          "  Oportunidad (%): 87.5\n"
          "  …",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
