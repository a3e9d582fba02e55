// The document and the diagrams of a policy that has everything, word by word:
//   tests/golden/document/good/completa.{md,html,dot,mmd}
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/document/html.hpp"
#include "engine/document/life_graph.hpp"
#include "engine/document/markdown.hpp"
#include "engine/document/write_document.hpp"
#include "tests/golden.hpp"
#include "tests/project_folder.hpp"

namespace cauce::golden {
namespace {

namespace document = engine::document;
using testing::HasSubstr;
using testing::Not;

class DocumentTest : public testing::Test {
 protected:
  DocumentTest()
      : sources({{"completa.cauce", read_file(folder / "completa.cauce")}}),
        compiled(workflows::compile(sources)) {}

  void expect_golden(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = folder / name;
    if (std::getenv("UPDATE_GOLDEN") != nullptr) {
      std::ofstream(file, std::ios::binary) << text;
      GTEST_SKIP() << "rewritten: " << file;
    }
    const std::string expected = read_file(file);
    EXPECT_TRUE(text == expected) << name << " (- expected, + now):\n"
                                  << diff(expected, text) << "if the new text is right:\n"
                                  << "  UPDATE_GOLDEN=1 ctest --preset dev -R project\n";
  }

  document::Document written() const {
    return document::write_document(compiled, sources, [](const document::LifeGraph& graph) {
      return "<svg><!-- " + graph.title.substr(0, 4) + " --></svg>";
    });
  }
  document::LifeGraph graph(const std::string& plan, bool obligations) const {
    return document::life_graph(*compiled.policy,
                                at(compiled.policy->plans, *compiled.policy->find_plan(plan)), sources,
                                obligations);
  }

  const std::filesystem::path folder = std::filesystem::path(project_folder()) / "tests/golden/document/good";
  dsl::Sources sources;
  workflows::Compiled compiled;
};

TEST_F(DocumentTest, Markdown) {
  ASSERT_TRUE(compiled.ok());
  expect_golden("completa.md", to_markdown(written()));
}
TEST_F(DocumentTest, Html) {
  expect_golden("completa.html", to_html(written()));
}
TEST_F(DocumentTest, Dot) {
  expect_golden("completa.dot", to_dot(graph("PAT", true)));
}
TEST_F(DocumentTest, DotWithoutStages) {
  expect_golden("completa_regional.dot", to_dot(graph("REGIONAL", false)));
}
TEST_F(DocumentTest, Mermaid) {
  expect_golden("completa.mmd", to_mermaid(graph("PAT", false)));
}

TEST_F(DocumentTest, EveryReferenceAndTermHasItsArticle) {
  const document::Document document = written();
  for (const document::Chapter& chapter : document.chapters) {
    for (const document::Article& article : chapter.articles) {
      EXPECT_EQ(document.number_of(article.id), article.number)
          << article.id << " is not the only one of its id";
    }
  }
  for (const auto& [key, entry] : document.terms)
    EXPECT_NE(document.number_of(entry.article), 0) << entry.term;
  EXPECT_THAT(to_markdown(document), Not(HasSubstr("artículo 0")));
}

TEST_F(DocumentTest, NothingFromThePolicyIsMarkup) {
  const std::string html = to_html(written());
  EXPECT_THAT(html, Not(HasSubstr("<cerca>")));
  EXPECT_THAT(html, HasSubstr("&lt;cerca&gt;"));
  EXPECT_THAT(html, Not(HasSubstr("http://"))) << "nothing is loaded from elsewhere";
  EXPECT_THAT(html, Not(HasSubstr("https://")));
}

}  // namespace
}  // namespace cauce::golden
