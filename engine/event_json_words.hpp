// The words of stored events that both their writing and their reading use.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "dsl/syntax.hpp"

namespace cauce::engine {

inline constexpr int event_format_version = 1;

inline constexpr std::array<std::pair<dsl::Demand, std::string_view>, 3> demand_words = {{
    {dsl::Demand::nothing, "nothing"},
    {dsl::Demand::motive, "motive"},
    {dsl::Demand::judgement, "judgement"},
}};

inline constexpr std::array<std::string_view, 7> field_type_words = {"text", "integer", "number", "truth",
                                                               "date", "one_of",  "nothing"};
inline constexpr std::array<std::string_view, 3> obligation_type_words = {"report", "milestone", "phase"};

}  // namespace cauce::engine
