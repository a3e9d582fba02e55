// Dependencies point one way: dsl <- rules <- workflows <- engine, and each third-party library has its
// place. The table below is the one of docs/architecture.md.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/project_folder.hpp"

namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

/// A header belongs to the first library of which it begins with a prefix; it may stand in files whose path
/// begins with one of `places`. A place ending in `*test*` stands for every test.
struct Library {
  std::string_view name;
  std::vector<std::string_view> headers;
  std::vector<std::string_view> places;
};

constexpr std::string_view tests_only = "*test*";

const std::vector<Library>& libraries() {
  static const std::vector<Library> table = {
      {"PEGTL", {"tao/pegtl"}, {"dsl/grammar", "dsl/parse.cpp"}},
      {"Boost", {"boost/"}, {"workflows/lifecycle.cpp", "rules/texts.hpp"}},
      {"Intel's decimal library", {"bid_"}, {"rules/decimal."}},
      {"utf8proc", {"utf8proc.h"}, {"dsl/"}},
      {"date/tz", {"date/"}, {"engine/clock."}},
      {"SQLite", {"SQLiteCpp/", "sqlite3.h"}, {"engine/store/"}},
      {"spdlog", {"spdlog/", "fmt/"}, {"engine/"}},
      {"GMime", {"gmime/", "glib"}, {"engine/senders/message"}},
      {"libcurl", {"curl/"}, {"engine/senders/"}},
      {"cpp-httplib", {"httplib.h"}, {"engine/http/"}},
      {"OpenSSL", {"openssl/"}, {"engine/http/"}},
      {"nlohmann-json", {"nlohmann/"}, {"engine/", "dsl/diagnostic"}},
      {"simdjson", {"simdjson.h"}, {"engine/event_reading.cpp"}},
      {"CLI11", {"CLI/"}, {"engine/cli/", "engine/config."}},
      {"toml++", {"toml++/"}, {"engine/cli/", "engine/config."}},
      {"libsodium", {"sodium"}, {"engine/"}},
      {"libxlsxwriter", {"xlsxwriter.h"}, {"engine/xlsx.cpp"}},
      {"the place of this checkout", {"tests/project_folder.hpp"}, {tests_only}},
      {"GoogleTest and RapidCheck", {"gtest/", "gmock/", "rapidcheck"}, {tests_only}},
      {"the operating system",
       {"unistd.h", "fcntl.h", "sys/", "poll.h", "pwd.h", "sched.h", "signal.h", "iconv.h", "pthread.h",
        "stdlib.h", "termios.h", "netinet/", "arpa/", "netdb.h", "ifaddrs.h"},
       {"engine/"}},
  };
  return table;
}

constexpr std::array<std::string_view, 4> layers = {"dsl", "rules", "workflows", "engine"};

std::optional<std::size_t> layer_of(std::string_view path) {
  const std::string_view folder = path.substr(0, path.find('/'));
  const auto* found = std::find(layers.begin(), layers.end(), folder);
  if (found == layers.end() || path.find('/') == path.npos) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - layers.begin());
}

/// The headers that a file includes, in order, without quotes or brackets.
std::vector<std::string> includes_of(const std::string& text) {
  std::vector<std::string> headers;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::string_view rest = line;
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (!rest.starts_with("#")) {
      continue;
    }
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t", 1), rest.size()));
    const auto open = rest.find_first_of("\"<");
    const auto close = rest.find_last_of("\">");
    if (rest.starts_with("include") && open < close && close != rest.npos) {
      headers.emplace_back(rest.substr(open + 1, close - open - 1));
    }
  }
  return headers;
}

/// Tests and what they share: NAME_test.cpp, NAME_fixture.hpp, NAME_for_tests.hpp.
bool is_test(std::string_view path) {
  const std::string_view file = path.substr(path.rfind('/') + 1);
  return file.find("test") != file.npos || file.find("fixture") != file.npos;
}

bool stands_in_its_place(const Library& library, std::string_view path) {
  return std::any_of(library.places.begin(), library.places.end(), [&](std::string_view place) {
    return place == tests_only ? is_test(path) : path.starts_with(place);
  });
}

