// The way by which messages leave, made as the configuration says.
#pragma once

#include <memory>

#include "engine/config.hpp"
#include "engine/senders/sender.hpp"

namespace cauce::engine {

/// `config` has no errors, and a folder for mail if its channel is `archivo`.
std::unique_ptr<Sender> make_sender(const Config& config, std::shared_ptr<const Clock> clock);

}  // namespace cauce::engine
