// From a request to its answer: who asks, whether they may, what the command says, and how that is told in
// HTTP.
#pragma once

#include <atomic>
#include <httplib.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/account.hpp"
#include "engine/cli/caller.hpp"
#include "engine/http/command_words.hpp"
#include "engine/http/http_options.hpp"
#include "engine/http/places.hpp"
#include "engine/http/rate_limit.hpp"
#include "engine/http/rendering.hpp"
#include "engine/http/route.hpp"
#include "engine/http/system_pool.hpp"

namespace cauce::engine {

/// For any number of threads.
class Api {
 public:
  Api(const std::string& base, std::shared_ptr<const Clock> clock, const HttpOptions& options);

  void answer(const httplib::Request& request, httplib::Response& response);
  /// Streams end, and no more begin.
  void wind_down() { winding_down_ = true; }
  /// Writes down, as of any request, one that was refused before it could be understood.
  void log_refusal(const std::string& address, int status) const;
  /// Where the request came from: the other end, or what a proxy that is trusted says.
  std::string address_of(const httplib::Request& request) const;

 private:
  struct Asked;
  void route(Asked& asked);
  void let_in(Asked& asked);
  void check_browser(const Asked& asked) const;
  void check_needs(const Asked& asked) const;
  void go_to_entrance(Asked& asked, const std::string& person);
  void log_in(Asked& asked);
  void log_out(Asked& asked);
  void change_own_password(Asked& asked);
  void say_who(Asked& asked);
  void stream_changes(Asked& asked);
  void run(Asked& asked);
  void read_with(Asked& asked);
  void read_as(Asked& asked, const Rendering& rendering, const std::vector<std::string>& words);
  void write_with(Asked& asked);
  static bool is_known(Asked& asked, const std::string& tag);
  void write_once(Asked& asked, const CommandWords& words);
  void tell_tag(const Asked& asked, const std::string& answer) const;
  void log(const Asked& asked, double milliseconds) const;
  void write_to_log(const std::string& line) const;

  const HttpOptions options_;
  const std::shared_ptr<const Clock> clock_;
  SystemPool systems_;
  SystemPool streams_;
  SystemPool entrances_;  ///< where passwords are looked at, which takes long: one after the other
  Places stream_places_;
  RateLimit by_token_;
  RateLimit by_address_;
  RateLimit log_ins_;
  RateLimit log_ins_of_person_;
  std::atomic<bool> winding_down_ = false;
};

}  // namespace cauce::engine
