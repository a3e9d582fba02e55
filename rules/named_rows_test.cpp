#include "rules/named_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/policy_fixture.hpp"

namespace cauce::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class NamedRows : public ::testing::Test {
 protected:
  NamedRows()
      : text_(testing::compile_text(R"(
entidad departamento {
  campo código: texto clave
  campo nombre: texto
}
entidad municipio en departamento {
  campo código: texto clave
  campo nombre: texto
}
)")),
        territory_(empty_territory(text_.rules())) {
    add_entities(territory_, text_.rules(), kind("departamento"),
                 {{{Value("19"), Value("Cauca")}, ""}, {{Value("76"), Value("Valle")}, ""}});
    add_entities(territory_, text_.rules(), kind("municipio"),
                 {{{Value("19100"), Value("Bolívar")}, "19"},
                  {{Value("76100"), Value("Bolívar")}, "76"},
                  {{Value("05837"), Value("Turbo")}, ""}});
  }
  EntityKindId kind(std::string_view name) const { return text_.rules().find_entity(name).value(); }
  std::string suggested(std::string_view given) const {
    return suggested_key(given, text_.rules(), territory_, kind("municipio"));
  }

  testing::CompiledText text_;
  Territory territory_;
};

TEST_F(NamedRows, AreFoundHoweverTheNameIsSpelled) {
  EXPECT_THAT(rows_named("BOLIVAR", text_.rules(), territory_, kind("municipio")), ElementsAre(0, 1));
  EXPECT_THAT(rows_named("Bolivia", text_.rules(), territory_, kind("municipio")), IsEmpty());
}

TEST_F(NamedRows, AKeyIsSuggestedForWhatIsNone) {
  EXPECT_EQ(suggested("turbo"), "la clave de Turbo es 05837");
  EXPECT_EQ(suggested("Bolívar"), "con ese nombre hay 2: 19100 Bolívar (Cauca) y 76100 Bolívar (Valle)");
  EXPECT_EQ(suggested("Turvo"), "¿quiso decir 05837 Turbo?");
  EXPECT_EQ(suggested("5837"), "¿quiso decir 05837 Turbo?");
  EXPECT_EQ(suggested("19101"), "¿quiso decir 19100 Bolívar (Cauca)?");
  EXPECT_EQ(suggested("Xyz"), "");
}

}  // namespace
}  // namespace cauce::rules
