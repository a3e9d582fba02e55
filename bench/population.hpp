// Municipalities made up after the real ones, as many as wanted, and the decision of the reference policy
// over them as somebody would write it by hand in C++.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "rules/entities.hpp"
#include "rules/targeting.hpp"

namespace cauce::bench {

/// Each is like one of the real ones, drawn with a fixed seed, with other figures: so there are as many of
/// each kind, and as much that is not known.
rules::Territory population(std::size_t size);

/// What the policy asks of a municipality, as rows of a struct. Numbers are whole: of 1/10,000, since the
/// data have four decimals.
struct Town {
  std::int64_t mdm = 0;
  std::int64_t ipm = 0;
  std::uint16_t region = 0;
  std::uint16_t department = 0;
  std::uint8_t type = 0;      ///< 1 for `Municipio`
  std::uint8_t category = 0;  ///< 0 for ESP, then as they are called
  std::uint8_t pdet = 0;
  std::uint8_t known = 0;  ///< a bit each
  enum Known : std::uint8_t { has_type = 1, has_category = 2, has_pdet = 4, has_mdm = 8, has_ipm = 16 };
};
inline constexpr std::int64_t town_unit = 10'000;

struct Towns {
  std::vector<Town> rows;
  std::vector<std::int64_t> region_quotas;  ///< by region
  std::size_t departments = 0;
  std::vector<std::string_view> keys;
};
Towns towns_of(const rules::Territory& territory);
inline constexpr std::int64_t total_quota = 400;
/// The quota of a region in the reference policy.
std::int64_t quota_of_region(std::string_view region);

/// A status, the clauses that gave it (a bit each, in the order of the policy), and ten times the score, in
/// town_unit.
struct Verdict {
  std::int64_t score = 0;
  bool scored = false;
  rules::TargetStatus status = rules::TargetStatus::ineligible;
  std::uint8_t reasons = 0;
  std::uint8_t full = 0;  ///< of one who waits, the quotas that stopped it
  enum Full : std::uint8_t { total = 1, of_region = 2 };
};

void judge_by_hand(const std::vector<Town>& towns, std::vector<Verdict>& verdicts);
/// Changes the statuses of those who are chosen, and of those who wait. Gives the eligible in their order.
std::vector<std::uint32_t> choose_by_hand(const Towns& towns, std::vector<Verdict>& verdicts);

}  // namespace cauce::bench
