// What holds of every diagnostic, whatever the text.
#pragma once

#include "dsl/diagnostic.hpp"
#include "fuzz/hold.hpp"

namespace cauce::fuzz {

/// Shows every mistake, for which its place must lie in the text.
inline void show(const dsl::Diagnostics& diagnostics, const dsl::Sources& sources) {
  for (const dsl::Diagnostic& diagnostic : diagnostics) {
    hold(!diagnostic.message.empty(), "a mistake says what it is");
    const dsl::Span span = diagnostic.span;
    if (span.file < sources.size()) {
      hold(span.begin <= span.end && span.end <= sources[span.file].text.size() + 1,
           "a mistake lies in its text");
    }
    hold(!dsl::render(diagnostic, sources, true).empty(), "a mistake can be shown");
  }
  hold(!dsl::to_json(diagnostics, sources).empty(), "mistakes can be told to machines");
}

}  // namespace cauce::fuzz
