// cauce buzón and the configuration of cauce vigilar, as people type them.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/cli/cli_for_tests.hpp"
#include "engine/senders/server_for_tests.hpp"

namespace cauce::engine::cli {
namespace {

using nlohmann::json;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class OutboxCommandTest : public testing::Test {
 protected:
  void init(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {
        "iniciar",         folder.path(), "--datos", folder.path(), "--personas", folder / "personas.csv",
        "--administrador", "dora",        "--base",  folder.base()};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome made = cauce(words);
    ASSERT_EQ(made.code, 0) << made.err;
    cauce.set_time("2024-03-08T08:30");  // the reports of February are late
  }
  Outcome on_base(std::vector<std::string> words) {
    words.insert(words.end(), {"--base", folder.base()});
    return cauce(words);
  }
  /// A configuration that goes to a server of a test; its path.
  std::string config_for(const ServerForTests& server) {
    folder.write("cauce.toml",
                 "canal = \"smtp\"\n[remitente]\ncorreo = \"cauce@example.org\"\n[smtp]\nespera = 5\n"
                 "[[smtp.servidor]]\nnombre = \"127.0.0.1\"\ncifrado = \"ninguno\"\npuerto = " +
                     std::to_string(server.port()) + "\n");
    return folder / "cauce.toml";
  }
  Outcome round(const ServerForTests& server) {
    return on_base({"vigilar", "--una-vez", "--config", config_for(server)});
  }

  CommandLineForTests cauce;
  PolicyFolderForTests folder;
};

TEST_F(OutboxCommandTest, MessagesGoToAMailServer) {
  init();
  const ServerForTests server("smtp_server.py", {});
  const Outcome sent = round(server);
  EXPECT_EQ(sent.code, 0) << sent.err;
  EXPECT_EQ(sent.out, "3 avisos, 0 resúmenes, 2 mensajes; 2 enviados\n");
  EXPECT_EQ(server.taken().size(), 2U);
  EXPECT_THAT(on_base({"buzón"}).out, HasSubstr("250 2.0.0 recibido como 4XYZ"));
}

TEST_F(OutboxCommandTest, WhatWasNotDeliveredIsFoundLookedAtAndSentAgain) {
  init();
  {
    const ServerForTests refusing("smtp_server.py", {"--behave", "refuse-recipient"});
    EXPECT_EQ(round(refusing).out, "3 avisos, 0 resúmenes, 2 mensajes; 0 enviados; 2 sin entregar\n");
  }
  EXPECT_EQ(on_base({"buzón", "--estado", "enviado"}).err, "0 mensajes\n");
  EXPECT_EQ(on_base({"buzón", "--estado", "sin entregar"}).err, "2 mensajes\n");
  EXPECT_EQ(on_base({"buzón", "--estado", "Sin-Entregar", "--para", "ana"}).err, "1 mensaje\n");
  EXPECT_EQ(on_base({"buzón", "--estado", "sin-entrgar"}).err,
            "error: ningún mensaje está «sin-entrgar»\n  ayuda: ¿quiso decir «sin-entregar»?\n");
  const Outcome one = on_base({"buzón", "1"});
  EXPECT_THAT(one.out,
              StartsWith("mensaje 1, sin entregar\nPara:      ana <ana@example.org>\nCanal:     smtp\n"
                         "Escrito:   2024-03-08 08:30\nIntentos:  1\nRespuesta: 127.0.0.1:"));
  EXPECT_THAT(one.out, HasSubstr("550 5.1.1 <(su correo)>: no existe ese buzón\nAsunto:    "));
  EXPECT_THAT(one.out, HasSubstr("\n\nBuen día, Ana Pérez:\n"));
  EXPECT_EQ(on_base({"buzón", "9"}).code, 1);
  EXPECT_EQ(on_base({"buzón", "uno"}).code, 2);
  EXPECT_EQ(on_base({"buzón", "1", "--para", "ana"}).code, 2);

  EXPECT_EQ(on_base({"buzón", "reenviar", "1"}).code, 2) << "who wishes it is recorded";
  const Outcome refused = on_base({"buzón", "reenviar", "1", "9", "--como", "dora"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_EQ(refused.err,
            "rechazado: no todo se puede enviar otra vez\n  - no hay un mensaje 9\n"
            "  ayuda: «cauce buzón» dice el número y el estado de cada mensaje\n");
  EXPECT_EQ(on_base({"buzón", "reenviar", "1", "--como", "dora"}).out, "1 mensaje vuelve a la cola\n");
  EXPECT_EQ(on_base({"buzón", "reenviar", "todos", "--como", "dora"}).out, "1 mensaje vuelve a la cola\n");
  const ServerForTests server("smtp_server.py", {});
  EXPECT_EQ(round(server).out, "0 avisos, 0 resúmenes, 0 mensajes; 2 enviados\n");
  EXPECT_EQ(server.taken().size(), 2U);
  EXPECT_EQ(on_base({"auditar", "--reconstruir"}).code, 0);
}

TEST_F(OutboxCommandTest, ARehearsalNeverLeavesTheMachine) {
  init({"--ensayo"});
  const ServerForTests server("smtp_server.py", {});
  const Outcome sent = round(server);
  EXPECT_EQ(sent.out, "3 avisos, 0 resúmenes, 2 mensajes; 2 enviados\n");
  EXPECT_THAT(sent.err, HasSubstr("la base es un ensayo: los mensajes quedan en " + (folder / "buzon")));
  EXPECT_TRUE(server.taken().empty());
  EXPECT_TRUE(std::filesystem::exists(folder / "buzon"));
}

TEST_F(OutboxCommandTest, AMessageToOneselfSaysWhatTheServerSays) {
  const ServerForTests server("smtp_server.py", {});
  const Outcome sent =
      cauce({"vigilar", "--prueba-correo", "ana@example.org", "--config", config_for(server)});
  EXPECT_EQ(sent.code, 0) << sent.err;
  EXPECT_THAT(sent.out, StartsWith("enviado a ana@example.org por smtp: 127.0.0.1:"));
  ASSERT_EQ(server.taken().size(), 1U);
  EXPECT_THAT(server.taken().front().at("mime").get<std::string>(),
              HasSubstr("Auto-Submitted: auto-generated"));

  const ServerForTests refusing("smtp_server.py", {"--behave", "refuse-recipient"});
  const Outcome refused =
      cauce({"vigilar", "--prueba-correo", "ana@example.org", "--config", config_for(refusing)});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, StartsWith("error: rechazado: 127.0.0.1:"));
  EXPECT_EQ(cauce({"vigilar", "--prueba-correo", "ana"}).code, 2);
}

TEST_F(OutboxCommandTest, AConfigurationIsCheckedAsAPolicyIs) {
  folder.write("clave", "s3creta\n");
  std::filesystem::permissions(folder / "clave", std::filesystem::perms(0600));
  folder.write("cauce.toml",
               "canal = \"smtp\"\n[remitente]\ncorreo = \"cauce@example.org\"\n[[smtp.servidor]]\n"
               "nombre = \"correo.example.org\"\nusuario = \"cauce\"\nclave_en_archivo = \"clave\"\n");
  const std::string file = folder / "cauce.toml";
  const Outcome good = cauce({"vigilar", "--revisar-config", "--config", file});
  EXPECT_EQ(good.code, 0);
  EXPECT_EQ(good.out, file +
                          ": sin errores ni avisos\ncanal smtp, de Cauce <cauce@example.org>\n"
                          "  correo.example.org:587, cifrado desde el saludo (starttls), como cauce\n");

  folder.write("cauce.toml",
               "canal = \"archivo\"\n[remitente]\nnombr = \"Cauce\"\n[[smtp.servidor]]\nnombre = \"a.org\"\n"
               "usuario = \"cauce\"\nclave = \"s3creta\"\n");
  const Outcome bad = cauce({"vigilar", "--revisar-config", "--config", file});
  EXPECT_EQ(bad.code, 1);
  EXPECT_THAT(bad.out,
              StartsWith("error: no existe la clave «nombr» en [remitente]\n --> " + file +
                         ":3:1\n  |\n3 | nombr = \"Cauce\"\n  | ^^^^^\n = ¿quiso decir «nombre»?\n"));
  EXPECT_THAT(bad.out, HasSubstr(" --> " + file + ":7:9\n = póngala en un archivo"));
  EXPECT_THAT(bad.out, Not(HasSubstr("s3creta")));
  EXPECT_THAT(bad.out, EndsWith(file + ": 2 errores, 0 avisos\n"));

  init();
  const Outcome watching = on_base({"vigilar", "--una-vez", "--config", file});
  EXPECT_EQ(watching.code, 1);
  EXPECT_EQ(watching.out, "") << "nothing is raised that could not be sent";
  EXPECT_THAT(watching.err, Not(HasSubstr("s3creta")));
  EXPECT_EQ(cauce({"vigilar", "--revisar-config"}).code, 2);
  EXPECT_EQ(cauce({"vigilar", "--revisar-config", "--config", folder / "no-hay.toml"}).code, 3);
}

}  // namespace
}  // namespace cauce::engine::cli
