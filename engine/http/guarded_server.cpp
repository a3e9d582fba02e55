#include "engine/http/guarded_server.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/http/problem.hpp"
#include "engine/policy_files.hpp"

namespace cauce::engine {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

/// How often something that waits looks whether the server is to stop.
constexpr std::chrono::milliseconds look_up{250};

struct Peer {
  std::string address;
  int port = 0;
};

Peer peer_of(const sockaddr_storage& storage) {
  char text[INET6_ADDRSTRLEN] = {};
  if (storage.ss_family == AF_INET) {
    const auto& in = reinterpret_cast<const sockaddr_in&>(storage);
    ::inet_ntop(AF_INET, &in.sin_addr, text, sizeof text);
    return {text, ntohs(in.sin_port)};
  }
  if (storage.ss_family == AF_INET6) {
    const auto& in = reinterpret_cast<const sockaddr_in6&>(storage);
    ::inet_ntop(AF_INET6, &in.sin6_addr, text, sizeof text);
    return {text, ntohs(in.sin6_port)};
  }
  return {};
}

}  // namespace

/// One connection: bytes in and out within their time.
class Connection : public httplib::Stream {
 public:
  Connection(socket_t sock, SSL_CTX* tls, const ConnectionLimits& limits) : socket_(sock), limits_(limits) {
    ::fcntl(sock, F_SETFL, ::fcntl(sock, F_GETFL) | O_NONBLOCK);
    const int on = 1;
    ::setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (tls == nullptr) return;
    ssl_.reset(SSL_new(tls));
    SSL_set_fd(ssl_.get(), sock);
  }
  ~Connection() override {
    if (ssl_) SSL_shutdown(ssl_.get());
    ssl_.reset();
    ::shutdown(socket_, SHUT_RDWR);
    ::close(socket_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool shake_hands() {
    if (!ssl_) return true;
    const SteadyTime end = std::chrono::steady_clock::now() + limits_.head;
    while (true) {
      const int result = SSL_accept(ssl_.get());
      if (result == 1) return true;
      if (!wait_for_tls(result, end)) return false;
    }
  }

  /// Waits until a request begins. False if none does.
  bool await_request(const std::function<bool()>& stop) {
    const SteadyTime end = std::chrono::steady_clock::now() + limits_.idle;
    while (buffer_.empty()) {
      if (stop() || std::chrono::steady_clock::now() >= end) return false;
      const auto soon = std::min(end, std::chrono::steady_clock::now() + look_up);
      if (fill(soon) == Fill::closed) return false;
    }
    return true;
  }

  /// The head of the request, up to and with its empty line. Nothing if it does not come in time; it is
  /// longer than any may be where its end is not in it.
  std::optional<std::string> take_head() {
    const SteadyTime end = std::chrono::steady_clock::now() + limits_.head;
    while (true) {
      const std::size_t empty_line = buffer_.find("\r\n\r\n");
      const std::size_t bare = buffer_.find("\n\n");  // an end of head to others: refused when it is read
      const std::size_t ends = std::min(empty_line == std::string::npos ? empty_line : empty_line + 4,
                                        bare == std::string::npos ? bare : bare + 2);
      if (ends != std::string::npos || buffer_.size() > longest_head) {
        const std::size_t size = std::min(ends, buffer_.size());
        std::string head = buffer_.substr(0, size);
        buffer_.erase(0, size);
        return head;
      }
      if (fill(end) != Fill::more) return std::nullopt;
    }
  }

  /// What is read from here on: the head as it is handed on, and the body.
  void begin(std::string head, std::size_t body) {
    head_ = std::move(head);
    head_read_ = 0;
    body_left_ = body;
    body_end_ = std::chrono::steady_clock::now() + limits_.body;
    failed_ = false;
  }
  bool is_all_read() const { return head_read_ == head_.size() && body_left_ == 0 && !failed_; }

  /// Says what is wrong, and that this connection ends.
  void refuse(const HeadProblem& what) {
    const std::string body = to_text(problem(what.status, what.why));
    const std::string text = "HTTP/1.1 " + std::to_string(what.status) +
                             " Error\r\nContent-Type: " + problem_type +
                             "\r\nContent-Length: " + std::to_string(body.size()) +
                             "\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n" + body;
    write(text.data(), text.size());
    // What still comes is read for a moment: else its arrival would take the answer away from the other side.
    ::shutdown(socket_, SHUT_WR);
    const SteadyTime end = std::chrono::steady_clock::now() + look_up;
    for (int times = 0; times < 64 && fill(end) == Fill::more; ++times)
      buffer_.clear();
  }

  // --- As cpp-httplib asks

  bool is_readable() const override { return true; }
  bool is_writable() const override {
    pollfd wait{socket_, POLLOUT, 0};
    return ::poll(&wait, 1, static_cast<int>(limits_.write.count())) > 0 &&
           (wait.revents & (POLLERR | POLLHUP)) == 0;
  }
  ssize_t read(char* to, size_t size) override {
    if (head_read_ < head_.size()) {
      const std::size_t part = std::min(size, head_.size() - head_read_);
      std::copy_n(head_.data() + head_read_, part, to);
      head_read_ += part;
      return static_cast<ssize_t>(part);
    }
    if (body_left_ == 0) return 0;
    if (buffer_.empty() && fill(body_end_) != Fill::more) {
      failed_ = true;
      return -1;
    }
    const std::size_t part = std::min({size, buffer_.size(), body_left_});
    std::copy_n(buffer_.data(), part, to);
    buffer_.erase(0, part);
    body_left_ -= part;
    return static_cast<ssize_t>(part);
  }
  ssize_t write(const char* from, size_t size) override {
    std::size_t done = 0;
    while (done < size) {
      const SteadyTime end = std::chrono::steady_clock::now() + limits_.write;
      if (ssl_) {
        const int result =
            SSL_write(ssl_.get(), from + done, static_cast<int>(std::min<size_t>(size - done, 1 << 20)));
        if (result > 0) {
          done += static_cast<std::size_t>(result);
        } else if (!wait_for_tls(result, end)) {
          return -1;
        }
        continue;
      }
      const ssize_t result = ::send(socket_, from + done, size - done, MSG_NOSIGNAL);
      if (result > 0) {
        done += static_cast<std::size_t>(result);
      } else if (errno != EINTR && (errno != EAGAIN || !wait_for(POLLOUT, end))) {
        return -1;
      }
    }
    return static_cast<ssize_t>(done);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    const Peer peer = remote();
    ip = peer.address;
    port = peer.port;
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    sockaddr_storage storage = {};
    socklen_t size = sizeof storage;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&storage), &size);
    const Peer peer = peer_of(storage);
    ip = peer.address;
    port = peer.port;
  }
  socket_t socket() const override { return socket_; }

