#include "dsl/format_clause.hpp"

#include <algorithm>
#include <utility>

#include "dsl/fold.hpp"
#include "dsl/format_words.hpp"
#include "dsl/scan.hpp"
#include "dsl/syntax.hpp"

namespace cauce::dsl::formatting {
namespace {

/// Whether a node is one word or sign, and is written as literal_text says.
bool is_literal(Kind kind) {
  switch (kind) {
    case Kind::text:
    case Kind::title:
    case Kind::integer:
    case Kind::number:
    case Kind::clock:
    case Kind::day:
    case Kind::month:
    case Kind::year:
    case Kind::weekday:
    case Kind::iso_date:
    case Kind::iso_period:
    case Kind::enum_value:
    case Kind::truth:
    case Kind::op:
    case Kind::any_cell:
      return true;
    default:
      return false;
  }
}

/// Parts of a clause before which a line that is too long may end.
bool may_begin_line(Kind kind) {
  switch (kind) {
    case Kind::column:
    case Kind::parent:
    case Kind::file_name:
    case Kind::superior:
    case Kind::offers:
    case Kind::focused:
    case Kind::hit_policy:
    case Kind::because:
    case Kind::citations:
    case Kind::condition:
    case Kind::demand:
    case Kind::other_person:
    case Kind::to_monday:
    case Kind::in_force:
    case Kind::recurrence:
    case Kind::except:
    case Kind::repeat:
    case Kind::occurred:
    case Kind::until:
    case Kind::with:
    case Kind::subject:
    case Kind::test_date:
    case Kind::alert_role:
    case Kind::alert_obligation:
    case Kind::where:
      return true;
    default:
      return false;
  }
}

/// Clauses whose reason goes to a line of its own if not all fits on one.
bool has_reason(Kind kind) {
  switch (kind) {
    case Kind::exclusion:
    case Kind::requirement:
    case Kind::qualification:
    case Kind::exit_clause:
    case Kind::transition:
    case Kind::expect_state:
      return true;
    default:
      return false;
  }
}

bool is_reason(Kind kind) {
  return kind == Kind::because || kind == Kind::citations || kind == Kind::condition;
}

/// Marks that may be written in any order.
int mark_rank(Kind kind) {
  switch (kind) {
    case Kind::key_mark:
    case Kind::initial_mark:
      return 1;
    case Kind::required_mark:
    case Kind::final_mark:
      return 2;
    case Kind::empty_is:
      return 3;
    default:
      return 0;
  }
}

/// Whether its braces hold a list that is written `{ a, b }`; sets and types are written `{a, b}`.
bool has_spaced_braces(Kind kind) {
  return kind == Kind::levels || kind == Kind::group_quotas || kind == Kind::record;
}

/// Whether its last part is an expression after `=`.
bool defines(Kind kind) {
  return kind == Kind::score_part || kind == Kind::indicator;
}

bool is_article(std::string_view folded) {
  return folded == "el" || folded == "la" || folded == "los" || folded == "las";
}

bool is_preposition(std::string_view folded) {
  return folded == "a" || folded == "al" || folded == "de" || folded == "del";
}

std::optional<std::size_t> find_brace(std::string_view text, std::size_t from, std::size_t to) {
  for (std::size_t at = skip_blanks(text, from); at < to; at = skip_blanks(text, piece_end(text, at))) {
    if (text[at] == '{') return at;
  }
  return std::nullopt;
}

}  // namespace

Parts take_apart(View node) {
  Parts parts;
  std::size_t at = node.span().begin;
  for (const View child : node) {
    if (!parts.open) parts.open = find_brace(node.file_text(), at, child.span().begin);
    (parts.open ? parts.clauses : parts.head).push_back(child);
    at = child.span().end;
  }
  if (!parts.open) parts.open = find_brace(node.file_text(), at, node.span().end);
  parts.close = node.span().end - 1;
  return parts;
}

void ClauseWriter::begin(std::size_t first_word) {
  first_word_ = first_word;
  gap_ = Gap::none;
  layout_.open();
  layout_.indent();
}

void ClauseWriter::end() {
  layout_.dedent();
  layout_.close();
}

void ClauseWriter::write(View node) {
  begin(node.span().begin);
  child(node, node);
  end();
}

void ClauseWriter::write_head(View node, const Parts& parts) {
  begin(node.span().begin);
  children(node, parts.head, *parts.open);
  token(*parts.open, *parts.open + 1, "{");
  end();
}

void ClauseWriter::write_in_one_line(View node, const Parts& parts) {
  begin(node.span().begin);
  children(node, parts.head, *parts.open);
  token(*parts.open, *parts.open + 1, "{");
  if (parts.clauses.empty()) gap_ = Gap::none;
  for (const View clause : parts.clauses)
    child(clause, node);
  if (!parts.clauses.empty()) gap_ = Gap::space;
  token(parts.close, parts.close + 1, "}");
  end();
}

void ClauseWriter::write_close(const Parts& parts) {
  begin(parts.close);
  token(parts.close, parts.close + 1, "}");
  end();
}

std::string ClauseWriter::cell(View node, bool as_written) {
  states_as_written_ = as_written;
  write(node);
  states_as_written_ = false;
  return layout_.take_flat();
}

std::string ClauseWriter::name(View node, View parent, std::size_t ordinal) {
  return std::string(names_.spelling(node.text(), parent, ordinal, owners_));
}

/// Writes `node` up to the byte `to`.
void ClauseWriter::children(View node, const std::vector<View>& children, std::size_t to) {
  std::size_t at = node.span().begin;
  std::size_t names = 0;
  bool reason_begun = false;
  std::vector<View> marked;
  for (const View one : children) {
    if (mark_rank(one.kind()) > 0 && !node.is(Kind::component)) {
      marked.push_back(one);
      at = one.span().end;
      continue;
    }
    words(node, node, at, one.span().begin);
    at = one.span().end;
    if (one.is(Kind::name)) {
      token(one.span().begin, one.span().end, name(one, node, names++));
      continue;
    }
    if (may_begin_line(one.kind()) && gap_ != Gap::none) gap_ = Gap::fill;
    if (has_reason(node.kind()) && is_reason(one.kind()) && !reason_begun) {
      gap_ = begins_line(one.span().begin) ? Gap::forced_line : Gap::line;
      reason_begun = true;
    }
    const bool is_value = one.span().begin == children.back().span().begin && defines(node.kind());
    is_value ? value(one, node) : child(one, node);
  }
  marks(node, marked);
  words(node, node, at, to);
}

void ClauseWriter::marks(View node, const std::vector<View>& marked) {
  std::vector<View> sorted = marked;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](View a, View b) { return mark_rank(a.kind()) < mark_rank(b.kind()); });
  for (const View mark : sorted)
    child(mark, node);
}

