#include "engine/config.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/folder_for_tests.hpp"
#include "engine/policy_files.hpp"
#include "tests/project_folder.hpp"

namespace cauce::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ConfigTest : public testing::Test {
 protected:
  ConfigTest() {
    write_file(folder / "clave", "s3creta ñ\n");
    only_for_us("clave");
  }
  void only_for_us(const std::string& name) const {
    std::filesystem::permissions(folder / name, std::filesystem::perms::owner_read);
  }

  ConfigReading read(const std::string& text) const {
    return read_config({folder / "cauce.toml", text},
                       [](const std::string& name) -> std::optional<std::string> {
                         if (name == "CAUCE_CLAVE") return "de la variable";
                         if (name == "VACIA") return "";
                         return std::nullopt;
                       });
  }
  /// `line:column: message | help`, with `aviso ` before what is no error.
  std::vector<std::string> problems(const std::string& text) const {
    const dsl::SourceFile file = {folder / "cauce.toml", text};
    std::vector<std::string> told;
    for (const ConfigProblem& problem : read(text).problems) {
      const dsl::Place place = dsl::locate(file, problem.span.begin);
      std::string one = problem.is_error ? "" : "aviso ";
      one += std::to_string(place.line) + ":" + std::to_string(place.column) + ": " + problem.message;
      if (!problem.help.empty()) one += " | " + problem.help;
      told.push_back(std::move(one));
    }
    return told;
  }

  FolderForTests folder;
};

TEST_F(ConfigTest, AllOfItIsRead) {
  write_file(folder / "autoridad.pem", "");
  const ConfigReading reading = read(R"(# por dónde salen los avisos
canal = "smtp"
[remitente]
nombre = "Cauce · Planeación"
correo = "cauce@example.org"
[archivo]
carpeta = "buzon"
[smtp]
espera = 20
[[smtp.servidor]]
nombre = "correo.example.org"
cifrado = "starttls"
usuario = "cauce"
clave_en_archivo = "clave"
autoridades = "autoridad.pem"
[[smtp.servidor]]
nombre = "otro.example.org"
cifrado = "tls"
usuario = "cauce"
clave_en_variable = "CAUCE_CLAVE"
[webhook]
url = "https://example.org/avisos"
secreto_en_archivo = "clave"
)");
  ASSERT_THAT(reading.problems, IsEmpty()) << reading.problems.front().message;
  const Config& config = reading.config;
  EXPECT_EQ(config.channel, Channel::smtp);
  EXPECT_EQ(shown(config.from), "Cauce · Planeación <cauce@example.org>");
  EXPECT_EQ(config.mail_folder, folder / "buzon");
  EXPECT_EQ(config.smtp.timeout.count(), 20);
  ASSERT_EQ(config.smtp.servers.size(), 2U);
  const SmtpServer& first = config.smtp.servers.at(0);
  EXPECT_EQ(first.host, "correo.example.org");
  EXPECT_EQ(first.port, 587);
  EXPECT_EQ(first.password.reveal(), "s3creta ñ");
  EXPECT_EQ(first.authorities, folder / "autoridad.pem");
  const SmtpServer& second = config.smtp.servers.at(1);
  EXPECT_EQ(second.port, 465);
  EXPECT_EQ(second.encryption, Encryption::tls);
  EXPECT_EQ(second.password.reveal(), "de la variable");
  EXPECT_EQ(config.webhook.url, "https://example.org/avisos");
  EXPECT_EQ(config.webhook.secret.reveal(), "s3creta ñ");
}

TEST_F(ConfigTest, AnEmptyOneLeavesMessagesInAFolder) {
  const ConfigReading reading = read("");
  EXPECT_TRUE(reading.ok());
  EXPECT_EQ(reading.config.channel, Channel::archivo);
}

