#include "rules/standing.hpp"

#include <algorithm>

#include "rules/entities.hpp"
#include "rules/ruleset.hpp"
#include "rules/verdicts.hpp"

namespace cauce::rules {
namespace {

Expression zero() {
  return {Literal{Decimal(0)}, Type::number(), {}};
}

/// The sum of the parts, unknown if one of them is: the score, as an expression.
Expression sum_of(const std::vector<TargetingScore>& parts) {
  if (parts.empty()) return zero();
  Expression sum = parts.front().value;
  for (std::size_t i = 1; i < parts.size(); ++i)
    sum = {BinaryOperation{dsl::BinaryOp::add, sum, parts[i].value}, Type::number(), {}};
  return sum;
}

std::string shown_group(const TargetingCase& subject, const Expression& by, const std::string& group) {
  return "«" + group_with_name(subject, by, group) + "»";
}

std::string with_limit(const std::string& text, std::int64_t limit) {
  return text + " (" + std::to_string(limit) + ")";
}

bool is_selected(const TargetResult& result) {
  return result.status == TargetStatus::selected;
}

/// Whether `a` was taken after `b`: the walks follow one another, and each goes down the order.
bool taken_after(const TargetResult& a, const TargetResult& b) {
  if (a.walk != b.walk) return a.walk > b.walk;
  return a.rank.value_or(0) > b.rank.value_or(0);
}

/// A quota as it was filled. `counts` says who counts in it; `of_all`: it is the total one, to which alone
/// leftovers belong.
template <typename Counts>
QuotaStanding standing_in(std::string shown, std::int64_t limit, bool of_all, const TargetResult& mine,
                          const Selection& selection, const Counts& counts) {
  QuotaStanding standing{std::move(shown), limit};
  std::int64_t before_my_turn = 0;
  const TargetResult* last = nullptr;
  for (const TargetResult& other : selection.results) {
    if (!is_selected(other) || !counts(other)) continue;
    ++standing.taken;
    if (other.walk == 3 && !of_all) continue;
    if (other.walk < 2 || (other.walk == 2 && other.rank < mine.rank)) ++before_my_turn;
    if (last == nullptr || taken_after(other, *last)) last = &other;
  }
  // Who was taken with what was left over had been refused in its turn.
  const bool refused =
      mine.status == TargetStatus::waitlisted || (is_selected(mine) && mine.walk == 3 && !of_all);
  standing.stopped = refused && before_my_turn >= limit;
  if (last != nullptr && static_cast<std::int64_t>(standing.taken) >= limit) standing.last_in = last->row;
  return standing;
}

/// The entity tried at other places of the order.
class Trying {
 public:
  Trying(const TargetingCase& subject, const Selection& selection)
      : subject_(subject), changed_(subject.targeting), merit_(leading_merit(subject.targeting)) {
    for (const std::uint32_t row : selection.order) {
      if (row == subject.row) continue;
      const Value value = merit_of(subject, row);
      if (!is_missing(value)) merits_.push_back(value);
    }
    merits_.erase(std::unique(merits_.begin(), merits_.end()), merits_.end());  // the order has sorted them
    if (changed_.order.empty()) changed_.order.push_back({{}, true, {}, true});
  }

  /// The least good merit with which it is selected. A better one never loses a place: until its turn in a
  /// walk everything happens as it did, and what is full then was full later too. So halving finds it.
  std::optional<Bar> find(const Selection& selection) {
    if (merits_.empty()) {
      const bool is_in = is_selected(selection.results.at(subject_.row));
      return Bar{is_in ? Bar::Kind::none : Bar::Kind::unreachable};
    }
    if (!is_selected_at(0)) return Bar{Bar::Kind::unreachable};
    std::size_t good = 0;
    std::size_t bad = 2 * merits_.size() + 1;  // beyond the last place
    while (bad - good > 1) {
      const std::size_t middle = good + (bad - good) / 2;
      (is_selected_at(middle) ? good : bad) = middle;
    }
    if (good == 2 * merits_.size()) return Bar{Bar::Kind::none};
    const bool ties_suffice = good % 2 == 1;
    const Value& merit = merits_[good / 2];
    return Bar{ties_suffice ? Bar::Kind::reach : Bar::Kind::pass, merit, rival(merit, selection)};
  }

