// Which digests were looked at: of each version of the policy, the last moment of each digest line, kept as a
// setting so that none is looked at twice.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workflows/plan.hpp"

namespace cauce::engine {

/// ISO instants, of the lines of a version in their order.
using DigestNote = std::map<workflows::PolicyVersion, std::vector<std::string>>;

std::string write_digest_note(const DigestNote& note);
/// Nothing if that is no such note.
std::optional<DigestNote> read_digest_note(const std::string& text);

}  // namespace cauce::engine
