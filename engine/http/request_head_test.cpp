#include "engine/http/request_head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

constexpr std::size_t most_body = 1 << 20;

int status_of(std::string_view text) {
  const auto read = read_head(text, most_body);
  const auto* problem = std::get_if<HeadProblem>(&read);
  return problem ? problem->status : 200;
}

TEST(RequestHead, IsReadByTheLetter) {
  const auto read = read_head(
      "POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\nX-Uno:  dos \r\nRange: bytes=0-1\r\n\r\n",
      most_body);
  const auto* head = std::get_if<RequestHead>(&read);
  ASSERT_NE(head, nullptr);
  EXPECT_EQ(head->content_length, 12U);
  EXPECT_TRUE(head->keeps_alive);
  EXPECT_EQ(head->to_text(), "POST /a?b=c HTTP/1.1\r\nhost: x\r\ncontent-length: 12\r\nx-uno: dos\r\n\r\n");
}

TEST(RequestHead, HasOneEndAndOneMeaning) {
  const auto with = [](const std::string& lines) { return "GET / HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n"; };
  EXPECT_EQ(status_of(with("")), 200);
  EXPECT_EQ(status_of(with("Content-Length: 1\r\nContent-Length: 1\r\n")), 400);
  EXPECT_EQ(status_of(with("Content-Length: +1\r\n")), 400);
  EXPECT_EQ(status_of(with("Content-Length: 1, 1\r\n")), 400);
  EXPECT_EQ(status_of(with("Content-Length: \r\n")), 400);
  EXPECT_EQ(status_of(with("Content-Length: 0x10\r\n")), 400);
  EXPECT_EQ(status_of(with("Content-Length: 99999999999999999999999\r\n")), 413);
  EXPECT_EQ(status_of(with("Content-Length: 1048577\r\n")), 413);
  EXPECT_EQ(status_of(with("Transfer-Encoding: chunked\r\n")), 411);
  EXPECT_EQ(status_of(with("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")), 411);
  EXPECT_EQ(status_of(with("Transfer-Encoding : chunked\r\n")), 400);
  EXPECT_EQ(status_of(with("X: a\r\n b\r\n")), 400);
  EXPECT_EQ(status_of(with("X: a\nY: b\r\n")), 400);
  EXPECT_EQ(status_of(with("X: a\rY: b\r\n")), 400);
  EXPECT_EQ(status_of(with(std::string("X: a\0b\r\n", 8))), 400);
  EXPECT_EQ(status_of(with("X: \x01\r\n")), 400);
  EXPECT_EQ(status_of(with("Host: y\r\n")), 400);
  EXPECT_EQ(status_of(with("Content-Encoding: gzip\r\n")), 415);
  EXPECT_EQ(status_of(with("Content-Type: Multipart/form-data; boundary=x\r\n")), 415);
  EXPECT_EQ(status_of(with("Expect: algo\r\n")), 417);
  std::string many;
  for (int i = 0; i < 80; ++i)
    many += "X: a\r\n";
  EXPECT_EQ(status_of(with(many)), 431);
  EXPECT_EQ(status_of(with("X: " + std::string(7'000, 'a') + "\r\n")), 200);
  EXPECT_EQ(status_of(with("X: " + std::string(9'000, 'a') + "\r\n")), 431);
}

TEST(RequestHead, TakesLettersThatAreNotWrittenAsTheyShouldBe) {
  const auto read = read_head("GET /m\xC3\xA9tricas?q=a%20b HTTP/1.1\r\nHost: x\r\n\r\n", most_body);
  const auto* head = std::get_if<RequestHead>(&read);
  ASSERT_NE(head, nullptr);
  EXPECT_EQ(head->target, "/m%C3%A9tricas?q=a%20b");
}

TEST(RequestHead, BeginsWithOneLineOfThreeWords) {
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400);  // without Host
  EXPECT_EQ(status_of("GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET /a b HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(status_of("G(T / HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/2.0\r\nHost: x\r\n\r\n"), 505);
  EXPECT_EQ(status_of("GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414);
  EXPECT_EQ(status_of("GET / HTTP/1.1\nHost: x\n\n"), 400);
  EXPECT_EQ(status_of(""), 400);
}

}  // namespace
}  // namespace cauce::engine