 private:
  /// Places from the best: 2k is before the k-th merit and after the one before it, 2k + 1 is equal to it. It
  /// gets the k-th merit, and where it is to be before or after all that have it, that breaks the tie first.
  bool is_selected_at(std::size_t place) {
    const bool after_all = place == 2 * merits_.size();
    const bool breaks_tie = place % 2 == 0;
    const auto key_field =
        static_cast<std::uint32_t>(at(subject_.rules.entities, subject_.targeting.entity).key_field);
    const Expression key{ReadSlot{{0, key_field}, "clave"}, Type::text(), {}};
    const Expression own_key{
        Literal{subject_.territory.key_of(subject_.rules, subject_.targeting.entity, subject_.row)},
        Type::text(),
        {}};
    const Expression is_it{BinaryOperation{dsl::BinaryOp::equal, key, own_key}, Type::truth(), {}};
    const Expression tried{Literal{after_all ? merits_.back() : merits_[place / 2]}, merit_.value.type, {}};
    Targeting changed = changed_;
    TargetingSortKey& first = changed.order.front();
    first.value = {Choice{is_it, tried, merit_.value}, merit_.value.type, {}};
    first.by_score = false;
    first.by_score_part.reset();
    if (breaks_tie) changed.order.insert(changed.order.begin() + 1, {is_it, false, {}, !after_all});
    const Selection selection = select(changed, subject_.rules, subject_.territory, subject_.as_of);
    return is_selected(selection.results.at(subject_.row));
  }

  /// Whom it is measured against: the last selected with that merit if it waits, the first who waits if it is
  /// selected; else anyone with it.
  std::uint32_t rival(const Value& merit, const Selection& selection) const {
    const bool waits = !is_selected(selection.results.at(subject_.row));
    std::optional<std::uint32_t> any;
    std::optional<std::uint32_t> found;
    for (const std::uint32_t row : selection.order) {
      if (row == subject_.row || merit_of(subject_, row) != merit) continue;
      any = row;
      const bool selected = is_selected(selection.results.at(row));
      if (selected == waits && (waits || !found)) found = row;
    }
    return found.value_or(any.value_or(subject_.row));
  }

