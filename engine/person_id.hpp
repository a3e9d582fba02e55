// The id by which a person is known in the journal, and which `--como` takes.
#pragma once

#include <string_view>

namespace cauce::engine {

/// Whether a text can be one: letters, digits and `. - _ @ +`, beginning with a letter or a digit. It is
/// typed at the command line and stands in lists, so that nothing in it is to be quoted or can be read as an
/// option.
bool is_person_id(std::string_view text);

}  // namespace cauce::engine
