// What is one address, and what is one network.
#include "engine/http/remote_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <gtest/gtest.h>

namespace cauce::engine {
namespace {

TEST(RemoteAddress, IsReadAsProxiesWriteIt) {
  EXPECT_EQ(parse_address("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(parse_address(" 192.0.2.1:5000\t"), "192.0.2.1");
  EXPECT_EQ(parse_address("2001:DB8:0::1"), "2001:db8::1");
  EXPECT_EQ(parse_address("[2001:db8::1]:443"), "2001:db8::1");
  EXPECT_EQ(parse_address("[::1]"), "::1");
  EXPECT_EQ(parse_address("::ffff:192.0.2.1"), "192.0.2.1");
  for (const char* text :
       {"", " ", "unknown", "_hidden", "192.0.2", "192.0.2.1 dora GET", "[", "1:2:3", "x:1"})
    EXPECT_EQ(parse_address(text), std::nullopt) << text;
}

TEST(RemoteAddress, IsOneOfIPv4WhicheverWayItCame) {
  sockaddr_storage storage = {};
  auto& in = reinterpret_cast<sockaddr_in6&>(storage);
  in.sin6_family = AF_INET6;
  in.sin6_port = htons(5000);
  ASSERT_EQ(::inet_pton(AF_INET6, "::ffff:127.0.0.1", &in.sin6_addr), 1);
  const RemoteAddress remote = remote_address(storage);
  EXPECT_EQ(remote.text, "127.0.0.1");
  EXPECT_EQ(remote.port, 5000);
  EXPECT_TRUE(is_loopback(remote.text));
  EXPECT_TRUE(is_loopback("::1"));
  EXPECT_FALSE(is_loopback("192.0.2.1"));
}

TEST(RemoteAddress, IsCountedByNetwork) {
  EXPECT_EQ(network_of("192.0.2.1"), "192.0.2.1");
  EXPECT_NE(network_of("192.0.2.1"), network_of("192.0.2.2"));
  EXPECT_EQ(network_of("2001:db8:0:1::1"), network_of("2001:db8:0:1:ffff::abcd"));
  EXPECT_NE(network_of("2001:db8:0:1::1"), network_of("2001:db8:0:2::1"));
}

}  // namespace
}  // namespace cauce::engine
