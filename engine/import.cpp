#include "engine/import.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_map>

#include "dsl/characters.hpp"
#include "dsl/fold.hpp"
#include "engine/cell_habits.hpp"
#include "engine/cell_text.hpp"
#include "engine/number_marks.hpp"
#include "engine/person_id.hpp"
#include "engine/policy_files.hpp"
#include "engine/senders/message.hpp"
#include "rules/digits.hpp"

namespace cauce::engine {
namespace {

namespace fs = std::filesystem;
using rules::EntityKind;
using rules::EntityKindId;
using rules::Field;
using rules::Ruleset;
using rules::Territory;

/// What a file holds, as a message shows it.
std::string quote(std::string_view text) {
  return "«" + shown(text) + "»";
}

std::string quote_whole(const std::string& path) {
  return "«" + path + "»";
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view nearest = dsl::nearest_name(word, candidates);
  return nearest.empty() ? std::string() : "¿quiso decir " + quote(nearest) + "?";
}

/// What a spreadsheet does to codes that it takes for numbers.
const std::string lost_zero = "La hoja de cálculo le quitó el cero inicial: dé a la columna formato de texto";

std::string_view trimmed(std::string_view cell) {
  const auto is_blank = [](char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
  };
  while (!cell.empty() && is_blank(cell.front()))
    cell.remove_prefix(1);
  while (!cell.empty() && is_blank(cell.back()))
    cell.remove_suffix(1);
  return cell;
}

// --- Which file holds what
// ------------------------------------------------------------------------------------

/// Names compare without accents, which most words lose before «es»: región, regiones.
std::vector<std::string> plurals_of(const std::string& name) {
  return {name + "s", dsl::fold(name) + "es"};
}

/// The file in `folder` whose name is `wanted`, compared as names are.
std::optional<std::string> find_in(const fs::path& folder, const std::string& wanted) {
  if (fs::is_regular_file(folder / wanted)) return (folder / wanted).string();
  std::error_code error;
  std::optional<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const bool readable = dsl::find_invalid_utf8(name) == name.npos;
    if (readable && dsl::same_name(name, wanted) && (!found || entry.path().string() < *found)) {
      found = entry.path().string();
    }
  }
  if (error) throw FileUnusable("no se puede leer la carpeta " + quote_whole(folder.string()));
  return found;
}

/// What the file of a kind may be called.
std::vector<std::string> file_names_of(const EntityKind& kind) {
  if (kind.file) return {*kind.file};
  std::vector<std::string> names;
  for (const std::string& plural : plurals_of(kind.name))
    names.push_back(plural + ".csv");
  names.push_back(kind.name + ".csv");
  return names;
}

std::string file_in_folder(const std::string& folder, const EntityKind& kind) {
  if (auto path = find_data_file(folder, kind)) return *std::move(path);
  std::string looked_for;
  for (const std::string& name : file_names_of(kind))
    looked_for += (looked_for.empty() ? "" : ", ") + quote(name);
  throw FileUnusable("en " + quote_whole(folder) + " no están los datos de " + quote(kind.name) +
                     ": se buscó " + looked_for);
}

/// A path without the blanks that a copied command may have around it, unless there is a file of that name.
std::string as_it_exists(const std::string& path) {
  return fs::exists(path) ? path : std::string(trimmed(path));
}

/// The file of each kind, by EntityKindId; none for a kind that only `entidad=ruta` pairs could have named
/// or, where `some_will_do`, that has none in the folder.
std::vector<std::optional<std::string>> files_of_kinds(const Ruleset& rules,
                                                       const std::vector<std::string>& data,
                                                       bool some_will_do) {
  std::vector<std::optional<std::string>> files(rules.entities.size());
  std::vector<std::string> folders;
  for (const std::string& given : data) {
    if (const std::string folder = as_it_exists(given); fs::is_directory(folder)) {
      folders.push_back(folder);
      continue;
    }
    const std::size_t equals = given.find('=');
    if (equals == given.npos) {
      const std::string path = as_it_exists(given);
      throw FileUnusable("en «--datos» se esperaba una carpeta, o «entidad=ruta.csv»; " + quote_whole(path) +
                         (fs::exists(path) ? " es un archivo" : " no existe"));
    }
    const std::string name(trimmed(std::string_view(given).substr(0, equals)));
    const auto kind = rules.find_entity(name);
    if (!kind) {
      std::vector<std::string_view> names;
      for (const EntityKind& known : rules.entities)
        names.push_back(known.name);
      throw FileUnusable("la política no tiene la entidad " + quote(name) + " de «--datos». " +
                         did_you_mean(name, names));
    }
    files.at(static_cast<std::size_t>(*kind)) = as_it_exists(given.substr(equals + 1));
  }
  for (const std::string& folder : folders) {
    for (std::size_t kind = 0; kind < files.size(); ++kind) {
      if (files[kind]) continue;
      files[kind] = some_will_do ? find_data_file(folder, rules.entities[kind])
                                 : file_in_folder(folder, rules.entities[kind]);
    }
  }
  const bool none =
      std::none_of(files.begin(), files.end(), [](const auto& file) { return file.has_value(); });
  if (none && !folders.empty() && !files.empty())
    file_in_folder(folders.front(), rules.entities.front());  // throws, with what was looked for
  return files;
}

// --- Which column holds what
// ----------------------------------------------------------------------------------

/// The index of the column that holds a field; `names` are the headings that it may have.
std::optional<std::size_t> find_column(const CsvTable& table, const std::vector<std::string>& names,
                                       DataErrors& errors) {
  std::optional<std::size_t> found;
  for (std::size_t column = 0; column < table.headings.size(); ++column) {
    const std::string heading = dsl::fold_heading(table.headings[column]);
    const bool named = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return dsl::fold_heading(name) == heading;
    });
    if (!named) continue;
    if (found) {
      const bool same = dsl::fold_heading(table.headings[*found]) == heading;
      errors.push_back({table.file, 1, table.headings[column],
                        same ? "dos columnas tienen el mismo encabezado"
                             : "lo mismo dice la columna " + quote(table.headings[*found]),
                        "deje una sola, o cambie el nombre de la otra"});
    } else {
      found = column;
    }
  }
  return found;
}

