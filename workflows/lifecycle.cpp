#include "workflows/lifecycle.hpp"

#include <array>
#include <utility>

#include <boost/mpl/vector.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <boost/msm/front/states.hpp>

namespace cauce::workflows {
namespace {

namespace mpl = boost::mpl;
namespace msm = boost::msm;

struct Formulation : msm::front::state<> {};
struct Monitoring : msm::front::state<> {};
struct Evaluation : msm::front::state<> {};
struct Closed : msm::front::state<> {};
struct Active : msm::front::state<> {};
/// While here, the phases take no event; only these are heard.
struct Suspended : msm::front::interrupt_state<mpl::vector<ResumePlan, CancelPlan>> {};
/// The end: no event is heard any more.
struct Cancelled : msm::front::terminate_state<> {};

/// Guards read what the policy answered, and nothing else.
struct Granted {
  template <class Event, class Machine, class Source, class Target>
  bool operator()(const Event& event, Machine&, Source&, Target&) const {
    return event.granted;
  }
};
struct ExitGranted {
  template <class Machine, class Source, class Target>
  bool operator()(const FinishPhase& event, Machine&, Source&, Target&) const {
    return event.exit_granted;
  }
};

struct PlanLife : msm::front::state_machine_def<PlanLife> {
  // Nothing here throws, and no event is sent from inside another: without both, a machine could wedge.
  using no_exception_thrown = int;
  using no_message_queue = int;

  using initial_state = mpl::vector<Formulation, Active>;

  template <class Source, class Event, class Target, class Guard>
  using Row = msm::front::Row<Source, Event, Target, msm::front::none, Guard>;

  // clang-format off
  struct transition_table : mpl::vector<
    //  from         event         to           if
    Row<Formulation, FinishPhase,  Monitoring,  ExitGranted>,
    Row<Monitoring,  FinishPhase,  Evaluation,  ExitGranted>,
    Row<Evaluation,  FinishPhase,  Closed,      ExitGranted>,
    Row<Monitoring,  ReopenPhase,  Formulation, Granted>,
    Row<Evaluation,  ReopenPhase,  Monitoring,  Granted>,
    Row<Closed,      ReopenPhase,  Evaluation,  Granted>,
    //  ----------------------------------------------------
    Row<Active,      SuspendPlan,  Suspended,   Granted>,
    Row<Suspended,   ResumePlan,   Active,      Granted>,
    Row<Active,      CancelPlan,   Cancelled,   Granted>,
    Row<Suspended,   CancelPlan,   Cancelled,   Granted>
  > {};
  // clang-format on

  // An event without a transition is an answer («no such transition»), not a fault.
  template <class Machine, class Event>
  void no_transition(const Event&, Machine&, int) {}
};

using Machine = msm::back::state_machine<PlanLife>;

constexpr int phase_region = 0;
constexpr int standing_region = 1;

template <class State>
constexpr int id_of = msm::back::get_state_id<Machine::stt, State>::value;

// MSM's numbers of the states, by our enumerators. They never leave this file.
constexpr std::array<int, 4> phase_ids = {id_of<Formulation>, id_of<Monitoring>, id_of<Evaluation>,
                                          id_of<Closed>};
constexpr std::array<int, 3> standing_ids = {id_of<Active>, id_of<Suspended>, id_of<Cancelled>};

template <class Enum, std::size_t N>
Enum enumerator_of(int id, const std::array<int, N>& ids) {
  std::size_t index = 0;
  while (ids.at(index) != id)
    ++index;
  return static_cast<Enum>(index);
}

/// What MSM's `serialize` takes for an archive: it puts the active states into a machine that was never
/// started, so that no entry action runs twice, and leaves the rest as it is.
struct Rehydration {
  int phase;
  int standing;

  Rehydration& operator&(int (&states)[2]) {
    states[phase_region] = phase;
    states[standing_region] = standing;
    return *this;
  }
  template <class Other>
  Rehydration& operator&(Other&) {
    return *this;
  }
};

template <class Name, std::size_t N>
std::optional<Name> find_by_name(std::string_view name, const std::array<std::string_view, N>& names) {
  for (std::size_t index = 0; index < N; ++index) {
    if (names.at(index) == name) return static_cast<Name>(index);
  }
  return std::nullopt;
}

constexpr std::array<std::string_view, 4> phase_names = {"formulation", "monitoring", "evaluation", "closed"};
constexpr std::array<std::string_view, 4> spanish_phases = {"formulación", "seguimiento", "evaluación",
                                                            "cerrado"};
constexpr std::array<std::string_view, 3> standing_names = {"active", "suspended", "cancelled"};
constexpr std::array<std::string_view, 3> spanish_standings = {"activo", "suspendido", "cancelado"};

}  // namespace

std::optional<LifecycleState> advance(LifecycleState state, const LifecycleInput& input) {
  Machine machine;
  Rehydration rehydration{phase_ids.at(static_cast<std::size_t>(state.phase)),
                          standing_ids.at(static_cast<std::size_t>(state.standing))};
  machine.serialize(rehydration, 0);

  std::visit([&](const auto& event) { machine.process_event(event); }, input);

  // Every transition changes the state, so the state after is the whole answer; MSM's return value is not
  // asked.
  const LifecycleState after = {
      enumerator_of<Phase>(machine.current_state()[phase_region], phase_ids),
      enumerator_of<Standing>(machine.current_state()[standing_region], standing_ids)};
  if (after == state) return std::nullopt;
  return after;
}

std::string_view name_of(Phase phase) {
  return phase_names.at(static_cast<std::size_t>(phase));
}
std::string_view name_of(Standing standing) {
  return standing_names.at(static_cast<std::size_t>(standing));
}
std::string_view spanish_name(Phase phase) {
  return spanish_phases.at(static_cast<std::size_t>(phase));
}
std::string_view spanish_name(Standing standing) {
  return spanish_standings.at(static_cast<std::size_t>(standing));
}
std::optional<Phase> find_phase(std::string_view name) {
  return find_by_name<Phase>(name, phase_names);
}
std::optional<Standing> find_standing(std::string_view name) {
  return find_by_name<Standing>(name, standing_names);
}

}  // namespace cauce::workflows
