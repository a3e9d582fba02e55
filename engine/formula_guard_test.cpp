#include "engine/formula_guard.hpp"

#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

TEST(FormulaGuard, StandsBeforeWhatASpreadsheetWouldRun) {
  EXPECT_EQ(with_formula_guards("=1+1"), "'=1+1");
  EXPECT_EQ(with_formula_guards("-x"), "'-x");
  EXPECT_EQ(with_formula_guards("x;=1+1;y"), "x;'=1+1;y");
  EXPECT_EQ(with_formula_guards("x\n@a\t+b"), "x\n'@a\t'+b");
  EXPECT_EQ(with_formula_guards(";=a"), ";'=a");
  EXPECT_EQ(with_formula_guards("a;-cmd|x;-5"), "a;'-cmd|x;-5");
}

TEST(FormulaGuard, LeavesNumbersListsAndTheRest) {
  for (const char* cell :
       {"-3.5", "+57", "a=b", "a - b", "Avances:\n- uno\n- dos", "1;-2;+3", "", "'comillas"}) {
    EXPECT_FALSE(holds_a_formula(cell)) << cell;
    EXPECT_EQ(with_formula_guards(cell), cell);
    EXPECT_EQ(without_formula_guards(cell), cell);
  }
}

TEST(FormulaGuard, IsTakenAwayAgain) {
  for (const char* cell : {"=1+1", "-x", "@a", "x;=1+1;y", "x\n@a\t+b", "\t=a", "\r=a"}) {
    EXPECT_TRUE(holds_a_formula(cell)) << cell;
    EXPECT_EQ(without_formula_guards(with_formula_guards(cell)), cell);
  }
}

}  // namespace
}  // namespace cauce::engine
