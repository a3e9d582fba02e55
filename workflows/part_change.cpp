#include "workflows/part_change.hpp"

#include <algorithm>
#include <utility>

#include "dsl/fold.hpp"
#include "dsl/source.hpp"
#include "rules/entities.hpp"
#include "rules/ruleset.hpp"

namespace cauce::workflows {
namespace {

std::string formula_of(const rules::TargetingScore& part, const Version& version) {
  return dsl::words_of(version.sources, part.value.span);
}

std::vector<Keys> keys_of(const rules::Targeting& targeting, const Version& version) {
  std::vector<Keys> keys;
  for (const rules::TargetingScore& part : targeting.score)
    keys.push_back({part.key, part.title.empty() ? std::string() : "título " + dsl::fold(part.title),
                    without_layout(formula_of(part, version))});
  return keys;
}

/// What a part gave in one version, and what of the policy made it.
struct PartAccount {
  Value value;
  std::vector<SeenValue> parameters = {};
  std::string rows = {};
};

/// `side`: where what the parameters held is kept.
PartAccount account_for(const rules::TargetingScore& part, const Version& version, EntityKindId kind,
                        std::uint32_t row, std::optional<Value> SeenValue::*side) {
  const rules::EntityFacts facts(version.rules(), *version.territory, kind, row);
  rules::EvaluationNotes notes;
  notes.keep_trace = true;
  PartAccount account{rules::evaluate(part.value, facts, {version.rules(), version.as_of, &notes})};
  for (const rules::TraceStep& step : notes.trace) {
    if (step.kind == rules::TraceStep::Kind::row) {
      const rules::TableRow& matched = version.rules().tables.at(step.index).rows.at(step.item);
      account.rows += (account.rows.empty() ? "" : "; ") + dsl::words_of(version.sources, matched.span);
    } else if (step.kind == rules::TraceStep::Kind::parameter) {
      SeenValue seen{version.rules().parameters.at(step.index).name};
      seen.*side = step.value;
      seen.of_policy = true;
      account.parameters.push_back(std::move(seen));
    }
  }
  return account;
}

/// Those of both that hold another value now.
std::vector<SeenValue> other_parameters(const std::vector<SeenValue>& old,
                                        const std::vector<SeenValue>& now) {
  std::vector<SeenValue> others;
  const auto named = [](const std::string& name) {
    return [&name](const SeenValue& one) { return dsl::same_name(one.name, name); };
  };
  for (const SeenValue& is : now) {
    const auto was = std::find_if(old.begin(), old.end(), named(is.name));
    if (was == old.end() || was->before == is.after) continue;
    if (std::any_of(others.begin(), others.end(), named(is.name))) continue;
    others.push_back(is);
    others.back().before = was->before;
  }
  return others;
}

const std::string& title_of(const rules::TargetingScore& part) {
  return part.title.empty() ? part.name : part.title;
}

}  // namespace

PartsOfBoth::PartsOfBoth(const Version& before, const rules::Targeting& old, const Version& after,
                         const rules::Targeting& now)
    : before_(before),
      after_(after),
      old_(old),
      now_(now),
      pairs_(pair_up(keys_of(old, before), keys_of(now, after))) {}

std::vector<PartChange> PartsOfBoth::differing(std::uint32_t before_row, std::uint32_t after_row) const {
  std::vector<PartChange> differing;
  for (const Pair& pair : pairs_) {
    const rules::TargetingScore* was = pair.before ? &old_.score.at(*pair.before) : nullptr;
    const rules::TargetingScore* is = pair.after ? &now_.score.at(*pair.after) : nullptr;
    PartChange change{title_of(is != nullptr ? *is : *was)};
    PartAccount old;
    PartAccount now;
    if (was != nullptr) {
      old = account_for(*was, before_, old_.entity, before_row, &SeenValue::before);
      change.before = old.value;
    }
    if (is != nullptr) {
      now = account_for(*is, after_, now_.entity, after_row, &SeenValue::after);
      change.after = now.value;
    }
    if (change.before == change.after) continue;
    if (was != nullptr && is != nullptr) {
      const std::string formula_before = formula_of(*was, before_);
      const std::string formula_after = formula_of(*is, after_);
      if (without_layout(formula_before) != without_layout(formula_after)) {
        change.formula_before = formula_before;
        change.formula_after = formula_after;
      }
      change.parameters = other_parameters(old.parameters, now.parameters);
      if (without_layout(old.rows) != without_layout(now.rows)) {
        change.rows_before = old.rows;
        change.rows_after = now.rows;
      }
    }
    differing.push_back(std::move(change));
  }
  return differing;
}

}  // namespace cauce::workflows
