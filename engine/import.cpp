#include "engine/import.hpp"

#include <algorithm>
#include <unordered_map>

#include "dsl/characters.hpp"
#include "dsl/fold.hpp"
#include "engine/cell_habits.hpp"
#include "engine/cell_text.hpp"
#include "engine/cell_words.hpp"
#include "engine/data_files.hpp"
#include "engine/headings.hpp"
#include "engine/number_marks.hpp"
#include "engine/policy_files.hpp"
#include "rules/digits.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine {
namespace {

using rules::EntityKind;
using rules::EntityKindId;
using rules::Field;
using rules::Ruleset;
using rules::Territory;

// --- Which column holds what
// ----------------------------------------------------------------------------------

std::vector<std::string> headings_of(const Field& field) {
  if (field.column) return {*field.column};
  return {field.name, field.title};
}

/// The columns of one kind of entity in a file.
struct Columns {
  std::vector<std::optional<std::size_t>> fields;
  std::optional<std::size_t> parent;
};

/// The headings that no field took.
std::vector<std::string> headings_left(const CsvTable& table, const Columns& columns) {
  std::vector<std::string> left;
  for (std::size_t column = 0; column < table.headings.size(); ++column) {
    const bool taken = columns.parent == column || std::find(columns.fields.begin(), columns.fields.end(),
                                                             column) != columns.fields.end();
    if (!taken && !table.headings[column].empty()) left.push_back(table.headings[column]);
  }
  return left;
}

/// A column that is not used beside a field that has none may be a slip of the pen.
void warn_of_near_headings(ImportSummary& summary) {
  const std::vector<std::string_view> headings(summary.ignored.begin(), summary.ignored.end());
  for (const std::string& field : summary.absent) {
    const std::string meant = did_you_mean_cell(field, headings);
    if (meant.empty()) continue;
    summary.warnings.push_back("no hay columna " + quote_cell(field) + ": " + meant);
  }
}

Columns find_columns(const Ruleset& rules, const EntityKind& kind, const CsvTable& table,
                     ImportSummary& summary, DataErrors& errors) {
  Columns columns;
  for (const Field& field : kind.fields) {
    columns.fields.push_back(find_column(table, headings_of(field), errors));
    if (columns.fields.back()) continue;
    if (field.is_key) {
      report_absent_column(table, headings_of(field).front(), "con la clave de cada fila", errors,
                           heading_further_down(table, headings_of(field)));
    } else if (field.required) {
      report_absent_column(table, headings_of(field).front(), "que es obligatoria", errors);
    } else {
      summary.absent.push_back(field.name);
    }
  }
  if (kind.parent) {
    const EntityKind& parent = at(rules.entities, *kind.parent);
    const std::string heading = kind.parent_column.value_or(parent.name);
    columns.parent = find_column(table, {heading}, errors);
    if (!columns.parent) {
      report_absent_column(table, heading, "que dice de qué " + parent.name + " es cada fila", errors);
    }
  }
  summary.ignored = headings_left(table, columns);
  warn_of_near_headings(summary);
  return columns;
}

// --- Cells
// ----------------------------------------------------------------------------------------------------

/// `column` is where the cell stands; a file that lacks it has blank cells there.
std::optional<rules::Value> read_cell(std::string_view cell, const Field& field, const NumberMarks& marks,
                                      std::optional<std::size_t> column, std::string& error) {
  if (!column || dsl::is_blank(cell)) {
    if (field.empty_is) return rules::Value(*field.empty_is);
    return rules::Value(rules::Missing());
  }
  if (is_failed_formula(cell)) {
    error = "es una fórmula que falló en la hoja de cálculo";
    return std::nullopt;
  }
  if (field.type.is_numeric()) return read_number(trimmed_cell(cell), field.type, marks, *column, error);
  return rules::read_value(cell, field.type, error);
}

/// Looks at the numbers of a file to find how they are written.
NumberMarks find_marks(const EntityKind& kind, const Columns& columns, const CsvTable& table,
                       const std::optional<char>& given, DataErrors& errors) {
  NumberMarksFinder finder(table);
  if (!finder.needs_cells(given)) return finder.find(given, errors);
  DataErrors of_form;  // said when the rows are read
  table.each_row(of_form, [&](const CsvRow& row) {
    for (std::size_t field = 0; field < kind.fields.size(); ++field) {
      const auto column = columns.fields[field];
      const rules::Type& type = kind.fields[field].type;
      if (column && type.is_numeric()) finder.look_at(row.line, *column, row.cell(column), type);
    }
  });
  return finder.find(given, errors);
}

/// Keys that are numbers, as DIVIPOLA's are. A spreadsheet that takes `05001` for a number writes `5001`.
class NumericKeys {
 public:
  void add(const std::string& key) {
    const bool digits = std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
    const auto number = digits ? rules::parse_digits(key) : std::nullopt;
    if (!number || key.starts_with('0')) {
      keep_zeros_ = true;
      return;
    }
    least_ = count_ == 0 ? *number : std::min(least_, *number);
    most_ = std::max(most_, *number);
    ++count_;
    const auto [example, is_new] = examples_.try_emplace(key.size(), key, 0);
    ++example->second.second;
  }
  /// In Spanish; empty if nothing looks as if zeros were lost: all are one digit apart in two lengths, none
  /// begins with a zero, and they do not simply count 1, 2, …, 10, 11.
  std::string warning() const {
    if (keep_zeros_ || examples_.size() != 2) return {};
    const auto& [shorter, few] = *examples_.begin();
    const std::size_t longer = examples_.rbegin()->first;
    const bool counts = static_cast<std::size_t>(most_ - least_) + 1 == count_;
    if (longer != shorter + 1 || counts) return {};
    return std::to_string(few.second) + (few.second == 1 ? " clave tiene " : " claves tienen ") +
           std::to_string(shorter) + (shorter == 1 ? " cifra" : " cifras") + " y las demás " +
           std::to_string(longer) + ": ¿la hoja de cálculo les quitó el cero inicial? " +
           quote_cell(few.first) + " sería " + quote_cell("0" + few.first);
  }

