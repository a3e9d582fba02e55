#include "rules/change_words.hpp"

#include <vector>

namespace cauce::rules {
namespace {

std::string number_range(const ValueRange& range, const Noun& noun) {
  const std::string smaller = std::string(noun.agree("menor", "menores")) + " que ";
  const std::string greater = std::string(noun.agree("mayor", "mayores")) + " que ";
  const auto shown = [](const std::optional<Value>& value) { return short_value(*value); };
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
  return type.kind == TypeKind::text ? "«" + to_display(value) + "»" : short_value(value);
}

std::string list_of(const std::vector<Value>& values, const Type& type, std::string_view joint) {
  std::vector<std::string> words;
  for (const Value& value : values)
    words.push_back(one_value(value, type));
  return joined(words, joint);
}

/// What follows «fuera».
std::string range_in_words(const ValueRange& range, const Type& type, const Noun& noun) {
  if (!range.among.empty()) {
    const bool number = type.is_numeric();
    const std::string values = list_of(range.among, type, "o");
    return number ? std::string(noun.agree("igual", "iguales")) + " a " + values : values;
  }
  if (!range.all_but.empty()) return "otro que no sea " + list_of(range.all_but, type, "ni");
  if (!range.low && !range.high) return "cualquiera";
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

/// `; 2.5 menos`: how far the nearest value is.
std::string distance(const FieldChange& change) {
  const auto* now = std::get_if<Decimal>(&change.now);
  const auto* then = std::get_if<Decimal>(&change.nearest);
  if (now == nullptr || then == nullptr) return {};
  const auto difference = subtract(*then, *now);
  if (!difference) return {};
  return "; " + short_number(difference->absolute()) + (*difference < Decimal(0) ? " menos" : " más");
}

}  // namespace

std::string change_in_words(const FieldChange& change, const PhraseNames& names) {
  const Noun noun = names.noun(change.field);
  const bool truth = change.type.kind == TypeKind::truth;
  const std::string is(truth ? "es" : noun.agree("es", "son"));
  const std::string now =
      is_missing(change.now) ? "no hay dato" : is + " " + one_value(change.now, change.type);
  return sentence(change.field, change.type, change.range, names) + " (" + now + distance(change) + ")";
}

std::string answer_in_words(const OpenQuestion& question, const ValueRange& range, const PhraseNames& names) {
  return sentence(question.field, question.type, range, names);
}

std::string short_number(Decimal number) {
  return value_in_words(number.round(4).value_or(number));
}

std::string short_value(const Value& value) {
  const auto* number = std::get_if<Decimal>(&value);
  return number != nullptr ? short_number(*number) : value_in_words(value);
}

}  // namespace cauce::rules
