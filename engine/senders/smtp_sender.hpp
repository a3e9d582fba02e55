// The channel `smtp`: hands messages over to a mail server, the first of several that is there.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "engine/secret.hpp"
#include "engine/senders/sender.hpp"

namespace cauce::engine {

enum class Encryption : std::uint8_t {
  starttls,  ///< begins in the open and goes on encrypted, or not at all
  tls,       ///< encrypted from the first byte
  none
};

struct SmtpServer {
  std::string host;
  int port = 587;
  Encryption encryption = Encryption::starttls;
  std::string user = {};  ///< empty: without logging in
  Secret password = {};
  std::string authorities = {};  ///< a PEM file of those who may vouch for the server; empty: the system's
};

struct SmtpOptions {
  std::vector<SmtpServer> servers = {};  ///< in the order in which they are tried
  std::chrono::seconds timeout{30};      ///< for one message and one server, from connecting to its answer
};

/// What a server's answer comes to depends on what it answers to. Of the recipient or the message itself, 4xx
/// is for now and 5xx for ever. Of ourselves (greeting, encryption, login, sender) it is a matter between
/// the two machines, which people can put right: the next server is tried, and later all again. No answer to
/// a message that was handed over whole leaves it uncertain, and no other server gets it.
class SmtpSender : public Sender {
 public:
  explicit SmtpSender(SmtpOptions options);
  ~SmtpSender() override;

  std::string_view channel() const override { return "smtp"; }
  Answer send(const Message& message) override;
  void end_when(const std::function<bool()>& end) override;

 private:
  class Line;
  SmtpOptions options_;
  std::function<bool()> end_;
  std::vector<std::unique_ptr<Line>> lines_;  ///< one for each server: a connection serves many messages
};

}  // namespace cauce::engine
