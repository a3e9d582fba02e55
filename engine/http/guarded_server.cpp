#include "engine/http/guarded_server.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cauce::engine {
namespace {

/// Connections that the kernel keeps until they are let in.
constexpr int backlog = 128;

/// Threads that are made while this lives are sent no signals: those are for whoever watches. What a thread
/// does to itself it is still told.
class SignalsElsewhere {
 public:
  SignalsElsewhere() {
    sigset_t all;
    sigfillset(&all);
    for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS})
      sigdelset(&all, own);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~SignalsElsewhere() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsElsewhere(const SignalsElsewhere&) = delete;
  SignalsElsewhere& operator=(const SignalsElsewhere&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

GuardedServer::GuardedServer(const ConnectionLimits& limits, std::shared_ptr<const TlsIdentity> tls)
    : limits_(limits),
      tls_(std::move(tls)),
      places_(limits.served + limits.waiting, limits.each),
      turned_away_(limits.turned_away, limits.turned_away_each),
      large_bodies_(limits.large_bodies, limits.large_bodies_each) {
  set_payload_max_length(limits.most_body);
  // As it is told to clients.
  set_keep_alive_max_count(limits.requests);
  set_keep_alive_timeout(std::chrono::duration_cast<std::chrono::seconds>(limits.idle).count());
}

GuardedServer::~GuardedServer() {
  end();
}

void GuardedServer::begin() {
  ::listen(svr_sock_, backlog);
  const SignalsElsewhere quiet;
  door_ = std::thread([this] { let_in(); });
}

void GuardedServer::wind_down() {
  winding_down_ = true;
  ::shutdown(svr_sock_, SHUT_RDWR);  // whoever waits at the door is woken
}

void GuardedServer::end() {
  wind_down();
  if (door_.joinable()) door_.join();
  if (const socket_t sock = svr_sock_.exchange(INVALID_SOCKET); sock != INVALID_SOCKET) ::close(sock);
}

void GuardedServer::let_in() {
  httplib::ThreadPool threads(limits_.served);
  while (!winding_down_) {
    sockaddr_storage from = {};
    socklen_t size = sizeof from;
    const int sock =
        ::accept4(svr_sock_, reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (sock < 0) {
      // Whatever it is passes: a connection that broke off, no files or memory left for a moment.
      if (!winding_down_ && errno != EINTR) std::this_thread::sleep_for(std::chrono::milliseconds(20));
      continue;
    }
    const std::string address = remote_address(from).text;
    auto place = take(places_, address);
    const bool is_turned_away = !place;
    if (is_turned_away) place = take(turned_away_, address);
    if (!place) {
      ::close(sock);
      continue;
    }
    const std::shared_ptr<SSL_CTX> tls = tls_ ? tls_->context() : nullptr;
    threads.enqueue([this, sock, tls, place, address, is_turned_away] {
      try {
        Connection connection(sock, tls.get(), limits_, [this] { return is_winding_down(); });
        if (!connection.shake_hands()) return;
        is_turned_away ? turn_away(connection) : serve(connection);
      } catch (const std::exception&) {
        // There was no memory for this one: the others go on.
        if (refused_) refused_(address, {503, ""});
      }
    });
  }
  threads.shutdown();
}

bool GuardedServer::is_trusted(const std::string& address) const {
  return std::find(trusted_.begin(), trusted_.end(), address) != trusted_.end();
}

std::shared_ptr<void> GuardedServer::take(Places& places, const std::string& address) const {
  return is_trusted(address) ? places.take_unlimited(address) : places.take(network_of(address));
}

void GuardedServer::refuse(Connection& connection, const HeadProblem& what) const {
  if (refused_) refused_(connection.remote().text, what);
  connection.refuse(what);
}

void GuardedServer::turn_away(Connection& connection) const {
  if (!connection.await_request([] { return true; }) || !connection.take_head()) return;
  refuse(connection, {503, "ya hay demasiadas conexiones a la vez"});
}

void GuardedServer::serve(Connection& connection) {
  const std::string& address = connection.remote().text;
  if (only_trusted_ && !is_trusted(address) && !is_loopback(address))
    return refuse(connection, {403, "aquí solo se entra por el intermediario, que cifra lo que se dice"});
  // Who says nothing makes room for those who wait.
  const auto give_way = [this] { return places_.taken() > limits_.served; };
  for (std::size_t left = limits_.requests; left > 0; --left) {
    if (!connection.await_request(give_way)) return;
    const auto text = connection.take_head();
    if (!text) return refuse(connection, {408, "la cabecera no llegó a tiempo"});
    if (text->size() > longest_head) return refuse(connection, {431, "la cabecera es demasiado grande"});
    auto head = read_head(*text, limits_.most_body);
    if (const auto* wrong = std::get_if<HeadProblem>(&head)) return refuse(connection, *wrong);
    const RequestHead& read = std::get<RequestHead>(head);
    const bool is_large = read.content_length > limits_.small_body;
    const auto room = is_large ? take(large_bodies_, address) : nullptr;
    if (is_large && !room) return refuse(connection, {503, "hay demasiadas peticiones grandes a la vez"});
    connection.begin(read.to_text(), read.content_length);
    bool closed = false;
    const bool done = process_request(connection, left == 1 || !read.keeps_alive, closed, nullptr);
    // Where the body was not read to its end, what follows would pass for a request.
    if (!done || closed || !read.keeps_alive || !connection.is_all_read()) return;
  }
}

}  // namespace cauce::engine
