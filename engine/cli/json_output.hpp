// JSON for other programs: English keys, stable, described in docs/schema/.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "engine/cli/command.hpp"
#include "rules/value.hpp"

namespace cauce::engine::cli {

using Json = nlohmann::ordered_json;

/// Numbers as strings (they are exact), truth values as such, dates ISO, *sin dato* null.
Json to_json(const rules::Value& value);
/// `text`, `integer`, `number`, `truth`, `date`, `one_of`, `nothing`
std::string name_of(rules::TypeKind kind);

/// Why a command did nothing, as `error` has it.
Json error_json(std::string_view message, std::string_view help);

/// Prints it with a line end. Bytes that are not UTF-8 (of a file's name, say) are replaced.
void print_json(const Json& json, Session& session);

}  // namespace cauce::engine::cli
