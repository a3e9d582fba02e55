#include "engine/cli/batch.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <map>
#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "engine/cli/batch_numbers.hpp"
#include "engine/cli/database.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/text.hpp"
#include "engine/delivery_fingerprint.hpp"
#include "engine/formula_guard.hpp"
#include "engine/policy_files.hpp"
#include "engine/system_error.hpp"
#include "engine/utf8_mark.hpp"

namespace cauce::engine::cli {
namespace {

/// The column that says why, in a file of rows that failed: such a file can be mended and given again.
const std::string why_column = "rechazado_porque";
constexpr std::size_t most_shown = 10;

/// One row: its order, or what is wrong with it.
struct Entry {
  std::size_t line = 0;
  std::string plan_text;
  std::vector<std::string> cells = {};    ///< as read, where they may have to be written again
  std::optional<std::size_t> order = {};  ///< into Orders::orders
  std::vector<RowMistake> mistakes = {};
};

struct Orders {
  std::vector<Entry> entries;
  std::vector<std::pair<PlanId, workflows::Command>> orders;
};

/// Plans by any spelling of their id.
std::map<std::string, PlanId> plans_by_name(System& system, const Session& session) {
  std::map<std::string, PlanId> plans;
  for (const workflows::Plan* plan : plans_in_sight(system, session))
    plans.emplace(dsl::fold(plan->id.to_string()), plan->id);
  return plans;
}

void require_columns(const CsvTable& table, const BatchShape& shape, DataErrors& errors) {
  std::vector<std::string> needed = {"plan"};
  needed.insert(needed.end(), shape.required.begin(), shape.required.end());
  for (const std::string& column : needed) {
    const bool there = std::any_of(
        table.headings.begin(), table.headings.end(),
        [&](const std::string& heading) { return dsl::fold_heading(heading) == dsl::fold(column); });
    if (!there) errors.push_back({table.file, 1, {}, "falta la columna " + quote(column), {}});
  }
}

std::vector<std::string> named_columns(const BatchShape& shape) {
  std::vector<std::string> named = {"plan", why_column};
  for (const auto* columns : {&shape.required, &shape.optional}) {
    for (const std::string& column : *columns)
      named.push_back(dsl::fold(column));
  }
  return named;
}

/// The line of the first row that delivers each obligation: a second one is a slip, whichever is right.
class DeliveredLines {
 public:
  explicit DeliveredLines(const World& world) : world_(world) {}

  /// The line of an earlier row that delivers the same; nothing if this is the first, or no delivery.
  std::optional<std::size_t> earlier(const PlanId& id, const workflows::Command& command, std::size_t line) {
    const workflows::Plan* plan = world_.plan(id);
    if (!plan) return std::nullopt;
    const workflows::PlanKind& kind = at(world_.policy(plan->policy_version).plans, plan->kind);
    const DeliveryFingerprint delivery = fingerprint_of(command, *plan, kind, std::nullopt);
    if (delivery.value.empty()) return std::nullopt;
    const auto [first, is_new] = lines_.try_emplace({id, delivery.obligation}, line);
    return is_new ? std::nullopt : std::optional(first->second);
  }

