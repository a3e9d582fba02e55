#include "workflows/lower_ladder.hpp"

#include <set>
#include <string_view>

#include "workflows/lower_deadline.hpp"

namespace cauce::workflows {
namespace {

constexpr int longest_step = 1000;  // working days
constexpr int most_repetitions = 100;

/// Whoever is in charge of the obligation. It is no role, and hides one of that name.
constexpr std::string_view in_charge_key = "responsable";

rules::TimeOfDay to_time(const dsl::Clock& clock) {
  return {clock.hour, clock.minute};
}

/// Reports a recipient that stands twice in one line.
void check_distinct(const std::vector<dsl::Name>& recipients, Lowering& lowering) {
  std::set<std::string_view> seen;
  for (const dsl::Name& name : recipients) {
    if (seen.insert(name.key).second) continue;
    lowering.report(dsl::Code::wrong_step, name.span, quoted(name.text) + " está dos veces en la línea",
                    "quite una: a nadie se le avisa dos veces");
  }
}

std::vector<Recipient> lower_recipients(const std::vector<dsl::Name>& names, Lowering& lowering) {
  std::vector<Recipient> recipients;
  if (!lowering.check_length(names)) return recipients;
  check_distinct(names, lowering);
  for (const dsl::Name& name : names) {
    if (name.key == in_charge_key) {
      recipients.push_back({});
    } else if (name.key == "responsables" && !lowering.names().roles.find(name.key)) {
      lowering
          .report(dsl::Code::unknown_name, name.span, "no existe un rol " + quoted(name.text),
                  "se escribe «responsable»: son todos los que están a cargo")
          .replacement = "responsable";
    } else if (const auto role = lowering.find<RoleId>(name, lowering.names().roles, rules::NameKind::role)) {
      recipients.push_back({role});
    }
  }
  return recipients;
}

/// Steps are counted in working days, since nothing goes out on other days.
rules::DayOffset lower_distance(const dsl::StepMoment& moment, Lowering& lowering) {
  if (!moment.offset) return {};
  const auto offset = lower_offset(*moment.offset, lowering);
  if (!offset) return {};
  if (offset->unit != dsl::DayUnit::working) {
    const std::string n = std::to_string(offset->days);
    lowering.report(dsl::Code::wrong_step, moment.offset->span,
                    "los peldaños se cuentan en días hábiles, y este en días calendario",
                    "escriba «" + n + (n == "1" ? " día hábil»" : " días hábiles»"));
  }
  return *offset;
}

LadderStep lower_step(const dsl::LadderStep& written, Lowering& lowering) {
  LadderStep step;
  step.offset = lower_distance(written.moment, lowering);
  step.side = written.moment.side;
  if (written.repeat_every) {
    step.repeat_every =
        lowering.count(*written.repeat_every, 1, longest_step, "el número de días").value_or(0);
  }
  if (written.repeat_times) {
    step.repeat_times =
        lowering.count(*written.repeat_times, 1, most_repetitions, "el número de veces").value_or(0);
  }
  step.verb = written.verb;
  step.recipients = lower_recipients(written.recipients, lowering);
  step.text = lowering.words(written.span);
  step.span = written.span;
  return step;
}

Digest lower_digest(const dsl::DigestLine& written, rules::TimeOfDay otherwise, Lowering& lowering) {
  Digest digest;
  digest.iso_weekday = written.day.iso;
  digest.at = written.at ? to_time(*written.at) : otherwise;
  if (!lowering.check_length(written.recipients)) return digest;
  check_distinct(written.recipients, lowering);
  for (const dsl::Name& name : written.recipients) {
    if (name.key == in_charge_key) {
      lowering.report(dsl::Code::wrong_step, name.span,
                      "un resumen reúne lo de muchos planes, y va a un rol, no al responsable de cada cosa",
                      "nombre los roles que lo reciben");
    } else if (const auto role = lowering.find<RoleId>(name, lowering.names().roles, rules::NameKind::role)) {
      digest.recipients.push_back(*role);
    }
  }
  digest.text = lowering.words(written.span);
  digest.span = written.span;
  return digest;
}

}  // namespace

Ladder lower_ladder(const dsl::LadderDecl& written, Lowering& lowering) {
  Ladder ladder;
  const dsl::Head& head = written.head;
  static_cast<rules::Named&>(ladder) = {head.name.text, head.name.key, head.shown(), head.name.span};
  if (written.at) ladder.at = to_time(*written.at);
  if (written.steps.empty() && written.digests.empty()) {
    lowering.report(dsl::Code::clause_missing, head.name.span,
                    "la escalera " + quoted(head.name.text) + " no avisa de nada",
                    "escriba por ejemplo «al vencer avisa al responsable»");
  }
  for (const dsl::LadderStep& step : written.steps)
    ladder.steps.push_back(lower_step(step, lowering));
  for (const dsl::DigestLine& line : written.digests) {
    ladder.digests.push_back(lower_digest(line, ladder.at, lowering));
  }
  return ladder;
}

}  // namespace cauce::workflows
