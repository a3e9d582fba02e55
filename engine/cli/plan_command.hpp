// What every command on one plan shares.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/cli/database.hpp"

namespace cauce::engine::cli {

/// `PLAN` and `--si-versión`, which every command on a plan takes.
struct PlanOptions {
  std::string plan;
  std::optional<std::string> if_version;
};
void take_plan(Arguments& arguments, PlanOptions& options);
void take_if_version(Arguments& arguments, PlanOptions& options);

/// An obligation as it is named after the plan: `informe_mensual 2024-05`.
struct ObligationOptions {
  std::string name;
  std::optional<std::string> period;
};
void take_obligation(Arguments& arguments, ObligationOptions& options);

/// `--campo c=v`, one or more times.
std::vector<workflows::FieldInput> field_inputs(const std::vector<std::string>& pairs);

/// Runs a command on a plan as `--como`, and tells what came of it.
int run_on_plan(const PlanOptions& options, const workflows::Command& command, Session& session);

}  // namespace cauce::engine::cli
