// What commands start from: policies, data, dates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/cli/command.hpp"
#include "engine/import.hpp"
#include "workflows/compile.hpp"

namespace cauce::engine::cli {

struct LoadedPolicy {
  dsl::Sources sources;
  workflows::Compiled compiled;

  const workflows::Policy& policy() const { return *compiled.policy; }
  const rules::Ruleset& rules() const { return *compiled.policy->rules; }
};

/// Reads and compiles the policy at `paths`, with `--vigencia`. If it has errors they are printed (with
/// `--json` as `revisar` does) and there is nothing: exit code 1.
std::optional<LoadedPolicy> load_policy(Session& session, const std::vector<std::string>& paths);

/// Diagnostics as people or, with `--json`, machines read them.
void print_diagnostics(Session& session, const dsl::Diagnostics& diagnostics, const dsl::Sources& sources);

/// `--datos` and how its files are written.
struct DataOptions {
  std::vector<std::string> data = {};
  std::optional<std::string> separator = {};
  std::optional<std::string> decimal = {};
  std::optional<std::string> encoding = {};
};
void take_data_options(Arguments& arguments, DataOptions& options, bool required);
void take_dialect_options(Arguments& arguments, DataOptions& options);
/// `--plan-solo`: to see what an order would do.
void take_only_show(Arguments& arguments, bool& only_show);
/// Says that nothing was done.
void say_only_shown(Session& session);
CsvDialect dialect_of(const DataOptions& options);

/// Reads the data of every kind of entity and says how it was read. If it has errors they are printed and
/// there is nothing: exit code 3. `kept`: what the database holds, for a command that adds to it.
std::optional<ImportedData> load_data(Session& session, const rules::Ruleset& rules,
                                      const DataOptions& options, const rules::Territory* kept = nullptr);
/// The first, and how many there are.
void print_data_errors(Session& session, const DataErrors& errors);

/// The kind of entity that an option names. WrongUsage, with the nearest name, otherwise.
rules::EntityKindId entity_kind_option(const rules::Ruleset& rules, const std::string& name);
/// The focalización of that name; without one, the only one there is. WrongUsage otherwise.
const rules::Targeting& targeting_option(const rules::Ruleset& rules, const std::optional<std::string>& name);
/// The kind of plan of that name, or the only one. WrongUsage, with what there is, otherwise.
workflows::PlanKindId plan_kind_option(const workflows::Policy& policy,
                                       const std::optional<std::string>& given);
/// The focalización of that name, or the only one. WrongUsage otherwise.
const rules::Targeting& find_targeting(const rules::Ruleset& rules, const std::optional<std::string>& name);
/// A date as an option gives it: 2024-02-07. WrongUsage otherwise.
rules::Date date_option(const std::string& text, const std::string& option);
/// `--fecha`, or today in `zone`.
rules::Date evaluation_date(const Session& session, const std::string& zone);
/// A whole number as an option gives it. WrongUsage otherwise.
int number_option(const std::string& text, const std::string& option);

}  // namespace cauce::engine::cli
