// The channel `archivo`: one `.eml` file a message in a folder. Needs nothing but a disk.
#pragma once

#include <string>

#include "engine/senders/sender.hpp"

namespace cauce::engine {

class FileSender : public Sender {
 public:
  explicit FileSender(std::string folder) : folder_(std::move(folder)) {}

  std::string_view channel() const override { return "archivo"; }
  bool needs_address() const override { return false; }
  /// Writes `<id>.eml`, whole or not at all; the same message again replaces its own file.
  Answer send(const Message& message) override;

  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
};

}  // namespace cauce::engine
