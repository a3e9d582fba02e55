// libcurl, as far as several channels use it alike.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include <curl/curl.h>

namespace cauce::engine {

class CurlHandle {
 public:
  CurlHandle();
  ~CurlHandle();
  CurlHandle(const CurlHandle&) = delete;
  CurlHandle& operator=(const CurlHandle&) = delete;

  /// std::logic_error where the library does not know the option: then it is not the one we build with.
  template <typename Value>
  void set(CURLoption option, Value value) {
    refuse_unless_ok(curl_easy_setopt(curl_, option, value));
  }
  /// What holds for every conversation: time, whom to trust, no signals. Certificates are always verified.
  void set_common(std::chrono::seconds timeout, const std::string& authorities);
  /// From then on what is under way has a few seconds left, and nothing more is begun.
  void end_when(std::function<bool()> end) { end_ = std::move(end); }
  CURLcode perform();
  long response_code() const;
  /// Whether the last conversation went over a connection kept from one before.
  bool used_kept_connection() const;
  /// What the answer said in `Retry-After`, as a date or in seconds.
  std::optional<std::chrono::seconds> retry_after() const;

  /// What went wrong on the way, in Spanish.
  std::string trouble(CURLcode code) const;

 private:
  using Time = std::chrono::steady_clock::time_point;
  void hang_up();
  static void refuse_unless_ok(CURLcode code);
  static int still_worth_it(void* handle, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

  CURL* curl_;
  std::function<bool()> end_;
  std::optional<Time> asked_to_end_;
  char detail_[CURL_ERROR_SIZE] = {};  ///< the library's own words
};

}  // namespace cauce::engine
