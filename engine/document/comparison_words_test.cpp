#include "engine/document/comparison_words.hpp"

#include <gtest/gtest.h>

namespace cauce::engine::document {
namespace {

TEST(ComparisonWords, OfManyNamesAFewAreSaid) {
  EXPECT_EQ(some_of({"Bello"}), "Bello");
  EXPECT_EQ(some_of({"Bello", "Itagüí", "Caldas"}), "Bello, Itagüí y Caldas");
  EXPECT_EQ(some_of({"Bello", "Itagüí", "Caldas", "Barbosa", "Girardota"}), "Bello, Itagüí, Caldas y 2 más");
}

}  // namespace
}  // namespace cauce::engine::document
