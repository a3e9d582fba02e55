#include "rules/columnar_selection.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <vector>

#include "rules/entities.hpp"
#include "rules/judgement.hpp"
#include "rules/ruleset.hpp"

namespace cauce::rules {
namespace {

using List = StatusReason::List;

/// The places of `count` things in the order of `less`, equal where they are.
template <typename Less>
std::vector<std::int64_t> places_in_order(std::size_t count, Less less) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), less);
  std::vector<std::int64_t> places(count);
  for (std::size_t i = 1; i < count; ++i)
    places[order[i]] = places[order[i - 1]] + (less(order[i - 1], order[i]) ? 1 : 0);
  return places;
}

/// What `column` orders by.
Criterion criterion_of(const ResultColumn& column, const Texts& texts, bool descending) {
  const std::size_t size = column.size();
  Criterion criterion{.descending = descending,
                      .merits = std::vector<std::int64_t>(size),
                      .known = std::vector<std::uint8_t>(size)};
  if (!column.in_units()) {
    const std::vector<Value>& values = column.values();
    criterion.merits = places_in_order(size, [&](auto a, auto b) { return values[a] < values[b]; });
    for (std::size_t row = 0; row < size; ++row)
      criterion.known[row] = is_missing(values[row]) ? 0 : 1;
    return criterion;
  }
  std::vector<std::int64_t> places;  // in the order of texts
  if (column.kind() == UnitKind::text)
    places = places_in_order(texts.size(), [&](auto a, auto b) { return texts.at(a) < texts.at(b); });
  for (std::size_t row = 0; row < size; ++row) {
    const auto units = column.units(row);
    if (!units) continue;
    criterion.known[row] = 1;
    criterion.merits[row] = places.empty() ? *units : places[static_cast<std::size_t>(*units)];
  }
  return criterion;
}

/// By the key of the entity, which for every rule is sin dato where a test made it up.
Criterion criterion_by_key(const EntityTable& table, bool descending) {
  Criterion criterion{
      .descending = descending, .is_key = true, .known = std::vector<std::uint8_t>(table.size(), 1)};
  for (const std::uint32_t row : table.invented)
    criterion.known.at(row) = 0;
  return criterion;
}

/// `ordena por` as given, else `puntaje descendente`.
std::vector<Criterion> criteria_of(const Targeting& targeting, const Ruleset& rules, const EntityTable& table,
                                   const Verdicts& verdicts, const Texts& texts) {
  if (targeting.order.empty()) return {criterion_of(verdicts.score, texts, true)};
  std::vector<Criterion> criteria;
  auto merit = verdicts.merits.begin();
  for (const TargetingSortKey& key : targeting.order) {
    if (key.by_score) {
      criteria.push_back(criterion_of(verdicts.score, texts, key.descending));
    } else if (key.by_score_part) {
      criteria.push_back(criterion_of(verdicts.parts.at(*key.by_score_part), texts, key.descending));
    } else if (orders_by_key(key, at(rules.entities, targeting.entity))) {
      criteria.push_back(criterion_by_key(table, key.descending));
    } else {
      criteria.push_back(criterion_of(*merit++, texts, key.descending));
    }
  }
  return criteria;
}

/// The groups of a column of texts.
Grouping grouping_of(const ResultColumn& column, const Texts& texts, std::size_t size) {
  std::map<std::string, std::vector<std::uint32_t>> rows_by_group;  // where there are no places of texts
  Grouping grouping{{}, std::vector<std::uint32_t>(size, no_index)};
  if (!column.in_units()) {
    for (std::uint32_t row = 0; row < size; ++row) {
      if (column.is_known(row)) rows_by_group[to_display(column.values()[row])].push_back(row);
    }
    for (const auto& [group, rows] : rows_by_group) {
      for (const std::uint32_t row : rows)
        grouping.of_row[row] = static_cast<std::uint32_t>(grouping.groups.size());
      grouping.groups.push_back(group);
    }
    return grouping;
  }
  std::vector<std::uint8_t> occurs(texts.size(), 0);
  for (std::size_t row = 0; row < size; ++row) {
    if (const auto place = column.units(row)) occurs[static_cast<std::size_t>(*place)] = 1;
  }
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < occurs.size(); ++place) {
    if (occurs[place] != 0) places.push_back(place);
  }
  const auto text = [&](std::size_t place) { return texts.at(static_cast<std::int64_t>(place)); };
  std::sort(places.begin(), places.end(), [&](auto a, auto b) { return text(a) < text(b); });
  std::vector<std::uint32_t> group_of(texts.size(), no_index);
  for (const std::size_t place : places) {
    group_of[place] = static_cast<std::uint32_t>(grouping.groups.size());
    grouping.groups.emplace_back(text(place));
  }
  for (std::size_t row = 0; row < size; ++row) {
    if (const auto place = column.units(row))
      grouping.of_row[row] = group_of[static_cast<std::size_t>(*place)];
  }
  return grouping;
}

