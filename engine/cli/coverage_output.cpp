#include "engine/cli/coverage_output.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <tuple>

#include <nlohmann/json.hpp>

#include "dsl/places.hpp"
#include "engine/cli/text.hpp"
#include "workflows/lowering.hpp"

namespace cauce::engine::cli {
namespace {

using workflows::Coverage;
using workflows::CoverageItem;
using workflows::CoveredPart;

/// How a part is called: for machines, the declaration that it stands in, one of it, many.
struct PartNames {
  std::string_view machine, declaration, one, many;
};
const PartNames& names_of(CoveredPart part) {
  static constexpr std::array<PartNames, 6> names = {{
      {"clause", "focalización", "cláusula", "cláusulas"},
      {"row", "tabla", "fila", "filas"},
      {"action", "plan", "acción", "acciones"},
      {"exit", "plan", "exigencia al terminar", "exigencias al terminar"},
      {"step", "alertas", "peldaño", "peldaños"},
      {"digest", "alertas", "resumen", "resúmenes"},
  }};
  return names.at(static_cast<std::size_t>(part));
}

/// The parts of one kind of one declaration.
struct PartGroup {
  CoveredPart part;
  std::string owner;
  std::size_t reached = 0;
  std::size_t total = 0;
};

std::vector<PartGroup> groups_of(const Coverage& coverage) {
  std::vector<PartGroup> groups;
  for (const CoverageItem& item : coverage.items()) {
    auto group = std::find_if(groups.begin(), groups.end(), [&](const PartGroup& known) {
      return known.part == item.part && known.owner == item.owner;
    });
    if (group == groups.end()) group = groups.insert(group, PartGroup{item.part, item.owner});
    ++group->total;
    if (item.reached) ++group->reached;
  }
  return groups;
}

std::size_t count_reached(const Coverage& coverage) {
  return static_cast<std::size_t>(std::count_if(coverage.items().begin(), coverage.items().end(),
                                                [](const CoverageItem& item) { return item.reached; }));
}

/// In the order of the files.
std::vector<const CoverageItem*> unreached(const Coverage& coverage) {
  std::vector<const CoverageItem*> items;
  for (const CoverageItem& item : coverage.items()) {
    if (!item.reached) items.push_back(&item);
  }
  std::stable_sort(items.begin(), items.end(), [](const CoverageItem* a, const CoverageItem* b) {
    return std::tuple(a->span.file, a->span.begin) < std::tuple(b->span.file, b->span.begin);
  });
  return items;
}

std::size_t line_of(dsl::Places& places, dsl::Span span) {
  return places.in(span.file)->locate(span.begin).line;
}

/// How near a part came to being reached; empty where that says nothing.
std::string remark_on(const CoverageItem& item) {
  const bool is_condition = item.part == CoveredPart::clause || item.part == CoveredPart::exit;
  if (!item.was_false && !item.was_unknown) return is_condition ? "nunca se preguntó" : "";
  const std::string what = item.part == CoveredPart::action ? "su condición solo dio " : "solo dio ";
  if (item.was_false && item.was_unknown) return what + "no y sin dato";
  return what + (item.was_false ? "no" : "sin dato");
}

/// Whether a part begins on a line, and whether all that do are reached: by file and line.
std::map<std::pair<dsl::FileId, std::size_t>, bool> marks_of(const Coverage& coverage,
                                                             const dsl::Sources& sources) {
  std::map<std::pair<dsl::FileId, std::size_t>, bool> marks;
  dsl::Places places(sources);
  for (const CoverageItem& item : coverage.items()) {
    const auto [mark, is_new] = marks.emplace(std::pair(item.span.file, line_of(places, item.span)), true);
    mark->second = mark->second && item.reached;
  }
  return marks;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

void print_coverage(const Coverage& coverage, const dsl::Sources& sources, Session& session) {
  const Style style = out_style(session);
  session.out << "\n"
              << style.bold("Cobertura: " + std::to_string(count_reached(coverage)) + " de " +
                            std::to_string(coverage.items().size()))
              << "\n";
  for (const PartGroup& group : groups_of(coverage)) {
    const PartNames& names = names_of(group.part);
    session.out << "  " << names.declaration << " " << group.owner << ": " << group.reached << " de "
                << count_of(group.total, names.one, names.many) << "\n";
  }
  const auto left = unreached(coverage);
  if (left.empty()) return;
  session.out << "\nNinguna prueba llega a:\n";
  dsl::Places places(sources);
  for (const CoverageItem* item : left) {
    session.out << "  " << sources.at(item->span.file).name << ":" << line_of(places, item->span) << "  "
                << dsl::words_of(sources, item->span);
    if (const std::string remark = remark_on(*item); !remark.empty()) session.out << "  (" << remark << ")";
    session.out << "\n";
  }
}

void print_listing(const Coverage& coverage, const dsl::Sources& sources, Session& session) {
  const Style style = out_style(session);
  const auto marks = marks_of(coverage, sources);
  for (std::size_t index = 0; index < sources.size(); ++index) {
    const auto file = static_cast<dsl::FileId>(index);
    const auto first = marks.lower_bound({file, 0});
    if (first == marks.end() || first->first.first != file) continue;  // nothing in it can be reached
    const auto lines = lines_of(sources[index].text);
    const std::size_t width = std::to_string(lines.size()).size();
    session.out << "\n" << style.bold(sources[index].name) << "\n";
    for (std::size_t line = 1; line <= lines.size(); ++line) {
      const auto mark = marks.find({file, line});
      std::string sign = " ";
      if (mark != marks.end()) sign = mark->second ? "✓" : style.bad("✗");
      const std::string number = std::to_string(line);
      session.out << sign << " " << std::string(width - number.size(), ' ') << number << " |";
      if (!lines[line - 1].empty()) session.out << " " << lines[line - 1];
      session.out << "\n";
    }
  }
}

Json coverage_to_json(const Coverage& coverage, const dsl::Sources& sources) {
  Json groups = Json::array();
  for (const PartGroup& group : groups_of(coverage)) {
    groups.push_back({{"part", names_of(group.part).machine},
                      {"of", group.owner},
                      {"reached", group.reached},
                      {"total", group.total}});
  }
  Json left = Json::array();
  dsl::Places places(sources);
  for (const CoverageItem* item : unreached(coverage)) {
    left.push_back({{"part", names_of(item->part).machine},
                    {"of", item->owner},
                    {"file", sources.at(item->span.file).name},
                    {"line", line_of(places, item->span)},
                    {"text", dsl::words_of(sources, item->span)},
                    {"was_false", item->was_false},
                    {"was_unknown", item->was_unknown}});
  }
  return {{"reached", count_reached(coverage)},
          {"total", coverage.items().size()},
          {"groups", std::move(groups)},
          {"unreached", std::move(left)}};
}

}  // namespace cauce::engine::cli