TEST_F(ConfigTest, TheOneOfTheManualHasNoMistakes) {
  const std::string manual = read_file(project_folder() + "/docs/operación.md");
  const std::size_t begin = manual.find("```toml\n") + 8;
  write_file(folder / "clave-smtp", "s3creta");
  only_for_us("clave-smtp");
  EXPECT_THAT(problems(manual.substr(begin, manual.find("```", begin) - begin)), IsEmpty());
}

TEST_F(ConfigTest, EverythingThatIsWrongIsToldAtOnceWithItsPlace) {
  EXPECT_THAT(
      problems(R"(canal = "stmp"
remitente = "cauce@example.org"
color = true
[smtp]
espera = "mucho"
[[smtp.servidor]]
nombre = "smtp://correo"
puerto = 70000
cifrdo = "tls"
[[smtp.servidor]]
puerto = 25.5
[archivo]
carpeta = ""
)"),
      ElementsAre("1:9: «canal» es «stmp» | ¿quiso decir «smtp»?",
                  "2:13: «remitente» es un texto | va una sección: [remitente]",
                  "3:1: no existe la clave «color» | hay «archivo», «canal», «enlace», «http», «remitente», "
                  "«smtp» y «webhook»",
                  "5:10: «espera» es un texto | va un número entero de 1 a 300",
                  "7:10: «smtp://correo» no es el nombre de un servidor | va sin puerto y sin «smtp://»: "
                  "correo.example.org",
                  "8:10: «puerto» es 70000 | va un número entero de 1 a 65535",
                  "9:1: no existe la clave «cifrdo» en [smtp.servidor] | ¿quiso decir «cifrado»?",
                  "10:1: en [smtp.servidor] falta «nombre», el del servidor",
                  "11:10: «puerto» es un número con decimales | va un número entero de 1 a 65535",
                  "13:11: «carpeta» está en blanco"));
}

TEST_F(ConfigTest, AChannelNeedsItsSection) {
  EXPECT_THAT(
      problems("canal = \"smtp\"\n"),
      ElementsAre("1:9: el canal es «smtp» y no hay ningún servidor | va al menos una sección "
                  "[[smtp.servidor]]",
                  "1:9: el canal es «smtp» y no se sabe de quién son los mensajes | va «correo» en la "
                  "sección [remitente]"));
  EXPECT_THAT(problems("canal = \"webhook\"\n"),
              ElementsAre("1:9: el canal es «webhook» y no se sabe a dónde van los mensajes | va una sección "
                          "[webhook]"));
  EXPECT_THAT(problems("canal = \"registro\"\n"), IsEmpty());
}

TEST_F(ConfigTest, APasswordIsNotWrittenHereNorSentInTheOpen) {
  write_file(folder / "abierta", "x");
  std::filesystem::permissions(folder / "abierta", std::filesystem::perms(0644));
  write_file(folder / "dos", "a\nb\n");
  only_for_us("dos");
  const std::string server = "[[smtp.servidor]]\nnombre = \"correo.example.org\"\nusuario = \"cauce\"\n";
  EXPECT_THAT(
      problems(server + "clave = \"s3creta\"\n"),
      ElementsAre(
          "4:9: la configuración la puede leer cualquiera: aquí no va «clave» | póngala en un archivo "
          "que solo lea quien vigila, y su ruta en «clave_en_archivo»"));
  EXPECT_THAT(problems(server),
              ElementsAre("1:1: en [smtp.servidor] falta la clave de «cauce» | va «clave_en_archivo» "
                          "o «clave_en_variable»"));
  EXPECT_THAT(problems(server + "clave_en_archivo = \"abierta\"\n"),
              ElementsAre("aviso 4:20: cualquiera en esta máquina puede leer «" + (folder / "abierta") +
                          "» | chmod 640 " + (folder / "abierta")));
  EXPECT_THAT(problems(server + "clave_en_archivo = \"dos\"\n"),
              ElementsAre("4:20: «" + (folder / "dos") +
                          "» tiene varios renglones | va solo la clave, en un renglón"));
  EXPECT_THAT(problems(server + "clave_en_variable = \"VACIA\"\n"),
              ElementsAre("4:21: la variable «VACIA» no tiene valor"));
  EXPECT_THAT(problems(server + "clave_en_archivo = \"clave\"\nclave_en_variable = \"CAUCE_CLAVE\"\n"),
              ElementsAre("5:21: van «clave_en_archivo» o «clave_en_variable», no los dos"));
  EXPECT_THAT(problems(server + "clave_en_archivo = \"clave\"\ncifrado = \"ninguno\"\n"),
              ElementsAre("3:11: la clave viajaría sin cifrar | va cifrado = \"starttls\" o \"tls\"",
                          "aviso 5:11: los mensajes viajan sin cifrar | si el servidor lo admite, cifrado = "
                          "\"starttls\""));
  EXPECT_EQ(problems(server + "clave_en_archivo = \"no-hay\"\n").size(), 1U);
}

