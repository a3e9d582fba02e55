// libcurl, as far as several channels use it alike.
#pragma once

#include <chrono>
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
  CURLcode perform();
  long response_code() const;

  /// What went wrong on the way, in Spanish.
  std::string trouble(CURLcode code) const;

 private:
  static void refuse_unless_ok(CURLcode code);

  CURL* curl_;
  std::chrono::seconds timeout_{0};
  char detail_[CURL_ERROR_SIZE] = {};  ///< the library's own words
};

}  // namespace cauce::engine
