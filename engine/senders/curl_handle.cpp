#include "engine/senders/curl_handle.hpp"

#include <algorithm>
#include <mutex>
#include <new>
#include <stdexcept>
#include <sys/socket.h>

#include "engine/senders/server_words.hpp"

namespace cauce::engine {

namespace {

constexpr std::chrono::seconds longest_connecting{10};
constexpr std::chrono::seconds last_wait{6};  // systemd and people expect a service to leave within ten

CURL* new_handle() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  CURL* curl = curl_easy_init();
  if (curl == nullptr) throw std::bad_alloc();
  return curl;
}

/// Empty: the library's own words must do.
std::string in_spanish(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "no se encuentra en la red";
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "no se encuentra en la red el intermediario (proxy)";
    case CURLE_COULDNT_CONNECT:
      return "no se puede conectar";
    case CURLE_OPERATION_TIMEDOUT:
      return "no respondió a tiempo";
    case CURLE_USE_SSL_FAILED:
      return "no ofrece cifrar la conexión";
    case CURLE_SSL_CONNECT_ERROR:
      return "la conexión no se pudo cifrar";
    case CURLE_PEER_FAILED_VERIFICATION:
      return "su certificado no es de confianza";
    case CURLE_SSL_CACERT_BADFILE:
      return "no se puede leer el archivo de las autoridades";
    case CURLE_LOGIN_DENIED:
      return "no acepta el usuario o la clave";
    case CURLE_ABORTED_BY_CALLBACK:
      return "no se esperó su respuesta, porque el vigilante termina";
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
      return "la conexión se cortó";
    default:
      return {};
  }
}

bool needs_detail(CURLcode code) {
  return code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION ||
         code == CURLE_COULDNT_CONNECT;
}

}  // namespace

CurlHandle::CurlHandle() : curl_(new_handle()) {}

CurlHandle::~CurlHandle() {
  if (asked_to_end_) hang_up();
  curl_easy_cleanup(curl_);
}

void CurlHandle::refuse_unless_ok(CURLcode code) {
  if (code != CURLE_OK) throw std::logic_error(std::string("libcurl: ") + curl_easy_strerror(code));
}

void CurlHandle::set_common(std::chrono::seconds timeout, const std::string& authorities) {
  set(CURLOPT_ERRORBUFFER, detail_);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT, static_cast<long>(timeout.count()));
  set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(std::min(timeout, longest_connecting).count()));
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!authorities.empty()) set(CURLOPT_CAINFO, authorities.c_str());
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFODATA, this);
  set(CURLOPT_XFERINFOFUNCTION, still_worth_it);
}

/// What libcurl asks about once a second; anything but 0 ends the conversation.
int CurlHandle::still_worth_it(void* handle, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  CurlHandle& curl = *static_cast<CurlHandle*>(handle);
  if (!curl.end_ || !curl.end_()) return 0;
  const Time now = std::chrono::steady_clock::now();
  if (!curl.asked_to_end_) curl.asked_to_end_ = now;
  return now - *curl.asked_to_end_ < last_wait ? 0 : 1;
}

CURLcode CurlHandle::perform() {
  asked_to_end_.reset();
  detail_[0] = '\0';
  return curl_easy_perform(curl_);
}

/// The library would say goodbye to a server that it has a connection with, and wait for its answer without
/// end.
void CurlHandle::hang_up() {
  curl_socket_t connection = CURL_SOCKET_BAD;
  const bool is_known = curl_easy_getinfo(curl_, CURLINFO_ACTIVESOCKET, &connection) == CURLE_OK;
  if (is_known && connection != CURL_SOCKET_BAD) ::shutdown(connection, SHUT_RDWR);
}

long CurlHandle::response_code() const {
  long code = 0;
  curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &code);
  return code;
}

bool CurlHandle::used_kept_connection() const {
  long made = 0;
  return curl_easy_getinfo(curl_, CURLINFO_NUM_CONNECTS, &made) == CURLE_OK && made == 0;
}

std::optional<std::chrono::seconds> CurlHandle::retry_after() const {
  curl_off_t seconds = 0;
  curl_easy_getinfo(curl_, CURLINFO_RETRY_AFTER, &seconds);
  if (seconds <= 0) return std::nullopt;
  return std::chrono::seconds(seconds);
}

std::string CurlHandle::trouble(CURLcode code) const {
  const std::string spanish = in_spanish(code);
  const std::string detail = server_words(detail_[0] != '\0' ? detail_ : curl_easy_strerror(code));
  if (spanish.empty()) return detail;
  return needs_detail(code) ? spanish + " (" + detail + ")" : spanish;
}

}  // namespace cauce::engine