/// What is wrong with one include of the file at `path` (from the root of the repository); empty if nothing
/// is.
std::string violation(std::string_view path, const std::string& header) {
  if (const auto target = layer_of(header)) {
    if (*target > layer_of(path)) {
      return std::string(path) + ": \"" + header + "\" points back (dsl <- rules <- workflows <- engine)";
    }
    return {};
  }
  for (const Library& library : libraries()) {
    const bool matches = std::any_of(library.headers.begin(), library.headers.end(),
                                     [&](std::string_view prefix) { return header.starts_with(prefix); });
    if (matches) {
      return stands_in_its_place(library, path) ? std::string()
                                                : std::string(path) + ": <" + header + "> is " +
                                                      std::string(library.name) + ", out of its place";
    }
  }
  const bool of_the_standard = header.find_first_of("./") == std::string::npos;
  return of_the_standard ? std::string()
                         : std::string(path) + ": <" + header + "> belongs to no known library";
}

std::vector<std::string> violations(std::string_view path, const std::string& text) {
  std::vector<std::string> found;
  for (const std::string& header : includes_of(text)) {
    if (std::string message = violation(path, header); !message.empty()) {
      found.push_back(std::move(message));
    }
  }
  return found;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Layering, EveryIncludePointsOneWay) {
  const fs::path root = cauce::project_folder();
  std::vector<std::string> found;
  std::size_t files = 0;
  for (const std::string_view layer : layers) {
    for (const auto& entry : fs::recursive_directory_iterator(root / layer)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".cpp" && extension != ".hpp" && extension != ".def") {
        continue;
      }
      ++files;
      const std::string path = fs::relative(entry.path(), root).generic_string();
      const auto here = violations(path, read(entry.path()));
      found.insert(found.end(), here.begin(), here.end());
    }
  }
  EXPECT_THAT(found, IsEmpty());
  EXPECT_GT(files, 8U) << "the sources were not found under " << root;
}

TEST(Layering, AnArrowThatPointsBackIsFound) {
  EXPECT_THAT(
      violations("rules/check.cpp", "#include \"dsl/syntax.hpp\"\n#  include \"workflows/plan.hpp\"\n"),
      ElementsAre(
          "rules/check.cpp: \"workflows/plan.hpp\" points back (dsl <- rules <- workflows <- engine)"));
  EXPECT_THAT(
      violations("dsl/parse_test.cpp", "#include <engine/clock.hpp>\n"),
      ElementsAre(
          "dsl/parse_test.cpp: \"engine/clock.hpp\" points back (dsl <- rules <- workflows <- engine)"));
  EXPECT_THAT(
      violations("engine/cli/main.cpp", "#include \"workflows/plan.hpp\"\n#include \"engine/clock.hpp\"\n"),
      IsEmpty());
}

TEST(Layering, ALibraryOutOfItsPlaceIsFound) {
  EXPECT_THAT(violations("dsl/format.cpp", "#include <tao/pegtl.hpp>\n#include <vector>\n"),
              ElementsAre("dsl/format.cpp: <tao/pegtl.hpp> is PEGTL, out of its place"));
  EXPECT_THAT(
      violations("workflows/decide.cpp", "#include <boost/msm/back/state_machine.hpp>\n"),
      ElementsAre("workflows/decide.cpp: <boost/msm/back/state_machine.hpp> is Boost, out of its place"));
  EXPECT_THAT(violations("rules/table.cpp", "#include <spdlog/spdlog.h>\n#include <gtest/gtest.h>\n"),
              ElementsAre("rules/table.cpp: <spdlog/spdlog.h> is spdlog, out of its place",
                          "rules/table.cpp: <gtest/gtest.h> is GoogleTest and RapidCheck, out of its place"));
  EXPECT_THAT(violations("engine/http/server.cpp", "#include <httplib.h>\n#include <nlohmann/json.hpp>\n"),
              IsEmpty());
}

TEST(Layering, AnUnknownLibraryIsFound) {
  EXPECT_THAT(violations("engine/report.cpp", "#include <xlsx.h>\n"),
              ElementsAre("engine/report.cpp: <xlsx.h> belongs to no known library"));
}

}  // namespace
