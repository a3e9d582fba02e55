#include "dsl/format.hpp"

#include <set>
#include <stdexcept>

#include "dsl/declarations.hpp"
#include "dsl/format_clause.hpp"
#include "dsl/format_order.hpp"
#include "dsl/format_table.hpp"
#include "dsl/parse.hpp"

namespace cauce::dsl {
namespace {

using formatting::indent_width;

class FileFormatter {
 public:
  FileFormatter(const SourceFile& file, const formatting::Names& names)
      : file_(file), names_(names), comments_(file.text), writer_(file.text, comments_, names, layout_) {}

  std::string run(FileId id) {
    each_declaration(file_, id, [&](View declaration) {
      writer_.look_in(names_.owners_in(declaration));
      clause(declaration, 0, out_.empty());
    });
    write_above(file_.text.size(), 0, out_.empty());
    // Better no file than one that has lost what its author wrote.
    if (comments_written_ + layout_.comments_printed() != comments_.size()) {
      throw std::logic_error("the formatter lost a comment of " + file_.name);
    }
    return std::move(out_);
  }

 private:
  /// The comments on lines of their own above what begins at `begin`, with the empty lines among them.
  /// Directly after a `{` no empty line stands. Whether something was written.
  bool write_above(std::size_t begin, std::size_t indent, bool is_first) {
    const auto above = comments_.above(begin);
    for (const formatting::Comment& comment : above) {
      if (comment.blank_before && !is_first) out_ += '\n';
      out_.append(indent, ' ');
      out_ += comment.text;
      out_ += '\n';
      is_first = false;
      ++comments_written_;
    }
    return !is_first;
  }

  /// The same, and the empty line above what begins at `begin`.
  void begin_clause(std::size_t begin, std::size_t indent, bool is_first) {
    const bool follows = write_above(begin, indent, is_first);
    if (follows && comments_.blank_before(begin)) out_ += '\n';
  }

  void clause(View node, std::size_t indent, bool is_first) {
    begin_clause(node.span().begin, indent, is_first);
    if (formatting::has_block(node.kind())) {
      const formatting::Parts parts = formatting::take_apart(node);
      if (parts.open) return block(node, parts, indent);
    }
    writer_.write(node);
    end_line(indent);
  }

  void block(View node, const formatting::Parts& parts, std::size_t indent) {
    if (goes_in_one_line(parts)) {
      writer_.write_in_one_line(node, parts);
      if (parts.clauses.empty() || layout_.fits(indent)) return end_line(indent);
      layout_.clear();
    }
    writer_.write_head(node, parts);
    end_line(indent);
    if (node.is(Kind::table) || node.is(Kind::cases)) {
      rows(parts, indent + indent_width);
    } else {
      bool is_first = true;
      for (const View clause_of_block : formatting::in_order(node, parts.clauses)) {
        clause(clause_of_block, indent + indent_width, is_first);
        is_first = false;
      }
    }
    write_above(parts.close, indent + indent_width, parts.clauses.empty());
    writer_.write_close(parts);
    end_line(indent);
  }

  /// An empty block, or one clause that its author wrote on one line.
  bool goes_in_one_line(const formatting::Parts& parts) const {
    if (parts.clauses.empty()) {
      return comments_.above(parts.close).empty() && comments_.beside(*parts.open + 1).empty();
    }
    const std::string_view inside =
        std::string_view(file_.text).substr(*parts.open, parts.close - *parts.open);
    return parts.clauses.size() == 1 && !formatting::has_block(parts.clauses.front().kind()) &&
           inside.find('\n') == std::string_view::npos;
  }

  void rows(const formatting::Parts& parts, std::size_t indent) {
    const auto lines = formatting::table_lines(parts.clauses, writer_);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Span span = parts.clauses[i].span();
      begin_clause(span.begin, indent, i == 0);
      out_.append(indent, ' ');
      out_ += lines[i];
      if (const std::string_view comment = comments_.beside(span.end); !comment.empty()) {
        out_ += "  ";
        out_ += comment;
        ++comments_written_;
      }
      out_ += '\n';
    }
  }

  void end_line(std::size_t indent) {
    layout_.print(out_, indent);
    out_ += '\n';
  }

  const SourceFile& file_;
  const formatting::Names& names_;
  formatting::Comments comments_;
  formatting::Layout layout_;
  formatting::ClauseWriter writer_;
  std::string out_;
  std::size_t comments_written_ = 0;
};

}  // namespace

std::vector<std::optional<std::string>> format(const Sources& sources, Diagnostics& diagnostics) {
  Diagnostics mistakes;
  const formatting::Names names(parse(sources, mistakes));
  std::set<FileId> broken;
  for (const Diagnostic& mistake : mistakes)
    broken.insert(mistake.span.file);

  std::vector<std::optional<std::string>> texts(sources.size());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto id = static_cast<FileId>(i);
    if (broken.contains(id)) continue;
    std::string text = FileFormatter(sources[i], names).run(id);
    if (text.size() > max_file_bytes) {
      mistakes.push_back(
          {Code::file_too_large,
           {0, 0, id},
           "con su forma canónica este archivo tendría " + std::to_string(text.size()) + " bytes",
           "se leen archivos de hasta " + std::to_string(max_file_bytes) +
               " bytes (10 MB); reparta sus declaraciones en varios",
           {},
           {}});
      continue;
    }
    texts[i] = std::move(text);
  }
  diagnostics.insert(diagnostics.end(), mistakes.begin(), mistakes.end());
  return texts;
}

}  // namespace cauce::dsl
