// What people have written about plans (components, reports, evidence, motives, judgements), found by its
// words.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store/written_tables.hpp"
#include "engine/system.hpp"

namespace cauce::engine {

/// What somebody typed as an expression of FTS5: words, all of which must be there; `"a phrase"`; `begin*`.
/// Nothing that is typed is an operator. Nothing if there is no word in it.
std::optional<std::string> to_search_expression(std::string_view typed);

struct SearchRequest {
  std::string text;
  std::optional<std::string> source = {};  ///< only from there
  std::function<bool(const PlanId&)> may_see =
      {};                 ///< whether whoever asks may read of that plan; none: of all
  std::size_t most = 20;  ///< hits to give; all are counted
};

/// A stretch of a text: one that was looked for, or what stands around it.
struct SnippetPart {
  std::string text;
  bool found = false;
};

struct SearchHit {
  WrittenRow written;
  Instant instant;  ///< when it was recorded
  std::string actor;
  std::vector<SnippetPart> snippet;
};

struct SearchAnswer {
  std::vector<SearchHit> hits = {};  ///< the nearest first
  std::size_t total = 0;
};

/// Looks, after catching up with the journal. `request.text` has a word in it.
SearchAnswer search(System& system, const SearchRequest& request, const Progress& progress = {});

/// What the tables hold that the journal does not say, in Spanish; nothing if they are what it says.
std::optional<std::string> written_difference(Store& store);

}  // namespace cauce::engine
