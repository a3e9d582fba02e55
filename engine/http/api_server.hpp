// The HTTP interface: `/api/v1`.
#pragma once

#include <memory>
#include <string>

#include "engine/clock.hpp"
#include "engine/http/http_options.hpp"

namespace cauce::engine {

/// Answers in threads of its own while it lives. FileUnusable if it cannot listen, or the certificate cannot
/// be used; DatabaseUnusable as System::open.
class ApiServer {
 public:
  ApiServer(const std::string& base, std::shared_ptr<const Clock> clock, const HttpOptions& options);
  ~ApiServer();
  ApiServer(const ApiServer&) = delete;
  ApiServer& operator=(const ApiServer&) = delete;

  int port() const;
  /// Takes of `wanted` what can be taken while it runs: the certificate and its key, read again wherever they
  /// stand now. Whether there is more, which waits for a restart. FileUnusable if they cannot be used; then
  /// those before go on.
  bool renew(const HttpOptions& wanted);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace cauce::engine
