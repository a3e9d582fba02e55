#include "engine/channel.hpp"

#include "engine/senders/file_sender.hpp"
#include "engine/senders/log_sender.hpp"

namespace cauce::engine {

std::unique_ptr<Sender> make_sender(const Config& config, std::shared_ptr<const Clock> clock) {
  switch (config.channel) {
    case Channel::archivo:
      return std::make_unique<FileSender>(config.mail_folder.value());
    case Channel::smtp:
      return std::make_unique<SmtpSender>(config.smtp);
    case Channel::webhook:
      return std::make_unique<WebhookSender>(config.webhook, std::move(clock));
    case Channel::registro:
      return std::make_unique<LogSender>();
  }
  return nullptr;
}

}  // namespace cauce::engine
