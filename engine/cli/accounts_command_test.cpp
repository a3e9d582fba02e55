// cauce cuentas …
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/account.hpp"
#include "engine/cli/cli_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class AccountsCommandTest : public testing::Test {
 protected:
  AccountsCommandTest() {
    const Outcome made = cauce({"iniciar", folder.path(), "--datos", folder.path(), "--personas",
                                folder / "personas.csv", "--administrador", "dora", "--base", folder.base()});
    if (made.code != 0) throw std::runtime_error(made.err);
  }
  Outcome on_base(std::vector<std::string> words, const std::string& input = {}) {
    words.insert(words.end(), {"--base", folder.base()});
    std::istringstream in(input);
    cauce.environment.in = &in;
    return cauce(words);
  }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
};

TEST_F(AccountsCommandTest, OpensAnAccountAndGivesItAToken) {
  const Outcome opened = on_base({"cuentas", "abrir", "ana", "--como", "dora"});
  EXPECT_EQ(opened.code, 0) << opened.err;
  EXPECT_EQ(opened.out, "cuenta de ana abierta; con «cauce cuentas clave» se le pone una clave\n");
  const Outcome token =
      on_base({"cuentas", "ficha", "ana", "--para", "tablero", "--orden", "REPORT", "--como", "dora"});
  ASSERT_EQ(token.code, 0) << token.err;
  EXPECT_THAT(token.out, StartsWith("cauce_"));
  EXPECT_EQ(token.err, "guárdela ahora: no se puede volver a ver. Vale hasta el 2024-04-10 00:00\n");
  const std::string id = token.out.substr(6, 12);
  const Outcome list = on_base({"cuentas", "fichas"});
  EXPECT_EQ(list.out, "Ficha         Persona  Para     Puede  Órdenes   Hasta             Estado\n" + id +
                          "  ana      tablero  leer   reportar  2024-04-10 00:00  vale\n");
  const Outcome revoked = on_base({"cuentas", "retirar", id, "--como", "dora"});
  EXPECT_EQ(revoked.out, "ficha " + id + " retirada: ya no sirve\n");
  EXPECT_EQ(on_base({"cuentas", "fichas"}).out, "");
  EXPECT_THAT(on_base({"cuentas", "fichas", "--todas"}).out, HasSubstr("retirada\n"));
}

TEST_F(AccountsCommandTest, ReadsThePasswordFromTheInputOnly) {
  EXPECT_EQ(on_base({"cuentas", "clave", "ana", "--como", "ana"}, "una frase bastante larga\n").code,
            exit_refused);
  (void)on_base({"cuentas", "abrir", "ana", "--como", "dora"});
  EXPECT_THAT(on_base({"cuentas", "clave", "ana", "--como", "ana"}).err,
              StartsWith("error: no se dio ninguna clave\n"));
  EXPECT_EQ(on_base({"cuentas", "clave", "ana", "una frase bastante larga", "--como", "ana"}).code,
            exit_wrong_usage);
  const Outcome weak = on_base({"cuentas", "clave", "ana", "--como", "ana"}, "corta\n");
  EXPECT_THAT(weak.err, StartsWith("rechazado: esa clave es fácil de adivinar\n"));
  const Outcome set = on_base({"cuentas", "clave", "ana", "--como", "ana"}, "una frase bastante larga\r\n");
  EXPECT_EQ(set.out, "clave de ana cambiada; sus sesiones terminaron\n");
  const auto system = System::open(folder.base(), cauce.environment.clock);
  EXPECT_TRUE(log_in(*system, "ana", Secret("una frase bastante larga")));
}

TEST_F(AccountsCommandTest, SaysWhoMay) {
  const Outcome refused = on_base({"cuentas", "abrir", "luis", "--como", "ana"});
  EXPECT_EQ(refused.code, exit_refused);
  EXPECT_THAT(refused.err, StartsWith("rechazado: «ana» no tiene el derecho «cuentas»\n"));
  EXPECT_THAT(on_base({"cuentas", "ficha", "luis", "--para", "x", "--orden", "nada", "--como", "dora"}).err,
              StartsWith("error: no existe la orden «nada»\n"));
}

}  // namespace
}  // namespace cauce::engine::cli