 private:
  const World& world_;
  std::map<std::pair<PlanId, std::int64_t>, std::size_t> lines_;
};

/// Those of a file of refused rows. `freed` keeps what the row then shows.
void take_formula_guards_away(CsvRow& row, std::deque<std::string>& freed) {
  for (std::string_view& cell : row.cells) {
    if (cell.find('\'') != cell.npos) cell = freed.emplace_back(without_formula_guards(cell));
  }
}

BatchNumbers find_numbers(const CsvTable& table, const BatchShape& shape, const std::optional<char>& decimal,
                          const std::map<std::string, PlanId>& plans, const World& world,
                          DataErrors& errors) {
  BatchNumbers numbers(table, world);
  if (numbers.needs_rows(decimal)) {
    const std::vector<std::string> named = named_columns(shape);
    DataErrors of_form;  // said when the rows are read
    table.each_row(of_form, [&](CsvRow csv_row) {
      std::deque<std::string> freed;
      take_formula_guards_away(csv_row, freed);
      BatchRow row(csv_row, table.headings, named);
      const auto plan = plans.find(dsl::fold(row.text("plan")));
      if (plan != plans.end()) numbers.look_at(csv_row.line, plan->second, shape.command(row));
    });
  }
  numbers.settle(decimal, errors);
  return numbers;
}

/// The rows of the wrong form, as rows that failed; errors that are of no row, or too many to be kept, go to
/// `errors`.
void add_misshapen(const CsvTable& table, const DataErrors& of_form, const std::vector<std::string>& named,
                   std::vector<Entry>& entries, DataErrors& errors) {
  std::map<std::size_t, const DataError*> by_line;
  for (const DataError& error : of_form) {
    if (error.line == 0 || of_form.left_out() > 0) {
      errors.push_back(error);
    } else {
      by_line.emplace(error.line, &error);
    }
  }
  errors.leave_out(of_form.left_out());
  if (by_line.empty()) return;
  CsvReader reader(table.text, table.separator);
  for (CsvRow row; reader.read(row);) {
    const auto found = by_line.find(row.line);
    if (found == by_line.end()) continue;
    std::deque<std::string> freed;
    take_formula_guards_away(row, freed);
    std::string why = found->second->message;
    for (std::size_t i = table.headings.size(); i < row.cells.size(); ++i) {
      if (!row.cells[i].empty()) why += "; sobra " + quote(std::string(row.cells[i]));
    }
    entries.push_back(Entry{row.line,
                            BatchRow(row, table.headings, named).text("plan"),
                            {row.cells.begin(), row.cells.end()},
                            {},
                            {{{}, std::move(why)}}});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.line < b.line; });
}

/// `partial`: rows that cannot be read are kept with their cells, to be given back.
Orders read_orders(const CsvTable& table, const BatchShape& shape, const std::optional<char>& decimal,
                   bool partial, System& system, const Session& session, DataErrors& errors) {
  Orders all;
  require_columns(table, shape, errors);
  if (!errors.empty()) return all;
  const auto plans = plans_by_name(system, session);
  const std::vector<std::string> named = named_columns(shape);
  const BatchNumbers numbers = find_numbers(table, shape, decimal, plans, system.world(), errors);
  if (!errors.empty()) return all;
  DeliveredLines delivered(system.world());
  DataErrors of_form;
  table.each_row(partial ? of_form : errors, [&](CsvRow csv_row) {
    std::deque<std::string> freed;
    take_formula_guards_away(csv_row, freed);
    BatchRow row(csv_row, table.headings, named);
    Entry& entry = all.entries.emplace_back(Entry{csv_row.line, row.text("plan")});
    if (partial) entry.cells.assign(csv_row.cells.begin(), csv_row.cells.end());
    const auto plan = plans.find(dsl::fold(entry.plan_text));
    if (plan == plans.end()) row.say_mistake("plan", "no existe el plan " + quote(entry.plan_text));
    workflows::Command command = shape.command(row);
    if (plan != plans.end()) numbers.read(plan->second, command, row);
    const auto twin =
        plan == plans.end() ? std::nullopt : delivered.earlier(plan->second, command, csv_row.line);
    if (twin) {
      row.say_mistake(
          {}, "es lo mismo que entrega la línea " + std::to_string(*twin) + ": deje una sola de las dos");
    }
    entry.mistakes = row.mistakes();
    if (!entry.mistakes.empty()) return;
    entry.order = all.orders.size();
    all.orders.emplace_back(plan->second, std::move(command));
  });
  add_misshapen(table, of_form, named, all.entries, errors);
  return all;
}

/// `falta el campo «resumen»: …; …` on one line.
std::string in_one_line(const Refusal& refusal) {
  std::string text = refusal.message;
  for (std::size_t i = 0; i < refusal.reasons.size(); ++i)
    text += (i == 0 ? ": " : "; ") + refusal.reasons[i];
  return text;
}

std::string in_one_line(const std::vector<RowMistake>& mistakes) {
  std::string text;
  for (const RowMistake& mistake : mistakes)
    text += (text.empty() ? "" : "; ") + mistake.text;
  return text;
}

/// What became of the rows.
struct Told {
  const Orders& orders;
  const System::BatchOutcome& outcome;

