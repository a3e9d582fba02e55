// From the CSV of the municipalities to the CSV that ranks them: `cauce focalizar --csv`, and a program that
// somebody wrote in C++ for just this policy and these files. Both must write the same bytes.
#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/population.hpp"
#include "bench/reference.hpp"
#include "engine/cli/cli_for_tests.hpp"
#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"
#include "tests/project_folder.hpp"

namespace cauce::bench {
namespace {

using rules::TargetStatus;

std::string shared(const std::string& path) {
  return project_folder() + "/../shared/" + path;
}

/// As a cell of CSV.
std::string cell(std::string_view text) {
  const bool is_quoted = text.find_first_of(",;") != text.npos;
  return is_quoted ? "\"" + std::string(text) + "\"" : std::string(text);
}

/// A folder with the data of the policy, and made-up municipalities with the columns that it reads.
class Files {
 public:
  explicit Files(std::size_t size) {
    for (const char* name : {"/regiones.csv", "/departamentos.csv"})
      engine::write_file(folder_.path() + name, engine::read_file(shared("data") + name));
    const rules::Ruleset& rules = reference().rules();
    const auto kind = *rules.find_entity("municipio");
    const auto department = *rules.find_entity("departamento");
    const rules::Territory made = population(size);
    const rules::EntityTable& table = made.of(kind);
    std::string text =
        "codigo_municipio,nombre,tipo,categoria_ley617,pdet,mdm_2020,ipm_2018,idf_2023,poblacion_2024,"
        "categoria_ruralidad,codigo_departamento\n";
    for (std::uint32_t row = 0; row < table.size(); ++row) {
      for (const auto& column : table.columns)
        text += (rules::is_missing(column[row]) ? "" : cell(rules::to_display(column[row]))) + ",";
      text += made.key_of(rules, department, table.parent[row]) + "\n";
    }
    engine::write_file(municipalities(), text);
  }
  const std::string& path() const { return folder_.path(); }
  std::string municipalities() const { return folder_ / "municipios.csv"; }
  std::string departments() const { return folder_ / "departamentos.csv"; }
  std::string ranking() const { return folder_ / "seleccion.csv"; }

 private:
  engine::FolderForTests folder_;
};

const Files& files_of(std::size_t size) {
  static std::unordered_map<std::size_t, Files> made;
  return made.try_emplace(size, size).first->second;
}

void rank_by_policy(const Files& files) {
  engine::cli::CommandLineForTests cauce;
  cauce.set_time("2024-03-01T09:00");
  const auto outcome = cauce({"focalizar", shared("reference-policy"), "municipios", "--datos", files.path(),
                              "--csv", files.ranking()});
  if (outcome.out.empty()) throw std::runtime_error(outcome.err);
}

// --- By hand

/// The cells of the next line. No quotes stand within a cell of these files, only around it.
bool next_line(std::string_view& text, std::vector<std::string_view>& cells) {
  if (text.empty()) return false;
  cells.clear();
  for (bool more = true; more;) {
    const bool is_quoted = text.starts_with('"');
    if (is_quoted) text.remove_prefix(1);
    const std::size_t end = std::min(text.find_first_of(is_quoted ? "\"" : ",\n"), text.size());
    cells.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + (is_quoted ? 1U : 0U), text.size()));
    more = text.starts_with(',');
    if (!text.empty()) text.remove_prefix(1);
  }
  return true;
}

/// A number of at most four decimals, in town_unit.
std::int64_t units(std::string_view cell) {
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), whole);
  if (error != std::errc()) throw std::runtime_error("not a number");
  std::int64_t unit = town_unit;
  whole *= unit;
  for (const char* digit = end; digit != cell.data() + cell.size(); ++digit) {
    if (*digit == '.') continue;
    unit /= 10;
    whole += unit * (*digit - '0');
  }
  return whole;
}

