#include "dsl/format_layout.hpp"

#include <algorithm>
#include <utf8proc.h>

namespace cauce::dsl::formatting {
namespace {

/// Writes lines to a text, and knows the column that it has reached.
class Pen {
 public:
  Pen(std::string& out, std::size_t indent) : out_(out), indent_(indent) { begin_line(); }

  std::size_t column() const { return column_; }
  void write(std::string_view text, std::size_t width) {
    if (must_end_line_) end_line();
    if (!in_line_) begin_line();
    out_ += text;
    column_ += width;
  }
  void space() {
    if (must_end_line_) return;
    out_ += ' ';
    ++column_;
  }
  void end_line() {
    if (in_line_) out_ += '\n';
    in_line_ = false;
    must_end_line_ = false;
  }
  void comment(std::string_view text, bool own_line) {
    if (own_line || must_end_line_) end_line();
    if (in_line_) out_ += "  ";
    write(text, 0);
    must_end_line_ = true;
  }
  void move(bool deeper) { indent_ = deeper ? indent_ + indent_width : indent_ - indent_width; }

 private:
  void begin_line() {
    out_.append(indent_, ' ');
    column_ = indent_;
    in_line_ = true;
  }

  std::string& out_;
  std::size_t indent_;
  std::size_t column_ = 0;
  bool in_line_ = false;        ///< something may be written to this line
  bool must_end_line_ = false;  ///< after a comment
};

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    utf8proc_int32_t code_point = 0;
    const auto read = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    width += code_point < 0x80 ? 1 : static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code_point)));
    text.remove_prefix(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(1, read)));
  }
  return width;
}

void Layout::text(std::string_view text) {
  items_.push_back({Op::text, Gap::none, false, static_cast<std::uint32_t>(display_width(text)), text});
}

void Layout::own_text(std::string text_of_ours) {
  owned_.push_back(std::move(text_of_ours));
  text(owned_.back());
}

void Layout::gap(Gap gap) {
  if (gap != Gap::none) items_.push_back({Op::gap, gap});
}

void Layout::open() {
  open_.push_back(static_cast<std::uint32_t>(items_.size()));
  items_.push_back({Op::open});
}

void Layout::close() {
  items_[open_.back()].number = static_cast<std::uint32_t>(items_.size());
  open_.pop_back();
  items_.push_back({Op::close});
}

void Layout::indent() {
  items_.push_back({Op::indent});
}

void Layout::dedent() {
  items_.push_back({Op::dedent});
}

void Layout::comment(std::string_view text, bool own_line) {
  items_.push_back({Op::comment, Gap::none, own_line, 0, text});
}

bool Layout::ends_with(std::size_t comment, std::size_t close) const {
  const auto begin = items_.begin() + static_cast<std::ptrdiff_t>(comment);
  const auto end = items_.begin() + static_cast<std::ptrdiff_t>(close);
  return !begin->own_line && std::none_of(begin + 1, end, [](const Item& item) {
    return item.op == Op::text || item.op == Op::gap || item.op == Op::comment;
  });
}

bool Layout::group_fits(std::size_t index, std::size_t column) const {
  const std::size_t close = items_[index].number;
  for (std::size_t i = index + 1; i < items_.size() && column <= line_width; ++i) {
    const Item& item = items_[i];
    if (item.op == Op::comment) return i > close || ends_with(i, close);
    if (item.op == Op::gap) {
      if (i > close && item.gap != Gap::space) return true;
      if (item.gap == Gap::forced_line) return false;
      ++column;
    }
    if (item.op == Op::text) column += item.number;
  }
  return column <= line_width;
}

bool Layout::rest_fits(std::size_t index, std::size_t column) const {
  std::size_t depth = 0;
  ++column;  // the space that the gap would be
  for (std::size_t i = index + 1; i < items_.size() && column <= line_width; ++i) {
    const Item& item = items_[i];
    if (item.op == Op::comment) return true;
    if (item.op == Op::open) ++depth;
    if (item.op == Op::close && depth > 0) --depth;
    if (item.op == Op::gap) {
      if (depth == 0 && item.gap != Gap::space) return true;
      ++column;
    }
    if (item.op == Op::text) column += item.number;
  }
  return column <= line_width;
}

void Layout::print(std::string& out, std::size_t indent) {
  Pen pen(out, indent);
  std::vector<bool> flat = {false};
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const Item& item = items_[i];
    switch (item.op) {
      case Op::text:
        pen.write(item.text, item.number);
        break;
      case Op::gap: {
        const bool whole = item.gap == Gap::space || flat.back();
        const bool ends = !whole && (item.gap != Gap::fill || !rest_fits(i, pen.column()));
        ends ? pen.end_line() : pen.space();
        break;
      }
      case Op::open:
        flat.push_back(flat.back() || group_fits(i, pen.column()));
        break;
      case Op::close:
        flat.pop_back();
        break;
      case Op::indent:
      case Op::dedent:
        pen.move(item.op == Op::indent);
        break;
      case Op::comment:
        pen.comment(item.text, item.own_line);
        ++comments_printed_;
        break;
    }
  }
  clear();
}

std::string Layout::take_flat() {
  std::string line;
  for (const Item& item : items_) {
    if (item.op == Op::gap) line += ' ';
    if (item.op == Op::text) line += item.text;
  }
  clear();
  return line;
}

void Layout::clear() {
  items_.clear();
  open_.clear();
  owned_.clear();
}

}  // namespace cauce::dsl::formatting
