#include "engine/cli/arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cauce::engine::cli {
namespace {

using testing::ElementsAre;

struct Read {
  std::string plan;
  std::optional<std::string> period = {};
  std::optional<std::string> base = {};
  std::vector<std::string> fields = {};
  bool json = false;
};

Read read(const std::vector<std::string>& words) {
  Read read;
  Arguments arguments;
  arguments.required("PLAN", read.plan, "");
  arguments.optional("PERIODO", read.period, "");
  arguments.option("--base", "ARCHIVO", read.base, "");
  arguments.option("--campo", "C=V", read.fields, "");
  arguments.flag("--json", read.json, "");
  arguments.read(words);
  return read;
}

std::string mistake(const std::vector<std::string>& words) {
  try {
    (void)read(words);
  } catch (const WrongUsage& usage) {
    return usage.what();
  }
  return {};
}

TEST(Arguments, BehindTheMarkNothingIsAnOption) {
  EXPECT_EQ(read({"--", "-3"}).plan, "-3");
  for (const std::vector<std::string>& before : std::vector<std::vector<std::string>>{
           {"--json"}, {"--base=x"}, {"--campo=a=1"}, {"--campo=a=1", "--json"}}) {
    std::vector<std::string> words = before;
    words.insert(words.end(), {"--", "--base=y", "--json"});
    const Read all = read(words);
    EXPECT_EQ(all.plan, "--base=y");
    EXPECT_EQ(all.period, "--json");
    EXPECT_NE(all.base, "y");
  }
  EXPECT_EQ(mistake({"a", "--", "b", "c"}), "sobra «c»");
}

TEST(Arguments, AnOptionHoldsWhatStandsBehindItsEquals) {
  const Read all = read({"--base=--json", "--campo=a=--help", "--campo=b=[1,2]", "--", "p"});
  EXPECT_EQ(all.base, "--json");
  EXPECT_FALSE(all.json);
  EXPECT_THAT(all.fields, ElementsAre("a=--help", "b=[1,2]"));
}

}  // namespace
}  // namespace cauce::engine::cli
