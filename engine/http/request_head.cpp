#include "engine/http/request_head.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "engine/http/header_text.hpp"

namespace cauce::engine {
namespace {

bool is_token_letter(char c) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         others.find(c) != others.npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_letter);
}

bool is_visible(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > 0x20 && byte != 0x7F;
}

bool is_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_visible(c) || c == ' ' || c == '\t'; });
}

/// An address with its `ó` as `%C3%B3`: many programs send letters as they are.
std::string in_ascii(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      result += c;
    } else {
      result += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return result;
}

/// The lines before the empty one; nothing if an end of line is not CR LF, or a NUL is in it.
std::optional<std::vector<std::string_view>> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find_first_of(std::string_view("\r\n\0", 3));
    if (end == text.npos || text.substr(end, 2) != "\r\n") return std::nullopt;
    if (end == 0) return lines;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 2);
  }
}

std::optional<HeadProblem> read_request_line(std::string_view line, RequestHead& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == line.npos || first == last) return HeadProblem{400, "el primer renglón no se entiende"};
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (head.target.size() > longest_target) return HeadProblem{414, "la dirección es demasiado larga"};
  const bool well_formed =
      is_token(head.method) && head.target.starts_with('/') &&
      std::all_of(head.target.begin(), head.target.end(), [](char c) { return is_visible(c) && c != '#'; });
  if (!well_formed) return HeadProblem{400, "el primer renglón no se entiende"};
  head.target = in_ascii(head.target);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return HeadProblem{505, "solo se entiende HTTP/1.1"};
  head.keeps_alive = version == "HTTP/1.1";
  return std::nullopt;
}

std::optional<HeadProblem> read_header(std::string_view line, RequestHead& head) {
  if (line.size() > longest_header) return HeadProblem{431, "un renglón de la cabecera es demasiado largo"};
  const std::size_t colon = line.find(':');
  if (colon == line.npos || !is_token(line.substr(0, colon)))
    return HeadProblem{400, "un renglón de la cabecera no se entiende"};
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (!is_value(value)) return HeadProblem{400, "un renglón de la cabecera tiene letras que no van"};
  head.headers.emplace_back(lower(line.substr(0, colon)), value);
  return std::nullopt;
}

std::optional<HeadProblem> read_length(std::string_view text, std::size_t most_body, RequestHead& head) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), head.content_length);
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  if (!digits) return HeadProblem{400, "«Content-Length» no es un número"};
  if (error != std::errc() || end != text.data() + text.size() || head.content_length > most_body)
    return HeadProblem{413, "el contenido pasa de " + std::to_string(most_body >> 20) + " MB"};
  return std::nullopt;
}

/// What says where the request ends, and to whom it goes: once each, in one way.
std::optional<HeadProblem> read_framing(std::size_t most_body, RequestHead& head) {
  std::size_t hosts = 0;
  std::size_t lengths = 0;
  for (const auto& [name, value] : head.headers) {
    if (name == "host") ++hosts;
    if (name == "transfer-encoding")
      return HeadProblem{411, "mande «Content-Length»; por partes no se recibe"};
    if (name == "content-encoding" && lower(value) != "identity")
      return HeadProblem{415, "el contenido se manda sin comprimir"};
    if (name == "content-type" && lower(value).starts_with("multipart/"))
      return HeadProblem{415, "el contenido se manda entero, como JSON o como tabla CSV"};
    if (name == "expect" && lower(value) != "100-continue")
      return HeadProblem{417, "lo que pide «Expect» no se conoce"};
    if (name == "connection" && lower(value).find("close") != value.npos) head.keeps_alive = false;
    if (name != "content-length") continue;
    if (++lengths > 1) return HeadProblem{400, "«Content-Length» viene dos veces"};
    if (auto problem = read_length(value, most_body, head)) return problem;
  }
  if (hosts != 1) return HeadProblem{400, "«Host» va una vez"};
  return std::nullopt;
}

/// Those that are for the connection, or that nothing here needs.
bool is_handed_on(const std::string& name) {
  constexpr std::string_view left_out[] = {"range",   "if-range",        "te",        "trailer",
                                           "upgrade", "accept-encoding", "connection"};
  return std::find(std::begin(left_out), std::end(left_out), name) == std::end(left_out);
}

}  // namespace

std::string RequestHead::to_text() const {
  std::string text = method + " " + target + " HTTP/1.1\r\n";
  for (const auto& [name, value] : headers) {
    if (is_handed_on(name)) text += name + ": " + value + "\r\n";
  }
  if (!keeps_alive) text += "connection: close\r\n";
  return text + "\r\n";
}

std::variant<RequestHead, HeadProblem> read_head(std::string_view text, std::size_t most_body) {
  const auto lines = lines_of(text);
  if (!lines || lines->empty()) return HeadProblem{400, "la cabecera no se entiende"};
  if (lines->size() - 1 > most_headers) return HeadProblem{431, "la cabecera tiene demasiados renglones"};
  RequestHead head;
  if (auto problem = read_request_line(lines->front(), head)) return *problem;
  for (std::size_t i = 1; i < lines->size(); ++i) {
    if (auto problem = read_header((*lines)[i], head)) return *problem;
  }
  if (auto problem = read_framing(most_body, head)) return *problem;
  return head;
}

}  // namespace cauce::engine
