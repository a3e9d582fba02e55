// What becomes of everybody else when somebody takes too much. The threats are those of docs/seguridad.md.
#include <chrono>
#include <filesystem>
#include <ifaddrs.h>
#include <thread>

#include <gmock/gmock.h>

#include "engine/http/server_fixture.hpp"

namespace cauce::engine {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

class PressureTest : public ServerTest {
 protected:
  std::string asks(const std::string& path, const std::string& token) const {
    return "GET /api/v1" + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token + "\r\n\r\n";
  }
  /// `127.0.0.3` for 3: as of another machine.
  static std::string machine(int number) { return "127.0.0." + std::to_string(number); }
  std::unique_ptr<RawConnection> connection_from(int number) {
    if (!server) start();
    return std::make_unique<RawConnection>(server->port(), machine(number).c_str());
  }
  static std::chrono::steady_clock::duration time_of(const std::function<void()>& what) {
    const auto begin = std::chrono::steady_clock::now();
    what();
    return std::chrono::steady_clock::now() - begin;
  }
};

std::size_t open_files() {
  const auto files = std::filesystem::directory_iterator("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

TEST_F(PressureTest, ConnectionsTakeNoMoreFilesThanAreTheirs) {
  start();
  const std::size_t before = open_files();
  std::vector<std::unique_ptr<RawConnection>> crowd;
  for (int i = 0; i < 400; ++i)
    crowd.push_back(connection_from(i % 40 + 2));
  std::this_thread::sleep_for(500ms);
  // Both ends are of this process: those of the crowd, and those that the server has let in.
  EXPECT_LT(open_files(), before + 400 + 160);
  crowd.clear();
  std::this_thread::sleep_for(1s);
  EXPECT_EQ(get("/yo", token_of("ana"))->status, 200);
}

TEST_F(PressureTest, WhoSaysNothingMoreMakesRoom) {
  const std::string token = token_of("ana");
  std::vector<std::unique_ptr<RawConnection>> at_rest;
  for (int i = 0; i < 64; ++i) {
    at_rest.push_back(connection_from(i % 8 + 2));
    at_rest.back()->send(asks("/yo", token));
  }
  for (auto& connection : at_rest)
    EXPECT_THAT(connection->receive_some(20s), StartsWith("HTTP/1.1 200"));
  const auto late = connection_from(100);
  late->send(asks("/yo", token));
  EXPECT_LT(time_of([&] { EXPECT_THAT(late->receive_some(20s), StartsWith("HTTP/1.1 200")); }), 8s);
}

TEST_F(PressureTest, WhoIsSlowDoesNotHoldUpTheEnd) {
  const std::string token = token_of("ana");
  const auto slow = connection_from(2);
  slow->send("POST /api/v1/sesiones HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{");
  const auto head = connection_from(3);
  head->send("GET /api/v1/yo HTTP/1.1\r\nHost:");
  const auto follows = connection_from(4);
  follows->send(asks("/cambios", token));
  EXPECT_THAT(follows->receive_some(20s), StartsWith("HTTP/1.1 200"));
  EXPECT_LT(time_of([&] { server.reset(); }), 6s);
}

TEST_F(PressureTest, OneWhoFollowsChangesInManyWindowsLeavesRoomForOthers) {
  const std::string token = token_of("ana");
  std::vector<std::unique_ptr<RawConnection>> windows;
  std::vector<std::string> answers;
  for (int i = 0; i < 5; ++i) {
    windows.push_back(connection_from(2));
    windows.back()->send(asks("/cambios", token));
    answers.push_back(windows.back()->receive_some(20s).substr(0, 12));
  }
  EXPECT_EQ(std::count(answers.begin(), answers.end(), "HTTP/1.1 200"), 4);
  EXPECT_EQ(answers.back(), "HTTP/1.1 503");
  const auto other = connection_from(2);
  other->send(asks("/cambios", token_of("luis")));
  EXPECT_THAT(other->receive_some(20s), StartsWith("HTTP/1.1 200"));
}

TEST_F(PressureTest, WhoNoLongerFollowsChangesLeavesTheirPlaceAtOnce) {
  const std::string token = token_of("ana");
  const auto follow = [&] {
    auto window = connection_from(2);
    window->send(asks("/cambios", token));
    const bool is_let_in = window->receive_some(20s).starts_with("HTTP/1.1 200");
    return is_let_in ? std::move(window) : nullptr;
  };
  std::vector<std::unique_ptr<RawConnection>> windows;
  while (auto window = follow()) {
    windows.push_back(std::move(window));
    ASSERT_LE(windows.size(), 4U);
  }
  ASSERT_EQ(windows.size(), 4U);
  windows.clear();
  // Well before the next sign of life would have found nobody there.
  const auto time = time_of([&] {
    for (std::size_t i = 0; i < 100 && windows.empty(); ++i) {
      if (auto window = follow()) windows.push_back(std::move(window));
      std::this_thread::sleep_for(100ms);
    }
  });
  EXPECT_EQ(windows.size(), 1U);
  EXPECT_LT(time, 10s);
}

TEST_F(PressureTest, WhoComesInTooManyTimesAtOnceIsTold) {
  const std::string token = token_of("ana");
  std::vector<std::unique_ptr<RawConnection>> crowd;
  for (int i = 0; i < 32; ++i)
    crowd.push_back(connection_from(2));
  const auto late = connection_from(2);
  late->send(asks("/yo", token));
  const std::string told = late->receive(20s);
  EXPECT_THAT(told, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(told, HasSubstr("\r\nRetry-After: 5\r\n"));
  EXPECT_THAT(told, HasSubstr("demasiadas conexiones"));
  const auto other = connection_from(3);
  other->send(asks("/yo", token));
  EXPECT_THAT(other->receive_some(20s), StartsWith("HTTP/1.1 200"));
}

TEST_F(PressureTest, ManyWhoLogInAtOnceKeepNobodyFromTheBase) {
  options.systems = 1;
  const std::string token = token_of("ana");
  EXPECT_EQ(get("/yo", token)->status, 200);
  const auto begin = std::chrono::steady_clock::now();
  std::vector<std::thread> guessing;
  for (int i = 0; i < 12; ++i) {
    guessing.emplace_back([&] {
      (void)client().Post("/api/v1/sesiones", R"({"persona":"nadie","clave":"una frase bastante larga"})",
                          "application/json");
    });
  }
  std::this_thread::sleep_for(100ms);
  const auto alone = time_of([&] { EXPECT_EQ(get("/yo", token)->status, 200); });
  for (std::thread& thread : guessing)
    thread.join();
  EXPECT_LT(alone, (std::chrono::steady_clock::now() - begin) / 2);
}

TEST_F(PressureTest, LargeContentsLeaveMemoryForOthers) {
  const std::string large =
      "POST /api/v1/datos HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Content-Length: 8000000\r\n\r\n{";
  std::vector<std::unique_ptr<RawConnection>> senders;
  for (int i = 0; i < 4; ++i) {
    senders.push_back(connection_from(2));
    senders.back()->send(large);
  }
  std::this_thread::sleep_for(300ms);
  const auto fifth = connection_from(2);
  fifth->send(large);
  const std::string refusal = fifth->receive_some(20s);
  EXPECT_THAT(refusal, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(refusal, HasSubstr("\r\nRetry-After: 5\r\n"));
  // Who sends little is let in; who is not known says little.
  EXPECT_EQ(get("/yo", token_of("ana"))->status, 200);
  const std::string long_one = R"({"persona":"ana","clave":")" + std::string(10'000, 'x') + "\"}";
  EXPECT_EQ(client().Post("/api/v1/sesiones", long_one, "application/json")->status, 413);
}

TEST_F(PressureTest, WhatWasRefusedAtTheDoorIsWrittenDownToo) {
  const auto connection = connection_from(7);
  connection->send("GET / HTTP/9.9\r\nHost: x\r\n\r\n");
  EXPECT_THAT(connection->receive(), StartsWith("HTTP/1.1 505"));
  server.reset();
  EXPECT_THAT(log, HasSubstr("127.0.0.7 - - - - 505"));
}

/// An address of this machine that others can reach; empty without a network.
std::string outer_address() {
  ifaddrs* all = nullptr;
  std::string found;
  if (::getifaddrs(&all) != 0) return found;
  for (const ifaddrs* one = all; one != nullptr && found.empty(); one = one->ifa_next) {
    if (one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
    char text[INET_ADDRSTRLEN] = {};
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr, text, sizeof text);
    if (!std::string_view(text).starts_with("127.")) found = text;
  }
  ::freeifaddrs(all);
  return found;
}

TEST_F(PressureTest, NobodySaysTheirTokenInClearPastTheProxy) {
  const std::string address = outer_address();
  if (address.empty()) GTEST_SKIP() << "this machine has no network";
  options.listen = "0.0.0.0:0";
  options.proxies = {"127.0.0.1"};
  const std::string token = token_of("ana");
  EXPECT_EQ(get("/yo", token)->status, 200);
  RawConnection past(server->port(), address.c_str(), address.c_str());
  past.send(asks("/yo", token));
  EXPECT_THAT(past.receive(), StartsWith("HTTP/1.1 403"));
}

}  // namespace
}  // namespace cauce::engine
