// What commands over a database share: opening it, who acts, which plan, and how a refusal is told.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/cli/command.hpp"
#include "engine/sight.hpp"
#include "engine/system.hpp"

namespace cauce::engine::cli {

/// `--base`, or CAUCE_BASE, or cauce.db.
std::string base_path(const std::optional<std::string>& given, const Environment& environment);
std::string base_path(const Session& session);

/// A clock for a command: that of the environment, or `--ahora` (which only a rehearsal allows).
std::shared_ptr<const Clock> clock_for(const Session& session, bool rehearsal, const std::string& zone);

/// Opens the database, with the clock that the command is to have; or gives that of the caller, open already.
std::shared_ptr<System> open_system(Session& session);

/// What the one who asks may see.
const Sight& sight_of(const Session& session);
/// The plans of the system's view that they may see, by id.
std::vector<const workflows::Plan*> plans_in_sight(System& system, const Session& session);

/// Who acts: `--como`. WrongUsage without it.
Actor actor_of(const Session& session);

/// The date on which a reading command looks: `--fecha`, or today.
rules::Date reading_date(const Session& session, System& system);

/// The texts of a published policy, to show the clauses that its spans point at.
dsl::Sources sources_of(System& system, PolicyVersion version);

/// The plan that `text` names in whatever spelling (`pat/05001/2024`); nothing, after having said so, if
/// there is none.
std::optional<PlanId> find_plan(System& system, const std::string& text, Session& session);

/// A period as people give it: `2024-05`, `2024-T2`. WrongUsage otherwise.
std::optional<rules::Period> period_option(const std::optional<std::string>& text);

/// `rechazado: …`, with its reasons, the clause that refuses with its line, and who could. Gives
/// exit_refused. With `--json` machines are told too, as the one thing that a command says.
int report_refusal(System& system, const Refusal& refusal, PolicyVersion version, Session& session);
/// The same for people only: one of several.
void print_refusal(System& system, const Refusal& refusal, PolicyVersion version, Session& session);
/// The same, of a policy that is not published.
int report_refusal(const Refusal& refusal, const dsl::Sources& sources, Session& session);

}  // namespace cauce::engine::cli