  Peer remote() const {
    sockaddr_storage storage = {};
    socklen_t size = sizeof storage;
    ::getpeername(socket_, reinterpret_cast<sockaddr*>(&storage), &size);
    return peer_of(storage);
  }

 private:
  enum class Fill { more, late, closed };

  bool wait_for(short events, SteadyTime end) const {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    if (left <= 0) return false;
    pollfd wait{socket_, events, 0};
    return ::poll(&wait, 1, static_cast<int>(left)) > 0;
  }
  bool wait_for_tls(int result, SteadyTime end) const {
    const int why = SSL_get_error(ssl_.get(), result);
    if (why == SSL_ERROR_WANT_READ) return wait_for(POLLIN, end);
    if (why == SSL_ERROR_WANT_WRITE) return wait_for(POLLOUT, end);
    return false;
  }

  /// Adds what has come to the buffer, or waits for it.
  Fill fill(SteadyTime end) {
    char bytes[16 * 1024];
    while (true) {
      ssize_t got = 0;
      if (ssl_) {
        const int result = SSL_read(ssl_.get(), bytes, sizeof bytes);
        if (result <= 0) {
          const int why = SSL_get_error(ssl_.get(), result);
          if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) return Fill::closed;
          if (!wait_for_tls(result, end)) return Fill::late;
          continue;
        }
        got = result;
      } else {
        got = ::recv(socket_, bytes, sizeof bytes, 0);
        if (got == 0) return Fill::closed;
        if (got < 0) {
          if (errno == EINTR) continue;
          if (errno != EAGAIN) return Fill::closed;
          if (!wait_for(POLLIN, end)) return Fill::late;
          continue;
        }
      }
      buffer_.append(bytes, static_cast<std::size_t>(got));
      // Drop by drop counts too.
      return std::chrono::steady_clock::now() < end ? Fill::more : Fill::late;
    }
  }

  const socket_t socket_;
  const ConnectionLimits& limits_;
  std::unique_ptr<SSL, void (*)(SSL*)> ssl_{nullptr, SSL_free};
  std::string buffer_;  ///< has come and is not read
  std::string head_;
  std::size_t head_read_ = 0;
  std::size_t body_left_ = 0;
  SteadyTime body_end_;
  bool failed_ = false;
};

