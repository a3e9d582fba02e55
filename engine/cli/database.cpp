#include "engine/cli/database.hpp"

#include <algorithm>
#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "engine/cli/caller.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/store/store.hpp"

namespace cauce::engine::cli {
namespace {

/// A clock whose time can still be set once the database, and with it the zone, is known.
class SettableClock : public Clock {
 public:
  explicit SettableClock(std::shared_ptr<const Clock> real) : real_(std::move(real)) {}
  Instant now() const override { return set_ ? *set_ : real_->now(); }
  std::optional<std::chrono::milliseconds> since_boot() const override {
    return set_ ? std::nullopt : real_->since_boot();
  }
  bool synchronised() const override { return real_->synchronised(); }
  void set(Instant now) { set_ = now; }

 private:
  std::shared_ptr<const Clock> real_;
  std::optional<Instant> set_;
};

Instant rehearsal_instant(const Session& session, bool rehearsal, const std::string& zone) {
  if (!rehearsal) {
    throw WrongUsage("«--ahora» solo va con una base de ensayo",
                     "una base de ensayo se hace con «iniciar --ensayo»");
  }
  const auto instant = parse_instant(*session.globals.now, zone);
  if (!instant) {
    throw WrongUsage("«--ahora " + *session.globals.now + "» no es un instante",
                     "escríbalo como 2024-02-07 o 2024-02-07T13:05");
  }
  return *instant;
}

std::string zone_of(System& system) {
  const PolicyVersion version = system.current_version();
  return version > 0 ? system.policy(version)->rules->zone : std::string("UTC");
}

/// A rehearsal goes forward only: what has happened has happened.
void refuse_past(System& system, Instant now) {
  const auto head = system.store().head();
  const auto last = head ? parse_iso_instant(head->instant) : std::nullopt;
  if (!last || now >= *last) return;
  const LocalTime local = to_local(*last, zone_of(system));
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  throw WrongUsage("la base ya va en " + rules::to_iso(local.date) + "T" + two(local.time.hour) + ":" +
                       two(local.time.minute) + " y no vuelve atrás",
                   "dé a «--ahora» ese instante o uno posterior");
}

/// The day of the first event.
std::string first_day(System& system) {
  const auto first = system.store().event(1);
  const auto instant = first ? parse_iso_instant(first->instant) : std::nullopt;
  return instant ? rules::to_iso(to_local(*instant, zone_of(system)).date) : std::string();
}

/// `: lo dejó marta, «sin enlace»` where somebody decided so; else empty.
std::string left_by_hand(System& system, const rules::Targeting& targeting, const std::string& entity) {
  const auto selection = system.store().selection(targeting.key);
  if (!selection) return {};
  for (const SelectionResultRow& result : selection->results) {
    if (result.entity == entity && result.by_hand && result.hand_person && result.hand_reason)
      return ": lo dejó " + *result.hand_person + ", " + quote(*result.hand_reason);
  }
  return {};
}

/// Why there is no plan of that name, where the data tell: `el municipio 05001 MEDELLÍN no está en la
/// selección «municipios»`. Empty if they do not.
std::string why_no_plan(System& system, const PlanId& id) {
  const auto policy = system.policy(system.current_version());
  const auto kind_id = policy->find_plan(id.kind);
  if (!kind_id) return {};
  const workflows::PlanKind& kind = at(policy->plans, *kind_id);
  const World& world = system.world();
  const auto row = world.territory().find(kind.entity, id.entity);
  if (!row || !kind.targeting) return {};
  const std::string& targeting = at(policy->rules->targetings, *kind.targeting).name;
  if (world.is_selected(targeting, id.entity)) return {};
  return at(policy->rules->entities, kind.entity).name + " " + id.entity + " " +
         world.territory().name_of(*policy->rules, kind.entity, *row) + " no está en la selección " +
         quote(targeting) + left_by_hand(system, at(policy->rules->targetings, *kind.targeting), id.entity);
}

/// The system itself, or as it was on the day that `--a-fecha` or `--ocurrido-a` gives.
std::shared_ptr<System> as_asked(std::shared_ptr<System> system, const Session& session) {
  const auto& recorded_by = session.globals.recorded_by;
  const auto& occurred_by = session.globals.occurred_by;
  if (!recorded_by && !occurred_by) return system;
  if (recorded_by && occurred_by) throw WrongUsage("van «--a-fecha» u «--ocurrido-a», no los dos");
  const std::string option = recorded_by ? "--a-fecha" : "--ocurrido-a";
  const rules::Date day = date_option(recorded_by ? *recorded_by : *occurred_by, option);
  if (const rules::Date today = system->now().date; day > today) {
    throw WrongUsage(quote(option + " " + rules::to_iso(day)) + " aún no llega: hoy es " +
                     rules::to_iso(today));
  }
  std::shared_ptr<System> past = recorded_by ? system->as_recorded(day) : system->as_occurred(day);
  if (!past) {
    throw WrongUsage("el " + rules::to_iso(day) + " la base aún no tenía nada",
                     "su primer asiento es del " + first_day(*system));
  }
  return past;
}

/// The line of a policy that refuses.
struct Clause {
  std::string file;
  std::size_t line = 0;
  std::string text;
};

std::optional<Clause> clause_of(const Refusal& refusal, const dsl::Sources& sources) {
  if (!refusal.clause) return std::nullopt;
  const dsl::Span span = *refusal.clause;
  if (span.file >= sources.size() || span.begin > sources[span.file].text.size()) return std::nullopt;
  const dsl::Place place = dsl::locate(sources[span.file], span.begin);
  std::string_view line = place.line_text;
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return Clause{sources[span.file].name, place.line, std::string(line)};
}

/// With the names of the first of those who could, in place of their ids.
Refusal with_names(System& system, Refusal refusal) {
  constexpr std::size_t most_named = 5;
  if (refusal.holders.size() > most_named) refusal.holders.resize(most_named);
  for (std::string& id : refusal.holders) {
    const auto person = system.person(id);
    if (person && !person->name.empty()) id = person->name;
  }
  return refusal;
}

void print_refusal(const Refusal& refusal, const dsl::Sources& sources, Session& session) {
  session.err << err_style(session).bad("rechazado:") << " " << refusal.message << "\n";
  for (const std::string& reason : refusal.reasons)
    session.err << "  - " << reason << "\n";
  if (const auto clause = clause_of(refusal, sources))
    session.err << "  lo dice " << clause->file << ":" << clause->line << "\n    | " << clause->text << "\n";
  if (!refusal.who_could.empty()) {
    session.err << "  " << (refusal.who_could.size() == 1 ? "podría: " : "podrían: ")
                << join(refusal.who_could, "o") << "; hoy, "
                << (refusal.holders.empty() ? "nadie más" : join(refusal.holders, "o")) << "\n";
  }
  if (!refusal.help.empty()) session.err << "  ayuda: " << refusal.help << "\n";
}

/// For machines.
std::string_view name_of(workflows::RefusalKind kind) {
  using workflows::RefusalKind;
  switch (kind) {
    case RefusalKind::unknown_name:
      return "unknown";
    case RefusalKind::not_allowed:
      return "not_allowed";
    case RefusalKind::wrong_state:
      return "wrong_state";
    case RefusalKind::condition_unmet:
      return "condition_unmet";
    case RefusalKind::missing_data:
      return "missing_data";
    case RefusalKind::invalid_input:
      return "invalid_input";
    case RefusalKind::too_early:
      return "too_early";
    case RefusalKind::closed:
      return "closed";
  }
  return "wrong_state";
}

Json refusal_json(const Refusal& refusal, const dsl::Sources& sources) {
  Json json = error_json(refusal.message, refusal.help);
  json["kind"] = name_of(refusal.kind);
  if (!refusal.reasons.empty()) json["reasons"] = refusal.reasons;
  if (const auto clause = clause_of(refusal, sources))
    json["clause"] = {{"file", clause->file}, {"line", clause->line}, {"text", clause->text}};
  if (!refusal.who_could.empty()) json["who_could"] = refusal.who_could;
  if (!refusal.holders.empty()) json["holders"] = refusal.holders;
  return json;
}

}  // namespace

std::string base_path(const std::optional<std::string>& given, const Environment& environment) {
  return given ? *given : environment.variable("CAUCE_BASE").value_or("cauce.db");
}

std::string base_path(const Session& session) {
  return base_path(session.globals.base, session.environment);
}

std::shared_ptr<const Clock> clock_for(const Session& session, bool rehearsal, const std::string& zone) {
  if (!session.globals.now) return session.environment.clock;
  return std::make_shared<ManualClock>(rehearsal_instant(session, rehearsal, zone));
}

std::shared_ptr<System> open_system(Session& session) {
  if (const Caller* caller = session.environment.caller) return as_asked(caller->system, session);
  const auto clock = std::make_shared<SettableClock>(session.environment.clock);
  std::shared_ptr<System> system = System::open(base_path(session), clock);
  if (system->current_version() == 0) {
    if (system->store().head()) {
      throw DatabaseUnusable("en la base «" + system->path() +
                             "» no está ninguna política, y el diario dice que se publicó: alguien cambió la "
                             "base; use un respaldo");
    }
    throw DatabaseUnusable("la base «" + system->path() +
                           "» quedó a medio hacer: bórrela y repita «cauce iniciar»");
  }
  if (session.globals.now) {
    const Instant now = rehearsal_instant(session, system->is_rehearsal(), zone_of(*system));
    if (session.access == Access::writes || session.access == Access::runs) refuse_past(*system, now);
    clock->set(now);
  }
  return as_asked(std::move(system), session);
}

const Sight& sight_of(const Session& session) {
  static const Sight whole;
  return session.environment.caller ? session.environment.caller->sight : whole;
}

std::vector<const workflows::Plan*> plans_in_sight(System& system, const Session& session) {
  const World& world = system.world();
  std::vector<const workflows::Plan*> plans = system.all_plans();
  const Sight& sight = sight_of(session);
  std::erase_if(plans, [&](const workflows::Plan* plan) { return !sees(sight, world, *plan); });
  return plans;
}

Actor actor_of(const Session& session) {
  if (session.environment.caller) return {session.environment.caller->person, false};

  if (!session.globals.acting) throw WrongUsage("falta «--como PERSONA»: quién actúa");
  return {*session.globals.acting, false};
}

rules::Date reading_date(const Session& session, System& system) {
  if (session.globals.date) return date_option(*session.globals.date, "--fecha");
  return system.now().date;
}

dsl::Sources sources_of(System& system, PolicyVersion version) {
  dsl::Sources sources;
  if (const auto policy = system.store().policy(version)) {
    for (const PolicyFileRow& file : policy->files)
      sources.push_back({file.name, file.text});
  }
  return sources;
}

std::optional<PlanId> find_plan(System& system, const std::string& text, Session& session) {
  const auto parsed = PlanId::parse(text);
  const World& world = system.world();
  const Sight& sight = sight_of(session);
  // A plan out of sight is none, so that nobody learns by its refusals which ones there are.
  const auto is_seen = [&](const PlanId& id) {
    const workflows::Plan* plan = world.plan(id);
    return plan != nullptr && sees(sight, world, *plan);
  };
  if (parsed && is_seen(*parsed)) return parsed;
  std::vector<std::string> ids = system.store().plan_ids();
  if (!sight.everything) {
    std::erase_if(ids, [&](const std::string& id) {
      const auto known = PlanId::parse(id);
      return !known || !is_seen(*known);
    });
  }
  const auto found =
      std::find_if(ids.begin(), ids.end(), [&](const std::string& id) { return dsl::same_name(id, text); });
  if (found != ids.end()) return PlanId::parse(*found);
  Refusal refusal;
  refusal.kind = workflows::RefusalKind::unknown_name;
  refusal.message = "no existe el plan " + quote(text);
  if (!parsed) refusal.help = "un plan se nombra como PAT/05001/2024";
  if (parsed && sight.everything) refusal.help = why_no_plan(system, *parsed);
  if (refusal.help.empty()) refusal.help = did_you_mean(text, ids);
  report_refusal(refusal, {}, session);
  return std::nullopt;
}

std::optional<rules::Period> period_option(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto period = rules::Period::parse(*text);
  if (!period) {
    throw WrongUsage(quote(*text) + " no es un periodo", "se escribe como 2024-05, 2024-T2, 2024-S1 o 2024");
  }
  return period;
}

void print_refusal(System& system, const Refusal& refusal, PolicyVersion version, Session& session) {
  print_refusal(with_names(system, refusal), sources_of(system, version), session);
}

int report_refusal(System& system, const Refusal& refusal, PolicyVersion version, Session& session) {
  return report_refusal(with_names(system, refusal), sources_of(system, version), session);
}

int report_refusal(const Refusal& refusal, const dsl::Sources& sources, Session& session) {
  if (session.globals.json) print_json({{"error", refusal_json(refusal, sources)}}, session);
  print_refusal(refusal, sources, session);
  return exit_refused;
}

}  // namespace cauce::engine::cli
