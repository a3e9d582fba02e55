// Alerts: raised once, ever, by the ladders of the policy; each with why it was raised and, if it did not go
// out, why not.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/notice.hpp"
#include "engine/outbox.hpp"
#include "engine/sight.hpp"
#include "engine/system.hpp"
#include "workflows/ladder.hpp"

namespace cauce::engine {

/// Why a person is told.
enum class AlertReason : std::uint8_t { step, repetition, escalation, digest, silence };
std::string_view name_of(AlertReason reason);  ///< `step` … for machines and the database

enum class AlertState : std::uint8_t { raised, superseded, withdrawn, acknowledged };
std::string_view name_of(AlertState state);

/// An alert as it is kept. A digest has no plan nor obligation of its own.
struct Alert {
  std::int64_t id = 0;
  std::string plan = {};
  std::string obligation = {};  ///< as the policy spells it
  std::string period = {};      ///< `2024-05`, or empty
  std::string step = {};        ///< as the policy says it
  std::uint32_t repetition = 0;
  std::string role = {};       ///< recipient role, as the policy spells it
  std::string territory = {};  ///< key of the entity for which the role was asked; empty for the nation
  std::vector<std::string> recipients = {};  ///< persons to whom it went
  std::string stood_in_by = {};  ///< the role whose holders received it, where nobody held the one asked for
  std::string raised_at = {};    ///< ISO, UTC
  AlertReason reason = AlertReason::step;
  AlertState state = AlertState::raised;
  std::vector<std::string> acknowledged_by = {};
  std::string not_sent_because = {};  ///< `overtaken`, `vacant`, `silenced`, `acknowledged`, `resolved`,
                                      ///< `suspended`, `moved`; empty if a message carries it
  /// What became of the messages that carry it, the least far one: `pending`, `retry`, `sent` …
  std::optional<OutboxState> message = {};
};

/// `enviada`, `por reintentar`, `superada`, `nadie tiene el rol` …: what became of it, for people.
std::string state_in_words(const Alert& alert);
/// All that it can be.
const std::vector<std::string>& states_in_words();
/// The same, with who acknowledged it: `reconocida por ana y luis`.
std::string spanish_state(const Alert& alert);

/// What one round did.
struct Round {
  std::size_t raised = 0;
  std::size_t superseded = 0;
  std::size_t digests = 0;
  std::size_t messages = 0;  ///< written to the outbox
  std::size_t muted = 0;     ///< silenced, or repeating what was acknowledged
  std::size_t nobody = 0;    ///< alerts that nobody could receive
};

/// Raises what is due now and writes one message per recipient to the outbox for `channel`, all in one
/// transaction. `link` is the address that messages give for each plan (`{plan}` in it) or for all; empty:
/// none.
Round raise_due(System& system, const std::string& channel, const std::string& link = {});
/// What the alert says that tells the owner of a silence of its end.
inline constexpr std::string_view end_of_silence_step = "fin del silencio";

/// What was done about one obligation before, and when nobody is told of it.
workflows::AlertRecord alert_record(System& system, const Plan& plan, workflows::ObligationId id);
/// The next instant at which something can be due; in the past, it is now.
std::optional<Instant> next_round(System& system);

/// Notes that a recipient knows: the step is not repeated to them, and goes on escalating. Refused to
/// those whom no message carried it to.
Result<Alert> acknowledge(System& system, std::int64_t alert, const Actor& actor);
Refusal no_such_alert(std::int64_t id);

struct AlertFilter {
  std::optional<PlanId> plan = {};
  std::optional<std::string> person = {};
  bool with_superseded = true;
};
/// What was raised, in the order in which it was.
std::vector<Alert> list_alerts(System& system, const AlertFilter& filter = {});
/// Whether it is about a plan that is seen, or went to the one who looks.
bool sees(const Sight& sight, const World& world, const Alert& alert);

}  // namespace cauce::engine
