#include "engine/senders/message.hpp"

#include <gmime/gmime.h>
#include <memory>
#include <mutex>

namespace cauce::engine {

namespace {

struct Unref {
  template <typename T>
  void operator()(T* object) const {
    g_object_unref(object);
  }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

void start_gmime() {
  static std::once_flag once;
  std::call_once(once, g_mime_init);
}

/// Stands for an address that is not known (RFC 2606: `.invalid` exists nowhere).
constexpr const char* no_address = "sin-correo@cauce.invalid";

Owned<GMimePart> text_part(const char* subtype, const std::string& text) {
  Owned<GMimePart> part{g_mime_part_new_with_type("text", subtype)};
  Owned<GMimeStream> stream{g_mime_stream_mem_new_with_buffer(text.data(), text.size())};
  Owned<GMimeDataWrapper> content{
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT)};
  g_mime_part_set_content(part.get(), content.get());
  g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
  return part;
}

void add_mailbox(GMimeMessage* message, GMimeAddressType type, const Mailbox& mailbox) {
  const std::string name = one_line(mailbox.name);
  g_mime_message_add_mailbox(message, type, name.empty() ? nullptr : name.c_str(),
                             mailbox.address.empty() ? no_address : mailbox.address.c_str());
}

void set_header(GMimeMessage* message, const char* name, const std::string& value) {
  g_mime_object_set_header(GMIME_OBJECT(message), name, one_line(value).c_str(), "utf-8");
}

}  // namespace

std::string shown(const Mailbox& mailbox) {
  if (mailbox.address.empty()) return mailbox.name;
  return mailbox.name.empty() ? mailbox.address : mailbox.name + " <" + mailbox.address + ">";
}

std::string one_line(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return text;
}

bool is_address(const std::string& address) {
  const std::size_t at = address.find('@');
  if (at == std::string::npos || at == 0 || at + 1 == address.size()) return false;
  if (address.find('@', at + 1) != std::string::npos) return false;
  for (const char c : address) {
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F ||
        std::string_view("<>(),;:\\\"[]").find(c) != std::string_view::npos) {
      return false;
    }
  }
  return address.find('.', at) != std::string::npos || address.substr(at + 1) == "localhost";
}

std::string to_mime(const Message& message) {
  start_gmime();
  Owned<GMimeMessage> mime{g_mime_message_new(FALSE)};
  add_mailbox(mime.get(), GMIME_ADDRESS_TYPE_FROM, message.from);
  add_mailbox(mime.get(), GMIME_ADDRESS_TYPE_TO, message.to);
  g_mime_message_set_subject(mime.get(), one_line(message.subject).c_str(), "utf-8");
  g_mime_message_set_message_id(mime.get(), message.id.c_str());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(message.date).time_since_epoch().count();
  const std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> date{g_date_time_new_from_unix_utc(seconds),
                                                                      g_date_time_unref};
  g_mime_message_set_date(mime.get(), date.get());
  set_header(mime.get(), "Auto-Submitted", "auto-generated");
  set_header(mime.get(), "X-Auto-Response-Suppress", "All");
  set_header(mime.get(), "Precedence", "bulk");
  set_header(mime.get(), "Content-Language", "es");

  Owned<GMimeMultipart> alternatives{g_mime_multipart_new_with_subtype("alternative")};
  g_mime_multipart_set_boundary(alternatives.get(),
                                ("=_cauce_" + message.id.substr(0, message.id.find('@'))).c_str());
  g_mime_multipart_add(alternatives.get(), GMIME_OBJECT(text_part("plain", message.text).get()));
  g_mime_multipart_add(alternatives.get(), GMIME_OBJECT(text_part("html", message.html).get()));
  g_mime_message_set_mime_part(mime.get(), GMIME_OBJECT(alternatives.get()));

  const std::unique_ptr<GMimeFormatOptions, decltype(&g_mime_format_options_free)> format{
      g_mime_format_options_new(), g_mime_format_options_free};
  g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
  const std::unique_ptr<char, decltype(&g_free)> written{
      g_mime_object_to_string(GMIME_OBJECT(mime.get()), format.get()), g_free};
  return written.get();
}

}  // namespace cauce::engine
