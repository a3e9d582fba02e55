#include "engine/senders/smtp_sender.hpp"

#include <algorithm>

#include "engine/senders/curl_handle.hpp"
#include "engine/senders/server_words.hpp"

namespace cauce::engine {

namespace {

/// How far one conversation has come, and what was said last: told by what passes over the line, since a
/// result of libcurl does not say to what the server answered.
class Conversation {
 public:
  enum class Stage {
    ourselves,  ///< greeting, encryption, login, sender: none of it depends on the message
    message,    ///< recipient and contents
    whole       ///< all of the message has been given away
  };

  void hear(curl_infotype type, std::string_view line) {
    if (type == CURLINFO_HEADER_OUT) said_by_us(line);
    if (type == CURLINFO_HEADER_IN) said_by_server(line);
  }
  void all_given() { pass_to(Stage::whole); }

  Stage stage() const { return stage_; }
  /// The code of the answer to what was said last; 0 if none came.
  int code() const { return answered_ ? code_ : 0; }
  std::string reply() const { return server_words(reply_); }

 private:
  void pass_to(Stage stage) {
    stage_ = stage;
    answered_ = false;
    reply_.clear();
  }

  void said_by_us(std::string_view line) {
    // What is said at parting is no answer to the message.
    parting_ = line.starts_with("QUIT");
    if (parting_) return;
    const bool of_message = line.starts_with("RCPT") || line.starts_with("DATA");
    pass_to(of_message ? Stage::message : Stage::ourselves);
  }

  /// `250-…` goes on, `250 …` is the end of an answer.
  void said_by_server(std::string_view line) {
    if (parting_) return;
    if (answered_) reply_.clear();
    const bool numbered = line.size() >= 3 && std::all_of(line.begin(), line.begin() + 3,
                                                          [](char c) { return c >= '0' && c <= '9'; });
    answered_ = numbered && (line.size() == 3 || line[3] != '-');
    if (answered_) code_ = 100 * (line[0] - '0') + 10 * (line[1] - '0') + (line[2] - '0');
    // `550-5.1.1 … 550 5.1.1 …` would say its number again and again.
    if (numbered && !reply_.empty()) line.remove_prefix(std::min<std::size_t>(4, line.size()));
    reply_ += std::string(line) + " ";
  }

