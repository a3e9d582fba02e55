#include "engine/document/comparison_words.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "dsl/source.hpp"
#include "rules/breakpoints.hpp"
#include "rules/change_words.hpp"
#include "rules/close_numbers.hpp"
#include "rules/noun.hpp"
#include "rules/phrase.hpp"
#include "rules/ruleset.hpp"
#include "rules/walk.hpp"
#include "workflows/outline.hpp"

namespace cauce::engine::document {
namespace {

using workflows::ClauseChange;
using workflows::ClauseList;
using workflows::ClausePair;
using workflows::EntityChange;
using workflows::PlaceChange;
using workflows::PlaceKind;
using workflows::SeenValue;
using workflows::SelectionChange;
using workflows::Version;

constexpr std::size_t names_shown = 3;
constexpr int decimals_shown = 2;

std::string rounded(rules::Decimal number, int decimals) {
  return number.round(decimals).value_or(number).to_string();
}

void add_number(const std::optional<rules::Value>& value, std::vector<rules::Decimal>& numbers) {
  if (!value) return;
  if (const auto* number = std::get_if<rules::Decimal>(&*value)) numbers.push_back(*number);
}

/// The constants with which a clause compares what it reads, parameters and cells of tables among them.
void add_thresholds(const rules::TargetingClause* clause, const Version& version,
                    std::vector<rules::Decimal>& numbers) {
  if (clause == nullptr) return;
  rules::for_each_node(clause->condition, [&](const rules::Expression& node) {
    const auto* read = std::get_if<rules::ReadSlot>(&node.node);
    if (read == nullptr || read->slot.depth != 0) return;
    for (const rules::Value& value :
         rules::breakpoints_of(clause->condition, read->slot.index, version.rules(), version.as_of))
      add_number(value, numbers);
  });
}

/// `mdm 57.2, umbral_mdm 60 → 55`: what is compared is rounded, but never to what it is compared with.
std::string values_in_words(const ClauseChange& change, const Version& before, const Version& after) {
  std::vector<rules::Decimal> numbers;
  add_thresholds(change.clause.before, before, numbers);
  add_thresholds(change.clause.after, after, numbers);
  for (const workflows::SeenValue& value : change.seen) {
    add_number(value.before, numbers);
    add_number(value.after, numbers);
  }
  const int decimals = rules::decimals_to_tell_apart(numbers, decimals_shown);
  std::string words;
  for (const workflows::SeenValue& value : change.seen) {
    const auto seen = [&](const std::optional<rules::Value>& side) {
      if (!side) return std::string();
      const auto* number = std::get_if<rules::Decimal>(&*side);
      return number == nullptr || value.of_policy ? rules::to_display(*side) : rounded(*number, decimals);
    };
    words += (words.empty() ? "" : ", ") + value.name + " ";
    words += from_to(seen(value.before), seen(value.after));
    // What only one of two conditions reads must not pass for what the other one says.
    if (!change.clause.in_both()) continue;
    if (!value.after) words += " antes";
    if (!value.before) words += " ahora";
  }
  return words;
}

/// What the clause says now, after what it said before.
std::string verdict_in_words(const ClauseChange& change) {
  const rules::Value of_no_account(change.clause.list == ClauseList::requirement);
  const auto was = rules::truth(change.before.value_or(of_no_account));
  const auto is = rules::truth(change.after.value_or(of_no_account));
  const std::string no = was && *was && is ? "ya no " : "no ";
  const std::string negation = is && *is ? "" : !is ? "no se sabe si " : no;
  switch (change.clause.list) {
    case ClauseList::exclusion:
      return negation + "se excluye por ";
    case ClauseList::requirement:
      return negation + (is && *is ? "ya cumple " : "cumple ") + "el requisito ";
    case ClauseList::qualification:
      break;
  }
  return negation + "califica por ";
}

std::string reason_in_words(const ClauseChange& change, const Version& before, const Version& after) {
  const rules::TargetingClause& clause = change.clause.shown();
  const Version& version = change.clause.after != nullptr ? after : before;
  std::string words = verdict_in_words(change);
  words += "«" +
           (clause.because.empty() ? dsl::words_of(version.sources, clause.condition.span) : clause.because) +
           "»";
  if (change.clause.before == nullptr) words += ", cláusula nueva";
  if (change.clause.after == nullptr) words += ", cláusula que se quita";
  if (change.condition_before != change.condition_after)
    words += ", que era «" + change.condition_before + "» y es «" + change.condition_after + "»";
  if (const std::string values = values_in_words(change, before, after); !values.empty())
    words += " (" + values + ")";
  const std::string cited = workflows::citations_in_words(clause.sources, version.rules());
  return cited.empty() ? words : words + ", según " + cited;
}

/// `Bello, Itagüí y 9 más`: the first of so many.
std::string and_more(std::vector<std::string> names, std::size_t count) {
  if (count > names.size()) names.push_back(std::to_string(count - names.size()) + " más");
  return rules::joined(names, "y");
}

std::string places_in_words(const std::optional<std::int64_t>& limit) {
  if (!limit) return "sin límite";
  return std::to_string(*limit) + (*limit == 1 ? " lugar" : " lugares");
}

/// `100 lugares`, `400 → 390 lugares`
std::string limits_in_words(const PlaceChange& place) {
  const auto count = [](const std::optional<std::int64_t>& limit) {
    return limit ? std::to_string(*limit) : std::string("sin límite");
  };
  if (place.before == place.after || !place.line_before.empty()) return places_in_words(place.after);
  return from_to(count(place.before), count(place.after)) + " lugares";
}

/// Whose places it gets, or who has them now.
std::string others_in_words(const PlaceChange& place, const SelectionChange& selection, bool enters) {
  if (!place.others) return {};
  const std::vector<workflows::EntityName>& others = selection.turnovers.at(*place.others).entities;
  const bool one = others.size() == 1;
  const std::string verb = enters ? (one ? ", de donde sale " : ", de donde salen ")
                                  : (one ? ", donde entra " : ", donde entran ");
  std::vector<std::string> names;
  for (const workflows::EntityName& other : others) {
    if (names.size() == names_shown) break;  // they may be thousands, and told to thousands
    names.push_back(other.name);
  }
  return verb + and_more(std::move(names), others.size());
}

std::string quota_in_words(const PlaceChange& place, const SelectionChange& selection, bool enters) {
  const std::string before = place.line_before + " (" + places_in_words(place.before) + ")";
  if (place.line.empty())
    return "ya no cuenta en el " + before + ", que estaba lleno, ni en otro de su grupo";
  std::string words = (enters ? "hay lugar en el " : "no alcanza lugar en el ") + place.line + " (" +
                      limits_in_words(place) + ")";
  if (!place.line_before.empty()) words += ", en el que cuenta ahora";
  words += others_in_words(place, selection, enters);
  if (place.line_before.empty()) return words;
  return words + (enters ? "; no lo había en el " : "; antes contaba en el ") + before;
}

/// `mínimo de departamento «05» (3 → 5)`
std::string minimum_in_words(const PlaceChange& place, bool enters) {
  const auto counted_in = [](const std::string& line, const std::optional<std::int64_t>& count) {
    return line + " (" + std::to_string(count.value_or(0)) + ")";
  };
  if (!place.line_before.empty() || place.line.empty())
    return enters ? counted_in(place.line, place.after) : counted_in(place.line_before, place.before);
  if (!place.before) return counted_in(place.line, place.after) + ", que es nuevo";
  if (!place.after) return counted_in(place.line, place.before) + ", que ya no está";
  return place.line + " (" + from_to(std::to_string(*place.before), std::to_string(*place.after)) + ")";
}

std::string leftovers_in_words(const PlaceChange& place, const SelectionChange& selection, bool enters) {
  const std::string what = "los lugares del cupo total que los demás cupos dejan libres";
  if (!place.after)
    return "antes entraba en el último recorrido, con " + what + ", que ya no se dan por orden";
  if (!place.before) return "entra en el último recorrido, con " + what + ", que ahora se dan por orden";
  return (enters ? "entra en el último recorrido, con " + what
                 : "antes entraba en el último recorrido, y ya no le alcanzan " + what) +
         " (" + limits_in_words(place) + ")" + others_in_words(place, selection, enters);
}

/// What decides where no clause does.
std::string places_in_words(const EntityChange& change, const SelectionChange& selection) {
  const bool enters = change.is_selected();
  std::vector<std::string> minimums;
  std::vector<std::string> parts;
  for (const PlaceChange& place : change.places) {
    switch (place.kind) {
      case PlaceKind::minimum:
        minimums.push_back("el " + minimum_in_words(place, enters));
        break;
      case PlaceKind::leftovers:
        parts.push_back(leftovers_in_words(place, selection, enters));
        break;
      case PlaceKind::quota:
        parts.push_back(quota_in_words(place, selection, enters));
        break;
    }
  }
  if (!minimums.empty()) {
    parts.insert(parts.begin(), (enters ? "entra en el primer recorrido, por "
                                        : "antes entraba en el primer recorrido, por ") +
                                    rules::joined(minimums, "o"));
  }
  return joined_by(parts, "; ");
}

std::string value_in_words(const std::optional<rules::Value>& value) {
  return value ? rules::to_display(*value) : std::string();
}

/// `mdm 39.109 → 38.1`: as the data have them.
std::string value_in_words(const SeenValue& value) {
  return value.name + " " + from_to(value_in_words(value.before), value_in_words(value.after));
}

/// `Prioridad 10 → 16`
std::string numbers_in_words(const workflows::PartChange& part) {
  std::vector<rules::Decimal> numbers;
  add_number(part.before, numbers);
  add_number(part.after, numbers);
  const int decimals = rules::decimals_to_tell_apart(numbers, decimals_shown);
  const auto shown = [&](const std::optional<rules::Value>& value) {
    const auto* number = value ? std::get_if<rules::Decimal>(&*value) : nullptr;
    return number != nullptr ? rounded(*number, decimals) : value_in_words(value);
  };
  if (!part.before) return part.title + " " + shown(part.after) + ", que es nuevo";
  if (!part.after) return part.title + " " + shown(part.before) + ", que ya no está";
  return part.title + " " + from_to(shown(part.before), shown(part.after));
}

/// `Prioridad 10 → 16 (era «0.1 * prioridad(mdm)» y es «0.2 * prioridad(mdm)»)`
std::string part_in_words(const workflows::PartChange& part) {
  std::vector<std::string> causes;
  if (part.formula_before != part.formula_after)
    causes.push_back("era «" + part.formula_before + "» y es «" + part.formula_after + "»");
  for (const SeenValue& parameter : part.parameters)
    causes.push_back(value_in_words(parameter));
  const auto row = [](const std::string& text) { return text.empty() ? "ninguna" : "«" + text + "»"; };
  if (part.rows_before != part.rows_after)
    causes.push_back("fila de la tabla: " + row(part.rows_before) + " → " + row(part.rows_after));
  const std::string words = numbers_in_words(part);
  return causes.empty() ? words : words + " (" + joined_by(causes, "; ") + ")";
}

/// Those of its data that are other ones, unless a clause or a change of group has told them.
std::string data_in_words(const EntityChange& change) {
  std::vector<std::string> parts;
  for (const SeenValue& datum : change.data) {
    const auto is_told_by = [&](const ClauseChange& clause) {
      return std::any_of(clause.seen.begin(), clause.seen.end(), [&](const SeenValue& seen) {
        return seen.name == datum.name && seen.before && seen.after;
      });
    };
    const bool told = std::any_of(change.clauses.begin(), change.clauses.end(), is_told_by) ||
                      std::any_of(change.moves.begin(), change.moves.end(),
                                  [&](const auto& move) { return dsl::same_name(move.by, datum.name); });
    if (!told) parts.push_back(value_in_words(datum));
  }
  return parts.empty() ? std::string() : "otros datos: " + joined_by(parts, ", ");
}

/// `puntaje 57.11 → 60.37: Prioridad 10 → 13.26`
std::string score_in_words(const EntityChange& change) {
  const auto& before = change.before->score;
  const auto& after = change.after->score;
  if (!before || !after || before == after) return {};
  const int decimals = rules::decimals_to_tell_apart({*before, *after}, decimals_shown);
  std::vector<std::string> parts;
  for (const workflows::PartChange& part : change.parts)
    parts.push_back(part_in_words(part));
  const std::string moved = joined_by(parts, ", ");
  return "puntaje " + from_to(rounded(*before, decimals), rounded(*after, decimals)) +
         (moved.empty() ? moved : ": " + moved);
}

/// `falta la gestión`, `antes faltaban la gestión y la pobreza`; nothing where nothing is missing.
std::string missing_in_words(const std::string& lacks, const workflows::EntityStanding& standing,
                             const std::string& targeting, const Version& version) {
  const auto id = version.rules().find_targeting(targeting);
  if (standing.status != rules::TargetStatus::undetermined || standing.missing.empty() || !id) return {};
  const rules::MissingThings things =
      rules::missing_in_words(standing.missing, at(version.rules().targetings, *id), version.rules());
  return lacks + (things.plural ? "n " : " ") + things.words;
}

}  // namespace

std::string status_in_words(const std::optional<workflows::EntityStanding>& standing) {
  if (!standing) return "no está en los datos";
  switch (standing->status) {
    case rules::TargetStatus::selected:
      return "seleccionado";
    case rules::TargetStatus::waitlisted:
      return "en espera";
    case rules::TargetStatus::eligible:
      return "elegible";
    case rules::TargetStatus::ineligible:
      return "no elegible";
    case rules::TargetStatus::excluded:
      return "excluido";
    case rules::TargetStatus::undetermined:
      break;
  }
  return "por verificar";
}

std::string from_to(const std::string& before, const std::string& after) {
  if (before.empty() || before == after) return after;
  return after.empty() ? before : before + " → " + after;
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return (count == 1 ? one : many) + " " + std::to_string(count);
}

std::string move_in_words(const workflows::GroupMove& move) {
  const auto group = [](const workflows::EntityName& name) {
    if (name.key.empty()) return std::string("sin dato");
    return name.key == name.name ? "«" + name.name + "»" : "«" + name.name + "» (" + name.key + ")";
  };
  return rules::spaced(move.by) + ": de " + group(move.from) + " a " + group(move.to);
}

std::string some_of(std::vector<std::string> names) {
  const std::size_t count = names.size();
  if (count > names_shown) names.resize(names_shown);
  return and_more(std::move(names), count);
}

std::string joined_by(const std::vector<std::string>& parts, std::string_view joint) {
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) text += (text.empty() ? "" : std::string(joint)) + part;
  }
  return text;
}

std::string reason_in_words(const EntityChange& change, const SelectionChange& selection,
                            const Version& before, const Version& after) {
  if (!change.before) return "solo está en los datos de después";
  if (!change.after) return "solo está en los datos de antes";
  std::vector<std::string> parts;
  for (const workflows::GroupMove& move : change.moves)
    parts.push_back("cambia de " + move_in_words(move));
  for (const ClauseChange& clause : change.clauses)
    parts.push_back(reason_in_words(clause, before, after));
  parts.push_back(places_in_words(change, selection));
  if (change.clauses.empty()) parts.push_back(score_in_words(change));
  parts.push_back(data_in_words(change));
  parts.push_back(missing_in_words("falta", *change.after, selection.name, after));
  parts.push_back(missing_in_words("antes faltaba", *change.before, selection.name, before));
  return joined_by(parts, "; ");
}

}  // namespace cauce::engine::document
