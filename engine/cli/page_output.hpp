// A page on a terminal.
#pragma once

#include "engine/cli/command.hpp"
#include "engine/document/page.hpp"

namespace cauce::engine::cli {

/// Prints it as wide as the terminal; to a file, at a width that can be read.
void print_page(const document::Page& page, Session& session);

}  // namespace cauce::engine::cli
