#include "rules/check_quotas.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "rules/lower.hpp"

namespace cauce::rules {

namespace {

std::string number(std::int64_t value) {
  return std::to_string(value);
}

/// Numbers of places are whole and not negative; a sum that fits nowhere is as good as endless.
std::int64_t add_up(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  return a > most - b ? most : a + b;
}

std::uint32_t group_of(const Expression& group) {
  return std::get<ReadSlot>(group.node).slot.index;
}

/// The groups that can be known without data: those of a field `uno de`. Nothing: as many as there may be.
std::optional<std::size_t> count_of_groups(const Expression& group) {
  if (group.type.kind != TypeKind::one_of) return std::nullopt;
  return group.type.values->size();
}

class QuotaCheck {
 public:
  QuotaCheck(const Targeting& targeting, dsl::Diagnostics& diagnostics)
      : targeting_(targeting), diagnostics_(diagnostics) {}

  void check() {
    for (const TargetingQuota& quota : targeting_.quotas)
      quotas_.emplace(group_of(quota.group), order(quota));  // one for each group: lower_targeting.cpp
    for (const TargetingMinimum& minimum : targeting_.minimums) {
      const auto quota = quotas_.find(group_of(minimum.group));
      if (quota != quotas_.end()) check_against(minimum, quota->second);
      check_against_total(minimum);
    }
    for (const TargetingQuota& quota : targeting_.quotas)
      check_places(quota);
  }

 private:
  using NamedQuota = std::map<std::string, std::int64_t>::value_type;
  struct OrderedQuota {
    const TargetingQuota* quota = nullptr;
    std::vector<const NamedQuota*> by_limit = {};  ///< rising
  };

  static OrderedQuota order(const TargetingQuota& quota) {
    OrderedQuota ordered{&quota};
    for (const NamedQuota& named : quota.named)
      ordered.by_limit.push_back(&named);
    std::stable_sort(ordered.by_limit.begin(), ordered.by_limit.end(),
                     [](const NamedQuota* a, const NamedQuota* b) { return a->second < b->second; });
    return ordered;
  }

  void check_against(const TargetingMinimum& minimum, const OrderedQuota& ordered) {
    constexpr std::ptrdiff_t most_told = 20;
    const TargetingQuota& quota = *ordered.quota;
    const auto refuse = [&](const std::string& whose, std::int64_t limit) {
      diagnostics_.push_back({dsl::Code::quotas_disagree,
                              minimum.span,
                              "el mínimo por " + minimum.shown + " es " + number(minimum.count) + ", y " +
                                  whose + " es " + number(limit),
                              "suba el cupo, o baje el mínimo",
                              {},
                              {{quota.span, "el cupo se declaró aquí"}}});
    };
    const auto enough =
        std::partition_point(ordered.by_limit.begin(), ordered.by_limit.end(),
                             [&](const NamedQuota* named) { return named->second < minimum.count; });
    const auto told = ordered.by_limit.begin() + std::min(enough - ordered.by_limit.begin(), most_told);
    for (auto named = ordered.by_limit.begin(); named != told; ++named)
      refuse("el cupo de «" + (*named)->first + "»", (*named)->second);
    if (told != enough) refuse("el menor de otros " + number(enough - told) + " cupos", (*told)->second);
    const bool all_named = count_of_groups(quota.group) == quota.named.size();
    if (all_named) return;
    if (quota.each_other && *quota.each_other < minimum.count) {
      refuse("el cupo de cada una de las otras", *quota.each_other);
    }
    if (quota.others_together && *quota.others_together < minimum.count) {
      refuse("el cupo de las otras juntas", *quota.others_together);
    }
  }

  /// Groups that a quota names are in the data, or the selection says so; each owes its minimum.
  void check_against_total(const TargetingMinimum& minimum) {
    if (!targeting_.total_quota) return;
    std::int64_t groups = 1;
    if (const auto quota = quotas_.find(group_of(minimum.group)); quota != quotas_.end())
      groups = std::max(groups, static_cast<std::int64_t>(quota->second.by_limit.size()));
    const std::int64_t total = *targeting_.total_quota;
    if (minimum.count <= total / groups) return;
    const std::string needed = groups == 1
                                   ? "el mínimo por " + minimum.shown + " es " + number(minimum.count)
                                   : "el mínimo por " + minimum.shown + " pide " + number(minimum.count) +
                                         " para cada uno de " + number(groups) + " grupos con cupo";
    diagnostics_.push_back({dsl::Code::quotas_disagree, minimum.span,
                            needed + ", y el cupo total es " + number(total),
                            "suba el cupo, o baje el mínimo"});
  }

  /// All groups have their quota and these leave places of the total that nobody can take.
  void check_places(const TargetingQuota& quota) {
    if (!targeting_.total_quota || targeting_.leftovers_by_order) return;
    std::int64_t places = 0;
    for (const auto& [name, limit] : quota.named)
      places = add_up(places, limit);
    const auto groups = count_of_groups(quota.group);
    if (quota.others_together) {
      if (groups != quota.named.size()) places = add_up(places, *quota.others_together);
    } else if (quota.each_other && groups) {
      for (std::size_t i = quota.named.size(); i < *groups; ++i)
        places = add_up(places, *quota.each_other);
    } else if (groups != quota.named.size()) {
      return;
    }
    const std::int64_t total = *targeting_.total_quota;
    if (places >= total) return;
    const std::int64_t left = total - places;
    diagnostics_.push_back({dsl::Code::places_left_over, quota.span,
                            "los cupos por " + quota.shown + " suman " + number(places) +
                                ", y el cupo total es " + number(total) + ": nadie puede tomar " +
                                (left == 1 ? "1 puesto" : number(left) + " puestos"),
                            "escriba «sobrantes por orden» para llenarlos, o ajuste los cupos"});
  }

  const Targeting& targeting_;
  dsl::Diagnostics& diagnostics_;
  std::map<std::uint32_t, OrderedQuota> quotas_;  ///< by the slot of their group
};

}  // namespace

void check_quotas(const Ruleset& rules, dsl::Diagnostics& diagnostics) {
  for (const Targeting& targeting : rules.targetings)
    QuotaCheck(targeting, diagnostics).check();
}

}  // namespace cauce::rules
