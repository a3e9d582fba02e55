#include "engine/http/connection.hpp"

#include <algorithm>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <new>
#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "engine/http/problem.hpp"

namespace cauce::engine {
namespace {

/// How often what waits looks whether it should go on.
constexpr std::chrono::milliseconds look_up{250};
/// What nobody is asked to give way before.
constexpr std::chrono::milliseconds courtesy{1000};
/// What is still waited for anybody once everything ends.
constexpr std::chrono::milliseconds farewell{2000};

std::chrono::steady_clock::time_point now() {
  return std::chrono::steady_clock::now();
}

}  // namespace

Connection::Connection(socket_t sock, SSL_CTX* tls, const ConnectionLimits& limits,
                       std::function<bool()> is_ending)
    : socket_(sock), limits_(limits), is_ending_(std::move(is_ending)) {
  sockaddr_storage storage = {};
  socklen_t size = sizeof storage;
  if (::getpeername(sock, reinterpret_cast<sockaddr*>(&storage), &size) == 0)
    remote_ = remote_address(storage);
  const int on = 1;
  ::setsockopt(sock, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // Who vanished without a word takes nothing more: the kernel, too, gives up on them in that time.
  const auto patience = static_cast<unsigned>(2 * limits.write.count());
  ::setsockopt(sock, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof patience);
  if (tls == nullptr) return;
  ssl_.reset(SSL_new(tls));
  if (!ssl_ || SSL_set_fd(ssl_.get(), sock) != 1) {
    ::close(sock);
    throw std::bad_alloc();
  }
}

Connection::~Connection() {
  if (ssl_) SSL_shutdown(ssl_.get());
  ssl_.reset();
  ::shutdown(socket_, SHUT_RDWR);
  ::close(socket_);
}

bool Connection::shake_hands() {
  if (!ssl_) return true;
  const Time end = now() + limits_.head;
  while (true) {
    ERR_clear_error();
    const int result = SSL_accept(ssl_.get());
    if (result == 1) return true;
    if (!wait_for_tls(result, end)) return false;
  }
}

bool Connection::await_request(const std::function<bool()>& give_way) {
  const Time end = now() + limits_.idle;
  const Time polite = now() + courtesy;
  while (buffer_.empty()) {
    if (is_ending_() || now() >= end || (now() >= polite && give_way())) return false;
    if (fill(std::min(end, now() + look_up)) == Fill::closed) return false;
  }
  return true;
}

std::optional<std::string> Connection::take_head() {
  const Time end = now() + limits_.head;
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

void Connection::begin(std::string head, std::size_t body) {
  head_ = std::move(head);
  head_read_ = 0;
  body_left_ = body;
  body_end_ = now() + limits_.body;
  failed_ = false;
}

void Connection::refuse(const HeadProblem& what) {
  const std::string body = to_text(problem(what.status, what.why));
  const std::string text = "HTTP/1.1 " + std::to_string(what.status) +
                           " Error\r\nContent-Type: " + problem_type +
                           "\r\nContent-Length: " + std::to_string(body.size()) +
                           (what.status == 503 ? "\r\nRetry-After: 5" : "") +
                           "\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n" + body;
  write(text.data(), text.size());
  // What still comes is read for a moment: else its arrival would take the answer away from the other side.
  ::shutdown(socket_, SHUT_WR);
  const Time end = now() + look_up;
  for (int times = 0; times < 64 && fill(end) == Fill::more; ++times)
    buffer_.clear();
}

bool Connection::is_writable() const {
  return !is_left() && wait_for(POLLOUT, now() + limits_.write);
}

bool Connection::is_left() const {
  pollfd look{socket_, POLLRDHUP, 0};
  return ::poll(&look, 1, 0) > 0;
}

ssize_t Connection::read(char* to, size_t size) {
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

ssize_t Connection::write(const char* from, size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const Time end = now() + limits_.write;
    if (ssl_) {
      ERR_clear_error();
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

void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip = remote_.text;
  port = remote_.port;
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
  sockaddr_storage storage = {};
  socklen_t size = sizeof storage;
  ::getsockname(socket_, reinterpret_cast<sockaddr*>(&storage), &size);
  const RemoteAddress local = remote_address(storage);
  ip = local.text;
  port = local.port;
}

bool Connection::wait_for(short events, Time end) const {
  while (true) {
    if (!last_moment_ && is_ending_()) last_moment_ = now() + farewell;
    const Time until = last_moment_ ? std::min(end, *last_moment_) : end;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - now());
    if (left.count() <= 0) return false;
    pollfd wait{socket_, events, 0};
    if (::poll(&wait, 1, static_cast<int>(std::min(left, look_up).count())) > 0)
      return (wait.revents & events) != 0;
  }
}

bool Connection::wait_for_tls(int result, Time end) const {
  const int why = SSL_get_error(ssl_.get(), result);
  if (why == SSL_ERROR_WANT_READ) return wait_for(POLLIN, end);
  if (why == SSL_ERROR_WANT_WRITE) return wait_for(POLLOUT, end);
  return false;
}

Connection::Fill Connection::fill(Time end) {
  char bytes[16 * 1024];
  while (true) {
    ssize_t got = 0;
    if (ssl_) {
      ERR_clear_error();
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
    return now() < end ? Fill::more : Fill::late;
  }
}

}  // namespace cauce::engine