  const Refusal* refusal_of(const Entry& entry) const {
    if (!entry.order) return nullptr;
    const auto& result = outcome.outcomes.at(*entry.order);
    return result ? nullptr : &result.refusal();
  }
  /// Why the row failed; empty if it did not.
  std::string why(const Entry& entry) const {
    const Refusal* refusal = refusal_of(entry);
    return refusal ? in_one_line(*refusal) : in_one_line(entry.mistakes);
  }
  std::vector<const Entry*> failed() const {
    std::vector<const Entry*> entries;
    for (const Entry& entry : orders.entries) {
      if (!why(entry).empty()) entries.push_back(&entry);
    }
    return entries;
  }
  std::size_t repeated() const {
    return static_cast<std::size_t>(
        std::count_if(outcome.outcomes.begin(), outcome.outcomes.end(),
                      [](const Result<RunOutcome>& one) { return one && one.value().repeated; }));
  }
  std::size_t done() const {
    return outcome.recorded ? outcome.outcomes.size() - outcome.refused - repeated() : 0;
  }
};

/// Where the rows that failed go: never over a file, which may hold rows that nobody has mended yet.
std::string failures_path(const BatchOptions& options) {
  const auto is_taken = [](const std::string& path) { return std::filesystem::is_regular_file(path); };
  if (options.failures) {
    if (is_taken(*options.failures))
      throw FileUnusable("ya existe " + quote(*options.failures) + "; dé otro nombre con «--rechazados»");
    return *options.failures;
  }
  std::string stem = *options.file;
  if (stem.ends_with(".csv")) stem.resize(stem.size() - 4);
  stem += "-rechazados";
  std::string path = stem + ".csv";
  for (int number = 2; is_taken(path); ++number)
    path = stem + "-" + std::to_string(number) + ".csv";
  return path;
}

/// A row with the separator of the file that it came from. Cells that hold any separator go between quotes.
std::string line_with(char separator, const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += separator;
    line += csv_cell(cells[i]);
  }
  return line.append("\r\n");
}

void write_failures(const std::string& path, const std::vector<const Entry*>& failed, const CsvTable& table,
                    const Told& told) {
  std::vector<std::size_t> kept;  // columns; not what an earlier file said
  std::vector<std::string> headings;
  for (std::size_t i = 0; i < table.headings.size(); ++i) {
    if (dsl::fold_heading(table.headings[i]) == why_column) continue;
    kept.push_back(i);
    headings.push_back(table.headings[i]);
  }
  headings.push_back(why_column);
  std::string text(utf8_mark);  // people mend it in a spreadsheet program, which else may spoil its accents
  text += line_with(table.separator, headings);
  for (const Entry* entry : failed) {
    std::vector<std::string> cells;
    for (const std::size_t column : kept)
      cells.push_back(column < entry->cells.size() ? entry->cells[column] : std::string());
    cells.push_back(told.why(*entry));
    text += line_with(table.separator, cells);
  }
  write_file(path, text);
}

void print_batch_json(const BatchShape& shape, const Told& told, const std::vector<const Entry*>& failed,
                      Session& session) {
  Json refused = Json::array();
  for (const Entry* entry : failed)
    refused.push_back({{"line", entry->line}, {"plan", entry->plan_text}, {"message", told.why(*entry)}});
  print_json({{shape.json_name, told.done()},
              {"repeated", told.outcome.recorded ? told.repeated() : 0},
              {"refused", refused}},
             session);
}

