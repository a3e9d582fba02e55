#include "engine/http/notes_header.hpp"

#include <sstream>
#include <vector>

#include "engine/http/route.hpp"

namespace cauce::engine {
namespace {

/// Servers between us and who asks take heads of 4 KB and more.
constexpr std::size_t most_bytes = 2000;

}  // namespace

std::string notes_in_header(const std::string& said) {
  std::vector<std::string> notes;
  std::istringstream lines(said);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) notes.push_back(encoded(line));
  }
  std::string header;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    const std::string comma = header.empty() ? "" : ", ";
    if (header.size() + comma.size() + notes[i].size() > most_bytes)
      return header + comma + encoded("y " + std::to_string(notes.size() - i) + " más");
    header += comma + notes[i];
  }
  return header;
}

}  // namespace cauce::engine