TEST_F(ConfigTest, AUrlIsLookedAt) {
  const auto with = [&](const std::string& url) {
    return problems("[webhook]\nsecreto_en_archivo = \"clave\"\nurl = \"" + url + "\"\n");
  };
  EXPECT_THAT(with("https://example.org:8443/a?b=c"), IsEmpty());
  EXPECT_THAT(with("http://127.0.0.1:8080/"), IsEmpty());
  EXPECT_THAT(with("http://[::1]:8080/"), IsEmpty());
  EXPECT_THAT(with("http://example.org/"),
              ElementsAre("aviso 3:7: los mensajes viajan sin cifrar | https:// si el servidor lo admite"));
  EXPECT_THAT(with("ftp://example.org/"),
              ElementsAre("3:7: «url» no es una dirección de internet | empieza con https://"));
  EXPECT_THAT(with("https://ana:clave@example.org/"),
              ElementsAre("3:7: «url» lleva un usuario | quién envía se prueba con la firma: quítelo"));
  EXPECT_EQ(with("https:///ruta").size(), 1U);
  EXPECT_EQ(with("https://ex ample.org/").size(), 1U);
}

TEST_F(ConfigTest, ALinkIsAnAddressWithAtMostOnePlan) {
  EXPECT_EQ(read("").config.link, "");
  EXPECT_EQ(read("enlace = \"https://example.org/planes/{plan}?ver=todo\"\n").config.link,
            "https://example.org/planes/{plan}?ver=todo");
  EXPECT_EQ(read("enlace = \"http://intranet/cauce\"\n").config.link, "http://intranet/cauce");
  EXPECT_THAT(problems("enlace = \"example.org\"\n"),
              ElementsAre("1:10: «enlace» no es una dirección de internet | empieza con https://"));
  EXPECT_THAT(problems("enlace = \"https://ana@example.org/\"\n"),
              ElementsAre("1:10: «enlace» lleva un usuario | quítelo: lo leería quien recibe un mensaje"));
  EXPECT_THAT(problems("enlace = \"https://example.org/{entidad}\"\n"),
              ElementsAre("1:10: en «enlace» solo se reemplaza {plan}, y una vez | "
                          "https://cauce.example.org/planes/{plan}"));
  EXPECT_EQ(problems("enlace = \"https://example.org/\\\"><script>\"\n").size(), 1U);
  EXPECT_EQ(problems("enlace = \"javascript:alert(1)\"\n").size(), 1U);
}

TEST_F(ConfigTest, WhatIsNoTomlHasAPlace) {
  const std::string help =
      " | cada renglón es clave = valor o [sección]; los textos van entre comillas y las claves sin acentos";
  EXPECT_THAT(problems("canal = \"smtp\"\n\n[remitente\n").size(), 1U);
  EXPECT_EQ(problems("canal = \"smtp\"\n\ncorreo cauce\n").at(0).substr(0, 2), "3:");
  EXPECT_THAT(problems("canal = \"smtp\"\ncanal = \"archivo\"\n").at(0),
              testing::HasSubstr("esto ya estaba más arriba"));
  EXPECT_THAT(problems("\xFF\xFE").size(), 1U);
  EXPECT_THAT(problems("dirección = 1\n").at(0), testing::EndsWith(help));
}

