// A policy as it is published: its files under the names that they have in their folder, wherever that lies.
#pragma once

#include "dsl/source.hpp"
#include "engine/store/store.hpp"
#include "rules/ruleset.hpp"

namespace cauce::engine {

/// `pat.cauce` of `/home/ana/política/pat.cauce`.
std::string name_in_policy(std::string_view path);
/// Whether two texts differ in no more than the ends of their lines and the mark at their beginning, with
/// which one system writes and another does not.
bool is_same_text(std::string_view one, std::string_view other);

/// What is kept of a policy: the bytes of its files as they are. Without version, sequence and day.
PolicyRow published_row(const dsl::Sources& sources, const rules::Ruleset& rules);
/// Whether two are one policy for one year, from wherever they were read.
bool is_same_policy(const PolicyRow& one, const PolicyRow& other);

}  // namespace cauce::engine