 private:
  std::map<std::size_t, std::pair<std::string, std::size_t>>
      examples_;  ///< by length: the first, and how many
  std::size_t count_ = 0;
  int least_ = 0;
  int most_ = 0;
  bool keep_zeros_ = false;
};

/// What reading the rows of one kind needs to know of the others.
struct Known {
  const Territory* kept = nullptr;  ///< by the database, if there is one
  /// By EntityKindId: the file of a kind, if it has one.
  std::vector<std::optional<std::string>> files;
  /// By EntityKindId: the keys of rows that did not go into the territory, because something is wrong, with
  /// their lines.
  std::vector<std::unordered_map<std::string, std::size_t>> keys;
  /// By EntityKindId, whether all keys of a kind are known: it has a file or a database keeps it, and no row
  /// had to be left out.
  std::vector<bool> are_all;
};

/// The cells of a field that have been read, each with a row that has it: a few texts are in most rows.
class CellsRead {
 public:
  std::optional<std::size_t> row_with(std::string_view cell) const {
    const auto place = cells_.find(cell);
    return place ? std::optional(rows_[static_cast<std::size_t>(*place)]) : std::nullopt;
  }
  void remember(std::string_view cell, std::size_t row) {
    constexpr std::size_t most_remembered = 1000;
    if (rows_.size() == most_remembered) return;
    cells_.place_of(cell);
    rows_.push_back(row);
  }

 private:
  rules::Texts cells_;
  std::vector<std::size_t> rows_;  ///< by the place of the cell
};

/// How the cells of one field get into its column.
struct FieldReader {
  const Field& field;
  std::optional<std::size_t> column;  ///< of the file
  rules::ValueColumn& values;
  std::optional<PlainNumbers> plain_numbers = {};
  CellsRead read_before = {};
  std::size_t missing = 0;

