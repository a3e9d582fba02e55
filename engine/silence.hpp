// Silences: of what nobody is told for a while, until which day, why, and who answers for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/system.hpp"

namespace cauce::engine {

struct SilenceRequest {
  PlanId plan;
  std::string obligation = {};  ///< by any spelling; empty: all of the plan
  std::optional<rules::Period> period = {};
  workflows::Date until;  ///< the last day
  std::string reason;
};

struct Silence {
  std::int64_t id = 0;
  std::string plan;
  std::string obligation;  ///< as the policy spells it; empty: all of the plan
  std::string period;
  std::string until;
  std::string reason;
  std::string owner;
  bool ended = false;  ///< taken back, or its last day has passed
};

/// Only a superior of those in charge may silence: nobody hides what they owe themselves. The owner is told a
/// working day before the last day that it ends.
Result<Silence> silence(System& system, const SilenceRequest& request, const Actor& actor);
/// By its owner or, like setting it, by a superior of those in charge.
Result<Silence> end_silence(System& system, std::int64_t id, const Actor& actor);
Refusal no_such_silence(std::int64_t id);
/// In the order in which they were set.
std::vector<Silence> list_silences(System& system);

/// When nobody is, or was, told of an obligation: the times of those of `silences` that are about it, or
/// about all of its plan.
std::vector<workflows::SilentTime> silent_times(System& system, const std::vector<SilenceRow>& silences,
                                                const Plan& plan, workflows::ObligationId obligation);
/// `El silencio de … termina el …`, for its owner.
std::string end_of_silence(System& system, const SilenceRow& row);

}  // namespace cauce::engine
