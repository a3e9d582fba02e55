#include "engine/document/graphviz.hpp"

#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine::document {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Programs that stand in for `dot`.
class GraphvizTest : public testing::Test {
 protected:
  std::string program(const std::string& script) const {
    const std::string path = folder / "dot";
    write_file(path, "#!/bin/sh\n" + script + "\n");
    ::chmod(path.c_str(), 0700);
    return path;
  }
  std::string why_not(const std::string& program,
                      std::chrono::milliseconds limit = std::chrono::seconds(20)) {
    try {
      draw_svg("digraph {}", program, limit);
    } catch (const NotDrawn& not_drawn) {
      return std::string(not_drawn.what()) + " | " + not_drawn.help();
    }
    return "drawn";
  }
  FolderForTests folder;
};

constexpr const char* other = "pida «--formato dot» o «--formato mermaid», que no necesitan Graphviz";

TEST_F(GraphvizTest, GivesTheDrawingWithoutItsPrologue) {
  EXPECT_EQ(draw_svg("digraph { a }",
                     program("echo '<?xml?><!DOCTYPE svg>'; echo \"<svg><title>n</title>$1 $(cat)</svg>\"")),
            "<svg>-Tsvg digraph { a }</svg>\n");
}

TEST_F(GraphvizTest, TakesMoreThanASocketHolds) {
  const std::string graph(3'000'000, 'x');
  const std::string svg = draw_svg(graph, program("echo '<svg>'; cat"));
  EXPECT_EQ(svg.size(), graph.size() + 6);
}

TEST_F(GraphvizTest, SaysWhatToInstall) {
  const std::string absent = folder / "no-hay";
  EXPECT_EQ(why_not(absent), "para dibujar hace falta Graphviz, y no se encuentra el programa «" + absent +
                                 "» | instálelo (en Debian: apt-get install graphviz), o " + other);
}

TEST_F(GraphvizTest, DoesNotWaitForEver) {
  EXPECT_EQ(why_not(program("exec sleep 1000"), std::chrono::milliseconds(50)),
            std::string("Graphviz no terminó el dibujo a tiempo | ") + other);
  EXPECT_EQ(why_not(program("exec >&-; exec sleep 1000"), std::chrono::milliseconds(50)),
            std::string("Graphviz no terminó el dibujo a tiempo | ") + other)
      << "closes its output and stays";
}

TEST_F(GraphvizTest, SaysThatItFailed) {
  EXPECT_EQ(why_not(program("exit 3")),
            std::string("Graphviz no pudo hacer el dibujo (código 3) | ") + other);
  EXPECT_EQ(why_not(program("cat > /dev/null; echo nada")),
            std::string("Graphviz no pudo hacer el dibujo (código 0) | ") + other);
  EXPECT_THAT(why_not(program("kill -9 $$")), HasSubstr("Graphviz no pudo hacer el dibujo"));
}

}  // namespace
}  // namespace cauce::engine::document
