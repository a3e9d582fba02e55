// Against a program that is not ours (Python's standard library) and that verifies as it is told to.
#include "engine/senders/webhook_sender.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/senders/server_for_tests.hpp"

namespace cauce::engine {
namespace {

using testing::HasSubstr;

Message sample() {
  Message message;
  message.id = "aviso-42.1a2b@cauce";
  message.from = {"Cauce", "cauce@example.org"};
  message.to = {"Íngrid \"Ñáñez\"", ""};
  message.subject = "Vencido: Itagüí\nX-Falso: 1";
  message.date = *parse_iso_instant("2024-06-14T13:00:00.000Z");
  message.text = "Buen día\n";
  message.html = "<p>Buen día</p>\n";
  return message;
}

Answer send(const ServerForTests& server, const char* secret = "llave ñ", int seconds = 10) {
  WebhookOptions options;
  options.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/avisos";
  options.secret = Secret(secret);
  options.timeout = std::chrono::seconds(seconds);
  WebhookSender sender(options, std::make_shared<SystemClock>());
  return sender.send(sample());
}

ServerForTests server(std::vector<std::string> options = {}) {
  options.insert(options.end(), {"--secret", "llave ñ"});
  return ServerForTests("webhook_server.py", std::move(options));
}

TEST(WebhookSender, AnotherProgramVerifiesAndReadsIt) {
  const auto there = server();
  const Answer answer = send(there);
  EXPECT_EQ(answer.handover, Handover::accepted) << answer.words;
  ASSERT_EQ(there.taken().size(), 1U);
  const auto taken = there.taken().front();
  EXPECT_EQ(taken.at("key"), sample().id);
  EXPECT_EQ(taken.at("type"), "application/json; charset=utf-8");
  const auto& body = taken.at("body");
  EXPECT_EQ(body.at("v"), 1);
  EXPECT_EQ(body.at("id"), sample().id);
  EXPECT_EQ(body.at("date"), "2024-06-14T13:00:00.000Z");
  EXPECT_EQ(body.at("to").at("name"), sample().to.name);
  EXPECT_EQ(body.at("to").at("address"), "");
  EXPECT_EQ(body.at("subject"), sample().subject);
  EXPECT_EQ(body.at("text"), sample().text);
  EXPECT_EQ(body.at("html"), sample().html);
}

TEST(WebhookSender, AWrongSignatureIsAMatterOfTheConfiguration) {
  const auto there = server();
  const Answer answer = send(there, "otra llave");
  EXPECT_EQ(answer.handover, Handover::unavailable);
  EXPECT_THAT(answer.words, HasSubstr("HTTP 401"));
  EXPECT_TRUE(there.taken().empty());
}

TEST(WebhookSender, TheSignatureIsTheOneOfTheStandard) {
  // printf '1.{}' | openssl dgst -sha256 -hmac Jefe
  EXPECT_EQ(webhook_signature(Secret("Jefe"), "1", "{}"),
            "dc7943cccf20f64327d263db5e2aca27c2b8175e8e6e7ea04f482091bf456b0f");
}

TEST(WebhookSender, WhatPassesByItselfIsToldFromWhatDoesNot) {
  const std::vector<std::pair<const char*, Handover>> answers = {
      {"200", Handover::accepted},    {"302", Handover::unavailable}, {"400", Handover::refused},
      {"404", Handover::unavailable}, {"410", Handover::refused},     {"429", Handover::unavailable},
      {"500", Handover::try_again},   {"503", Handover::unavailable}};
  for (const auto& [code, handover] : answers) {
    const auto there = server({"--answer", code});
    const Answer answer = send(there);
    EXPECT_EQ(answer.handover, handover) << code;
    EXPECT_EQ(answer.words, std::string("HTTP ") + code + " así respondo en dos renglones");
  }
}

TEST(WebhookSender, WhoAsksToBeLeftAloneSaysForHowLong) {
  EXPECT_EQ(send(server({"--answer", "429", "--retry-after", "120"})).wait, std::chrono::seconds(120));
  EXPECT_EQ(send(server({"--answer", "503"})).wait, std::nullopt);
  const auto in_a_year = send(server({"--answer", "503", "--retry-after", "Fri, 31 Dec 2100 23:59:59 GMT"}));
  ASSERT_TRUE(in_a_year.wait);
  EXPECT_GT(*in_a_year.wait, std::chrono::hours(24 * 365));
  EXPECT_EQ(send(server({"--answer", "429", "--retry-after", "mañana"})).wait, std::nullopt);
}

TEST(WebhookSender, NoAnswerLeavesItUncertainOnceItWasGiven) {
  const auto there = server({"--drop"});
  const Answer answer = send(there);
  EXPECT_EQ(answer.handover, Handover::uncertain) << answer.words;
  EXPECT_EQ(there.taken().size(), 1U);
}

TEST(WebhookSender, NobodyThereTakesNothing) {
  WebhookOptions options;
  options.url = "http://127.0.0.1:1/";
  options.secret = Secret("llave");
  WebhookSender sender(options, std::make_shared<SystemClock>());
  const Answer answer = sender.send(sample());
  EXPECT_EQ(answer.handover, Handover::unavailable);
  EXPECT_THAT(answer.words, HasSubstr("no se puede conectar"));
}

}  // namespace
}  // namespace cauce::engine
