// Against Postfix as Debian ships it: encrypted, with a login, its own words and its own habits.
#include <cstdio>
#include <filesystem>
#include <thread>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/senders/certificate_for_tests.hpp"
#include "engine/senders/server_for_tests.hpp"
#include "engine/senders/smtp_sender.hpp"

namespace cauce::engine {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
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

class PostfixTest : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() == 0 && std::filesystem::exists("/usr/sbin/postfix")) return;
    const char* why = "NOT TRIED AGAINST POSTFIX: it is not installed (scripts/setup), or this is not root";
    std::fprintf(stderr, "\n*** %s ***\n\n", why);
    GTEST_SKIP() << why;
  }

  ServerForTests postfix(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> options = {"--login", "cauce:clave secreta ñ", "--mailbox", "ingrid"};
    for (const std::string& option : certificate.options())
      options.push_back(option);
    options.insert(options.end(), more.begin(), more.end());
    return ServerForTests("postfix.py", options);
  }
  SmtpServer known(const ServerForTests& there) const {
    SmtpServer one;
    one.host = "127.0.0.1";
    one.port = there.port();
    one.authorities = certificate.file();
    one.user = "cauce";
    one.password = Secret("clave secreta ñ");
    return one;
  }
  static Answer send(const SmtpServer& server, const Message& message = sample()) {
    SmtpSender sender({{server}, seconds(20)});
    return sender.send(message);
  }
  /// What lies in mailboxes, once there is as much of it; less, if it does not come.
  static std::vector<nlohmann::json> delivered(const ServerForTests& there, std::size_t count) {
    for (int i = 0; i < 200 && there.taken().size() < count; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return there.taken();
  }

  CertificateForTests certificate;
};

TEST_F(PostfixTest, LaysAMessageIntoItsMailboxAsItWasWritten) {
  const auto there = postfix();
  const Answer answer = send(known(there));
  EXPECT_EQ(answer.handover, Handover::accepted) << answer.words;
  EXPECT_THAT(answer.words, HasSubstr("250 2.0.0 Ok: queued as "));
  const auto letters = delivered(there, 1);
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(letters[0].at("to"), "ingrid");
  const std::string mime = letters[0].at("mime");
  EXPECT_THAT(mime, StartsWith("Return-Path: <cauce@example.org>\n"));
  EXPECT_THAT(mime, HasSubstr("with ESMTPSA")) << "encrypted, and logged in";
  std::string written = to_mime(sample());
  std::erase(written, '\r');
  EXPECT_THAT(mime, HasSubstr(written.substr(written.find("\n\n"))));
  EXPECT_THAT(mime, HasSubstr("<aviso-42.1a2b@cauce>"));
}

TEST_F(PostfixTest, ManyMessagesGoOverOneConnection) {
  const auto there = postfix(
      {"--set", "smtpd_client_connection_rate_limit=3", "--set", "smtpd_client_event_limit_exceptions="});
  SmtpSender sender({{known(there)}, seconds(20)});
  for (int i = 0; i < 20; ++i) {
    Message message = sample();
    message.id = "aviso-" + std::to_string(i) + "@cauce";
    const Answer answer = sender.send(message);
    EXPECT_EQ(answer.handover, Handover::accepted) << answer.words;
  }
  EXPECT_EQ(delivered(there, 20).size(), 20U);
}

TEST_F(PostfixTest, WhatItRefusesForEverIsToldFromWhatPeopleCanPutRight) {
  const auto there = postfix({"--set", "message_size_limit=20000"});
  Message message = sample();
  message.to.address = "nadie@example.org";
  const Answer unknown = send(known(there), message);
  EXPECT_EQ(unknown.handover, Handover::refused);
  EXPECT_THAT(unknown.words, HasSubstr("550 5.1.1 <nadie@example.org>: Recipient address rejected"));

  message = sample();
  message.text = std::string(30'000, 'x');
  const Answer large = send(known(there), message);
  EXPECT_EQ(large.handover, Handover::refused) << large.words;
  EXPECT_THAT(large.words, HasSubstr("552 5.3.4"));

  message = sample();
  message.from.address = "otra@example.org";
  const Answer not_ours = send(known(there), message);
  EXPECT_EQ(not_ours.handover, Handover::unavailable);
  EXPECT_THAT(not_ours.words, HasSubstr("553 5.7.1"));

  SmtpServer wrong = known(there);
  wrong.password = Secret("otra clave");
  const Answer denied = send(wrong);
  EXPECT_EQ(denied.handover, Handover::unavailable);
  EXPECT_THAT(denied.words, HasSubstr("535 5.7.8"));

  SmtpServer in_the_open = known(there);
  in_the_open.encryption = Encryption::none;
  in_the_open.user.clear();
  const Answer open = send(in_the_open);
  EXPECT_EQ(open.handover, Handover::unavailable);
  EXPECT_THAT(open.words, HasSubstr("530 5.7.0 Must issue a STARTTLS command first"));
  EXPECT_TRUE(there.taken().empty());
}

TEST_F(PostfixTest, GreylistingIsForNow) {
  const auto there = postfix(
      {"--set",
       "smtpd_recipient_restrictions=check_recipient_access inline:{ { ingrid@example.org = 450 4.7.1 "
       "Greylisted } }, permit_sasl_authenticated, reject"});
  const Answer answer = send(known(there));
  EXPECT_EQ(answer.handover, Handover::try_again);
  EXPECT_THAT(answer.words, HasSubstr("450 4.7.1"));
}

/// It says 421 and hangs up; the next message must not take that for its answer.
TEST_F(PostfixTest, AConnectionThatItGaveUpMeanwhileIsMadeAnew) {
  const auto there = postfix({"--set", "smtpd_timeout=3s"});
  SmtpSender sender({{known(there)}, seconds(20)});
  EXPECT_EQ(sender.send(sample()).handover, Handover::accepted);
  std::this_thread::sleep_for(seconds(6));
  const Answer answer = sender.send(sample());
  EXPECT_EQ(answer.handover, Handover::accepted) << answer.words;
  EXPECT_EQ(delivered(there, 2).size(), 2U);
}

}  // namespace
}  // namespace cauce::engine