  Stage stage_ = Stage::ourselves;
  bool answered_ = false;
  bool parting_ = false;
  int code_ = 0;
  std::string reply_;
};

int listen(CURL*, curl_infotype type, char* bytes, std::size_t size, void* conversation) {
  static_cast<Conversation*>(conversation)->hear(type, {bytes, size});
  return 0;
}

/// The text of one message on its way.
struct Giving {
  const std::string& text;
  Conversation& conversation;
  std::size_t given = 0;
};

std::size_t give(char* place, std::size_t, std::size_t room, void* data) {
  Giving& giving = *static_cast<Giving*>(data);
  const std::size_t size = giving.text.copy(place, room, giving.given);
  giving.given += size;
  if (size == 0) giving.conversation.all_given();
  return size;
}

int give_again(void* data, curl_off_t offset, int) {
  static_cast<Giving*>(data)->given = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

/// The server asks that we log in, or otherwise: a matter of the configuration, at whatever it comes.
bool is_about_login(int code) {
  return code == 530 || code == 534 || code == 535 || code == 538;
}

constexpr int going_down = 421;

/// Whether the server hung up, or said that it does, before it had the whole message.
bool is_given_up(CURLcode result, const Conversation& conversation) {
  if (result == CURLE_OK || result == CURLE_OPERATION_TIMEDOUT || result == CURLE_ABORTED_BY_CALLBACK)
    return false;
  const bool said_so = conversation.code() == 0 || conversation.code() == going_down;
  return said_so && conversation.stage() != Conversation::Stage::whole;
}

Handover judge(CURLcode result, const Conversation& conversation) {
  if (result == CURLE_OK) return Handover::accepted;
  const int code = conversation.code();
  if (conversation.stage() == Conversation::Stage::whole && code == 0) return Handover::uncertain;
  if (conversation.stage() == Conversation::Stage::ourselves) return Handover::unavailable;
  if (code == going_down || is_about_login(code)) return Handover::unavailable;
  return code / 100 == 5 ? Handover::refused : Handover::try_again;
}

bool is_final(Handover handover) {
  return handover == Handover::accepted || handover == Handover::refused || handover == Handover::uncertain;
}

std::string url_of(const SmtpServer& server) {
  const bool is_ipv6 = server.host.find(':') != std::string::npos;
  return (server.encryption == Encryption::tls ? "smtps://" : "smtp://") +
         (is_ipv6 ? "[" + server.host + "]" : server.host) + ":" + std::to_string(server.port);
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

/// The connection to one server.
class SmtpSender::Line {
 public:
  Line(const SmtpServer& server, std::chrono::seconds timeout)
      : name_(server.host + ":" + std::to_string(server.port)) {
    curl_.set_common(timeout, server.authorities);
    curl_.set(CURLOPT_URL, url_of(server).c_str());
    curl_.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_.set(CURLOPT_PROXY, "");
    curl_.set(CURLOPT_USE_SSL,
              static_cast<long>(server.encryption == Encryption::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (!server.user.empty()) {
      curl_.set(CURLOPT_USERNAME, server.user.c_str());
      curl_.set(CURLOPT_PASSWORD, server.password.reveal().c_str());
    }
    curl_.set(CURLOPT_UPLOAD, 1L);
    curl_.set(CURLOPT_READFUNCTION, give);
    curl_.set(CURLOPT_SEEKFUNCTION, give_again);
    curl_.set(CURLOPT_VERBOSE, 1L);  // to hear what is said; nothing is printed
    curl_.set(CURLOPT_DEBUGFUNCTION, listen);
  }

  /// A connection kept from the message before may be one that the server has given up meanwhile (421), which
  /// says nothing of it being there: then it is asked once more, over a new one.
  Answer send(const std::string& from, const std::string& to, const std::string& text) {
    bool was_given_up = false;
    const Answer answer = converse(from, to, text, was_given_up);
    if (!was_given_up) return answer;
    curl_.set(CURLOPT_FRESH_CONNECT, 1L);
    const Answer again = converse(from, to, text, was_given_up);
    curl_.set(CURLOPT_FRESH_CONNECT, 0L);
    return again;
  }

  void end_when(const std::function<bool()>& end) { curl_.end_when(end); }

 private:
  Answer converse(const std::string& from, const std::string& to, const std::string& text,
                  bool& was_given_up) {
    Conversation conversation;
    Giving giving{text, conversation};
    const std::unique_ptr<curl_slist, FreeList> recipients(
        curl_slist_append(nullptr, ("<" + to + ">").c_str()));
    curl_.set(CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    curl_.set(CURLOPT_MAIL_RCPT, recipients.get());
    curl_.set(CURLOPT_READDATA, &giving);
    curl_.set(CURLOPT_SEEKDATA, &giving);
    curl_.set(CURLOPT_DEBUGDATA, &conversation);
    const CURLcode result = curl_.perform();
    const bool said_no = conversation.code() >= 400;
    const std::string words = result == CURLE_OK || said_no ? conversation.reply() : curl_.trouble(result);
    curl_.set(CURLOPT_DEBUGDATA, nullptr);
    was_given_up = curl_.used_kept_connection() && is_given_up(result, conversation);
    return {judge(result, conversation), name_ + ": " + words};
  }

  std::string name_;
  CurlHandle curl_;
};

SmtpSender::SmtpSender(SmtpOptions options) : options_(std::move(options)) {
  for (const SmtpServer& server : options_.servers)
    lines_.push_back(std::make_unique<Line>(server, options_.timeout));
}

SmtpSender::~SmtpSender() = default;

void SmtpSender::end_when(const std::function<bool()>& end) {
  end_ = end;
  for (const auto& line : lines_)
    line->end_when(end);
}

Answer SmtpSender::send(const Message& message) {
  const std::string text = to_mime(message);
  Answer answer{Handover::unavailable};
  std::string words;
  for (const auto& line : lines_) {
    Answer one = line->send(message.from.address, message.to.address, text);
    if (is_final(one.handover)) return one;
    if (one.handover == Handover::try_again) answer.handover = Handover::try_again;
    words += (words.empty() ? "" : "; ") + one.words;
    if (end_ && end_()) break;
  }
  answer.words = std::move(words);
  return answer;
}

}  // namespace cauce::engine
