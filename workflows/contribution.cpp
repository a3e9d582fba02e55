#include "workflows/contribution.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "workflows/plan_scope.hpp"

namespace cauce::workflows {
namespace {

constexpr std::array<std::string_view, 5> by_names = {"front", "term", "result", "service", "form"};
constexpr std::array<std::string_view, 5> spanish_by = {"frente", "plazo", "resultado", "servicio", "forma"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> terms = {{
    {"corto", "Corto plazo"},
    {"mediano", "Mediano plazo"},
    {"largo", "Largo plazo"},
}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> forms = {{
    {"información", "Información"},
    {"capacitación", "Capacitación"},
    {"asistencia_técnica", "Asistencia técnica"},
    {"sistematización", "Sistematización"},
}};

void count(ContributionLine& line, const rules::Decimal& weight, bool achieved) {
  ++line.hitos;
  if (line.weight) line.weight = add(*line.weight, weight);
  if (!achieved) return;
  ++line.achieved;
  if (line.achieved_weight) line.achieved_weight = add(*line.achieved_weight, weight);
}

}  // namespace

/// What a milestone contributes to.
struct ContributionTally::Key {
  ContributesBy by;
  std::size_t place;  ///< among those of its kind
  std::string name;
  std::string title;
};

std::string_view name_of(ContributesBy by) {
  return by_names.at(static_cast<std::size_t>(by));
}
std::string_view spanish_name(ContributesBy by) {
  return spanish_by.at(static_cast<std::size_t>(by));
}

Value ContributionLine::progress() const {
  if (!weight || !achieved_weight) return rules::Missing();
  const auto hundredfold = multiply(rules::Decimal(100), *achieved_weight);
  const auto share = hundredfold ? divide(*hundredfold, *weight) : std::nullopt;
  return share ? Value(*share) : Value(rules::Missing());
}

ContributionLine& ContributionTally::line_of(const Key& key) {
  const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const ContributionLine& line) {
    return line.by == key.by && line.name == key.name;
  });
  if (found != lines_.end()) return *found;
  places_.push_back(key.place);
  return lines_.emplace_back(ContributionLine{key.by, key.name, key.title});
}

void ContributionTally::add(const Plan& plan, const PlanKind& kind, const rules::Ruleset& rules) {
  for (const Obligation& obligation : plan.obligations) {
    if (!counts(obligation)) continue;
    const ObligationKind& what = kind_of(kind, obligation);
    if (what.type != ObligationType::hito) continue;

    std::vector<Key> keys;
    const auto contributes = [&](Key key) {  // to each thing once
      const auto same = [&](const Key& other) { return other.by == key.by && other.name == key.name; };
      if (std::none_of(keys.begin(), keys.end(), same)) keys.push_back(std::move(key));
    };
    for (const Contribution& contribution : what.contributes) {
      const rules::Front& front = at(rules.fronts, contribution.front);
      const auto front_place = static_cast<std::size_t>(contribution.front);
      const auto term_place = static_cast<std::size_t>(contribution.term);
      const auto& [term, term_title] = terms.at(term_place);
      contributes({ContributesBy::front, front_place, front.name, front.title});
      contributes({ContributesBy::term, term_place, std::string(term), std::string(term_title)});
      contributes({ContributesBy::result, front_place * terms.size() + term_place,
                   front.name + "." + std::string(term), front.results.at(contribution.term)});
    }
    for (const rules::ServiceId id : what.services) {
      const rules::Service& service = at(rules.services, id);
      const auto form_place = static_cast<std::size_t>(service.form);
      const auto& [form, form_title] = forms.at(form_place);
      contributes({ContributesBy::service, static_cast<std::size_t>(id), service.name, service.title});
      contributes({ContributesBy::form, form_place, std::string(form), std::string(form_title)});
    }
    for (const Key& key : keys)
      count(line_of(key), what.weight.value_or(rules::Decimal(1)), is_achieved(obligation));
  }
}

std::vector<ContributionLine> ContributionTally::lines() const {
  std::vector<std::size_t> order(lines_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(lines_[a].by, places_[a]) < std::tuple(lines_[b].by, places_[b]);
  });
  std::vector<ContributionLine> sorted;
  for (const std::size_t index : order)
    sorted.push_back(lines_[index]);
  return sorted;
}

}  // namespace cauce::workflows
