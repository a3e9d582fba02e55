#include "engine/people_file.hpp"

#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "dsl/fold.hpp"
#include "engine/cell_habits.hpp"
#include "engine/cell_text.hpp"
#include "engine/cell_words.hpp"
#include "engine/headings.hpp"
#include "engine/person_id.hpp"
#include "engine/policy_files.hpp"
#include "engine/senders/message.hpp"

namespace cauce::engine {
namespace {

using rules::EntityKindId;

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
    const std::string_view text = trimmed_cell(row.cell(column));
    if (table_.may_be_unsound) {
      if (auto unsound = find_unsound(text))
        report(row, column, quote_cell(text) + ": " + unsound->message, std::move(unsound->help));
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
      report(row, column, quote_cell(text) + ": se esperaba una fecha, escrita como 2024-02-07",
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
             quote_cell(person.person) + " se llama " + quote_cell(known.name) + " en la línea " +
                 std::to_string(known.line));
    }
    if (!person.address.empty() && known.address != person.address) {
      report(row, columns_.address,
             quote_cell(person.person) + " tiene el correo " + quote_cell(known.address) + " en la línea " +
                 std::to_string(known.line));
    }
  }

  /// What is wrong with a person is told at their first row.
  void check_new_person(const CsvRow& row, const PersonRow& person) {
    if (!is_person_id(person.person)) {
      report(row, columns_.person,
             quote_cell(person.person) + " no sirve para nombrar a una persona en «--como»",
             "use letras, cifras y los signos . - _ @ +, sin espacios, como en «ana.ruiz»");
    }
    const auto [alike, is_new] = folded_.try_emplace(dsl::fold(person.person), person);
    if (!is_new) {
      report(row, columns_.person,
             quote_cell(person.person) + " y " + quote_cell(alike->second.person) + ", de la línea " +
                 std::to_string(alike->second.line) + ", se distinguen solo por mayúsculas o tildes",
             "si son la misma persona, escríbala igual; si no, cambie una");
    }
    if (person.name.find_first_of("\r\n") != std::string::npos) {
      report(row, columns_.name, quote_cell(person.name) + ": el nombre va en un solo renglón",
             "mire si unas comillas no se cierran");
    }
    if (!person.address.empty() && !is_address(person.address)) {
      report(row, columns_.address, quote_cell(person.address) + " no es una dirección de correo",
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
      report(row, columns_.role, "la política no tiene el rol " + quote_cell(person.role),
             did_you_mean_cell(person.role, names));
      return;
    }
    check_entity(row, person, *known);
  }

  void check_entity(const CsvRow& row, const PersonRow& person, const KnownRole& known) {
    const rules::Role& role = known.role;
    if (person.entity.empty()) {
      if (!role.national)
        report(row, columns_.entity,
               "el rol " + quote_cell(role.name) + " es por " + scopes_of(known) +
                   ": falta la clave de la entidad");
      return;
    }
    if (role.scopes.empty()) {
      report(row, columns_.entity, "el rol " + quote_cell(role.name) + " es por nación: la entidad va vacía");
      return;
    }
    if (!known.terms.find_scope(role, person.entity))
      report(row, columns_.entity,
             "no hay " + scopes_of(known) + " con la clave " + quote_cell(person.entity),
             errors_.will_be_read() ? help_with_entity(known, person.entity) : "");
  }

  /// The entity that was meant by what is no key of one: without its zero, by its name, or almost.
  static std::string help_with_entity(const KnownRole& known, const std::string& written) {
    const rules::Territory& territory = known.terms.territory;
    std::vector<std::string_view> keys;
    for (const EntityKindId kind : known.role.scopes) {
      for (const std::string& padded : {"0" + written, "00" + written}) {
        if (territory.find(kind, padded)) return "¿es " + quote_cell(padded) + "? " + lost_zero;
      }
      const rules::EntityTable& entities = territory.of(kind);
      for (std::uint32_t row = 0; row < entities.size(); ++row) {
        const std::string_view key = entities.key(row);
        const std::string name = territory.name_of(known.terms.rules, kind, row);
        if (dsl::same_name(name, written))
          return "¿es " + quote_cell(key) + "? Esa es la clave de " + quote_cell(name);
        keys.push_back(key);
      }
    }
    return did_you_mean_cell(written, keys);
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
             quote_cell(person.person) + " ya tiene este rol aquí " +
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
