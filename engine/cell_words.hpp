// How what stands in a data file is named in messages, and what all its readers say alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cauce::engine {

/// What a file holds, as a message shows it: «…».
std::string quote_cell(std::string_view cell);

/// «¿quiso decir …?», with the nearest of `candidates`; empty if none is near.
std::string did_you_mean_cell(std::string_view word, const std::vector<std::string_view>& candidates);

/// What a spreadsheet does to codes that it takes for numbers.
inline constexpr const char* lost_zero =
    "La hoja de cálculo le quitó el cero inicial: dé a la columna formato de texto";

/// Without the blanks around it.
std::string_view trimmed_cell(std::string_view cell);

}  // namespace cauce::engine
