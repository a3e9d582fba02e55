// The HTTP interface of a service that runs: where it answers, and what it takes of its configuration when it
// is told to read it again.
#pragma once

#include <optional>
#include <string>

#include "engine/cli/command.hpp"
#include "engine/config.hpp"
#include "engine/http/api_server.hpp"

namespace cauce::engine::cli {

/// The configuration as it is now; nothing, and told, where it cannot be used.
std::optional<Config> load_config_again(const std::optional<std::string>& file, Session& session);

/// WrongUsage if what `--escuchar` gives is no address at which to listen.
void check_listen_option(const std::optional<std::string>& address);

/// `https, puerto 8443`.
std::string where_it_answers(const ApiServer& server, const HttpOptions& options);

/// Takes the certificate again, tells what of [http] waits for a restart, and tells where the certificate
/// cannot be used, with which the one before goes on.
void renew_http(ApiServer& server, const HttpOptions& wanted, Session& session);
void say_http_waits(Session& session);

}  // namespace cauce::engine::cli
