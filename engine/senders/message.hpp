// A message as it leaves: what a mail program shows. Written as MIME by a mail library, so that no data can
// inject a header.
#pragma once

#include <string>
#include <vector>

#include "engine/clock.hpp"

namespace cauce::engine {

struct Mailbox {
  std::string name;     ///< may be empty; any Unicode
  std::string address;  ///< local@domain; empty: not known
};
/// `Ana Pérez <ana@example.org>`, or the one of both that there is.
std::string shown(const Mailbox& mailbox);

struct Message {
  std::string id;  ///< without angle brackets; the same whenever the same message is sent again
  Mailbox from;
  Mailbox to;
  std::string subject;
  Instant date;
  std::string text;
  std::string html;
};

/// Whether a text can be the address of one person (RFC 5322 addr-spec, no comments, no list).
bool is_address(const std::string& address);

/// A text as one line: what a header, a log or a cell of a table may hold.
std::string one_line(std::string text);

/// The message as RFC 5322 and MIME, lines ended by CRLF: text and HTML as alternatives, in UTF-8, with the
/// headers that stop automatic answers (RFC 3834). A recipient without an address gets one that exists
/// nowhere.
std::string to_mime(const Message& message);

}  // namespace cauce::engine
