// The scripts with which the shells ask what may follow (shells/).
#pragma once

#include <string_view>

namespace cauce::engine::cli {

extern const std::string_view bash_script;
extern const std::string_view zsh_script;
extern const std::string_view fish_script;

}  // namespace cauce::engine::cli