  bool may_be_said_again() const { return !field.is_key && !field.type.is_numeric(); }
};

class KindReader {
 public:
  KindReader(const Ruleset& rules, EntityKindId kind, const CsvTable& table, const Columns& columns,
             const NumberMarks& marks, Known& known, ImportSummary& summary, ImportedData& data)
      : rules_(rules),
        id_(kind),
        kind_(at(rules.entities, kind)),
        table_(table),
        columns_(columns),
        marks_(marks),
        known_(known),
        summary_(summary),
        territory_(data.territory),
        entities_(territory_.kinds.at(static_cast<std::size_t>(kind))),
        errors_(data.errors) {
    for (std::size_t index = 0; index < kind_.fields.size(); ++index) {
      const Field& field = kind_.fields[index];
      const auto column = columns.fields[index];
      FieldReader& reader = fields_.emplace_back(FieldReader{field, column, entities_.columns[index]});
      if (column && field.type.is_numeric()) reader.plain_numbers.emplace(field.type, marks, *column);
    }
  }

  void read_rows(const CsvTable::Progress& progress) {
    make_room();
    const std::size_t left_out = table_.each_row(
        errors_, [&](const CsvRow& row) { read_row(row); }, progress);
    if (left_out > 0) known_.are_all.at(static_cast<std::size_t>(id_)) = false;
    if (summary_.rows + left_out == 0) summary_.warnings.emplace_back("no tiene filas: solo el encabezado");
    for (const FieldReader& reader : fields_) {
      if (reader.column) summary_.missing.emplace_back(reader.field.name, reader.missing);
    }
    if (const std::string warning = numeric_keys_.warning(); !warning.empty())
      summary_.warnings.push_back(warning);
  }

 private:
  /// For as many rows as the file can have.
  void make_room() {
    const auto ends = std::count(table_.text.begin(), table_.text.end(), '\n');
    const std::size_t rows = std::min(static_cast<std::size_t>(ends), max_csv_rows);
    for (FieldReader& reader : fields_) {
      reader.values.reserve(rows);
      if (reader.field.is_key) reader.values.reserve_texts(rows);
    }
    entities_.parent.reserve(rows);
    lines_.reserve(rows);
  }

  /// Into the territory at once, cell by cell, until something is wrong: that row is the last to go there,
  /// with what is wrong left out, since nothing will be imported.
  void read_row(const CsvRow& row) {
    ++summary_.rows;
    is_added_ = errors_.empty();
    new_key_.clear();
    for (FieldReader& reader : fields_)
      read_field(row, reader);
    const std::uint32_t parent = read_parent(row);
    if (is_added_) {
      entities_.parent.push_back(parent);
      lines_.push_back(row.line);
    } else if (!new_key_.empty()) {
      keys_left_out(id_).emplace(new_key_, row.line);
    }
  }

  std::unordered_map<std::string, std::size_t>& keys_left_out(EntityKindId kind) {
    return known_.keys.at(static_cast<std::size_t>(kind));
  }

  bool is_in_files(EntityKindId kind, const std::string& key) {
    return territory_.find(kind, key) || keys_left_out(kind).contains(key);
  }
  bool is_kept(EntityKindId kind, const std::string& key) const {
    return known_.kept && known_.kept->find(kind, key).has_value();
  }
  bool is_known(EntityKindId kind, const std::string& key) {
    return is_in_files(kind, key) || is_kept(kind, key);
  }

  /// The line of the row that has brought a key already.
  std::optional<std::size_t> line_of(const std::string& key) {
    if (const auto row = entities_.find(key)) return lines_.at(*row);
    const auto left_out = keys_left_out(id_).find(key);
    if (left_out == keys_left_out(id_).end()) return std::nullopt;
    return left_out->second;
  }

  void report(const CsvRow& row, std::size_t column, std::string message, std::string help = {}) {
    errors_.push_back({table_.file, row.line, table_.headings[column], std::move(message), std::move(help)});
  }

