// The channel `webhook`: hands messages over as signed JSON to a program of the department.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "engine/clock.hpp"
#include "engine/secret.hpp"
#include "engine/senders/sender.hpp"

namespace cauce::engine {

struct WebhookOptions {
  std::string url = {};
  Secret secret = {};
  std::string authorities = {};  ///< a PEM file of those who may vouch for the server; empty: the system's
  std::chrono::seconds timeout{30};
};

/// What goes into `X-Cauce-Signature`: HMAC-SHA256, in hexadecimal, of `TIMESTAMP.BODY`.
std::string webhook_signature(const Secret& secret, std::string_view timestamp, std::string_view body);

/// POSTs `{"v":1,"id","date","to":{"name","address"},"subject","text","html"}`. `X-Cauce-Timestamp` (seconds
/// since 1970) and `X-Cauce-Signature` prove who wrote it and when; `Idempotency-Key` is the message's id,
/// by which the other side knows a message that comes again.
class WebhookSender : public Sender {
 public:
  WebhookSender(WebhookOptions options, std::shared_ptr<const Clock> clock);
  ~WebhookSender() override;

  std::string_view channel() const override { return "webhook"; }
  std::string destination() const override { return options_.url; }
  bool needs_address() const override { return false; }
  Answer send(const Message& message) override;
  void end_when(const std::function<bool()>& end) override;

 private:
  class Line;
  WebhookOptions options_;
  std::shared_ptr<const Clock> clock_;
  std::unique_ptr<Line> line_;
};

}  // namespace cauce::engine
