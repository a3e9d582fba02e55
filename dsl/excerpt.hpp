// A place of a policy as diagnostics and failed tests show it. Defined with the diagnostics, whose look it
// has.
#pragma once

#include <string>

#include "dsl/source.hpp"

namespace cauce::dsl {

/// `--> file:line:column`, the line, and the part underlined with `^`; each line begun by `margin` spaces and
/// ended. Nothing for a span of no file.
std::string render_excerpt(Span span, const Sources& sources, std::size_t margin, bool colour = false);

}  // namespace cauce::dsl