GuardedServer::GuardedServer(const ConnectionLimits& limits, const std::optional<TlsFiles>& tls)
    : limits_(limits) {
  if (!tls) return;
  tls_.reset(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_set_min_proto_version(tls_.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(tls_.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(tls_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (SSL_CTX_use_certificate_chain_file(tls_.get(), tls->certificate.c_str()) != 1)
    throw FileUnusable("«" + tls->certificate + "» no es un certificado (PEM) que se pueda leer");
  if (SSL_CTX_use_PrivateKey_file(tls_.get(), tls->key.c_str(), SSL_FILETYPE_PEM) != 1)
    throw FileUnusable("«" + tls->key + "» no es la llave de ese certificado, o no se puede leer");
}

bool GuardedServer::enter(const std::string& address) {
  if (std::find(trusted_.begin(), trusted_.end(), address) != trusted_.end()) return true;
  const std::scoped_lock lock(mutex_);
  std::size_t& open = open_[address];
  if (open >= limits_.connections_each) return false;
  ++open;
  return true;
}

void GuardedServer::leave(const std::string& address) {
  const std::scoped_lock lock(mutex_);
  const auto open = open_.find(address);
  if (open != open_.end() && --open->second == 0) open_.erase(open);
}

bool GuardedServer::process_and_close_socket(socket_t sock) {
  Connection connection(sock, tls_.get(), limits_);
  const std::string address = connection.remote().address;
  if (!enter(address)) return false;
  if (connection.shake_hands()) serve(connection);
  leave(address);
  return true;
}

void GuardedServer::serve(Connection& connection) {
  for (std::size_t left = limits_.requests; left > 0; --left) {
    if (!connection.await_request([&] { return winding_down_.load(); })) return;
    const auto text = connection.take_head();
    if (!text) return connection.refuse({408, "la cabecera no llegó a tiempo"});
    if (text->size() > longest_head) return connection.refuse({431, "la cabecera es demasiado grande"});
    auto head = read_head(*text, limits_.most_body);
    if (const auto* wrong = std::get_if<HeadProblem>(&head)) return connection.refuse(*wrong);
    const RequestHead& read = std::get<RequestHead>(head);
    connection.begin(read.to_text(), read.content_length);
    bool closed = false;
    const bool done = process_request(connection, left == 1 || !read.keeps_alive, closed, nullptr);
    // Where the body was not read to its end, what follows would pass for a request.
    if (!done || closed || !read.keeps_alive || !connection.is_all_read()) return;
  }
}

}  // namespace cauce::engine
