#include "bench/population.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <tuple>

#include "bench/reference.hpp"
#include "rules/scaled.hpp"

namespace cauce::bench {
namespace {

using rules::TargetStatus;

std::size_t field(std::string_view key) {
  const rules::Ruleset& rules = reference().rules();
  const auto& fields = rules::at(rules.entities, *rules.find_entity("municipio")).fields;
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const rules::Field& each) { return each.key == key; });
  return static_cast<std::size_t>(found - fields.begin());
}

const rules::EntityTable& municipalities(const rules::Territory& territory) {
  return territory.of(*reference().rules().find_entity("municipio"));
}

/// A figure from 0 to 100 near another, of as many decimals.
rules::Value moved(const rules::Value& value, int decimals, std::mt19937& random) {
  if (rules::is_missing(value)) return value;
  const std::int64_t hundred = *rules::times_power_of_ten(100, decimals);
  const std::int64_t units = *rules::to_units(std::get<rules::Decimal>(value), decimals);
  const std::int64_t by = std::uniform_int_distribution<std::int64_t>(-hundred / 20, hundred / 20)(random);
  return rules::from_units(std::clamp<std::int64_t>(units + by, 0, hundred), decimals);
}

std::string key_of(std::size_t row) {
  std::string key = std::to_string(row);
  return "M" + std::string(8 - std::min<std::size_t>(key.size(), 8), '0') + key;
}

}  // namespace

rules::Territory population(std::size_t size) {
  const rules::Ruleset& rules = reference().rules();
  const auto kind = *rules.find_entity("municipio");
  const rules::EntityTable& real = municipalities(reference().data.territory);
  const std::size_t key_field = rules::at(rules.entities, kind).key_field;
  const std::size_t mdm = field("mdm");
  const std::size_t ipm = field("ipm");
  rules::Territory made = reference().data.territory;
  rules::EntityTable& table = made.kinds.at(static_cast<std::size_t>(kind));
  table = rules::empty_table(rules::at(rules.entities, kind));
  for (auto& column : table.columns)
    column.reserve(size);
  std::mt19937 random(20240301);
  std::uniform_int_distribution<std::size_t> any(0, real.size() - 1);
  for (std::size_t row = 0; row < size; ++row) {
    const std::size_t like = any(random);
    for (std::size_t each = 0; each < real.columns.size(); ++each) {
      rules::Value value = real.columns[each].at(like);
      if (each == key_field) value = key_of(row);
      if (each == mdm) value = moved(value, 4, random);
      if (each == ipm) value = moved(value, 1, random);
      table.columns[each].push_back(value);
    }
    table.parent.push_back(real.parent[like]);
  }
  return made;
}

std::int64_t quota_of_region(std::string_view region) {
  static const std::map<std::string, std::int64_t, std::less<>> quotas = {
      {"RAP Caribe", 100},        {"RAP Pacífico", 75}, {"Región Central", 75}, {"RAP Eje y Antioquía", 55},
      {"Región Santanderes", 45}, {"Amazonía", 25},     {"Orinoquía", 20}};
  const auto found = quotas.find(region);
  return found == quotas.end() ? 5 : found->second;
}

Towns towns_of(const rules::Territory& territory) {
  const rules::Ruleset& rules = reference().rules();
  const auto region = *rules.find_entity("región");
  const auto department = *rules.find_entity("departamento");
  const auto kind = *rules.find_entity("municipio");
  const rules::EntityTable& table = municipalities(territory);
  Towns towns;
  for (std::uint32_t row = 0; row < territory.of(region).size(); ++row) {
    towns.region_quotas.push_back(quota_of_region(territory.key_of(rules, region, row)));
  }
  towns.departments = territory.of(department).size();
  const auto& types = table.columns[field("tipo")];
  const auto& categories = table.columns[field("categoria")];
  const auto& pdets = table.columns[field("pdet")];
  const auto& mdms = table.columns[field("mdm")];
  const auto& ipms = table.columns[field("ipm")];
  const auto& keys = table.columns[rules::at(rules.entities, kind).key_field];
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    Town town;
    const auto note = [&](const rules::Value& value, Town::Known known) {
      if (!rules::is_missing(value)) town.known = static_cast<std::uint8_t>(town.known | known);
      return !rules::is_missing(value);
    };
    if (note(types[row], Town::has_type)) town.type = types.text_at(row) == "Municipio" ? 1 : 0;
    if (note(categories[row], Town::has_category)) {
      const std::string_view category = categories.text_at(row);
      town.category = category == "ESP" ? std::uint8_t{0} : static_cast<std::uint8_t>(category.front() - '0');
    }
    if (note(pdets[row], Town::has_pdet)) town.pdet = std::get<bool>(pdets[row]) ? 1 : 0;
    if (note(mdms[row], Town::has_mdm)) town.mdm = *rules::to_units(std::get<rules::Decimal>(mdms[row]), 4);
    if (note(ipms[row], Town::has_ipm)) town.ipm = *rules::to_units(std::get<rules::Decimal>(ipms[row]), 4);
    town.region = static_cast<std::uint16_t>(territory.ancestor(rules, kind, row, region));
    town.department = static_cast<std::uint16_t>(territory.ancestor(rules, kind, row, department));
    towns.rows.push_back(town);
    towns.keys.push_back(keys.text_at(row));
  }
  return towns;
}

