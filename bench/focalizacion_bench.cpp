// Whom the reference policy selects among the real municipalities: by the rules as they are written, and by a
// loop that somebody wrote in C++ for just these rules. Both must select the same.
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <stdexcept>
#include <tuple>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/reference.hpp"
#include "rules/targeting.hpp"

namespace cauce::bench {
namespace {

const rules::Targeting& targeting() {
  const rules::Ruleset& rules = reference().rules();
  return rules.targetings.at(static_cast<std::size_t>(*rules.find_targeting("municipios")));
}

rules::Date today() {
  return *rules::make_date(2024, 3, 1);
}

rules::Selection select_by_rules() {
  return rules::select(targeting(), reference().rules(), reference().data.territory, today());
}

// --- By hand

using Tri = std::optional<bool>;

Tri either(Tri a, Tri b) {
  if (a == true || b == true) return true;
  return a && b ? Tri(false) : std::nullopt;
}

struct Municipality {
  std::uint32_t row = 0;
  std::string key;
  std::optional<std::string> type;
  std::optional<std::string> category;
  Tri pdet;
  std::optional<double> mdm;
  std::optional<double> ipm;
  std::string region;
  std::string department;
};

template <typename T>
std::optional<T> known(const rules::Value& value) {
  if (const T* held = std::get_if<T>(&value)) return *held;
  return std::nullopt;
}

std::optional<double> number(const rules::Value& value) {
  const auto held = known<rules::Decimal>(value);
  return held ? std::optional(held->to_double()) : std::nullopt;
}

std::vector<Municipality> read_municipalities() {
  const rules::Ruleset& rules = reference().rules();
  const rules::Territory& territory = reference().data.territory;
  const auto kind = *rules.find_entity("municipio");
  const auto department = *rules.find_entity("departamento");
  const auto region = *rules.find_entity("región");
  std::map<std::string, std::size_t> fields;
  for (const rules::Field& field : rules::at(rules.entities, kind).fields)
    fields.emplace(field.key, fields.size());
  const rules::EntityTable& table = territory.of(kind);
  const auto column = [&](const char* key) -> const rules::ValueColumn& {
    return table.columns.at(fields.at(key));
  };
  std::vector<Municipality> all;
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    const auto key_above = [&](rules::EntityKindId above) {
      return territory.key_of(rules, above, territory.ancestor(rules, kind, row, above));
    };
    all.push_back({row, territory.key_of(rules, kind, row), known<std::string>(column("tipo")[row]),
                   known<std::string>(column("categoria")[row]), known<bool>(column("pdet")[row]),
                   number(column("mdm")[row]), number(column("ipm")[row]), key_above(region),
                   key_above(department)});
  }
  return all;
}

struct Scored {
  std::int64_t score;
  std::int64_t ipm;
  const Municipality* municipality;
};

Tri is_eligible(const Municipality& one) {
  const Tri other_type = one.type ? Tri(*one.type != "Municipio") : std::nullopt;
  const Tri capable = one.category
                          ? Tri(*one.category == "ESP" || *one.category == "1" || *one.category == "2")
                          : std::nullopt;
  const Tri excluded = either(other_type, capable);
  if (excluded == true) return false;
  const Tri low = one.mdm ? Tri(*one.mdm < 55) : std::nullopt;
  const Tri poor = one.ipm ? Tri(*one.ipm >= 40) : std::nullopt;
  const Tri qualifies = either(one.pdet, either(low, poor));
  if (qualifies == false) return false;
  return excluded && qualifies ? Tri(true) : std::nullopt;
}

/// Of a score all parts of which are whole numbers: 10 times the policy's, and 10,000 for each unit of the
/// data, which have four decimals. So it is as exact as the rules are.
constexpr std::int64_t unit = 10'000;

std::int64_t scaled(double value) {
  return std::llround(value * static_cast<double>(unit));
}

std::optional<std::int64_t> priority(const Municipality& one) {
  if (!one.mdm) return std::nullopt;
  if (*one.mdm < 40) return 100;
  if (*one.mdm > 60) return 0;
  if (!one.pdet) return std::nullopt;
  return *one.pdet ? 80 : 50;
}

/// Nothing where a part of the score is not known: such a one stands por verificar, and takes no place.
std::optional<std::int64_t> score_of(const Municipality& one) {
  const auto urgent = priority(one);
  if (!one.mdm || !one.ipm || !urgent) return std::nullopt;
  return 4 * (100 * unit - scaled(*one.mdm)) + 4 * scaled(*one.ipm) + 2 * unit * *urgent;
}

class Places {
 public:
  bool has_room(const Municipality& one) const {
    return total_ < 400 && of_region(one.region) < quota_of(one.region);
  }
  void take(const Municipality& one, std::vector<bool>& selected) {
    selected[one.row] = true;
    ++total_;
    ++by_region_[one.region];
    ++by_department_[one.department];
  }
  std::int64_t total() const { return total_; }
  std::int64_t of_department(const std::string& department) const {
    const auto found = by_department_.find(department);
    return found == by_department_.end() ? 0 : found->second;
  }

