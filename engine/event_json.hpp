// Events of plans as the journal keeps them: JSON by names, so that a stored event is readable and means the
// same after any change of the policy or of the program.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/event.hpp"

namespace cauce::engine {

/// The journal holds what this program cannot read: written by a newer one, or tampered with.
class JournalUnreadable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What the record says beside the event itself; `evolve` does not see it.
struct EventNotes {
  std::string acting_role = {};  ///< as the policy spells it
  bool stand_in = false;
  std::string fingerprint = {};  ///< of a delivery: by which the same one is known when it comes again
};

/// The payload of `event`. `plan` is the plan after it, `kind` its kind.
std::string to_json(const workflows::Event& event, const workflows::Plan& plan,
                    const workflows::PlanKind& kind, const EventNotes& notes = {});

/// The event that to_json wrote under `event_kind` (workflows::kind_of). `policy` is that of the event's
/// policy version, `kind` the plan's kind in it. JournalUnreadable if it cannot be read.
workflows::Event event_from_json(std::string_view event_kind, const std::string& payload,
                                 const workflows::Policy& policy, workflows::PlanKindId kind);
EventNotes notes_from_json(const std::string& payload);

/// Values by field name: numbers as texts, days in ISO form, truth as booleans, sin dato as null.
std::string fields_to_json(const std::vector<rules::Field>& fields, const std::vector<rules::Value>& values);
/// The values by `fields`. One that is not there, or is not of the field's type (another version of the
/// policy wrote it), is *sin dato*: it will be reported as missing, not guessed.
std::vector<rules::Value> fields_from_json(const std::vector<rules::Field>& fields, const std::string& json);

}  // namespace cauce::engine