// --- By hand

namespace {

enum Tri : std::uint8_t { no, unknown, yes };

Tri known_to(const Town& town, Town::Known known, bool holds) {
  if ((town.known & known) == 0) return unknown;
  return holds ? yes : no;
}

std::uint8_t bits_of(const std::array<Tri, 5>& clauses, std::size_t from, std::size_t to, Tri verdict) {
  std::uint8_t bits = 0;
  for (std::size_t i = from; i < to; ++i) {
    if (clauses[i] == verdict) bits = static_cast<std::uint8_t>(bits | (1U << i));
  }
  return bits;
}

/// The table `prioridad`; -1 where it gives nothing.
std::int64_t priority(const Town& town) {
  if ((town.known & Town::has_mdm) == 0) return -1;
  if (town.mdm < 40 * town_unit) return 100;
  if (town.mdm > 60 * town_unit) return 0;
  if ((town.known & Town::has_pdet) == 0) return -1;
  return town.pdet != 0 ? 80 : 50;
}

Verdict judge(const Town& town) {
  const std::array<Tri, 5> clauses = {known_to(town, Town::has_type, town.type == 0),
                                      known_to(town, Town::has_category, town.category <= 2),
                                      known_to(town, Town::has_pdet, town.pdet != 0),
                                      known_to(town, Town::has_mdm, town.mdm < 55 * town_unit),
                                      known_to(town, Town::has_ipm, town.ipm >= 40 * town_unit)};
  Verdict verdict;
  const std::int64_t urgent = priority(town);
  verdict.scored = urgent >= 0 && (town.known & Town::has_ipm) != 0;
  if (verdict.scored)
    verdict.score = 4 * (100 * town_unit - town.mdm) + 4 * town.ipm + 2 * town_unit * urgent;
  const Tri excluded = std::max(clauses[0], clauses[1]);
  const Tri qualifies = std::max({clauses[2], clauses[3], clauses[4]});
  if (excluded == yes) {
    verdict.status = TargetStatus::excluded;
    verdict.reasons = bits_of(clauses, 0, 2, yes);
  } else if (qualifies == no) {
    verdict.status = TargetStatus::ineligible;
    verdict.reasons = bits_of(clauses, 2, 5, no);
  } else if (excluded == unknown || qualifies == unknown) {
    verdict.status = TargetStatus::undetermined;
    verdict.reasons = bits_of(clauses, 0, qualifies == unknown ? 5 : 2, unknown);
  } else {
    verdict.status = verdict.scored ? TargetStatus::eligible : TargetStatus::undetermined;
    verdict.reasons = bits_of(clauses, 2, 5, yes);
  }
  return verdict;
}

}  // namespace

void judge_by_hand(const std::vector<Town>& towns, std::vector<Verdict>& verdicts) {
  verdicts.resize(towns.size());
  for (std::size_t row = 0; row < towns.size(); ++row)
    verdicts[row] = judge(towns[row]);
}

std::vector<std::uint32_t> choose_by_hand(const Towns& towns, std::vector<Verdict>& verdicts) {
  struct Contender {
    std::int64_t score;
    std::int64_t ipm;
    std::uint32_t row;
  };
  std::vector<Contender> order;
  for (std::uint32_t row = 0; row < verdicts.size(); ++row) {
    if (verdicts[row].status == TargetStatus::eligible) {
      order.push_back({verdicts[row].score, towns.rows[row].ipm, row});
    }
  }
  std::sort(order.begin(), order.end(), [&](const Contender& a, const Contender& b) {
    return std::tie(b.score, b.ipm, towns.keys[a.row]) < std::tie(a.score, a.ipm, towns.keys[b.row]);
  });
  std::int64_t left = total_quota;
  std::vector<std::int64_t> left_of_region = towns.region_quotas;
  std::vector<std::int64_t> missing_of_department(towns.departments, 3);
  const auto take = [&](std::uint32_t row) {
    verdicts[row].status = TargetStatus::selected;
    verdicts[row].full = 0;
    --left;
    --left_of_region[towns.rows[row].region];
    --missing_of_department[towns.rows[row].department];
  };
  const auto full_for = [&](const Town& town) {
    return static_cast<std::uint8_t>((left > 0 ? 0 : Verdict::total) |
                                     (left_of_region[town.region] > 0 ? 0 : Verdict::of_region));
  };
  for (const Contender& one : order) {
    const Town& town = towns.rows[one.row];
    if (missing_of_department[town.department] > 0 && full_for(town) == 0) take(one.row);
  }
  for (const Contender& one : order) {
    if (verdicts[one.row].status == TargetStatus::selected) continue;
    if (const std::uint8_t full = full_for(towns.rows[one.row]); full == 0) {
      take(one.row);
    } else {
      verdicts[one.row].status = TargetStatus::waitlisted;
      verdicts[one.row].full = full;
    }
  }
  for (const Contender& one : order) {
    if (left > 0 && verdicts[one.row].status == TargetStatus::waitlisted) take(one.row);
  }
  std::vector<std::uint32_t> rows;
  rows.reserve(order.size());
  for (const Contender& one : order)
    rows.push_back(one.row);
  return rows;
}

}  // namespace cauce::bench