TEST_F(ConfigTest, ALineWithAPasswordIsNotShown) {
  const auto shown = [](const std::string& text) { return may_be_shown({"cauce.toml", text}, {0, 1, 0}); };
  EXPECT_TRUE(shown("canal = \"smtp\"\n"));
  EXPECT_TRUE(shown("clave_en_archivo = \"clave\"\n"));
  EXPECT_TRUE(shown("url = \"https://example.org/\"\n"));
  for (const char* text :
       {"clave = \"x\"\n", "Contraseña = 'x'\n", "\"password\" = 'x'\n", "secreto=\"x\n",
        "servidor = { usuario = \"a\", clave = \"x\" }\n", "smtp.clave = \"x\"\n",
        "url = \"https://ana:x@example.org/\"\n", "canal = \"\"\"\nx\"\"\"\nclave = 1\n"}) {
    EXPECT_FALSE(shown(text)) << text;
  }
}

TEST_F(ConfigTest, TheHttpInterface) {
  const ConfigReading reading = read(R"([http]
escucha = "0.0.0.0:8443"
certificado = "certificado.pem"
llave = "/etc/cauce/llave.pem"
intermediarios = ["10.0.0.1", "10.0.0.2"]
peticiones_por_minuto = 60
entradas_por_minuto = 3
a_la_vez = 2
siguen_cambios = 5
)");
  EXPECT_THAT(reading.problems, IsEmpty());
  const HttpOptions& http = reading.config.http;
  EXPECT_EQ(http.listen, "0.0.0.0:8443");
  EXPECT_EQ(http.certificate, folder / "certificado.pem");
  EXPECT_EQ(http.key, "/etc/cauce/llave.pem");
  EXPECT_THAT(http.proxies, ElementsAre("10.0.0.1", "10.0.0.2"));
  EXPECT_EQ(http.requests_per_minute, 60);
  EXPECT_EQ(http.log_ins_per_minute, 3);
  EXPECT_EQ(http.systems, 2);
  EXPECT_EQ(http.streams, 5);
}

TEST_F(ConfigTest, WhatIsWrongWithTheHttpInterface) {
  EXPECT_THAT(problems("[http]\nllave = \"llave.pem\"\nintermediarios = [1]\na_la_vez = 0\n"),
              ElementsAre("1:1: en [http] falta «escucha» | dónde se escucha, como 127.0.0.1:8080",
                          "2:9: para cifrar van las dos cosas: «certificado» y «llave»",
                          "3:19: aquí hay un número entero | va una lista de textos: [\"…\", \"…\"]",
                          "4:12: «a_la_vez» es 0 | va un número entero de 1 a 64"));
  EXPECT_THAT(
      problems("[http]\nescucha = \"127.0.0.1:8080\"\nintermediarios = [\"10.0.0.1\", \"nginx\"]\n"),
      ElementsAre("3:31: «nginx» no es una dirección | va la del intermediario, en números: 10.0.0.1"));
  EXPECT_THAT(problems("[http]\nescucha = \"aquí\"\n"),
              ElementsAre("2:11: «aquí» no es una dirección para escuchar | se escribe como 127.0.0.1:8080"));
  write_file(folder / "abierta.pem", "x");
  std::filesystem::permissions(folder / "abierta.pem", std::filesystem::perms(0644));
  EXPECT_THAT(
      problems("[http]\nescucha = \"0.0.0.0:8443\"\ncertificado = \"c.pem\"\nllave = \"abierta.pem\"\n"),
      ElementsAre("aviso 4:9: cualquiera en esta máquina puede leer «" + (folder / "abierta.pem") +
                  "» | chmod 640 " + (folder / "abierta.pem")));
}

}  // namespace
}  // namespace cauce::engine