std::vector<std::string> headings_of(const Field& field) {
  if (field.column) return {*field.column};
  return {field.name, field.title};
}

/// What to do where the heading does not stand first, as below the title of a table; empty if it is nowhere.
std::string heading_further_down(const CsvTable& table, const std::vector<std::string>& names) {
  constexpr std::size_t most_looked_at = 20;
  CsvReader reader(table.text, table.separator);
  CsvRow row;
  for (std::size_t i = 0; i < most_looked_at && reader.read(row); ++i) {
    const bool is_heading = std::any_of(row.cells.begin(), row.cells.end(), [&](std::string_view cell) {
      return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return dsl::fold_heading(name) == dsl::fold_heading(cell);
      });
    });
    if (is_heading)
      return "el encabezado está en la línea " + std::to_string(row.line) + ": borre lo que tiene encima";
  }
  return {};
}

/// `help`: what to do, if it is known; else the heading that may be meant.
void report_absent_column(const CsvTable& table, const std::string& wanted, std::string_view what,
                          DataErrors& errors, std::string help = {}) {
  const std::vector<std::string_view> headings(table.headings.begin(), table.headings.end());
  if (help.empty()) help = did_you_mean(wanted, headings);
  errors.push_back(
      {table.file, 1, {}, "falta la columna " + quote(wanted) + ", " + std::string(what), std::move(help)});
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
    const std::string meant = did_you_mean(field, headings);
    if (meant.empty()) continue;
    summary.warnings.push_back("no hay columna " + quote(field) + ": " + meant);
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
  if (field.type.is_numeric()) return read_number(trimmed(cell), field.type, marks, *column, error);
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
           std::to_string(longer) + ": ¿la hoja de cálculo les quitó el cero inicial? " + quote(few.first) +
           " sería " + quote("0" + few.first);
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
    report(row, column, quote(row.cell(column)) + ": " + unsound->message, std::move(unsound->help));
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
      report(row, *reader.column, quote(cell) + ": " + error,
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
    cell = trimmed(cell);
    const rules::Type& type = reader.field.type;
    return type.is_numeric() && reader.column ? help_with_number(cell, type, marks_, *reader.column)
                                              : help_with_cell(cell, type, marks_.decimal);
  }

  void take_key(const CsvRow& row, FieldReader& reader, const std::string& key) {
    const std::size_t column = *reader.column;
    const bool is_new = is_added_ ? reader.values.push_text(key) : !line_of(key);
    if (!is_new) {
      report(row, column, "la clave " + quote(key) + " ya está en la línea " + std::to_string(*line_of(key)));
      return;
    }
    if (!is_added_) new_key_ = key;
    numeric_keys_.add(key);
    warn_of_odd_key(row.line, key);
    if (key.find_first_of("\r\n") != key.npos) {
      report(row, column, "la clave " + quote(key) + " tiene un cambio de línea",
             "escríbala en un solo renglón; mire si unas comillas no se cierran");
    } else if (!is_kept(id_, key) && is_kept(id_, "0" + key)) {
      report(row, column, "la clave " + quote(key) + " ya está en la base como " + quote("0" + key),
             "escriba " + quote("0" + key) + ". " + lost_zero);
    }
  }

  /// A key that a spreadsheet or a form put there in place of one; somebody may have such keys all the same.
  void warn_of_odd_key(std::size_t line, const std::string& key) {
    if (odd_key_is_told_ || (!says_that_nothing_is_known(key) && !is_shortened_number(key))) return;
    odd_key_is_told_ = true;
    summary_.warnings.push_back("la clave " + quote(key) + " (línea " + std::to_string(line) + ") " +
                                (is_shortened_number(key)
                                     ? "parece un número que la hoja de cálculo acortó"
                                     : "parece decir que no hay dato, y una fila sin clave no sirve"));
  }

  /// The row of the parent; no_row where something is wrong with what the cell says.
  std::uint32_t read_parent(const CsvRow& row) {
    if (!columns_.parent || is_unsound(row, *columns_.parent)) return rules::no_row;
    const std::string_view cell = trimmed(row.cell(columns_.parent));
    if (cell.empty()) {
      report(row, *columns_.parent, "la celda está vacía: no se sabe de qué " + parent_name() + " es");
      return rules::no_row;
    }
    if (const auto parent = territory_.find(*kind_.parent, cell)) return *parent;
    const std::string key(cell);
    if (known_.are_all.at(static_cast<std::size_t>(*kind_.parent)) && !is_known(*kind_.parent, key)) {
      report(row, *columns_.parent, "no hay " + parent_name() + " con la clave " + quote(key),
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
      if (is_known(*kind_.parent, padded)) return "¿es " + quote(padded) + "? " + lost_zero;
    }
    const std::string stripped = key.substr(std::min(key.find_first_not_of('0'), key.size()));
    const auto& file = known_.files.at(static_cast<std::size_t>(*kind_.parent));
    if (stripped != key && file && is_in_files(*kind_.parent, stripped))
      return "en " + quote_whole(*file) + " está como " + quote(stripped) + ". " + lost_zero;
    if (!parent_keys_) parent_keys_ = all_parent_keys();
    return did_you_mean(key, *parent_keys_);
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
    summary.warnings.push_back("no hay columna " + quote(name) + ": " + std::to_string(lost) +
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

std::optional<std::string> find_data_file(const std::string& folder, const EntityKind& kind) {
  for (const std::string& name : file_names_of(kind)) {
    if (auto path = find_in(folder, name)) return path;
  }
  return std::nullopt;
}

ImportedData read_entities(const Ruleset& rules, const std::vector<std::string>& data,
                           const CsvDialect& dialect, const CsvTable::Progress& progress,
                           const Territory* kept) {
  Known known{kept, files_of_kinds(rules, data, kept != nullptr), {}, {}};
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

// --- People
// ---------------------------------------------------------------------------------------------------

namespace {

struct PeopleColumns {
  std::optional<std::size_t> person, name, address, role, entity, from, to;
};

PeopleColumns find_people_columns(const CsvTable& table, DataErrors& errors) {
  const auto find = [&](const std::string& name, bool required) {
    const auto column = find_column(table, {name}, errors);
    if (!column && required) report_absent_column(table, name, "que es obligatoria", errors);
    return column;
  };
  return {find("persona", true), find("nombre", true), find("correo", false), find("rol", true),
          find("entidad", true), find("desde", false), find("hasta", false)};
}

class PeopleReader {
 public:
  PeopleReader(const std::vector<RoleTerms>& terms, const CsvTable& table, const PeopleColumns& columns,
               DataErrors& errors)
      : terms_(terms), table_(table), columns_(columns), errors_(errors) {}

  std::vector<PersonRow> read_rows() {
    std::vector<PersonRow> rows;
    table_.each_row(errors_, [&](const CsvRow& row) {
      PersonRow person;
      person.line = row.line;
      person.person = cell(row, columns_.person);
      person.name = cell(row, columns_.name);
      person.address = cell(row, columns_.address);
      person.role = cell(row, columns_.role);
      person.entity = cell(row, columns_.entity);
      person.from = date(row, columns_.from);
      person.to = date(row, columns_.to);
      check_person(row, person);
      check_role(row, person);
      if (person.from && person.to && *person.to < *person.from) {
        report(row, columns_.to, "termina antes de empezar (" + rules::to_iso(*person.from) + ")");
      } else {
        check_periods(row, person);
      }
      rows.push_back(std::move(person));
    });
    return rows;
  }

 private:
  std::string cell(const CsvRow& row, std::optional<std::size_t> column) {
    const std::string_view text = trimmed(row.cell(column));
    if (table_.may_be_unsound) {
      if (auto unsound = find_unsound(text))
        report(row, column, quote(text) + ": " + unsound->message, std::move(unsound->help));
    }
    return std::string(text);
  }

  void report(const CsvRow& row, std::optional<std::size_t> column, std::string message,
              std::string help = {}) {
    errors_.push_back({table_.file, row.line, column ? table_.headings[*column] : std::string(),
                       std::move(message), std::move(help)});
  }

  std::optional<rules::Date> date(const CsvRow& row, std::optional<std::size_t> column) {
    const std::string text = cell(row, column);
    const auto date = rules::parse_iso_date(text);
    if (!date && !text.empty()) {
      report(row, column, quote(text) + ": se esperaba una fecha, escrita como 2024-02-07",
             help_with_cell(text, rules::Type::date(), '.'));
    }
    return date;
  }

  void check_person(const CsvRow& row, const PersonRow& person) {
    if (person.person.empty()) {
      report(row, columns_.person, "la celda está vacía y es obligatoria");
      return;
    }
    const auto [first, is_new] = persons_.try_emplace(person.person, person);
    if (is_new) {
      check_new_person(row, person);
      return;
    }
    // What was said of them in an earlier row may be left out.
    PersonRow& known = first->second;
    if (known.name.empty()) known.name = person.name;
    if (known.address.empty()) known.address = person.address;
    if (!person.name.empty() && known.name != person.name) {
      report(row, columns_.name,
             quote(person.person) + " se llama " + quote(known.name) + " en la línea " +
                 std::to_string(known.line));
    }
    if (!person.address.empty() && known.address != person.address) {
      report(row, columns_.address,
             quote(person.person) + " tiene el correo " + quote(known.address) + " en la línea " +
                 std::to_string(known.line));
    }
  }

  /// What is wrong with a person is told at their first row.
  void check_new_person(const CsvRow& row, const PersonRow& person) {
    if (!is_person_id(person.person)) {
      report(row, columns_.person, quote(person.person) + " no sirve para nombrar a una persona en «--como»",
             "use letras, cifras y los signos . - _ @ +, sin espacios, como en «ana.ruiz»");
    }
    const auto [alike, is_new] = folded_.try_emplace(dsl::fold(person.person), person);
    if (!is_new) {
      report(row, columns_.person,
             quote(person.person) + " y " + quote(alike->second.person) + ", de la línea " +
                 std::to_string(alike->second.line) + ", se distinguen solo por mayúsculas o tildes",
             "si son la misma persona, escríbala igual; si no, cambie una");
    }
    if (person.name.find_first_of("\r\n") != std::string::npos) {
      report(row, columns_.name, quote(person.name) + ": el nombre va en un solo renglón",
             "mire si unas comillas no se cierran");
    }
    if (!person.address.empty() && !is_address(person.address)) {
      report(row, columns_.address, quote(person.address) + " no es una dirección de correo",
             "es una sola, como ana.ruiz@example.org; si no tiene, deje la celda vacía");
    }
  }

  void check_role(const CsvRow& row, const PersonRow& person) {
    if (person.role.empty()) {
      if (!person.entity.empty()) report(row, columns_.role, "hay entidad y no hay rol");
      return;
    }
    const auto known = find_role(terms_, person.role, person.entity);
    if (!known) {
      std::vector<std::string_view> names;
      for (const RoleTerms& terms : terms_) {
        for (const rules::Role& role : terms.rules.roles)
          names.push_back(role.name);
      }
      report(row, columns_.role, "la política no tiene el rol " + quote(person.role),
             did_you_mean(person.role, names));
      return;
    }
    check_entity(row, person, *known);
  }

  void check_entity(const CsvRow& row, const PersonRow& person, const KnownRole& known) {
    const rules::Role& role = known.role;
    if (person.entity.empty()) {
      if (!role.national)
        report(
            row, columns_.entity,
            "el rol " + quote(role.name) + " es por " + scopes_of(known) + ": falta la clave de la entidad");
      return;
    }
    if (role.scopes.empty()) {
      report(row, columns_.entity, "el rol " + quote(role.name) + " es por nación: la entidad va vacía");
      return;
    }
    if (!known.terms.find_scope(role, person.entity))
      report(row, columns_.entity, "no hay " + scopes_of(known) + " con la clave " + quote(person.entity),
             errors_.will_be_read() ? help_with_entity(known, person.entity) : "");
  }

  /// The entity that was meant by what is no key of one: without its zero, by its name, or almost.
  static std::string help_with_entity(const KnownRole& known, const std::string& written) {
    const rules::Territory& territory = known.terms.territory;
    std::vector<std::string_view> keys;
    for (const EntityKindId kind : known.role.scopes) {
      for (const std::string& padded : {"0" + written, "00" + written}) {
        if (territory.find(kind, padded)) return "¿es " + quote(padded) + "? " + lost_zero;
      }
      const rules::EntityTable& entities = territory.of(kind);
      for (std::uint32_t row = 0; row < entities.size(); ++row) {
        const std::string_view key = entities.key(row);
        const std::string name = territory.name_of(known.terms.rules, kind, row);
        if (dsl::same_name(name, written))
          return "¿es " + quote(key) + "? Esa es la clave de " + quote(name);
        keys.push_back(key);
      }
    }
    return did_you_mean(written, keys);
  }

  /// Nobody is given the same twice for one day.
  void check_periods(const CsvRow& row, const PersonRow& person) {
    if (person.person.empty() || person.role.empty()) return;
    auto& others = given_[{person.person, dsl::fold(person.role), person.entity}];
    for (const Period& other : others) {
      const bool apart = (other.to && person.from && *other.to < *person.from) ||
                         (person.to && other.from && *person.to < *other.from);
      if (apart) continue;
      const bool same = other.from == person.from && other.to == person.to;
      report(row, columns_.person,
             quote(person.person) + " ya tiene este rol aquí " +
                 (same ? "" : "en algunos de los mismos días ") + "por la línea " +
                 std::to_string(other.line),
             same ? "quite una de las dos" : "cambie las fechas de una de las dos, o quítela");
      break;
    }
    others.push_back({person.from, person.to, person.line});
  }

  static std::string scopes_of(const KnownRole& known) {
    std::string text;
    for (const EntityKindId kind : known.role.scopes) {
      text += (text.empty() ? "" : " o ") + at(known.terms.rules.entities, kind).name;
    }
    return text;
  }

  const std::vector<RoleTerms>& terms_;
  const CsvTable& table_;
  const PeopleColumns& columns_;
  DataErrors& errors_;
  std::map<std::string, PersonRow> persons_;
  std::map<std::string, PersonRow> folded_;  ///< the first of those whose ids differ in nothing else

  struct Period {
    std::optional<rules::Date> from;
    std::optional<rules::Date> to;
    std::size_t line = 0;
  };
  using Given = std::tuple<std::string, std::string, std::string>;  ///< person, role, entity
  std::map<Given, std::vector<Period>> given_;
};

}  // namespace

ImportedPeople read_people(const std::vector<RoleTerms>& terms, const std::string& path,
                           const CsvDialect& dialect) {
  ImportedPeople people;
  const CsvTable table = parse_csv(path, read_file(path), dialect, people.errors);
  if (!people.errors.empty()) return people;
  const PeopleColumns columns = find_people_columns(table, people.errors);
  if (!people.errors.empty()) return people;
  people.rows = PeopleReader(terms, table, columns, people.errors).read_rows();
  return people;
}

}  // namespace cauce::engine
