#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dsl/parse.hpp"
#include "rules/colombia_fixture.hpp"
#include "rules/compile.hpp"

namespace cauce::rules {
namespace {

using testing::IsEmpty;

/// The set as a policy gets it that names `festivos Colombia` and declares none.
HolidaySet shipped_set() {
  dsl::Diagnostics diagnostics;
  const dsl::Sources sources = {
      {"prueba.cauce",
       "programa p {\n  vigencia 2024\n  zona \"America/Bogota\"\n  calendario oficial\n}\n"
       "calendario oficial { hábil lunes a viernes festivos Colombia }\n"}};
  const auto compiled = compile_rules(dsl::parse(sources, diagnostics), {}, diagnostics);
  for (const HolidaySet& set : compiled.rules->holidays) {
    if (set.name == "Colombia") return set;
  }
  return {};
}

TEST(ColombiaTest, ItsTextIsWithoutMistakes) {
  dsl::Diagnostics diagnostics;
  dsl::parse({{"Colombia", colombia_holidays_source}}, diagnostics);
  EXPECT_THAT(diagnostics, IsEmpty());
}

TEST(ColombiaTest, ItsTextSaysWhatTheLawsSay) {
  const HolidaySet shipped = shipped_set();
  ASSERT_EQ(shipped.rules.size(), 19U);
  for (int year = 1950; year <= last_year; ++year) {
    const auto from_text = shipped.in_year(year);
    const auto from_law = colombia_fixture().in_year(year);
    ASSERT_EQ(from_text.size(), from_law.size()) << year;
    for (std::size_t i = 0; i < from_law.size(); ++i)
      EXPECT_EQ(from_text[i].date, from_law[i].date);
  }
}

TEST(ColombiaTest, EachHolidayHasItsName) {
  const auto names = [](int year) {
    std::vector<std::string> list;
    for (const Holiday& holiday : shipped_set().in_year(year))
      list.push_back(holiday.name);
    return list;
  };
  EXPECT_THAT(names(2026),
              testing::ElementsAre(
                  "Año Nuevo", "Reyes Magos", "San José", "Jueves Santo", "Viernes Santo", "Día del Trabajo",
                  "Ascensión del Señor", "Corpus Christi", "Sagrado Corazón de Jesús",
                  "San Pedro y San Pablo", "Nuestra Señora de Chiquinquirá", "Día de la Independencia",
                  "Batalla de Boyacá", "Asunción de la Virgen", "Día de la Raza", "Todos los Santos",
                  "Independencia de Cartagena", "Inmaculada Concepción", "Navidad"));
}

}  // namespace
}  // namespace cauce::rules
