// Progress by front, term, result, service and form of action, for people and for machines.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/cli/command.hpp"
#include "engine/cli/json_output.hpp"
#include "workflows/contribution.hpp"

namespace cauce::engine::cli {

Json to_json(const std::vector<workflows::ContributionLine>& lines);
/// A table; nothing where there are no lines.
void print(const std::vector<workflows::ContributionLine>& lines, Session& session);

}  // namespace cauce::engine::cli
