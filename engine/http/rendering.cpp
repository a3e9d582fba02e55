#include "engine/http/rendering.hpp"

#include <algorithm>
#include <string>

namespace cauce::engine {
namespace {

constexpr Rendering beside_json[] = {
    {"text/csv", "csv", "--csv=-"},
    {"text/calendar", "ics", "--ics=-"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", "--xlsx=-"},
    {"text/html", "html", "--html=-"},
};

}  // namespace

std::vector<Rendering> renderings_of(const Route& route) {
  std::vector<Rendering> renderings = {{"application/json", "json", "--json"}};
  const cli::Command* command = command_of(route);
  if (!command || route.method != "GET") return renderings;
  cli::Arguments arguments;
  (void)command->declare(arguments);
  for (const Rendering& rendering : beside_json) {
    const std::string option(rendering.word.substr(0, rendering.word.find('=')));
    const bool knows =
        std::any_of(arguments.help().begin(), arguments.help().end(),
                    [&](const auto& argument) { return argument.shown().starts_with(option + " "); });
    const auto& without = route.without;
    const bool is_left_out = std::find(without.begin(), without.end(), rendering.ending) != without.end();
    if (knows && !is_left_out) renderings.push_back(rendering);
  }
  return renderings;
}

}  // namespace cauce::engine