  /// Whether there is something wrong with the characters of a cell, which is then reported.
  bool is_unsound(const CsvRow& row, std::size_t column) {
    if (!table_.may_be_unsound) return false;
    auto unsound = find_unsound(row.cell(column));
    if (!unsound) return false;
    report(row, column, quote_cell(row.cell(column)) + ": " + unsound->message, std::move(unsound->help));
    return true;
  }

  void read_field(const CsvRow& row, FieldReader& reader) {
    const std::string_view cell = row.cell(reader.column);
    if (reader.plain_numbers) {
      if (const auto number = reader.plain_numbers->read(cell)) {
        if (is_added_) reader.values.push_number(*number);
        return;
      }
    } else if (reader.may_be_said_again()) {
      if (const auto before = reader.read_before.row_with(cell)) {
        if (is_added_) reader.values.push_again(*before);
        return;
      }
    }
    const rules::Value value = read_value(row, reader);
    if (reader.field.is_key && !rules::is_missing(value)) {
      take_key(row, reader, std::get<std::string>(value));
      return;
    }
    if (is_added_) reader.values.push_back(value);
    if (reader.may_be_said_again() && !rules::is_missing(value))
      reader.read_before.remember(cell, entities_.size());
  }

  /// What a cell says; sin dato where something is wrong with it.
  rules::Value read_value(const CsvRow& row, FieldReader& reader) {
    const Field& field = reader.field;
    const std::string_view cell = row.cell(reader.column);
    if (reader.column && is_unsound(row, *reader.column)) {
      if (field.is_key) lose_a_key();
      return rules::Missing();
    }
    std::string error;
    auto value = read_cell(cell, field, marks_, reader.column, error);
    if (!value) {
      report(row, *reader.column, quote_cell(cell) + ": " + error,
             errors_.will_be_read() ? help_with(cell, reader) : "");
      if (field.is_key) lose_a_key();
      return rules::Missing();
    }
    if (rules::is_missing(*value)) {
      ++reader.missing;
      if (reader.column && (field.is_key || field.required))
        report(row, *reader.column, "la celda está vacía y es obligatoria");
      if (field.is_key) lose_a_key();
    }
    return *std::move(value);
  }

  /// Whoever names that key elsewhere may be right.
  void lose_a_key() { known_.are_all.at(static_cast<std::size_t>(id_)) = false; }

  std::string help_with(std::string_view cell, const FieldReader& reader) const {
    cell = trimmed_cell(cell);
    const rules::Type& type = reader.field.type;
    return type.is_numeric() && reader.column ? help_with_number(cell, type, marks_, *reader.column)
                                              : help_with_cell(cell, type, marks_.decimal);
  }

  void take_key(const CsvRow& row, FieldReader& reader, const std::string& key) {
    const std::size_t column = *reader.column;
    const bool is_new = is_added_ ? reader.values.push_text(key) : !line_of(key);
    if (!is_new) {
      report(row, column,
             "la clave " + quote_cell(key) + " ya está en la línea " + std::to_string(*line_of(key)));
      return;
    }
    if (!is_added_) new_key_ = key;
    numeric_keys_.add(key);
    warn_of_odd_key(row.line, key);
    if (key.find_first_of("\r\n") != key.npos) {
      report(row, column, "la clave " + quote_cell(key) + " tiene un cambio de línea",
             "escríbala en un solo renglón; mire si unas comillas no se cierran");
    } else if (!is_kept(id_, key) && is_kept(id_, "0" + key)) {
      report(row, column, "la clave " + quote_cell(key) + " ya está en la base como " + quote_cell("0" + key),
             "escriba " + quote_cell("0" + key) + ". " + lost_zero);
    }
  }

  /// A key that a spreadsheet or a form put there in place of one; somebody may have such keys all the same.
  void warn_of_odd_key(std::size_t line, const std::string& key) {
    if (odd_key_is_told_ || (!says_that_nothing_is_known(key) && !is_shortened_number(key))) return;
    odd_key_is_told_ = true;
    summary_.warnings.push_back("la clave " + quote_cell(key) + " (línea " + std::to_string(line) + ") " +
                                (is_shortened_number(key)
                                     ? "parece un número que la hoja de cálculo acortó"
                                     : "parece decir que no hay dato, y una fila sin clave no sirve"));
  }