/// Faults of evaluation by their text, each with the names of some of its entities.
class Faults {
 public:
  void add(const std::vector<std::string>& faults, const std::string& entity) {
    for (const std::string& fault : faults)
      entities_[fault].push_back(entity);
  }

  void tell(std::vector<SelectionNote>& notes, dsl::Span span) const {
    constexpr std::size_t shown = 3;
    for (const auto& [fault, entities] : entities_) {
      std::string text = fault + " en " + entities.front();
      for (std::size_t i = 1; i < std::min(shown, entities.size()); ++i)
        text += ", " + entities[i];
      if (entities.size() > shown) text += " y " + std::to_string(entities.size() - shown) + " más";
      notes.push_back({false, text, span});
    }
  }

 private:
  std::map<std::string, std::vector<std::string>> entities_;
};

std::optional<std::uint32_t> rank_or_none(std::uint32_t rank) {
  return rank == 0 ? std::nullopt : std::optional(rank);
}

}  // namespace

ColumnarSelection::ColumnarSelection(const Targeting& targeting, const Ruleset& rules,
                                     const Territory& territory, Date as_of,
                                     const std::map<std::string, HandDecision>& by_hand,
                                     EvaluationObserver* observer, bool row_by_row)
    : targeting_(targeting),
      rules_(rules),
      territory_(territory),
      as_of_(as_of),
      by_hand_(by_hand),
      judge_(targeting, rules, territory, as_of, observer, row_by_row),
      verdicts_(judge_.judge_all()),
      judged_again_(who_is_judged_again()),
      placement_(take_by_order(task())) {
  tell_faults();
  tell_decisions_on_nobody();
}

SelectionTask ColumnarSelection::task() const {
  const EntityTable& table = territory_.of(targeting_.entity);
  const std::size_t key_field = at(rules_.entities, targeting_.entity).key_field;
  SelectionTask task{targeting_,
                     table.columns.at(key_field),
                     criteria_of(targeting_, rules_, table, verdicts_, judge_.texts()),
                     {},
                     verdicts_.statuses,
                     std::vector<std::uint8_t>(table.size()),
                     std::vector<Hand>(table.size(), Hand::none)};
  for (const ResultColumn& group : verdicts_.groups)
    task.groupings.push_back(grouping_of(group, judge_.texts(), table.size()));
  for (std::size_t row = 0; row < table.size(); ++row)
    task.scored[row] = verdicts_.score.is_known(row) ? 1 : 0;
  for (const auto& [key, decision] : by_hand_) {
    if (const auto row = territory_.find(targeting_.entity, key)) {
      task.hands[*row] = decision.include ? Hand::include : Hand::leave;
    }
  }
  return task;
}

void ColumnarSelection::tell_faults() {
  Faults faults;
  for (const std::uint32_t row : verdicts_.rows_to_look_at) {
    const Judgement again = judge_one(targeting_, rules_, territory_, as_of_, row);
    faults.add(again.faults, territory_.name_of(rules_, targeting_.entity, row));
  }
  faults.tell(placement_.notes, targeting_.span);
}

void ColumnarSelection::tell_decisions_on_nobody() {
  for (const auto& [key, decision] : by_hand_) {
    if (territory_.find(targeting_.entity, key)) continue;
    placement_.notes.push_back(
        {false, "la decisión a mano sobre «" + key + "» no vale: no está en los datos", targeting_.span});
  }
}

