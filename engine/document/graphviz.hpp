// Drawings by Graphviz, where it is installed. It runs as a program of its own, without a shell, for a
// limited time.
#pragma once

#include <chrono>
#include <stdexcept>
#include <string>

namespace cauce::engine::document {

/// Why there is no drawing, in Spanish, and what can be done.
class NotDrawn : public std::runtime_error {
 public:
  NotDrawn(const std::string& message, std::string help)
      : std::runtime_error(message), help_(std::move(help)) {}
  const std::string& help() const { return help_; }

 private:
  std::string help_;
};

/// The SVG (one `<svg>` element, without a prologue) that the program `dot` makes of `graph`. `program` is a
/// path or, without a slash, a name looked for in PATH. Throws NotDrawn.
std::string draw_svg(const std::string& graph, const std::string& program,
                     std::chrono::milliseconds limit = std::chrono::seconds(20));

}  // namespace cauce::engine::document
