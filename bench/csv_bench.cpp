// Reading the municipalities from CSV: into the territory of the reference policy, and by a loop that
// somebody wrote in C++ for just this file, which looks at the same columns and keeps the same numbers. Made
// large by repeating the real rows under keys of their own.
#include <charconv>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/reference.hpp"
#include "engine/csv.hpp"
#include "engine/folder_for_tests.hpp"
#include "engine/import.hpp"
#include "engine/policy_files.hpp"
#include "tests/project_folder.hpp"

namespace cauce::bench {
namespace {

std::string data_folder() {
  return project_folder() + "/../shared/data";
}

/// The header and `rows` rows. A key is that of the municipality and a number after it.
std::string made_text(std::size_t rows) {
  const std::string real = engine::read_file(data_folder() + "/municipios.csv");
  const std::size_t first = real.find('\n') + 1;
  std::string text = real.substr(0, first);
  std::size_t place = first;
  for (std::size_t row = 0; row < rows; ++row) {
    if (place >= real.size()) place = first;
    const std::size_t end = real.find('\n', place);
    const std::string_view line = std::string_view(real).substr(place, end + 1 - place);
    const std::size_t comma = line.find(',');
    text.append(line.substr(0, comma)).append(std::to_string(row)).append(line.substr(comma));
    place = end + 1;
  }
  return text;
}

/// A folder with the data of the reference policy, its municipalities so many.
class MadeData {
 public:
  explicit MadeData(std::size_t rows) {
    for (const char* name : {"regiones.csv", "departamentos.csv"})
      engine::write_file(folder_ / name, engine::read_file(data_folder() + "/" + name));
    engine::write_file(folder_ / "municipios.csv", made_text(rows));
  }
  const std::string& path() const { return folder_.path(); }
  std::string municipalities() const { return folder_ / "municipios.csv"; }

 private:
  engine::FolderForTests folder_;
};

const MadeData& made_data(std::size_t rows) {
  static std::unordered_map<std::size_t, MadeData> made;
  return made.try_emplace(rows, rows).first->second;
}

// --- By hand

/// What the policy reads of a municipality, and no more: no type is checked, nothing is exact, and no mistake
/// has a place.
struct Municipality {
  std::string key;
  std::string name;
  std::string department;
  std::string type;
  std::string category;
  std::string rurality;
  bool pdet = false;
  double mdm = 0;
  double ipm = 0;
  double idf = 0;
  double population = 0;
};

/// A number, or a mark for none.
double number(std::string_view cell) {
  double value = -1;
  std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return value;
}

std::vector<Municipality> read_by_hand(const std::string& path) {
  enum Column {
    key = 0,
    name = 1,
    department = 2,
    type = 6,
    category = 10,
    rurality = 12,
    pdet = 13,
    population = 16,
    ipm = 18,
    idf = 22,
    mdm = 26
  };
  const std::string text = engine::read_file(path);
  std::vector<Municipality> all;
  std::unordered_map<std::string, std::size_t> by_key;
  std::vector<std::string_view> cells;
  std::size_t place = text.find('\n') + 1;
  while (place < text.size()) {
    cells.clear();
    for (bool more = true; more;) {
      const std::size_t end = text.find_first_of(",\n", place);
      cells.push_back(std::string_view(text).substr(place, end - place));
      more = end != text.npos && text[end] == ',';
      place = end == text.npos ? text.size() : end + 1;
    }
    all.push_back({std::string(cells[key]), std::string(cells[name]), std::string(cells[department]),
                   std::string(cells[type]), std::string(cells[category]), std::string(cells[rurality]),
                   cells[pdet] == "1", number(cells[mdm]), number(cells[ipm]), number(cells[idf]),
                   number(cells[population])});
    by_key.emplace(all.back().key, all.size() - 1);
  }
  if (by_key.size() != all.size()) throw std::runtime_error("keys are there twice");
  return all;
}

// --- The benches

void data_is_read(benchmark::State& state) {
  const MadeData& data = made_data(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const engine::ImportedData read = engine::read_entities(reference().rules(), {data.path()});
    if (!read.errors.empty()) throw std::runtime_error(engine::render(read.errors.front()));
    benchmark::DoNotOptimize(read.territory.kinds.size());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void data_is_read_by_hand(benchmark::State& state) {
  const MadeData& data = made_data(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state)
    benchmark::DoNotOptimize(read_by_hand(data.municipalities()).size());
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void rows_are_split(benchmark::State& state) {
  const std::string text = made_text(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    engine::CsvReader reader(text, ',');
    engine::CsvRow row;
    std::size_t cells = 0;
    while (reader.read(row))
      cells += row.cells.size();
    benchmark::DoNotOptimize(cells);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

BENCHMARK(data_is_read)->Arg(1'122)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(data_is_read_by_hand)->Arg(1'122)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(rows_are_split)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cauce::bench
