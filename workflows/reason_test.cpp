#include "workflows/reason.hpp"

#include <gtest/gtest.h>

namespace cauce::workflows {
namespace {

std::string said(std::string_view reason) {
  const auto refusal = refuse_without_reason(reason, "anula");
  return refusal ? refusal->message : "";
}

TEST(Reason, SaysSomethingInOneLine) {
  EXPECT_EQ(said("Concejo en receso; 3° acta, «ñ» y 😀"), "");
  const std::string one_line =
      "el motivo va en un solo renglón, sin saltos de línea ni caracteres de control";
  for (const std::string_view wrong :
       {"uno\ndos", "uno\rdos", "con\ttabulador", "con \x1b[31mcolor", "\x7f borrado", "CSI \xC2\x9B 31m",
        "línea\xE2\x80\xA8otra", "al \xE2\x80\xAErevés", "latín \xF3"}) {
    EXPECT_EQ(said(wrong), one_line) << wrong;
    EXPECT_EQ(refuse_as_reason(wrong)->message, one_line) << wrong;
  }
}

TEST(Reason, ABlankOneSaysNothing) {
  for (const std::string_view blank : {"", "  ", "\n\t", "\xC2\xA0", " \xE2\x80\x89\xE3\x80\x80"}) {
    EXPECT_EQ(said(blank), "falta el motivo") << blank;
    EXPECT_FALSE(refuse_as_reason(blank)) << "where none is needed it is none";
  }
  EXPECT_EQ(refuse_without_reason("", "anula")->help, "escriba por qué se anula");
}

}  // namespace
}  // namespace cauce::workflows
