// A follow-up for people, spreadsheets and machines.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/cli/follow_up.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/document/page.hpp"
#include "engine/sheet.hpp"

namespace cauce::engine::cli {

/// `Seguimiento mensual: mayo de 2024`
std::string title_of(const FollowUp& follow_up);
Json to_json(const FollowUp& follow_up);
/// A sheet per table, the summary first; tables in which nothing stands are left out.
std::vector<Sheet> sheets_of(const FollowUp& follow_up);
/// The same tables on a page to print.
document::Page page_of(const FollowUp& follow_up);
/// The summary, and how the topmost entities, the kinds of plan and what is contributed to do.
std::vector<Sheet> short_sheets_of(const FollowUp& follow_up);

}  // namespace cauce::engine::cli
