#include "rules/batch_decision.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace cauce::rules {
namespace {

using Units = std::int64_t;
using RowNumber = std::uint16_t;  ///< from 1; 0 is no row
static_assert(most_decision_rows <= std::numeric_limits<RowNumber>::max());

/// What the chosen row gives; not known where there is none.
void give_chosen(const std::vector<DecisionRow>& rows, const std::array<RowNumber, batch_size>& chosen,
                 Batch batch, Units* units, std::uint8_t* known) {
  std::vector<Units> constants = {0};
  for (const DecisionRow& row : rows) {
    if (row.constant) constants.push_back(*row.constant);
  }
  if (constants.size() == rows.size() + 1) {
    for (std::uint32_t i = 0; i < batch.count; ++i)
      units[i] = constants[chosen[i]];
    for (std::uint32_t i = 0; i < batch.count; ++i)
      known[i] = chosen[i] != 0 ? 1 : 0;
    return;
  }
  std::fill_n(units, batch.count, 0);
  std::fill_n(known, batch.count, std::uint8_t{0});
  for (std::size_t number = 1; number <= rows.size(); ++number) {
    const Lanes result = rows[number - 1].result->run(batch);
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      units[i] = chosen[i] == number ? result.units[i] : units[i];
      known[i] = chosen[i] == number ? result.known[i] : known[i];
    }
  }
}

/// Any row of which at most one may be true. A true one decides even if others are unknown.
void decide_unique(const std::vector<DecisionRow>& rows, Batch batch, Units* units, std::uint8_t* known,
                   std::uint8_t* faulty) {
  std::array<RowNumber, batch_size> chosen{};
  std::array<std::uint8_t, batch_size> once{};
  std::array<std::uint8_t, batch_size> twice{};
  std::array<std::uint8_t, batch_size> open{};
  for (std::size_t number = 1; number <= rows.size(); ++number) {
    const std::uint8_t* truths = rows[number - 1].matches->run(batch).known;
    for (std::uint32_t i = 0; i < batch.count; ++i)
      chosen[i] = truths[i] == truth_yes ? static_cast<RowNumber>(number) : chosen[i];
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      const std::uint8_t matches = truths[i] == truth_yes ? 1 : 0;
      const std::uint8_t unknown = truths[i] == truth_unknown ? 1 : 0;
      twice[i] = either(twice[i], both(once[i], matches));
      once[i] = either(once[i], matches);
      open[i] = either(open[i], unknown);
    }
  }
  give_chosen(rows, chosen, batch, units, known);
  for (std::uint32_t i = 0; i < batch.count; ++i) {
    known[i] = twice[i] != 0 ? std::uint8_t{0} : known[i];
    faulty[i] = either(twice[i], either(once[i], open[i]) == 0 ? 1 : 0);
  }
}

/// The first row that is true, unless it is unknown whether one before it is.
void decide_first(const std::vector<DecisionRow>& rows, Batch batch, Units* units, std::uint8_t* known,
                  std::uint8_t* faulty) {
  std::fill_n(units, batch.count, 0);
  std::fill_n(known, batch.count, std::uint8_t{0});
  std::fill_n(faulty, batch.count, std::uint8_t{1});  // as long as no row has decided
  for (const DecisionRow& row : rows) {
    const std::uint8_t* truths = row.matches->run(batch).known;
    const Lanes result = row.result->run(batch);
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      const bool decides = faulty[i] != 0 && truths[i] == truth_yes;
      units[i] = decides ? result.units[i] : units[i];
      known[i] = decides ? result.known[i] : known[i];
      faulty[i] = truths[i] != truth_no ? std::uint8_t{0} : faulty[i];
    }
  }
}

/// What all true rows give together, by `join`; unknown if one of them is, or what it gives.
template <typename F>
void decide_together(const std::vector<DecisionRow>& rows, Batch batch, Units* units, std::uint8_t* known,
                     std::uint8_t* faulty, F join) {
  std::fill_n(units, batch.count, 0);
  std::fill_n(known, batch.count, std::uint8_t{1});
  std::fill_n(faulty, batch.count, std::uint8_t{1});  // as long as no row is true
  for (const DecisionRow& row : rows) {
    const std::uint8_t* truths = row.matches->run(batch).known;
    const Lanes result = row.result->run(batch);
    for (std::uint32_t i = 0; i < batch.count; ++i) {
      if (truths[i] == truth_unknown) known[i] = 0;
      if (truths[i] != truth_yes) continue;
      known[i] = both(known[i], result.known[i]);
      units[i] = faulty[i] != 0 ? result.units[i] : join(units[i], result.units[i]);
      faulty[i] = 0;
    }
  }
  for (std::uint32_t i = 0; i < batch.count; ++i) {
    faulty[i] = both(faulty[i], known[i]);
    known[i] = faulty[i] != 0 ? std::uint8_t{0} : known[i];
  }
}

}  // namespace

Operator decision(dsl::HitPolicy policy, std::vector<DecisionRow> rows,
                  std::vector<std::uint32_t>& faulty_rows) {
  return units_by(
      [policy, rows = std::move(rows), &faulty_rows](Batch batch, Units* units, std::uint8_t* known) {
        std::array<std::uint8_t, batch_size> faulty{};
        switch (policy) {
          case dsl::HitPolicy::unique:
            decide_unique(rows, batch, units, known, faulty.data());
            break;
          case dsl::HitPolicy::first:
            decide_first(rows, batch, units, known, faulty.data());
            break;
          case dsl::HitPolicy::sum:
            decide_together(rows, batch, units, known, faulty.data(), [](Units a, Units b) { return a + b; });
            break;
          case dsl::HitPolicy::maximum:
            decide_together(rows, batch, units, known, faulty.data(),
                            [](Units a, Units b) { return std::max(a, b); });
            break;
          case dsl::HitPolicy::minimum:
            decide_together(rows, batch, units, known, faulty.data(),
                            [](Units a, Units b) { return std::min(a, b); });
            break;
        }
        for (std::uint32_t i = 0; i < batch.count; ++i) {
          if (faulty[i] != 0) faulty_rows.push_back(batch.first + i);
        }
      });
}

}  // namespace cauce::rules
