// `cauce simular`: what would be told to whom, and what would fall due, from now up to a date. The functions
// of the daemon over copies of the plans, with a clock moved by hand: nothing is written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/alerts.hpp"
#include "engine/sight.hpp"

namespace cauce::engine {

/// What people are taken to do meanwhile.
enum class Assumption : std::uint8_t {
  nobody,     ///< nobody does anything
  everybody,  ///< everything is done on the day of its deadline, what is late at once
  history     ///< each plan goes on as late as it has been so far; without any past, nobody does anything
};
std::string_view spanish_name(Assumption assumption);  ///< `nadie`, `todos`, `historial`
std::optional<Assumption> find_assumption(std::string_view spanish);

/// One alert that would go out, or (no role) one obligation that would fall due.
struct Foreseen {
  LocalTime moment;
  std::string plan = {};        ///< empty: a digest
  std::string obligation = {};  ///< title; of a digest, empty
  std::string period = {};
  std::string step = {};                   ///< as the policy says it; empty: it falls due
  std::string role = {};                   ///< recipient role
  std::string territory = {};              ///< key of the entity for which it is asked
  std::vector<std::string> persons = {};   ///< who holds it today
  AlertReason reason = AlertReason::step;  ///< of an alert
  std::size_t open = 0;                    ///< of a digest, how much it holds

  bool is_deadline() const { return step.empty(); }
};

struct Foresight {
  std::vector<Foreseen> all = {};  ///< by moment
  std::size_t alerts = 0;
  std::size_t digests = 0;
  std::size_t messages = 0;  ///< one per person and moment
  std::size_t deadlines = 0;
};

/// Up to the end of `until`. Silences and people are those of today, day by day as far as they are known.
Foresight foresee(System& system, workflows::Date until, Assumption assumption,
                  const Progress& progress = {});

/// What of it somebody sees: what is about plans in their sight, and what they would be sent themselves.
Foresight in_sight(const Foresight& foresight, const Sight& sight, const World& world);

}  // namespace cauce::engine