/// The first, each with its clause; where no file is left of them, of the others at least why.
void report_failures(const std::string& file, const Told& told, const std::vector<const Entry*>& failed,
                     System& system, Session& session) {
  for (std::size_t i = 0; i < std::min(failed.size(), most_shown); ++i) {
    const Entry& entry = *failed[i];
    const std::string line = file + ", línea " + std::to_string(entry.line) + ": ";
    if (const Refusal* refusal = told.refusal_of(entry)) {
      const PlanId& plan = told.orders.orders.at(*entry.order).first;
      say_note(session, line + plan.to_string());
      print_refusal(system, *refusal, system.world().plan(plan)->policy_version, session);
    } else {
      say_note(session, line + entry.plan_text);
      session.err << err_style(session).bad("rechazado:") << " " << in_one_line(entry.mistakes) << "\n";
    }
  }
  if (failed.size() <= most_shown) return;
  if (told.outcome.recorded) {
    say_note(session, "y " + count_of(failed.size() - most_shown, "fila", "filas") + " más");
    return;
  }
  for (std::size_t i = most_shown; i < failed.size(); ++i) {
    say_note(session, file + ", línea " + std::to_string(failed[i]->line) + ": " + failed[i]->plan_text +
                          ": " + told.why(*failed[i]));
  }
}

/// Every row that cannot be taken, by its line: of a file with cells that cannot be read the other rows are
/// judged too, so that all can be mended at once.
DataErrors all_errors(const std::string& file, const DataErrors& of_file, const Told& told) {
  std::vector<DataError> errors(of_file.begin(), of_file.end());
  for (const Entry& entry : told.orders.entries) {
    for (const RowMistake& mistake : entry.mistakes)
      errors.push_back({file, entry.line, mistake.column, mistake.text, {}});
    if (const Refusal* refusal = told.refusal_of(entry))
      errors.push_back({file, entry.line, {}, entry.plan_text + ": " + in_one_line(*refusal), {}});
  }
  std::stable_sort(errors.begin(), errors.end(),
                   [](const DataError& a, const DataError& b) { return a.line < b.line; });
  DataErrors all;
  for (DataError& error : errors)
    all.push_back(std::move(error));
  all.leave_out(of_file.left_out());
  return all;
}

/// What decides about them is read while others may still write.
void read_ahead(System& system, const Orders& orders) {
  const World& world = system.world();
  for (const auto& [id, command] : orders.orders) {
    if (const workflows::Plan* plan = world.plan(id)) static_cast<void>(world.team(plan->policy_version));
  }
}

}  // namespace

void take_batch(Arguments& arguments, BatchOptions& options, const std::string& columns) {
  arguments.option("--archivo", "CSV", options.file, "muchos a la vez, todos o ninguno: columnas " + columns);
  arguments.flag("--parcial", options.partial,
                 "con «--archivo»: registra lo que se puede, y deja lo demás en otro archivo, con el porqué");
  arguments.option("--rechazados", "CSV", options.failures,
                   "cuál es ese otro archivo (si no, el mismo nombre con «-rechazados»)");
  take_dialect_options(arguments, options.dialect);
}

BatchRow::BatchRow(const CsvRow& row, const std::vector<std::string>& headings,
                   const std::vector<std::string>& named)
    : row_(row), headings_(headings), named_(named) {}

std::optional<std::size_t> BatchRow::find(const std::string& column) const {
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    if (dsl::fold_heading(headings_[i]) == dsl::fold(column)) return i;
  }
  return std::nullopt;
}

std::string BatchRow::text(const std::string& column) const {
  const auto found = find(column);
  return found ? std::string(row_.cell(found)) : std::string();
}

std::optional<rules::Period> BatchRow::period(const std::string& column) {
  const std::string cell = text(column);
  if (cell.empty()) return std::nullopt;
  const auto period = rules::Period::parse(cell);
  if (!period) say_mistake(column, quote(cell) + ": se esperaba un periodo, como 2024-05 o 2024-T2");
  return period;
}

std::optional<rules::Date> BatchRow::day(const std::string& column) {
  const std::string cell = text(column);
  if (cell.empty()) return std::nullopt;
  const auto day = rules::parse_iso_date(cell);
  if (!day) say_mistake(column, quote(cell) + ": se esperaba una fecha, como 2024-05-30");
  return day;
}