 private:
  std::int64_t of_region(const std::string& region) const {
    const auto found = by_region_.find(region);
    return found == by_region_.end() ? 0 : found->second;
  }
  static std::int64_t quota_of(const std::string& region) {
    static const std::map<std::string, std::int64_t> quotas = {
        {"RAP Caribe", 100},        {"RAP Pacífico", 75}, {"Región Central", 75}, {"RAP Eje y Antioquía", 55},
        {"Región Santanderes", 45}, {"Amazonía", 25},     {"Orinoquía", 20}};
    const auto found = quotas.find(region);
    return found == quotas.end() ? 5 : found->second;
  }

  std::int64_t total_ = 0;
  std::map<std::string, std::int64_t> by_region_;
  std::map<std::string, std::int64_t> by_department_;
};

std::vector<bool> select_by_hand(const std::vector<Municipality>& all) {
  std::vector<Scored> order;
  for (const Municipality& one : all) {
    if (is_eligible(one) != true) continue;
    if (const auto score = score_of(one)) order.push_back({*score, scaled(*one.ipm), &one});
  }
  std::sort(order.begin(), order.end(), [](const Scored& a, const Scored& b) {
    return std::tie(b.score, b.ipm, a.municipality->key) < std::tie(a.score, a.ipm, b.municipality->key);
  });
  std::vector<bool> selected(all.size(), false);
  Places places;
  for (const Scored& one : order) {
    const Municipality& here = *one.municipality;
    if (places.of_department(here.department) < 3 && places.has_room(here)) places.take(here, selected);
  }
  for (const Scored& one : order) {
    const Municipality& here = *one.municipality;
    if (!selected[here.row] && places.has_room(here)) places.take(here, selected);
  }
  for (const Scored& one : order) {
    const Municipality& here = *one.municipality;
    if (!selected[here.row] && places.total() < 400) places.take(here, selected);
  }
  return selected;
}

bool agree(const rules::Selection& by_rules, const std::vector<bool>& by_hand) {
  return std::all_of(by_rules.results.begin(), by_rules.results.end(), [&](const rules::TargetResult& one) {
    return (one.status == rules::TargetStatus::selected) == by_hand.at(one.row);
  });
}

void focalizacion_by_rules(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(select_by_rules());
  const auto entities = static_cast<std::int64_t>(select_by_rules().results.size());
  state.SetItemsProcessed(state.iterations() * entities);
}
BENCHMARK(focalizacion_by_rules)->Unit(benchmark::kMicrosecond);

void focalizacion_by_hand(benchmark::State& state) {
  const std::vector<Municipality> all = read_municipalities();
  if (!agree(select_by_rules(), select_by_hand(all))) state.SkipWithError("the two do not select the same");
  for (auto _ : state)
    benchmark::DoNotOptimize(select_by_hand(all));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(all.size()));
}
BENCHMARK(focalizacion_by_hand)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace cauce::bench
