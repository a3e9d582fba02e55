// The pages that `man` shows, from what the commands say of themselves.
#pragma once

#include <string>
#include <vector>

#include "engine/cli/command.hpp"

namespace cauce::engine::cli {

/// One file of section 1.
struct ManualPage {
  std::string file;  ///< `cauce-planes-crear.1`
  std::string text;  ///< roff, UTF-8
};

/// `cauce.1`, one page a command, and one without accents that leads to each that has them.
std::vector<ManualPage> manual_pages(const std::vector<Command>& commands, const Build& build);

}  // namespace cauce::engine::cli
