// A password as it is typed: without being shown, and never from the words of a command, which others can see.
#pragma once

#include "engine/cli/command.hpp"
#include "engine/secret.hpp"

namespace cauce::engine::cli {

/// From the terminal, twice, or else the first line of standard input. WrongUsage if there is none, or the two
/// differ.
Secret read_password(Session& session, const std::string& whose);

}  // namespace cauce::engine::cli
