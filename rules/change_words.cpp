#include "rules/change_words.hpp"

#include <map>
#include <vector>

#include "rules/close_numbers.hpp"
#include "rules/field_pieces.hpp"
#include "rules/ruleset.hpp"
#include "rules/walk.hpp"

namespace cauce::rules {
namespace {

constexpr int most_decimals = 4;

/// Calls `visit` with each expression of a targeting.
template <typename Visit>
void for_each_expression(const Targeting& targeting, const Visit& visit) {
  for (const auto* list : {&targeting.exclusions, &targeting.requirements, &targeting.qualifications}) {
    for (const TargetingClause& clause : *list)
      visit(clause.condition);
  }
  for (const TargetingScore& part : targeting.score)
    visit(part.value);
  for (const TargetingQuota& quota : targeting.quotas)
    visit(quota.group);
  for (const TargetingMinimum& minimum : targeting.minimums)
    visit(minimum.group);
  for (const TargetingSortKey& key : targeting.order) {
    if (!key.by_score && !key.by_score_part) visit(key.value);
  }
}

/// The ends of a range are what the policy compares with, or were found to the last decimal: exact.
std::string number_range(const ValueRange& range, const Noun& noun) {
  const std::string smaller = std::string(noun.agree("menor", "menores")) + " que ";
  const std::string greater = std::string(noun.agree("mayor", "mayores")) + " que ";
  const auto shown = [](const std::optional<Value>& value) { return value_in_words(*value); };
  if (range.low && range.low == range.high)
    return std::string(noun.agree("igual", "iguales")) + " a " + shown(range.low);
  if (range.low && range.high && !range.low_open && !range.high_open)
    return "de " + shown(range.low) + " a " + shown(range.high);
  std::string words;
  if (range.low) words = range.low_open ? greater + shown(range.low) : "de " + shown(range.low) + " o más";
  if (range.low && range.high) words += " y ";
  if (range.high)
    words += range.high_open ? smaller + shown(range.high) : "de " + shown(range.high) + " o menos";
  return words;
}

std::string date_range(const ValueRange& range, const Noun& noun) {
  const auto day = [](const std::optional<Value>& value) { return "el " + short_value(*value); };
  if (range.low && range.low == range.high) return day(range.low);
  if (range.low && range.high && !range.low_open && !range.high_open)
    return "entre " + day(range.low) + " y " + day(range.high);
  std::string words;
  if (range.low) {
    words = range.low_open ? std::string(noun.agree("posterior", "posteriores")) + " " + to(day(range.low))
                           : day(range.low) + " o después";
  }
  if (range.low && range.high) words += " y ";
  if (range.high) {
    words += range.high_open ? std::string(noun.agree("anterior", "anteriores")) + " " + to(day(range.high))
                             : day(range.high) + " o antes";
  }
  return words;
}

std::string one_value(const Value& value, const Type& type) {
  return type.kind == TypeKind::text ? "«" + to_display(value) + "»" : value_in_words(value);
}

std::string list_of(const std::vector<Value>& values, const Type& type, std::string_view joint) {
  std::vector<std::string> words;
  for (const Value& value : values)
    words.push_back(one_value(value, type));
  return joined(words, joint);
}

/// `distinta de «isla» y de «cabo»`
std::string all_but_in_words(const std::vector<Value>& values, const Type& type, const Noun& noun) {
  std::vector<std::string> words;
  for (const Value& value : values)
    words.push_back("de " + one_value(value, type));
  const std::string_view different =
      noun.feminine() ? noun.agree("distinta", "distintas") : noun.agree("distinto", "distintos");
  return std::string(different) + " " + joined(words, "y");
}

bool is_any(const ValueRange& range) {
  return range.among.empty() && range.all_but.empty() && !range.low && !range.high;
}

/// What follows «fuera», of a range that has some end.
std::string range_in_words(const ValueRange& range, const Type& type, const Noun& noun) {
  if (!range.among.empty()) {
    const bool number = type.is_numeric();
    const std::string values = list_of(range.among, type, "o");
    return number ? std::string(noun.agree("igual", "iguales")) + " a " + values : values;
  }
  if (!range.all_but.empty()) return all_but_in_words(range.all_but, type, noun);
  return type.kind == TypeKind::date ? date_range(range, noun) : number_range(range, noun);
}

std::string sentence(const ReadSlot& field, const Type& type, const ValueRange& range,
                     const PhraseNames& names) {
  const Noun noun = names.noun(field);
  const bool quoted = noun.text.starts_with("«");
  if (type.kind == TypeKind::truth)
    return "la respuesta a " + (quoted ? noun.text : "«" + noun.text + "»") + " fuera " +
           range_in_words(range, type, noun);
  return noun.with_article() + " " + std::string(noun.agree("fuera", "fueran")) + " " +
         range_in_words(range, type, noun);
}

/// The numbers of a range and of what it is told beside, so that rounding keeps them apart.
std::vector<Decimal> numbers_of(const FieldChange& change) {
  std::vector<Decimal> numbers;
  const auto add = [&](const Value& value) {
    if (const auto* number = std::get_if<Decimal>(&value)) numbers.push_back(*number);
  };
  add(change.now);
  add(change.nearest);
  if (change.range.low) add(*change.range.low);
  if (change.range.high) add(*change.range.high);
  return numbers;
}

/// `56.8`: rounded, but not to what it is told beside.
std::string now_in_words(const FieldChange& change) {
  const auto* number = std::get_if<Decimal>(&change.now);
  if (number == nullptr) return one_value(change.now, change.type);
  const int decimals = decimals_to_tell_apart(numbers_of(change), most_decimals);
  return value_in_words(number->round(decimals).value_or(*number));
}

/// Rounded so that going so far is enough.
Decimal rounded_up(Decimal distance) {
  const int decimals = decimals_to_tell_apart({distance, Decimal(0)}, most_decimals);
  return around(distance, decimals).second;
}

/// `; subiría 2.5`, `; bajaría más de 3`: how far it is from what it is now to the end of the range.
std::string distance(const FieldChange& change, const Noun& noun) {
  const auto* now = std::get_if<Decimal>(&change.now);
  const auto* nearest = std::get_if<Decimal>(&change.nearest);
  if (now == nullptr || nearest == nullptr || *nearest == *now) return {};
  const bool rises = *nearest > *now;
  const auto& end = rises ? change.range.low : change.range.high;
  const bool open =
      end && (rises ? change.range.low_open : change.range.high_open) && change.type.kind == TypeKind::number;
  const auto way = subtract(open ? std::get<Decimal>(*end) : *nearest, *now);
  if (!way || *way == Decimal(0)) return {};
  const std::string verb(rises ? noun.agree("subiría", "subirían") : noun.agree("bajaría", "bajarían"));
  return "; " + verb + (open ? " más de " : " ") + value_in_words(rounded_up(way->absolute()));
}

}  // namespace

std::string change_in_words(const FieldChange& change, const PhraseNames& names) {
  const Noun noun = names.noun(change.field);
  const bool truth = change.type.kind == TypeKind::truth;
  const std::string is(truth ? "es" : noun.agree("es", "son"));
  const std::string now = is_missing(change.now) ? "no hay dato" : is + " " + now_in_words(change);
  if (is_any(change.range))
    return "hubiera dato " + noun.of() + ", con cualquier valor (" + now + distance(change, noun) + ")";
  return sentence(change.field, change.type, change.range, names) + " (" + now + distance(change, noun) + ")";
}

std::string range_in_words(const FieldChange& change, const ValueRange& range, const PhraseNames& names) {
  const Noun noun = names.noun(change.field);
  const bool truth = change.type.kind == TypeKind::truth;
  if (is_any(range))
    return std::string(truth ? "tuviera" : noun.agree("tuviera", "tuvieran")) + " cualquier valor";
  return std::string(truth ? "fuera" : noun.agree("fuera", "fueran")) + " " +
         range_in_words(range, change.type, noun);
}

std::string answer_in_words(const OpenQuestion& question, const ValueRange& range, const PhraseNames& names) {
  if (is_any(range)) return "Con cualquier valor " + names.noun(question.field).of();
  return "Si " + sentence(question.field, question.type, range, names);
}

MissingThings missing_in_words(const std::vector<std::string>& missing, const Targeting& targeting,
                               const Ruleset& rules) {
  const EntityNames names(rules, targeting.entity);
  std::map<std::string, Noun> nouns;
  for_each_expression(targeting, [&](const Expression& expression) {
    for_each_node(expression, [&](const Expression& node) {
      if (const auto* slot = std::get_if<ReadSlot>(&node.node)) nouns.emplace(slot->name, names.noun(*slot));
    });
  });
  MissingThings things{{}, missing.size() > 1};
  std::vector<std::string> words;
  for (const std::string& name : missing) {
    const auto found = nouns.find(name);
    const Noun noun = found != nouns.end() ? found->second : to_noun(name);
    things.plural = things.plural || noun.plural;
    words.push_back(noun.with_article());
  }
  things.words = joined(words, "y");
  return things;
}

std::string short_number(Decimal number) {
  const int decimals = decimals_to_tell_apart({number, Decimal(0)}, most_decimals);
  return value_in_words(number.round(decimals).value_or(number));
}

std::string short_value(const Value& value) {
  const auto* number = std::get_if<Decimal>(&value);
  return number != nullptr ? short_number(*number) : value_in_words(value);
}

}  // namespace cauce::rules
