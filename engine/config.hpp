// The configuration of the daemon (TOML): by which channel messages leave, from whom, and through which
// servers. Read as carefully as a policy: everything that is wrong is told at once, each with its place.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dsl/source.hpp"
#include "engine/http/http_options.hpp"
#include "engine/senders/message.hpp"
#include "engine/senders/smtp_sender.hpp"
#include "engine/senders/webhook_sender.hpp"

namespace cauce::engine {

enum class Channel : std::uint8_t { archivo, smtp, webhook, registro };
std::string_view name_of(Channel channel);  ///< as the configuration spells it

struct Config {
  Channel channel = Channel::archivo;
  Mailbox from = {"Cauce", "cauce@localhost"};
  std::string link = {};  ///< the address that messages give; `{plan}` stands for the plan
  std::optional<std::string> mail_folder = {};  ///< of `archivo`
  SmtpOptions smtp = {};
  WebhookOptions webhook = {};
  HttpOptions http = {};
};

struct ConfigProblem {
  dsl::Span span;
  bool is_error = true;  ///< or something that works and should not stay so
  std::string message;
  std::string help = {};
};

struct ConfigReading {
  Config config;
  std::vector<ConfigProblem> problems = {};  ///< in the order of the text

  bool ok() const;
};

/// A variable of the environment, by its name.
using Variables = std::function<std::optional<std::string>(const std::string&)>;

/// Reads a configuration; paths in it start at its own folder. Passwords come from files and variables, and
/// are read here, so that one that is missing shows before it is needed.
ConfigReading read_config(const dsl::SourceFile& file, const Variables& variables);

/// Whether the line at that place can be shown to somebody who asks what is wrong: a password may stand in
/// it, although none should.
bool may_be_shown(const dsl::SourceFile& file, dsl::Span place);

}  // namespace cauce::engine
