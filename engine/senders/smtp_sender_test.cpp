// Against a mail server that is not ours and that misbehaves as mail servers do.
#include "engine/senders/smtp_sender.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/senders/certificate_for_tests.hpp"
#include "engine/senders/server_for_tests.hpp"

namespace cauce::engine {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

Message sample() {
  Message message;
  message.id = "aviso-42.1a2b@cauce";
  message.from = {"Cauce, acción territorial", "cauce@example.org"};
  message.to = {"Íngrid Ñáñez", "ingrid@example.org"};
  message.subject = "Vencido: Reporte mensual de mayo, Itagüí";
  message.date = *parse_iso_instant("2024-06-14T13:00:00.000Z");
  message.text = "Buen día, Íngrid:\n.\n..dos puntos\nFin\n";
  message.html = "<p>Buen día, Íngrid</p>\n";
  return message;
}

ServerForTests server(std::vector<std::string> options = {}) {
  return ServerForTests("smtp_server.py", std::move(options));
}

SmtpServer at(const ServerForTests& server, Encryption encryption = Encryption::none) {
  SmtpServer one;
  one.host = "127.0.0.1";
  one.port = server.port();
  one.encryption = encryption;
  return one;
}

Answer send(std::vector<SmtpServer> servers, int seconds = 10) {
  SmtpSender sender({std::move(servers), std::chrono::seconds(seconds)});
  return sender.send(sample());
}

TEST(SmtpSender, HandsOverOneMessageToOnePerson) {
  const auto there = server();
  const Answer answer = send({at(there)});
  EXPECT_EQ(answer.handover, Handover::accepted) << answer.words;
  EXPECT_THAT(answer.words, MatchesRegex("127\\.0\\.0\\.1:[0-9]+: 250 2\\.0\\.0 recibido como 4XYZ"));
  ASSERT_EQ(there.taken().size(), 1U);
  const auto taken = there.taken().front();
  EXPECT_EQ(taken.at("from"), "cauce@example.org");
  EXPECT_EQ(taken.at("to"), nlohmann::json({"ingrid@example.org"}));
  EXPECT_EQ(taken.at("mime"), to_mime(sample())) << "the same bytes as in a file";
}

TEST(SmtpSender, KeepsOneConnectionForManyMessages) {
  const auto there = server();
  SmtpSender sender({{at(there)}, std::chrono::seconds(10)});
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(sender.send(sample()).handover, Handover::accepted);
  EXPECT_EQ(there.taken().size(), 5U);
}

TEST(SmtpSender, LogsInEncryptedEitherWay) {
  const CertificateForTests certificate;
  for (const bool from_the_start : {false, true}) {
    auto options = certificate.options();
    options.insert(options.end(), {"--login", "cauce:clave secreta ñ"});
    if (from_the_start) options.push_back("--from-the-start");
    const auto there = server(options);
    SmtpServer known = at(there, from_the_start ? Encryption::tls : Encryption::starttls);
    known.authorities = certificate.file();
    known.user = "cauce";
    known.password = Secret("clave secreta ñ");
    const Answer answer = send({known});
    EXPECT_EQ(answer.handover, Handover::accepted) << answer.words;
    ASSERT_EQ(there.taken().size(), 1U);
    EXPECT_EQ(there.taken().front().at("encrypted"), true);
    EXPECT_EQ(there.taken().front().at("authenticated"), true);

    known.password = Secret("otra clave");
    const Answer denied = send({known});
    EXPECT_EQ(denied.handover, Handover::unavailable) << "the configuration can be put right";
    EXPECT_THAT(denied.words, HasSubstr("535"));
    EXPECT_THAT(denied.words, Not(HasSubstr("otra clave")));

    known.user.clear();
    EXPECT_EQ(send({known}).handover, Handover::unavailable) << "it wants a login";
    EXPECT_EQ(there.taken().size(), 1U);
  }
}

TEST(SmtpSender, TrustsNobodyWhomNobodyVouchesFor) {
  const CertificateForTests certificate;
  const CertificateForTests another;
  const auto there = server(certificate.options());
  SmtpServer unknown = at(there, Encryption::starttls);
  for (const std::string& authorities : {std::string(), another.file()}) {
    unknown.authorities = authorities;
    const Answer answer = send({unknown});
    EXPECT_EQ(answer.handover, Handover::unavailable);
    EXPECT_THAT(answer.words, HasSubstr("su certificado no es de confianza"));
  }
  unknown.authorities = certificate.file();
  unknown.host = "localhost";  // the same machine, but not what the certificate says
  const Answer answer = send({unknown});
  EXPECT_EQ(answer.handover, Handover::unavailable);
  EXPECT_THAT(answer.words, HasSubstr("su certificado no es de confianza"));
  EXPECT_TRUE(there.taken().empty());
}

TEST(SmtpSender, SendsNothingInTheOpenWhereItShouldBeEncrypted) {
  const auto there = server();
  const Answer answer = send({at(there, Encryption::starttls)});
  EXPECT_EQ(answer.handover, Handover::unavailable);
  EXPECT_THAT(answer.words, HasSubstr("no ofrece cifrar la conexión"));
  EXPECT_TRUE(there.taken().empty());
}

struct Misbehaviour {
  const char* behave;
  Handover handover;
  const char* words;
};

class Misbehaving : public testing::TestWithParam<Misbehaviour> {};

TEST_P(Misbehaving, IsToldApartByItsAnswer) {
  const Misbehaviour& one = GetParam();
  const auto there = server({"--behave", one.behave});
  const Answer answer = send({at(there)}, 2);
  EXPECT_EQ(answer.handover, one.handover) << answer.words;
  EXPECT_THAT(answer.words, HasSubstr(one.words));
}

INSTANTIATE_TEST_SUITE_P(
    Servers, Misbehaving,
    testing::Values(Misbehaviour{"greylist", Handover::try_again, "451 4.7.1 lista gris: vuelva más tarde"},
                    Misbehaviour{"refuse-sender", Handover::unavailable,
                                 "550 5.7.1 no se admite ese remitente"},
                    Misbehaviour{"refuse-recipient", Handover::refused,
                                 "550 5.1.1 <ingrid@example.org>: no existe ese buzón"},
                    Misbehaviour{"refuse-contents", Handover::refused, "554 5.7.1 contenido rechazado"},
                    Misbehaviour{"contents-later", Handover::try_again, "452 4.2.2 buzón lleno"},
                    Misbehaviour{"drop-after-contents", Handover::uncertain, "la conexión se cortó"},
                    Misbehaviour{"slow", Handover::uncertain, "no respondió a tiempo"},
                    Misbehaviour{"refuse-all", Handover::unavailable, "554 5.3.2 fuera de servicio"}),
    [](const auto& misbehaviour) {
      std::string name = misbehaviour.param.behave;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

TEST(SmtpSender, AGreylistedMessageGoesTheSecondTime) {
  const auto there = server({"--behave", "greylist"});
  SmtpSender sender({{at(there)}, std::chrono::seconds(10)});
  EXPECT_EQ(sender.send(sample()).handover, Handover::try_again);
  EXPECT_EQ(sender.send(sample()).handover, Handover::accepted);
}

TEST(SmtpSender, TheNextServerTakesWhatTheFirstCannot) {
  SmtpServer nobody;
  nobody.host = "127.0.0.1";
  nobody.port = 1;
  nobody.encryption = Encryption::none;
  SmtpServer nowhere = nobody;
  nowhere.host = "no-existe.invalid";
  const auto later = server({"--behave", "contents-later"});
  const auto there = server();
  const Answer answer = send({nobody, nowhere, at(later), at(there)});
  EXPECT_EQ(answer.handover, Handover::accepted) << answer.words;
  EXPECT_EQ(there.taken().size(), 1U);

  const Answer none = send({nobody, nowhere});
  EXPECT_EQ(none.handover, Handover::unavailable);
  EXPECT_THAT(none.words, StartsWith("127.0.0.1:1: no se puede conectar"));
  EXPECT_THAT(none.words, HasSubstr("; no-existe.invalid:1: no se encuentra en la red"));
  EXPECT_EQ(send({at(later), nobody}).handover, Handover::try_again) << "one server had it in its hands";
}

TEST(SmtpSender, WhoHasToLeaveDoesNotWaitForTheAnswer) {
  const auto there = server({"--behave", "slow"});
  SmtpSender sender({{at(there), at(there)}, std::chrono::seconds(60)});
  sender.end_when([] { return true; });
  const auto begin = std::chrono::steady_clock::now();
  const Answer answer = sender.send(sample());
  EXPECT_EQ(answer.handover, Handover::uncertain);
  EXPECT_THAT(answer.words, HasSubstr("no se esperó su respuesta, porque el vigilante termina"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST(SmtpSender, NoOtherServerGetsWhatWasRefusedOrMayHaveArrived) {
  for (const char* behave : {"refuse-recipient", "drop-after-contents"}) {
    const auto first = server({"--behave", behave});
    const auto second = server();
    const Answer answer = send({at(first), at(second)});
    EXPECT_NE(answer.handover, Handover::accepted) << behave;
    EXPECT_TRUE(second.taken().empty()) << behave;
  }
}

}  // namespace
}  // namespace cauce::engine
