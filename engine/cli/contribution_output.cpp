#include "engine/cli/contribution_output.hpp"

#include <nlohmann/json.hpp>

#include "engine/cli/table.hpp"

namespace cauce::engine::cli {

Json to_json(const std::vector<workflows::ContributionLine>& lines) {
  Json json = Json::array();
  for (const workflows::ContributionLine& line : lines) {
    json.push_back({{"by", name_of(line.by)},
                    {"name", line.name},
                    {"title", line.title},
                    {"milestones", line.hitos},
                    {"achieved", line.achieved},
                    {"progress", to_json(line.progress())}});
  }
  return json;
}

void print(const std::vector<workflows::ContributionLine>& lines, Session& session) {
  if (lines.empty()) return;
  TextTable table({{"Aporta a"},
                   {"Nombre"},
                   {"Título"},
                   {"Hitos", Align::right},
                   {"Cumplidos", Align::right},
                   {"Avance", Align::right}});
  for (const workflows::ContributionLine& line : lines) {
    table.add({std::string(spanish_name(line.by)), line.name, line.title, std::to_string(line.hitos),
               std::to_string(line.achieved), in_table(line.progress())});
  }
  print(table, session);
}

}  // namespace cauce::engine::cli