  /// The row of the parent; no_row where something is wrong with what the cell says.
  std::uint32_t read_parent(const CsvRow& row) {
    if (!columns_.parent || is_unsound(row, *columns_.parent)) return rules::no_row;
    const std::string_view cell = trimmed_cell(row.cell(columns_.parent));
    if (cell.empty()) {
      report(row, *columns_.parent, "la celda está vacía: no se sabe de qué " + parent_name() + " es");
      return rules::no_row;
    }
    if (const auto parent = territory_.find(*kind_.parent, cell)) return *parent;
    const std::string key(cell);
    if (known_.are_all.at(static_cast<std::size_t>(*kind_.parent)) && !is_known(*kind_.parent, key)) {
      report(row, *columns_.parent, "no hay " + parent_name() + " con la clave " + quote_cell(key),
             errors_.will_be_read() ? help_with_parent(key) : "");
    }
    return errors_.empty() ? add_parent(key) : rules::no_row;
  }

  /// One of which only the key is known here.
  std::uint32_t add_parent(const std::string& key) {
    const EntityKind& kind = at(rules_.entities, *kind_.parent);
    rules::EntityRow parent{std::vector<rules::Value>(kind.fields.size()), {}};
    parent.values.at(kind.key_field) = key;
    rules::add_entities(territory_, rules_, *kind_.parent, {parent});
    return static_cast<std::uint32_t>(territory_.of(*kind_.parent).size() - 1);
  }

  const std::string& parent_name() const { return at(rules_.entities, *kind_.parent).name; }

  std::string help_with_parent(const std::string& key) {
    for (const std::string& padded : {"0" + key, "00" + key}) {
      if (is_known(*kind_.parent, padded)) return "¿es " + quote_cell(padded) + "? " + lost_zero;
    }
    const std::string stripped = key.substr(std::min(key.find_first_not_of('0'), key.size()));
    const auto& file = known_.files.at(static_cast<std::size_t>(*kind_.parent));
    if (stripped != key && file && is_in_files(*kind_.parent, stripped))
      return "en " + workflows::quoted(*file) + " está como " + quote_cell(stripped) + ". " + lost_zero;
    if (!parent_keys_) parent_keys_ = all_parent_keys();
    return did_you_mean_cell(key, *parent_keys_);
  }

  std::vector<std::string_view> all_parent_keys() {
    std::vector<std::string_view> keys;
    const auto add_all = [&](const rules::EntityTable& parents) {
      const rules::Texts& texts = parents.columns[parents.key_field].texts();
      for (std::size_t place = 0; place < texts.size(); ++place)
        keys.push_back(texts.at(static_cast<std::int64_t>(place)));
    };
    add_all(territory_.of(*kind_.parent));
    if (known_.kept) add_all(known_.kept->of(*kind_.parent));
    for (const auto& [other, line] : keys_left_out(*kind_.parent))
      keys.push_back(other);
    std::sort(keys.begin(), keys.end());  // of two that are as near, always the same one
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
  }

