// One connection: bytes in and out within their time, over TLS or not.
#pragma once

#include <chrono>
#include <functional>
#include <httplib.h>
#include <openssl/ssl.h>
#include <optional>
#include <string>

#include "engine/http/remote_address.hpp"
#include "engine/http/request_head.hpp"

namespace cauce::engine {

struct ConnectionLimits {
  std::size_t most_body = 8 << 20;
  std::chrono::milliseconds head{10'000};   ///< until the whole head is there
  std::chrono::milliseconds body{60'000};   ///< until the whole body is
  std::chrono::milliseconds write{15'000};  ///< without a byte being taken
  std::chrono::milliseconds idle{15'000};   ///< between requests
  std::size_t requests = 100;               ///< in one connection
  std::size_t served = 64;                  ///< connections at once
  std::size_t waiting = 64;                 ///< and that wait for one of those to end
  std::size_t each = 32;                    ///< of them all, from one network
  std::size_t turned_away = 8;              ///< beyond those, that are told so: at once,
  std::size_t turned_away_each = 2;         ///< and from one network
  std::size_t small_body = 256 << 10;       ///< larger ones take memory that others need too:
  std::size_t large_bodies = 8;             ///< so many at once
  std::size_t large_bodies_each = 4;        ///< and so many from one network
};

class Connection : public httplib::Stream {
 public:
  /// Of a socket that does not block; it is closed in the end. Without `tls` what is said is in clear. Once
  /// `is_ending` says so, nobody is waited for longer than a moment.
  Connection(socket_t sock, SSL_CTX* tls, const ConnectionLimits& limits, std::function<bool()> is_ending);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool shake_hands();
  /// Waits until a request begins. False if none does, or `give_way` says that others need the place.
  bool await_request(const std::function<bool()>& give_way);
  /// The head of the request, up to and with its empty line. Nothing if it does not come in time; it is
  /// longer than any may be where its end is not in it.
  std::optional<std::string> take_head();
  /// What is read from here on: the head as it is handed on, and the body.
  void begin(std::string head, std::size_t body);
  bool is_all_read() const { return head_read_ == head_.size() && body_left_ == 0 && !failed_; }
  /// Says what is wrong, and that this connection ends.
  void refuse(const HeadProblem& what);
  const RemoteAddress& remote() const { return remote_; }

  // As cpp-httplib asks.
  bool is_readable() const override { return true; }
  /// False once the other side has closed its end: asked before more is said of what goes on and on.
  bool is_writable() const override;
  ssize_t read(char* to, size_t size) override;
  ssize_t write(const char* from, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

 private:
  using Time = std::chrono::steady_clock::time_point;
  enum class Fill { more, late, closed };

  bool is_left() const;
  bool wait_for(short events, Time end) const;
  bool wait_for_tls(int result, Time end) const;
  /// Adds what has come to the buffer, or waits for it.
  Fill fill(Time end);

  const socket_t socket_;
  const ConnectionLimits& limits_;
  const std::function<bool()> is_ending_;
  RemoteAddress remote_;
  std::unique_ptr<SSL, void (*)(SSL*)> ssl_{nullptr, SSL_free};
  mutable std::optional<Time> last_moment_;  ///< once everything ends
  std::string buffer_;                       ///< has come and is not read
  std::string head_;
  std::size_t head_read_ = 0;
  std::size_t body_left_ = 0;
  Time body_end_;
  bool failed_ = false;
};

}  // namespace cauce::engine
