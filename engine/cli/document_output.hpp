// A document on a terminal.
#pragma once

#include <cstddef>
#include <string>

#include "engine/cli/command.hpp"
#include "engine/document/document.hpp"

namespace cauce::engine::cli {

/// Prints titles, paragraphs, lists and tables; of a table at most `most_rows`, and then how many more there
/// are, with `where_all` (who has them all).
void print_document(const document::Document& document, std::size_t most_rows, const std::string& where_all,
                    Session& session);

}  // namespace cauce::engine::cli