  const Ruleset& rules_;
  EntityKindId id_;
  const EntityKind& kind_;
  const CsvTable& table_;
  const Columns& columns_;
  const NumberMarks& marks_;
  Known& known_;
  ImportSummary& summary_;
  Territory& territory_;
  rules::EntityTable& entities_;  ///< those of the kind
  DataErrors& errors_;
  std::vector<FieldReader> fields_ = {};
  NumericKeys numeric_keys_;
  /// In order. Gathered when first asked for: the file of the parents has been read by then.
  std::optional<std::vector<std::string_view>> parent_keys_ = {};
  std::vector<std::size_t> lines_ = {};  ///< of the rows that are in the territory
  bool is_added_ = true;                 ///< the row at hand goes into the territory
  std::string new_key_ = {};             ///< of a row that does not go there
  bool odd_key_is_told_ = false;
};

/// How many of `kept` are not in `read`.
std::size_t count_others(const rules::EntityTable& kept, const rules::EntityTable& read) {
  std::size_t others = 0;
  for (std::uint32_t row = 0; row < kept.size(); ++row)
    others += read.find(kept.key(row)) ? 0U : 1U;
  return others;
}

/// Who has a value in the database, and comes in a file without its column, has it no more.
void warn_of_values_lost(const EntityKind& kind, const rules::EntityTable& kept,
                         const rules::EntityTable& read, ImportSummary& summary) {
  for (std::size_t field = 0; field < kind.fields.size(); ++field) {
    const std::string& name = kind.fields[field].name;
    if (std::find(summary.absent.begin(), summary.absent.end(), name) == summary.absent.end()) continue;
    std::size_t lost = 0;
    for (std::uint32_t row = 0; row < kept.size(); ++row) {
      const auto now = read.find(kept.key(row));
      const rules::ValueColumn& before = kept.columns[field];
      if (now && before.is_known(row) && before.at(row) != read.columns[field].at(*now)) ++lost;
    }
    if (lost == 0) continue;
    summary.warnings.push_back("no hay columna " + quote_cell(name) + ": " + std::to_string(lost) +
                               (lost == 1 ? " fila pierde el dato que tiene en la base"
                                          : " filas pierden el dato que tienen en la base"));
  }
}

/// Whether cells can be read at all: the form of the file and its key column are right.
bool can_read_rows(std::size_t errors_before, const DataErrors& errors) {
  return errors.size() == errors_before;
}

/// Reads the file of one kind; whether there was one that could be read at all.
bool read_kind(const Ruleset& rules, EntityKindId kind, const std::string& path, const CsvDialect& dialect,
               Known& known, ImportedData& data, const CsvTable::Progress& progress) {
  constexpr std::size_t large_file = 8'000'000;  // below it there is nothing to wait for
  const EntityKind& entity = at(rules.entities, kind);
  ImportSummary summary{entity.name, path};
  const std::size_t errors_before = data.errors.size();
  const CsvTable table = parse_csv(path, read_file(path), dialect, data.errors);
  if (!can_read_rows(errors_before, data.errors)) return false;
  const Columns columns = find_columns(rules, entity, table, summary, data.errors);
  if (!can_read_rows(errors_before, data.errors)) return false;
  const NumberMarks marks = find_marks(entity, columns, table, dialect.decimal, data.errors);
  if (!can_read_rows(errors_before, data.errors)) return false;

  summary.dialect = {table.separator, marks.decimal, table.encoding};
  KindReader(rules, kind, table, columns, marks, known, summary, data)
      .read_rows(table.text.size() < large_file ? CsvTable::Progress() : progress);
  if (known.kept) {
    summary.kept_beside = count_others(known.kept->of(kind), data.territory.of(kind));
    warn_of_values_lost(entity, known.kept->of(kind), data.territory.of(kind), summary);
  }
  data.summaries.push_back(std::move(summary));
  return true;
}

}  // namespace

ImportedData read_entities(const Ruleset& rules, const std::vector<std::string>& data,
                           const CsvDialect& dialect, const CsvTable::Progress& progress,
                           const Territory* kept) {
  Known known{kept, find_data_files(rules, data, kept != nullptr), {}, {}};
  known.keys.resize(rules.entities.size());
  for (const auto& file : known.files)
    known.are_all.push_back(file.has_value() || kept);
  ImportedData imported{rules::empty_territory(rules), {}, {}};
  for (std::size_t kind = 0; kind < known.files.size(); ++kind) {
    if (!known.files[kind]) continue;
    const bool could_be_read = read_kind(rules, EntityKindId{static_cast<std::uint32_t>(kind)},
                                         *known.files[kind], dialect, known, imported, progress);
    if (!could_be_read) known.are_all[kind] = false;
  }
  if (!imported.errors.empty()) imported.territory = rules::empty_territory(rules);  // all or nothing
  return imported;
}

}  // namespace cauce::engine
