// A way by which messages leave the machine.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/senders/message.hpp"

namespace cauce::engine {

/// What became of a message when it was handed over.
enum class Handover {
  accepted,     ///< it is the other side's now
  try_again,    ///< this message not now: greylisted, a mailbox that is full
  unavailable,  ///< no message now: a full disk, no server that takes mail from us
  uncertain,    ///< handed over whole, and no answer came
  refused,      ///< never: a wrong address, a forbidden content
};
struct Answer {
  Handover handover = Handover::accepted;
  std::string words = {};                         ///< of the other side, or of the operating system
  std::optional<std::chrono::seconds> wait = {};  ///< for how long the other side wants to be left alone
};

class Sender {
 public:
  virtual ~Sender() = default;
  virtual std::string_view channel() const = 0;
  /// To whom it hands over, told apart from others of its channel. It may hold a secret.
  virtual std::string destination() const { return std::string(channel()); }
  /// Whether a message to somebody without an address cannot go this way.
  virtual bool needs_address() const { return true; }
  /// Hands a message over. Sending the same message (by its id) twice does no harm where the channel can
  /// tell.
  virtual Answer send(const Message& message) = 0;
  /// Asked now and then by who may have to wait: once it is time to end, an answer is not waited for long.
  virtual void end_when(const std::function<bool()>&) {}
};

}  // namespace cauce::engine
