// How the explanation of a code is shown: on a terminal, as a page, as JSON.
#pragma once

#include <span>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "dsl/diagnostic.hpp"
#include "engine/cli/command.hpp"

namespace cauce::engine::cli {

/// What the wrong example of `code` gives, as people see it.
std::string provoked_by_example(dsl::Code code, bool colour = false);

/// The explanation of one code, with its example and its mend.
void print_explanation(dsl::Code code, Session& session);

/// Every code with its title, by family.
void print_list_of_codes(Session& session);

/// docs/diagnósticos.md
std::string page_of_codes();
/// The part of that page that is about `code`.
std::string page_of_code(dsl::Code code);

nlohmann::ordered_json json_of_codes(std::span<const dsl::Code> codes);

}  // namespace cauce::engine::cli
