#include "engine/http/json_body.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

using testing::HasSubstr;

ParameterMistake mistake_in(const std::string& text) {
  const auto body = read_json_body(text);
  const auto* mistake = std::get_if<ParameterMistake>(&body);
  return mistake ? *mistake : ParameterMistake{"none", ""};
}

TEST(JsonBody, IsAnObject) {
  const auto body = read_json_body(R"({"campo": {"a": 1}, "motivo": "b"})");
  EXPECT_EQ(std::get<nlohmann::json>(body)["campo"]["a"], 1);
  EXPECT_THAT(mistake_in("{\"a\": ").detail, HasSubstr("no es JSON"));
  EXPECT_THAT(mistake_in("").detail, HasSubstr("no es JSON"));
  EXPECT_THAT(mistake_in("[1]").detail, HasSubstr("objeto"));
}

TEST(JsonBody, HasEachNameOnce) {
  EXPECT_EQ(mistake_in(R"({"a": 1, "b": 2, "a": 1})").name, "a");
  EXPECT_EQ(mistake_in(R"({"a": {"b": 1, "b": 2}})").name, "b");
  EXPECT_EQ(mistake_in(R"({"a": {"b": 1}, "c": [{"b": 2}, {"b": 3}], "b": 4})").name, "none");
}

TEST(JsonBody, IsNotKeptWhereItIsEndless) {
  std::string names = "{";
  for (int i = 0; i < 100'000; ++i)
    names += "\"" + std::to_string(i) + "\":1,";
  names.back() = '}';
  EXPECT_THAT(mistake_in(names).detail, HasSubstr("demasiados"));
  EXPECT_THAT(mistake_in("{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}").detail,
              HasSubstr("demasiados"));
}

}  // namespace
}  // namespace cauce::engine