void ClauseWriter::child(View node, View parent) {
  const std::size_t from = node.span().begin;
  const std::size_t to = node.span().end;
  switch (node.kind()) {
    case Kind::chain:
      return chain(node);
    case Kind::conditional:
      return conditional(node);
    case Kind::bracket:
      return bracket(node, parent);
    case Kind::state:
      if (states_as_written_) return token(from, to, std::string(node.text()));
      break;
    default:
      break;
  }
  if (is_literal(node.kind())) return token(from, to, literal_text(node, parent));
  std::vector<View> inner;
  for (const View one : node)
    inner.push_back(one);
  if (inner.empty()) return words(node, parent, from, to);
  children(node, inner, to);
}

/// Operands with operators between them. Where they do not fit on one line, each condition has its own.
void ClauseWriter::chain(View node) {
  const View first = node.first();
  const bool alone = first.span().end == node.span().end;
  if (alone) return child(first, node);
  layout_.gap(std::exchange(gap_, Gap::none));
  layout_.open();
  if (chains_++ > 0) layout_.indent();
  for (const View part : node) {
    if (part.is(Kind::op)) {
      const auto op = part.value<BinaryOp>();
      const bool logical = op == BinaryOp::logical_or || op == BinaryOp::logical_and;
      gap_ = logical ? Gap::line : Gap::fill;
    }
    child(part, node);
  }
  if (--chains_ > 0) layout_.dedent();
  layout_.close();
}

void ClauseWriter::conditional(View node) {
  layout_.gap(std::exchange(gap_, Gap::none));
  layout_.open();
  std::vector<View> parts;
  for (const View one : node)
    parts.push_back(one);
  children(node, parts, node.span().end);
  layout_.close();
}

/// What stands after `=` goes to a line of its own before it is broken itself.
void ClauseWriter::value(View node, View parent) {
  layout_.gap(std::exchange(gap_, Gap::none));
  layout_.open();
  child(node, parent);
  layout_.close();
}

void ClauseWriter::bracket(View node, View range) {
  const bool first = node.span().begin == range.span().begin;
  const bool open = node.value<bool>();
  if (!first) gap_ = Gap::none;
  token(node.span().begin, node.span().end, first == open ? "]" : "[");
  if (first) gap_ = Gap::none;
}

void ClauseWriter::words(View node, View parent, std::size_t from, std::size_t to) {
  std::size_t at = skip_blanks(text_, from);
  while (at < to) {
    const std::size_t end = std::min(piece_end(text_, at), to);
    if (at == joined_ && at > 0) {
      comment_beside(end);
    } else if (word_end(text_, at) > at) {
      word(node, parent, at, end);
    } else {
      sign(node, at, end);
    }
    at = skip_blanks(text_, end);
  }
}