  const TargetingCase& subject_;
  Targeting changed_;
  LeadingMerit merit_;
  std::vector<Value> merits_;  ///< of the others, best first, each once
};

}  // namespace

std::string group_with_name(const TargetingCase& subject, const Expression& by, const std::string& group) {
  const auto* read = std::get_if<ReadSlot>(&by.node);
  if (read == nullptr || read->slot.index % slots_per_level != parent_key_slot) return group;
  auto kind = at(subject.rules.entities, subject.targeting.entity).parent;
  for (std::uint32_t level = read->slot.index / slots_per_level; kind && level > 0; --level)
    kind = at(subject.rules.entities, *kind).parent;
  const auto row = kind ? subject.territory.find(*kind, group) : std::nullopt;
  const std::string name = row ? subject.territory.name_of(subject.rules, *kind, *row) : group;
  return name == group ? group : group + " " + name;
}

LeadingMerit leading_merit(const Targeting& targeting) {
  if (targeting.order.empty()) return {sum_of(targeting.score), true, true};
  const TargetingSortKey& first = targeting.order.front();
  if (first.by_score) return {sum_of(targeting.score), true, first.descending};
  if (first.by_score_part) return {targeting.score.at(*first.by_score_part).value, false, first.descending};
  return {first.value, false, first.descending};
}

Value merit_of(const TargetingCase& subject, std::uint32_t row) {
  const EntityFacts facts(subject.rules, subject.territory, subject.targeting.entity, row);
  return evaluate(leading_merit(subject.targeting).value, facts, {subject.rules, subject.as_of});
}

bool differ_in_key_only(const TargetingCase& subject, std::uint32_t other) {
  const EntityFacts mine(subject.rules, subject.territory, subject.targeting.entity, subject.row);
  const EntityFacts theirs(subject.rules, subject.territory, subject.targeting.entity, other);
  const EvaluationContext context{subject.rules, subject.as_of};
  const auto is_same = [&](const Expression& criterion) {
    return evaluate(criterion, mine, context) == evaluate(criterion, theirs, context);
  };
  for (const TargetingSortKey& key : subject.targeting.order) {
    if (orders_by_key(key, at(subject.rules.entities, subject.targeting.entity))) return true;
    if (key.by_score        ? !is_same(sum_of(subject.targeting.score))
        : key.by_score_part ? !is_same(subject.targeting.score.at(*key.by_score_part).value)
                            : !is_same(key.value))
      return false;
  }
  return !subject.targeting.order.empty() || is_same(sum_of(subject.targeting.score));
}

std::vector<QuotaStanding> quotas_of(const TargetingCase& subject, const Selection& selection) {
  const Targeting& targeting = subject.targeting;
  const TargetResult& mine = selection.results.at(subject.row);
  std::vector<QuotaStanding> standings;
  if (targeting.total_quota) {
    standings.push_back(standing_in(with_limit("cupo total", *targeting.total_quota), *targeting.total_quota,
                                    true, mine, selection, [](const TargetResult&) { return true; }));
  }
  for (std::size_t line = 0; line < targeting.quotas.size(); ++line) {
    const TargetingQuota& quota = targeting.quotas[line];
    const std::string& group = mine.groups.at(line);
    if (group.empty()) continue;  // not known
    const auto named = quota.named.find(group);
    const auto own = named != quota.named.end() ? std::optional(named->second) : quota.each_other;
    if (own) {
      standings.push_back(standing_in(
          with_limit("cupo de " + quota.shown + " " + shown_group(subject, quota.group, group), *own), *own,
          false, mine, selection, [&](const TargetResult& other) { return other.groups.at(line) == group; }));
    } else if (quota.others_together) {
      standings.push_back(
          standing_in(with_limit("cupo de las otras juntas por " + quota.shown, *quota.others_together),
                      *quota.others_together, false, mine, selection, [&](const TargetResult& other) {
                        return !other.groups.at(line).empty() && !quota.named.contains(other.groups.at(line));
                      }));
    }
  }
  return standings;
}

std::vector<MinimumStanding> minimums_of(const TargetingCase& subject, const Selection& selection) {
  const TargetResult& mine = selection.results.at(subject.row);
  std::vector<MinimumStanding> standings;
  std::size_t line = subject.targeting.quotas.size();
  for (const TargetingMinimum& minimum : subject.targeting.minimums) {
    const std::string& group = mine.groups.at(line);
    if (!group.empty()) {
      const auto taken = std::count_if(
          selection.results.begin(), selection.results.end(),
          [&](const TargetResult& other) { return is_selected(other) && other.groups.at(line) == group; });
      standings.push_back(
          {with_limit("mínimo de " + minimum.shown + " " + shown_group(subject, minimum.group, group),
                      minimum.count),
           minimum.count, static_cast<std::size_t>(taken)});
    }
    ++line;
  }
  return standings;
}

std::optional<Bar> find_bar(const TargetingCase& subject, const Selection& selection) {
  const TargetStatus status = selection.results.at(subject.row).status;
  const bool in_order = status == TargetStatus::selected || status == TargetStatus::waitlisted;
  const std::vector<TargetingSortKey>& order = subject.targeting.order;
  const bool by_key =
      !order.empty() && orders_by_key(order.front(), at(subject.rules.entities, subject.targeting.entity));
  if (!in_order || by_key) return std::nullopt;
  return Trying(subject, selection).find(selection);
}

}  // namespace cauce::rules