/// `tenths` tenths of a town_unit, as a number without zeros at its end.
void append_number(std::string& text, std::int64_t tenths) {
  constexpr std::int64_t one = 10 * town_unit;
  text += std::to_string(tenths / one);
  std::string decimals = std::to_string(one + tenths % one);
  decimals.front() = '.';
  decimals.erase(decimals.find_last_not_of('0') + 1);
  if (decimals != ".") text += decimals;
}

std::string_view spanish(TargetStatus status) {
  constexpr std::array<std::string_view, 6> names = {"seleccionado", "en espera", "elegible",
                                                     "no elegible",  "excluido",  "por verificar"};
  return names.at(static_cast<std::size_t>(status));
}

constexpr std::array<std::string_view, 5> reasons = {
    "Áreas no municipalizadas e islas se atienden con su departamento",
    "Cuentan con capacidad técnica propia", "Municipio PDET", "Desempeño por debajo del umbral",
    "Pobreza multidimensional por encima del umbral"};
constexpr std::array<std::string_view, 5> fields = {"tipo", "categoría", "pdet", "mdm", "ipm"};

struct Place {
  std::string_view region;
  std::string_view department;
  std::int64_t quota;  ///< of the region
};

/// Where one stands; 0 where it stands nowhere.
struct Ranks {
  std::size_t among_eligible = 0;
  std::size_t among_waiting = 0;
};

void append_rank(std::string& text, std::size_t rank) {
  text += ",";
  if (rank != 0) text += std::to_string(rank);
}

void append_reasons(std::string& text, std::uint8_t bits) {
  const bool is_quoted = (bits & (bits - 1)) != 0;  // there are several
  text += is_quoted ? ",\"" : ",";
  for (std::size_t i = 0, told = 0; i < reasons.size(); ++i) {
    if ((bits & (1U << i)) != 0) text.append(told++ == 0 ? "" : "; ").append(reasons[i]);
  }
  if (is_quoted) text += "\"";
}

void append_full_quotas(std::string& text, std::uint8_t full, const Place& place) {
  const bool is_quoted = full == (Verdict::total | Verdict::of_region);
  text += is_quoted ? ",\"" : ",";
  if ((full & Verdict::total) != 0)
    text.append("cupo total (").append(std::to_string(total_quota)).append(")");
  if (is_quoted) text += "; ";
  if ((full & Verdict::of_region) != 0) {
    text.append("cupo de región «").append(place.region).append("» (");
    text.append(std::to_string(place.quota)).append(")");
  }
  if (is_quoted) text += "\"";
}

/// The fields that are not known, as they are listed in Spanish.
std::string missing_fields(std::uint8_t known) {
  std::vector<std::string_view> missing;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if ((known & (1U << i)) == 0) missing.push_back(fields[i]);
  }
  std::string text;
  for (std::size_t i = 0; i < missing.size(); ++i)
    text.append(i == 0 ? "" : i + 1 == missing.size() ? " y " : ", ").append(missing[i]);
  return text;
}

void append_row(std::string& text, std::string_view key, std::string_view name, const Place& place,
                const Town& town, const Verdict& verdict, const Ranks& ranks) {
  text.append(key).append(",").append(cell(name)).append(",").append(spanish(verdict.status));
  append_rank(text, ranks.among_eligible);
  append_rank(text, ranks.among_waiting);
  text += ",";
  if (verdict.scored) append_number(text, verdict.score);
  text += ",";
  if ((town.known & Town::has_mdm) != 0) append_number(text, 4 * (100 * town_unit - town.mdm));
  text += ",";
  if ((town.known & Town::has_ipm) != 0) append_number(text, 4 * town.ipm);
  text += ",";
  if (verdict.scored) append_number(text, verdict.score - 4 * (100 * town_unit - town.mdm) - 4 * town.ipm);
  text.append(",").append(place.region).append(",").append(place.department);
  append_reasons(text, verdict.reasons);
  append_full_quotas(text, verdict.full, place);
  text += ",,";  // nothing is decided by hand
  if (verdict.status == TargetStatus::undetermined) text += cell(missing_fields(town.known));
  text += "\r\n";
}

