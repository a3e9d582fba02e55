// How far long work is: a line on a terminal, silence elsewhere.
#pragma once

#include <functional>
#include <string>

#include "engine/cli/command.hpp"

namespace cauce::engine::cli {

/// A function to be told `done` of `total`; it writes over its own line, and ends it when all is done.
std::function<void(std::size_t, std::size_t)> progress_bar(Session& session, const std::string& what);

}  // namespace cauce::engine::cli