/// Who stands por verificar, and the eligible whose score or group lacks something.
std::vector<std::uint8_t> ColumnarSelection::who_is_judged_again() const {
  std::vector<std::uint8_t> again(verdicts_.statuses.size());
  for (const auto* columns : {&verdicts_.parts, &verdicts_.groups}) {
    for (const ResultColumn& column : *columns)
      column.mark_unknown(again);
  }
  for (std::size_t row = 0; row < again.size(); ++row) {
    const TargetStatus status = verdicts_.statuses[row];
    if (status != TargetStatus::eligible) again[row] = status == TargetStatus::undetermined ? 1 : 0;
  }
  return again;
}

/// Of one who does not stand por verificar: the clauses that gave the status.
void ColumnarSelection::tell_reasons(TargetResult& result) const {
  const TargetStatus status = verdicts_.statuses[result.row];
  const auto tell = [&](List list, std::size_t first, std::size_t count, std::uint8_t verdict) {
    for (std::size_t clause = 0; clause < count; ++clause) {
      if (verdicts_.clauses[first + clause][result.row] != verdict) continue;
      result.reasons.push_back({list, static_cast<std::uint32_t>(clause), verdict == truth_yes});
    }
  };
  const std::size_t exclusions = targeting_.exclusions.size();
  const std::size_t requirements = targeting_.requirements.size();
  const std::size_t qualifications = targeting_.qualifications.size();
  const auto qualifies_not = [&](const std::vector<std::uint8_t>& truths) {
    return truths[result.row] == truth_no;
  };
  const auto first_qualification =
      verdicts_.clauses.begin() + static_cast<std::ptrdiff_t>(exclusions + requirements);
  if (status == TargetStatus::excluded) {
    tell(List::exclusion, 0, exclusions, truth_yes);
  } else if (status == TargetStatus::ineligible) {
    tell(List::requirement, exclusions, requirements, truth_no);
    if (std::all_of(first_qualification, verdicts_.clauses.end(), qualifies_not)) {
      tell(List::qualification, exclusions + requirements, qualifications, truth_no);
    }
  } else {
    tell(List::qualification, exclusions + requirements, qualifications, truth_yes);
  }
}

TargetResult ColumnarSelection::result(std::uint32_t row) const {
  TargetResult result;
  if (judged_again_[row] != 0) {
    result = judge_one(targeting_, rules_, territory_, as_of_, row).result;
  } else {
    result.row = row;
    tell_reasons(result);
    result.parts.reserve(verdicts_.parts.size());
    for (const ResultColumn& part : verdicts_.parts)
      result.parts.push_back(part.at(row, judge_.texts()));
    const Value score = verdicts_.score.at(row, judge_.texts());
    if (const auto* known = std::get_if<Decimal>(&score)) result.score = *known;
    result.groups.reserve(verdicts_.groups.size());
    for (const ResultColumn& group : verdicts_.groups)
      result.groups.push_back(group.is_known(row) ? to_display(group.at(row, judge_.texts())) : "");
  }
  result.status = placement_.statuses[row];
  result.rank = rank_or_none(placement_.ranks[row]);
  result.wait_place = rank_or_none(placement_.wait_places[row]);
  result.walk = placement_.walks[row];
  result.full_quotas = placement_.full_quotas(row);
  if (!by_hand_.empty()) {
    const auto decision = by_hand_.find(territory_.key_of(rules_, targeting_.entity, row));
    if (decision != by_hand_.end()) result.by_hand = decision->second;
  }
  return result;
}

Selection ColumnarSelection::whole() const {
  Selection selection;
  selection.results.reserve(size());
  for (std::uint32_t row = 0; row < size(); ++row)
    selection.results.push_back(result(row));
  selection.order = placement_.order;
  selection.provisional_because = placement_.provisional_because;
  selection.provisional = !placement_.provisional_because.empty();
  selection.ties = placement_.ties;
  selection.notes = placement_.notes;
  return selection;
}

}  // namespace cauce::rules
