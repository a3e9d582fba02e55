#include "engine/senders/log_sender.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace cauce::engine {

namespace {

/// One made once: the library keeps it by its name.
spdlog::logger& the_log() {
  static const auto logger = spdlog::stderr_logger_mt("cauce");
  return *logger;
}

}  // namespace

Answer LogSender::send(const Message& message) {
  the_log().info("{} para {}: {}", one_line(message.id), one_line(shown(message.to)),
                 one_line(message.subject));
  return {};
}

}  // namespace cauce::engine