std::vector<workflows::FieldInput> BatchRow::fields() const {
  std::vector<workflows::FieldInput> fields;
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    if (std::find(named_.begin(), named_.end(), dsl::fold_heading(headings_[i])) != named_.end()) continue;
    if (const std::string_view cell = row_.cell(i); !cell.empty())
      fields.push_back({headings_[i], std::string(cell)});
  }
  return fields;
}

int run_batch(const BatchOptions& options, const BatchShape& shape, Session& session) {
  const Actor actor = actor_of(session);
  if (options.failures && !options.partial) throw WrongUsage("«--rechazados» va con «--parcial»");
  const CsvDialect dialect = dialect_of(options.dialect);
  const std::string rest_path = options.partial ? failures_path(options) : std::string();
  DataErrors errors;
  const CsvTable table = parse_csv(*options.file, read_file(*options.file), dialect, errors);
  const auto system = open_system(session);
  const Orders orders =
      errors.empty() ? read_orders(table, shape, dialect.decimal, options.partial, *system, session, errors)
                     : Orders();
  if (!errors.empty() && (options.partial || orders.entries.empty())) {
    print_data_errors(session, errors);
    return exit_unusable_data;
  }
  const bool unreadable = !errors.empty() || std::any_of(orders.entries.begin(), orders.entries.end(),
                                                         [](const Entry& e) { return !e.mistakes.empty(); });
  const auto batch = options.partial ? System::Batch::partial : System::Batch::whole;
  System::BatchOutcome outcome;
  const Told told{orders, outcome};
  if (unreadable && !options.partial) {
    system->only_show(
        [&] { outcome = system->run_all(orders.orders, actor, batch, progress_bar(session, shape.doing)); });
    print_data_errors(session, all_errors(table.file, errors, told));
    return exit_unusable_data;
  }
  std::vector<const Entry*> failed;
  read_ahead(*system, orders);
  bool rest_is_written = false;
  try {
    system->together([&] {
      outcome = system->run_all(orders.orders, actor, batch, progress_bar(session, shape.doing));
      failed = told.failed();
      if (!options.partial || failed.empty()) return;
      write_failures(rest_path, failed, table, told);  // nothing counts as done unless this is written down
      rest_is_written = true;
    });
  } catch (...) {
    std::error_code ignored;  // it speaks of what was not done
    if (rest_is_written) std::filesystem::remove(rest_path, ignored);
    throw;
  }
  if (session.globals.json) print_batch_json(shape, told, failed, session);
  if (!failed.empty()) report_failures(table.file, told, failed, *system, session);
  if (!outcome.recorded) {
    const std::size_t good = orders.entries.size() - failed.size();
    say_note(session, "no se registró nada" +
                          (good > 0 ? "; con «--parcial» se toma lo demás: " + count_of(good, "fila", "filas")
                                    : std::string()));
    return exit_refused;
  }
  if (!session.globals.json) {
    session.out << count_of(told.done(), shape.done_one, shape.done_many);
    if (told.repeated() > 0) session.out << "; " << count_of(told.repeated(), "ya estaba", "ya estaban");
    session.out << "\n";
  }
  if (failed.empty()) return exit_done;
  say_note(session, count_of(failed.size(), "fila rechazada queda", "filas rechazadas quedan") + " en " +
                        quote(rest_path) + (failed.size() == 1 ? "; corríjala" : "; corríjalas") +
                        " y dé ese archivo otra vez");
  return exit_refused;
}

const std::string& given(const std::optional<std::string>& argument, const std::string& name) {
  if (!argument) throw WrongUsage("falta " + quote(name));
  return *argument;
}

void refuse_without_file(const BatchOptions& options) {
  if (options.file) return;
  const DataOptions& dialect = options.dialect;
  if (options.partial || options.failures || dialect.separator || dialect.decimal || dialect.encoding) {
    throw WrongUsage(
        "«--parcial», «--rechazados», «--separador», «--decimal» y «--codificación» van con «--archivo»");
  }
}

void refuse_beside_file(bool is_given) {
  if (is_given) throw WrongUsage("con «--archivo» no van plan ni campos: están en el archivo");
}

}  // namespace cauce::engine::cli
