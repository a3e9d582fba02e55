#include "dsl/format_order.hpp"

#include <algorithm>
#include <initializer_list>

#include "dsl/syntax.hpp"

namespace cauce::dsl::formatting {
namespace {

std::initializer_list<Kind> order_in(Kind block) {
  static const std::initializer_list<Kind> none = {};
  static const std::initializer_list<Kind> program = {Kind::vigencia, Kind::zone, Kind::use_calendar};
  static const std::initializer_list<Kind> role = {Kind::max_load, Kind::rights};
  static const std::initializer_list<Kind> front = {Kind::short_term, Kind::medium_term, Kind::long_term};
  static const std::initializer_list<Kind> targeting = {
      Kind::exclusion,    Kind::requirement, Kind::qualification, Kind::score_part, Kind::total_quota,
      Kind::group_quotas, Kind::minimum,     Kind::leftovers,     Kind::order};
  static const std::initializer_list<Kind> plan = {
      Kind::linked,     Kind::in_charge, Kind::use_ladder, Kind::grace, Kind::may_suspend, Kind::may_resume,
      Kind::may_cancel, Kind::component, Kind::report,     Kind::hito,  Kind::phase};
  static const std::initializer_list<Kind> phase = {Kind::starts,      Kind::due,    Kind::grace,
                                                    Kind::exit_clause, Kind::report, Kind::hito,
                                                    Kind::indicator,   Kind::levels, Kind::stage};
  static const std::initializer_list<Kind> report = {Kind::due,        Kind::closes,     Kind::in_charge,
                                                     Kind::validators, Kind::correction, Kind::field,
                                                     Kind::citations};
  static const std::initializer_list<Kind> hito = {
      Kind::due,      Kind::weight,    Kind::required_names, Kind::services,   Kind::contributes,
      Kind::evidence, Kind::in_charge, Kind::validators,     Kind::correction, Kind::citations};
  static const std::initializer_list<Kind> ladder = {Kind::step, Kind::digest};
  switch (block) {
    case Kind::program:
      return program;
    case Kind::role:
      return role;
    case Kind::front:
      return front;
    case Kind::targeting:
      return targeting;
    case Kind::plan:
      return plan;
    case Kind::phase:
      return phase;
    case Kind::report:
      return report;
    case Kind::hito:
      return hito;
    case Kind::ladder:
      return ladder;
    default:
      return none;
  }
}

/// Phases follow one another as they do in the life of a plan.
int place_of_phase(View clause) {
  return clause.is(Kind::phase) ? clause.first().value<int>() : 0;
}

}  // namespace

std::vector<View> in_order(View node, const std::vector<View>& clauses) {
  const auto order = order_in(node.kind());
  std::vector<View> sorted = clauses;
  const auto place = [&](View clause) {
    return std::pair(std::find(order.begin(), order.end(), clause.kind()) - order.begin(),
                     place_of_phase(clause));
  };
  std::stable_sort(sorted.begin(), sorted.end(), [&](View a, View b) { return place(a) < place(b); });
  return sorted;
}

bool has_block(Kind kind) {
  switch (kind) {
    case Kind::program:
    case Kind::holidays:
    case Kind::calendar:
    case Kind::role:
    case Kind::entity:
    case Kind::front:
    case Kind::table:
    case Kind::targeting:
    case Kind::plan:
    case Kind::component:
    case Kind::phase:
    case Kind::report:
    case Kind::hito:
    case Kind::stage:
    case Kind::ladder:
    case Kind::test:
    case Kind::cases:
    case Kind::scenario:
      return true;
    default:
      return false;
  }
}

}  // namespace cauce::dsl::formatting