void ClauseWriter::word(View node, View parent, std::size_t at, std::size_t end) {
  const std::string folded = fold(text_.substr(at, end - at));
  if (node.is(Kind::conditional) && (folded == "entonces" || (folded == "si" && at > node.span().begin))) {
    gap_ = Gap::line;
  }
  const bool counts = node.is(Kind::at_clock) || node.is(Kind::quota_kind) || node.is(Kind::hit_policy);
  if (is_preposition(folded) && !counts && join_article(at, end, folded)) return;
  token(at, end, std::string(spelling_of(folded, node, parent)));
}

bool ClauseWriter::join_article(std::size_t at, std::size_t end, const std::string& folded) {
  const std::size_t next = skip_blanks(text_, end);
  const std::string article = folded_word(next);
  const std::size_t noun = skip_blanks(text_, word_end(text_, next));
  if (!is_article(article) || !continues_word(text_, noun)) return false;
  if (!comments_.beside(end).empty() || !comments_.above(next).empty()) return false;
  const std::string preposition = folded.starts_with("a") ? "a" : "de";
  // `después del periodo` is a deadline of its own, and not one after something called «periodo».
  const bool contracts = article == "el" && folded_word(noun) != "periodo";
  token(at, end, contracts ? preposition + "l" : preposition + " " + article);
  joined_ = next;
  return true;
}

void ClauseWriter::sign(View node, std::size_t at, std::size_t end) {
  const std::string_view written = text_.substr(at, end - at);
  if (written == "{") return open_brace(node, at, end);
  if (written == "}") return close_brace(node, at, end);
  const bool is_minus = node.is(Kind::negate) || node.is(Kind::signed_number);
  if (is_minus) {
    token(at, end, "-");
    gap_ = Gap::none;
    return;
  }
  const bool of_call = node.is(Kind::arguments) || (node.is(Kind::table) && !node.has(Kind::title));
  const bool opens = written == "(";
  const bool joins = written == "." || written == "..";
  const bool closes = written == "," || written == ")" || written == ":";
  if (joins || closes || (opens && of_call)) gap_ = Gap::none;
  token(at, end, std::string(written));
  if (opens || joins) gap_ = Gap::none;
  if (written == ",")
    gap_ = has_spaced_braces(node.kind()) && ends_line_after(end) ? Gap::kept_fill : Gap::fill;
  const bool defines = node.is(Kind::parameter) || node.is(Kind::score_part) || node.is(Kind::indicator);
  if (written == "=" && defines) gap_ = Gap::fill;
}

void ClauseWriter::open_brace(View node, std::size_t at, std::size_t end) {
  const bool spaced = has_spaced_braces(node.kind());
  if (spaced) {
    layout_.gap(std::exchange(gap_, Gap::none));
    layout_.open();
  }
  token(at, end, "{");
  const std::size_t next = skip_blanks(text_, end);
  gap_ = spaced && text_[next] != '}' ? Gap::line : Gap::none;
}

void ClauseWriter::close_brace(View node, std::size_t at, std::size_t end) {
  const bool spaced = has_spaced_braces(node.kind());
  if (spaced) layout_.dedent();
  gap_ = spaced && gap_ != Gap::none ? Gap::line : Gap::none;
  token(at, end, "}");
  if (!spaced) return;
  layout_.indent();
  layout_.close();
}

/// Writes a word or sign that stands at `begin` in the file, with the comments that belong to it.
void ClauseWriter::token(std::size_t begin, std::size_t end, std::string text) {
  if (begin != first_word_) {
    for (const Comment& comment : comments_.above(begin)) {
      layout_.comment(comment.text, true);
      gap_ = Gap::none;
    }
    layout_.gap(gap_);
  }
  layout_.own_text(std::move(text));
  gap_ = Gap::space;
  comment_beside(end);
}

void ClauseWriter::comment_beside(std::size_t end) {
  const std::string_view comment = comments_.beside(end);
  if (!comment.empty()) layout_.comment(comment, false);
}

std::string ClauseWriter::folded_word(std::size_t at) const {
  return fold(text_.substr(at, word_end(text_, at) - at));
}

bool ClauseWriter::begins_line(std::size_t begin) const {
  const std::size_t before = text_.find_last_not_of(" \t\r", begin - 1);
  return before != std::string_view::npos && text_[before] == '\n';
}

bool ClauseWriter::ends_line_after(std::size_t end) const {
  return text_.substr(end, skip_blanks(text_, end) - end).find('\n') != std::string_view::npos;
}

}  // namespace cauce::dsl::formatting