void rank_by_hand(const Files& files) {
  const std::string departments = engine::read_file(files.departments());
  const std::string municipalities = engine::read_file(files.municipalities());
  std::vector<std::string_view> cells;
  Towns towns;
  std::vector<Place> places;
  std::unordered_map<std::string_view, std::uint16_t> regions;
  std::unordered_map<std::string_view, std::uint16_t> by_key;
  std::string_view rest = departments;
  next_line(rest, cells);
  std::vector<std::uint16_t> region_of;
  while (next_line(rest, cells)) {
    const auto [region, is_new] = regions.emplace(cells[2], static_cast<std::uint16_t>(regions.size()));
    if (is_new) towns.region_quotas.push_back(quota_of_region(cells[2]));
    by_key.emplace(cells[0], static_cast<std::uint16_t>(places.size()));
    region_of.push_back(region->second);
    places.push_back({cells[2], cells[0], towns.region_quotas[region->second]});
  }
  towns.departments = places.size();
  std::vector<std::string_view> names;
  rest = municipalities;
  next_line(rest, cells);
  while (next_line(rest, cells)) {
    Town town;
    const auto has = [&](std::string_view cell, Town::Known known) {
      if (!cell.empty()) town.known = static_cast<std::uint8_t>(town.known | known);
      return !cell.empty();
    };
    if (has(cells[2], Town::has_type)) town.type = cells[2] == "Municipio" ? 1 : 0;
    if (has(cells[3], Town::has_category)) {
      town.category = cells[3] == "ESP" ? std::uint8_t{0} : static_cast<std::uint8_t>(cells[3].front() - '0');
    }
    if (has(cells[4], Town::has_pdet)) town.pdet = cells[4] == "sí" ? 1 : 0;
    if (has(cells[5], Town::has_mdm)) town.mdm = units(cells[5]);
    if (has(cells[6], Town::has_ipm)) town.ipm = units(cells[6]);
    town.department = by_key.at(cells[10]);
    town.region = region_of[town.department];
    towns.rows.push_back(town);
    towns.keys.push_back(cells[0]);
    names.push_back(cells[1]);
  }
  std::vector<Verdict> verdicts;
  judge_by_hand(towns.rows, verdicts);
  std::vector<std::uint32_t> listed = choose_by_hand(towns, verdicts);
  const std::size_t ranked = listed.size();
  std::vector<bool> is_ranked(towns.rows.size());
  for (const std::uint32_t row : listed)
    is_ranked[row] = true;
  for (std::uint32_t row = 0; row < towns.rows.size(); ++row) {
    if (!is_ranked[row]) listed.push_back(row);
  }
  std::sort(listed.begin() + static_cast<std::ptrdiff_t>(ranked), listed.end(),
            [&](auto a, auto b) { return towns.keys[a] < towns.keys[b]; });
  std::string text =
      "clave,nombre,estado,puesto,puesto en espera,puntaje,puntaje desempeño,puntaje pobreza,puntaje "
      "prioridad,"
      "región,departamento,razones,cupos llenos,a mano,falta\r\n";
  std::size_t waiting = 0;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const std::uint32_t row = listed[i];
    const bool waits = verdicts[row].status == TargetStatus::waitlisted;
    append_row(text, towns.keys[row], names[row], places[towns.rows[row].department], towns.rows[row],
               verdicts[row], {i < ranked ? i + 1 : 0, waits ? ++waiting : 0});
  }
  engine::write_file(files.ranking(), text);
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->Arg(1'122)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
}

void ranking_by_policy(benchmark::State& state) {
  const Files& files = files_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state)
    rank_by_policy(files);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(ranking_by_policy)->Apply(sizes);

void ranking_by_hand(benchmark::State& state) {
  const Files& files = files_of(static_cast<std::size_t>(state.range(0)));
  rank_by_policy(files);
  const std::string by_policy = engine::read_file(files.ranking());
  rank_by_hand(files);
  if (engine::read_file(files.ranking()) != by_policy) state.SkipWithError("the two do not write the same");
  for (auto _ : state)
    rank_by_hand(files);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(ranking_by_hand)->Apply(sizes);

}  // namespace
}  // namespace cauce::bench
