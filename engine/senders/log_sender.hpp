// The channel `registro`: says in the log that somebody would be told, and sends nothing.
#pragma once

#include "engine/senders/sender.hpp"

namespace cauce::engine {

class LogSender : public Sender {
 public:
  std::string_view channel() const override { return "registro"; }
  bool needs_address() const override { return false; }
  /// One line to the standard error stream, which systemd keeps: id, recipient and subject.
  Answer send(const Message& message) override;
};

}  // namespace cauce::engine
