// The configuration of the daemon on the command line: read and told of, checked, and tried out.
#pragma once

#include <optional>
#include <string>

#include "engine/cli/command.hpp"
#include "engine/config.hpp"

namespace cauce::engine::cli {

/// The configuration in `file`, or (none) the usual one: messages in a folder. Nothing, after having said
/// what is wrong, if it has errors. FileUnusable if it cannot be read.
std::optional<Config> load_config(const std::optional<std::string>& file, Session& session);

/// `--revisar-config`: everything that is wrong, or how messages would leave.
int check_config(const std::string& file, Session& session);

/// `--prueba-correo`: one message to `address`, now, and what the other side says to it.
int send_trial(const Config& config, const std::string& address, Session& session);

}  // namespace cauce::engine::cli
