#include "engine/senders/webhook_sender.hpp"

#include <array>
#include <sodium.h>

#include <nlohmann/json.hpp>

#include "engine/senders/curl_handle.hpp"
#include "engine/senders/server_words.hpp"

namespace cauce::engine {

namespace {

std::string body_of(const Message& message) {
  const nlohmann::ordered_json body = {
      {"v", 1},
      {"id", message.id},
      {"date", to_iso(message.date)},
      {"to", {{"name", message.to.name}, {"address", message.to.address}}},
      {"subject", message.subject},
      {"text", message.text},
      {"html", message.html},
  };
  return body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// What the other side said, and whether it can have had the whole request.
struct Exchange {
  bool given = false;
  std::string answer = {};
};

int listen(CURL*, curl_infotype type, char*, std::size_t, void* data) {
  if (type == CURLINFO_DATA_OUT) static_cast<Exchange*>(data)->given = true;
  return 0;
}

/// No more than is shown: an answer can be a page.
std::size_t take(char* bytes, std::size_t, std::size_t size, void* data) {
  constexpr std::size_t most = 2000;
  std::string& answer = static_cast<Exchange*>(data)->answer;
  if (answer.size() < most) answer.append(bytes, std::min(size, most - answer.size()));
  return size;
}

/// RFC 9110: what passes by itself, or with a change of the configuration, is no refusal of the message. Who
/// is asked too often, or is out of service, has nothing against this one message in particular.
Handover judge(long code) {
  switch (code) {
    case 408:  // the request took too long
    case 425:  // too early
      return Handover::try_again;
    case 401:
    case 403:
    case 404:
    case 405:
    case 407:
    case 421:
    case 429:  // too many
    case 503:  // out of service
      return Handover::unavailable;
    default:
      break;
  }
  switch (code / 100) {
    case 2:
      return Handover::accepted;
    case 4:
      return Handover::refused;
    case 5:
      return Handover::try_again;
    default:
      return Handover::unavailable;  // a redirection: the address in the configuration is not the right one
  }
}

class Headers {
 public:
  void add(const std::string& header) {
    curl_slist* longer = curl_slist_append(list_, header.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    list_ = longer;
  }
  Headers() = default;
  ~Headers() { curl_slist_free_all(list_); }
  Headers(const Headers&) = delete;
  Headers& operator=(const Headers&) = delete;
  const curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

}  // namespace

std::string webhook_signature(const Secret& secret, std::string_view timestamp, std::string_view body) {
  const auto bytes = [](std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes(secret.reveal()), secret.reveal().size());
  crypto_auth_hmacsha256_update(&state, bytes(timestamp), timestamp.size());
  crypto_auth_hmacsha256_update(&state, bytes("."), 1);
  crypto_auth_hmacsha256_update(&state, bytes(body), body.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> signature;
  crypto_auth_hmacsha256_final(&state, signature.data());
  std::string hex(2 * signature.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), signature.data(), signature.size());
  hex.pop_back();
  return hex;
}

class WebhookSender::Line {
 public:
  explicit Line(const WebhookOptions& options) {
    curl_.set_common(options.timeout, options.authorities);
    curl_.set(CURLOPT_URL, options.url.c_str());
    curl_.set(CURLOPT_PROTOCOLS_STR, "http,https");
    curl_.set(CURLOPT_FOLLOWLOCATION, 0L);
    curl_.set(CURLOPT_POST, 1L);
    curl_.set(CURLOPT_USERAGENT, "Cauce/" CAUCE_VERSION);
    curl_.set(CURLOPT_WRITEFUNCTION, take);
    curl_.set(CURLOPT_VERBOSE, 1L);  // to know how far a request came; nothing is printed
    curl_.set(CURLOPT_DEBUGFUNCTION, listen);
  }

  Answer post(const std::string& body, const Headers& headers) {
    Exchange exchange;
    curl_.set(CURLOPT_HTTPHEADER, headers.get());
    curl_.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_.set(CURLOPT_POSTFIELDS, body.data());
    curl_.set(CURLOPT_WRITEDATA, &exchange);
    curl_.set(CURLOPT_DEBUGDATA, &exchange);
    const CURLcode result = curl_.perform();
    curl_.set(CURLOPT_DEBUGDATA, nullptr);
    const long code = curl_.response_code();
    // Once the status is known, what is said besides does not change it.
    if (code >= 200)
      return {judge(code), "HTTP " + std::to_string(code) + " " + server_words(exchange.answer),
              curl_.retry_after()};
    return {exchange.given ? Handover::uncertain : Handover::unavailable, curl_.trouble(result)};
  }

  void end_when(const std::function<bool()>& end) { curl_.end_when(end); }

 private:
  CurlHandle curl_;
};

WebhookSender::WebhookSender(WebhookOptions options, std::shared_ptr<const Clock> clock)
    : options_(std::move(options)), clock_(std::move(clock)), line_(std::make_unique<Line>(options_)) {}

WebhookSender::~WebhookSender() = default;

void WebhookSender::end_when(const std::function<bool()>& end) {
  line_->end_when(end);
}

Answer WebhookSender::send(const Message& message) {
  using namespace std::chrono;
  const std::string body = body_of(message);
  const std::string timestamp = std::to_string(floor<seconds>(clock_->now()).time_since_epoch().count());
  Headers headers;
  headers.add("Content-Type: application/json; charset=utf-8");
  headers.add("Expect:");  // the body goes along at once
  headers.add("Idempotency-Key: " + message.id);
  headers.add("X-Cauce-Timestamp: " + timestamp);
  headers.add("X-Cauce-Signature: sha256=" + webhook_signature(options_.secret, timestamp, body));
  return line_->post(body, headers);
}

}  // namespace cauce::engine
