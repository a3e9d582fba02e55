// What a question gave, as files and for machines.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/cli/command.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/query.hpp"
#include "engine/sheet.hpp"

namespace cauce::engine::cli {

/// What was asked, and of which day: it goes with an answer that leaves the terminal.
struct Asked {
  std::string query;
  std::string program;  ///< and its vigencia
  rules::Date today;
  std::optional<std::string> recorded_by = {};
  std::optional<std::string> occurred_by = {};
};

/// The answer as a sheet. It takes the rows, which may be many.
Sheet sheet_of(QueryAnswer&& answer);
/// What the rows do not say: how many stand por verificar and why, what was not looked at. Spanish.
std::vector<std::string> remarks_on(const QueryAnswer& answer);
/// A sheet that says what was asked, when, and `remarks`.
Sheet about(const Asked& asked, std::size_t rows, const std::vector<std::string>& remarks);

/// `answer` is without the rows of `sheet`.
Json to_json(const QueryAnswer& answer, const Sheet& sheet);
/// One object a line, by the headings.
void print_json_lines(const Sheet& sheet, Session& session);
void print_table(const Sheet& sheet, Session& session);

}  // namespace cauce::engine::cli
