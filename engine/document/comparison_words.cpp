#include "engine/document/comparison_words.hpp"

#include <algorithm>

#include "dsl/source.hpp"
#include "rules/noun.hpp"
#include "rules/phrase.hpp"
#include "workflows/outline.hpp"

namespace cauce::engine::document {
namespace {

using workflows::ClauseChange;
using workflows::ClauseList;
using workflows::ClausePair;
using workflows::EntityChange;
using workflows::PlaceChange;
using workflows::Version;

constexpr std::size_t names_shown = 3;
constexpr std::int64_t decimals_shown = 2;

/// A value as it is seen in a sentence: numbers with two decimals at most.
std::string seen(const std::optional<rules::Value>& value) {
  if (!value) return {};
  const auto* number = std::get_if<rules::Decimal>(&*value);
  if (number == nullptr) return rules::to_display(*value);
  return number->round(decimals_shown).value_or(*number).to_string();
}

/// `mdm 57.2, umbral_mdm 60 → 55`
std::string values_in_words(const ClauseChange& change) {
  std::string words;
  for (const workflows::SeenValue& value : change.seen) {
    words += (words.empty() ? "" : ", ") + value.name + " ";
    words += from_to(seen(value.before), seen(value.after));
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
  if (const std::string values = values_in_words(change); !values.empty()) words += " (" + values + ")";
  const std::string cited = workflows::citations_in_words(clause.sources, version.rules());
  return cited.empty() ? words : words + ", según " + cited;
}

/// `Bello, Itagüí y 9 más`
std::string some_of(const std::vector<workflows::EntityName>& entities) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(entities.size(), names_shown); ++i)
    names.push_back(entities[i].name);
  if (entities.size() <= names_shown) return rules::joined(names, "y");
  std::string words;
  for (const std::string& name : names)
    words += (words.empty() ? "" : ", ") + name;
  return words + " y " + std::to_string(entities.size() - names_shown) + " más";
}

std::string limits_in_words(const PlaceChange& place) {
  const auto count = [](const std::optional<std::int64_t>& limit) {
    return limit ? std::to_string(*limit) : std::string("sin límite");
  };
  return from_to(count(place.before), count(place.after)) + " lugares";
}

std::string reason_in_words(const PlaceChange& place, bool enters) {
  std::string words = (enters ? "hay lugar en el " : "no alcanza lugar en el ") + place.quota + " (" +
                      limits_in_words(place) + ")";
  if (place.others.empty()) return words;
  const bool one = place.others.size() == 1;
  words += enters ? (one ? ", de donde sale " : ", de donde salen ")
                  : (one ? ", donde entra " : ", donde entran ");
  return words + some_of(place.others);
}

std::string walk_in_words(std::uint8_t walk) {
  return walk == 1 ? "por el mínimo de su grupo" : walk == 3 ? "por los lugares sobrantes" : "";
}

/// Its place among those who are ordered: what decides where no clause does.
std::string order_in_words(const EntityChange& change) {
  std::vector<std::string> parts;
  if (change.is_selected() && !walk_in_words(change.after->walk).empty())
    parts.push_back("entra " + walk_in_words(change.after->walk));
  if (change.was_selected() && !walk_in_words(change.before->walk).empty())
    parts.push_back("antes entraba " + walk_in_words(change.before->walk));
  const auto score = [](const std::optional<rules::Decimal>& value) {
    return value ? seen(rules::Value(*value)) : std::string();
  };
  if (change.before->score != change.after->score && change.before->score && change.after->score)
    parts.push_back("puntaje " + from_to(score(change.before->score), score(change.after->score)));
  std::string words;
  for (const std::string& part : parts)
    words += (words.empty() ? "" : "; ") + part;
  return words;
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

std::string reason_in_words(const EntityChange& change, const Version& before, const Version& after) {
  std::string words;
  const auto add = [&](const std::string& more) {
    if (!more.empty()) words += (words.empty() ? "" : "; ") + more;
  };
  if (!change.before) return "solo está en los datos de después";
  if (!change.after) return "solo está en los datos de antes";
  for (const ClauseChange& clause : change.clauses)
    add(reason_in_words(clause, before, after));
  // Whom a minimum or the leftovers let in got no place of the quota that had none for it.
  const bool by_order = !change.is_selected() || walk_in_words(change.after->walk).empty();
  for (const PlaceChange& place : change.places) {
    if (by_order) add(reason_in_words(place, change.is_selected()));
  }
  if (change.clauses.empty()) add(order_in_words(change));
  if (change.after->status == rules::TargetStatus::undetermined && !change.after->missing.empty())
    add("falta " + rules::joined(change.after->missing, "y"));
  if (change.before->status == rules::TargetStatus::undetermined && !change.before->missing.empty())
    add("antes faltaba " + rules::joined(change.before->missing, "y"));
  return words;
}

}  // namespace cauce::engine::document
