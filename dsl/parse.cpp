#include "dsl/parse.hpp"

#include <algorithm>

#include "dsl/broken_block.hpp"
#include "dsl/build.hpp"
#include "dsl/clause_span.hpp"
#include "dsl/declarations.hpp"
#include "dsl/grammar.hpp"
#include "dsl/mistake.hpp"
#include "dsl/scene.hpp"
#include "dsl/traps.hpp"

namespace cauce::dsl {
namespace {

/// Reads `Rule` at `at` into the recogniser's tree and moves `at` behind it. Throws NestedTooDeep.
template <typename Rule>
bool read(Recogniser& recogniser, std::size_t& at) {
  const std::string_view text = recogniser.text();
  tao::pegtl::memory_input<tao::pegtl::tracking_mode::lazy> input(text.data() + at, text.data() + text.size(),
                                                                  "");
  if (!tao::pegtl::parse<Rule, tao::pegtl::nothing, grammar::recording>(input, recogniser)) return false;
  at = static_cast<std::size_t>(input.current() - text.data());
  return true;
}

/// Whether the file can be read at all; if not, says why.
bool is_readable(const SourceFile& file, FileId id, Diagnostics& diagnostics) {
  if (file.text.size() > max_file_bytes) {
    diagnostics.push_back({Code::file_too_large,
                           {0, 0, id},
                           "este archivo tiene " + std::to_string(file.text.size()) + " bytes",
                           "se leen archivos de hasta " + std::to_string(max_file_bytes) +
                               " bytes (10 MB); reparta sus declaraciones en varios",
                           {},
                           {}});
    return false;
  }
  const std::size_t invalid = find_invalid_utf8(file.text);
  if (invalid == std::string_view::npos) return true;
  const auto begin = static_cast<std::uint32_t>(invalid);
  diagnostics.push_back({Code::invalid_utf8,
                         {begin, begin + 1, id},
                         "desde aquí el archivo no es UTF-8",
                         "guárdelo con la codificación UTF-8",
                         {},
                         {}});
  return false;
}

Diagnostic too_deep(const NestedTooDeep& thrown) {
  return {Code::nested_too_deep,
          thrown.span,
          thrown.what(),
          "divida la expresión en partes más pequeñas",
          {},
          {}};
}

/// Reads one file, declaration by declaration, into the tree of all.
class FileParser {
 public:
  FileParser(const SourceFile& file, FileId id, SyntaxTree& tree, Diagnostics& diagnostics)
      : text_(file.text),
        id_(id),
        tree_(tree),
        diagnostics_(diagnostics),
        recogniser_(file.text, id),
        reread_left_(std::max<std::size_t>(1'000'000, 4 * file.text.size())),
        traps_(find_traps(file, id, diagnostics)) {}

  void run() {
    std::size_t at = skip_blanks(text_, text_begin(text_));
    while (at < text_.size())
      at = declaration(at);
  }

 private:
  /// Reads the declaration at `begin` and gives the place where the next begins.
  std::size_t declaration(std::size_t begin) {
    std::size_t end = begin;
    try {
      const bool complete = read_declaration(end, false);
      if (complete && !has_trap(begin, end)) {
        build::declaration(View(recogniser_.tree, 0), tree_, diagnostics_);
        last_begin_ = begin;
        return end;
      }
      note_expected(begin);
    } catch (const NestedTooDeep& thrown) {
      diagnostics_.push_back(too_deep(thrown));
      return leave_out(begin, find_next_declaration(text_, begin));
    }
    const bool nothing_read = recogniser_.farthest == begin;
    const auto swallowed = nothing_read ? find_swallowed_declaration(text_, begin) : std::nullopt;
    if (swallowed && *swallowed > last_begin_) return read_swallowed(*swallowed);
    Resumption next = find_next_declaration(text_, begin);
    if (nothing_read) leave_out_half_name();
    if (text_[begin] == '{') {  // the block of the one before, which was read without it
      if (auto name = declared_name(text_, last_begin_, id_)) tree_.broken.push_back(std::move(*name));
    }
    if (!has_trap(begin, next.at)) {
      // What cannot begin a declaration may be meant to go on with the one before.
      const Diagnostic mistake = mistake_between(begin, next, nothing_read);
      diagnostics_.push_back(mistake);
      const char brace = missing_brace(mistake);
      if (brace == '{' && !nothing_read) next = find_next_declaration(text_, begin, mistake.span.begin);
      const std::size_t place = mistake.span.begin;
      const bool within = begin <= place && place < next.at;
      if (!nothing_read && within && (!next.unclosed || brace != 0)) report_others(begin, next, mistake);
    } else if (!nothing_read && !next.unclosed) {
      report_beside_traps(begin, next.at);
    }
    return leave_out(begin, next);
  }

  /// The mistake that was just met in the declaration at `begin`; the next one is at `next`.
  Diagnostic mistake_between(std::size_t begin, const Resumption& next, bool nothing_read) {
    // One without its `{` may have taken the word and the name of the next one for its own.
    if (!nothing_read && !next.unclosed && recogniser_.farthest > next.at) {
      Recogniser alone(text_.substr(begin, next.at - begin), id_);
      if (auto mistake = mistake_in_declaration(alone))
        return told_of_declaration(*std::move(mistake), begin);
    }
    return explain(recogniser_, nothing_read ? last_begin_ : begin, next.unclosed);
  }

  /// The mistake at the farthest place that `recogniser` reached in the declaration from `begin` on;
  /// `unclosed` is a `{` of it that nothing closes.
  static Diagnostic explain(const Recogniser& recogniser, std::size_t begin,
                            std::optional<std::size_t> unclosed) {
    if (auto mistake = break_before_clause(recogniser, begin, unclosed.has_value())) return *mistake;
    return explain_mistake(recogniser, begin, unclosed);
  }

  /// A line that begins as clauses do begins one: if what stands before it is not complete, or its block
  /// has no such clauses but one around it has, the mistake is before that line, whatever was made of it.
  static std::optional<Diagnostic> break_before_clause(const Recogniser& recogniser, std::size_t begin,
                                                       bool unclosed) {
    const auto clause = clause_word_of_line(recogniser.text(), recogniser.farthest);
    if (!clause || clause->begin <= begin) return std::nullopt;
    const std::string word = fold(recogniser.text().substr(clause->begin, clause->end - clause->begin));
    const Recogniser earlier = read_up_to(recogniser, begin, clause->begin);
    const Scene before(earlier, begin);
    if (before.braces().empty() || !before.at_end()) return std::nullopt;
    const auto is_clause_of = [&](std::size_t brace) {
      const Recogniser block = read_up_to(recogniser, begin, brace + 1);
      return expects_word(block, word);
    };
    const bool swallowed = clause->begin < recogniser.farthest;
    const bool complete = before.expects("}");
    const bool may_negate = swallowed && complete && denies(before);
    if (!unclosed && !may_negate && (complete || !swallowed)) return std::nullopt;
    const auto& braces = before.braces();
    if (is_clause_of(braces.back())) {
      if (may_negate) return explain_no_before_clause(before);
      if (swallowed && !complete && !before.expected().empty()) return explain_unfinished_clause(before);
      return std::nullopt;
    }
    if (!unclosed) return std::nullopt;
    for (std::size_t i = braces.size() - 1; i > 0; --i) {
      if (is_clause_of(braces[i - 1])) return explain_unclosed_block(recogniser, *clause, braces[i]);
    }
    return std::nullopt;
  }

  /// The declaration at `begin` read as if the text ended at `end`, to know what is expected there.
  static Recogniser read_up_to(const Recogniser& recogniser, std::size_t begin, std::size_t end) {
    Recogniser earlier(recogniser.text().substr(0, end), recogniser.tree.file);
    std::size_t at = begin;
    read<grammar::declaration>(earlier, at);
    return earlier;
  }

  /// Reads a declaration at `at`, from which it moves `at` on, and what is expected along it only if asked
  /// to: nearly all declarations are right.
  bool read_declaration(std::size_t& at, bool keeps_expected) {
    recogniser_.forget_tree();
    recogniser_.keeps_expected = keeps_expected;
    return read<grammar::declaration>(recogniser_, at);
  }

  /// The declaration at `begin` has a mistake: reads it again to know what was expected, and the one before
  /// it, which may go on here.
  void note_expected(std::size_t begin) {
    recogniser_.forget_mistake(last_begin_);
    std::size_t at = last_begin_;
    if (last_begin_ < begin) read_declaration(at, true);
    at = begin;
    read_declaration(at, true);
  }

  /// `mistake` was met first in the declaration from `begin` to `next`: looks for more of them there, each
  /// time with the clause of the one before left out, or with the brace that it lacked.
  void report_others(std::size_t begin, const Resumption& next, const Diagnostic& mistake) {
    std::string rest(text_.substr(begin, next.at - begin));
    const std::size_t place = mistake.span.begin - begin;
    if (const char brace = missing_brace(mistake)) {
      if (supply_brace(rest, place, brace)) report_beside(std::move(rest), begin, {}, place);
      return;
    }
    const auto clause = clause_around(rest, place);
    if (clause) report_beside(std::move(rest), begin, {*clause}, clause->end);
  }

  /// Mistakes of spelling in the declaration from `begin` to `end` have been reported: looks for others in
  /// the clauses without them.
  void report_beside_traps(std::size_t begin, std::size_t end) {
    const std::string_view declaration = text_.substr(begin, end - begin);
    std::vector<Piece> clauses;
    for (auto trap = std::lower_bound(traps_.begin(), traps_.end(), begin); trap != traps_.end(); ++trap) {
      if (*trap >= end) break;
      if (!clauses.empty() && *trap - begin < clauses.back().end) continue;  // left out with another one
      const auto clause = line_or_clause_around(declaration, *trap - begin);
      if (!clause) return;
      clauses.push_back(*clause);
    }
    report_beside(std::string(declaration), begin, clauses, 0);
  }

  /// Reports the mistakes of a declaration, which begins at `begin`, beside some of its clauses and from
  /// `told` on.
  void report_beside(std::string rest, std::size_t begin, const std::vector<Piece>& clauses,
                     std::size_t told) {
    constexpr int most = 20;
    const std::size_t block = std::min(rest.find('{'), rest.size());
    std::vector<std::size_t> left_out;  // where the clauses that were left out end
    const auto leave_clause_out = [&](Piece clause) {
      clause = with_rows_of_header(rest, clause);
      if (clause.begin <= block) return false;
      left_out.push_back(clause.end);
      blank_out(rest, clause);
      return true;
    };
    for (const Piece clause : clauses) {
      if (!leave_clause_out(clause)) return;
    }
    bool may_be_open = true;  // what is supplied or left out opens nothing
    for (int i = 0; i < most && rest.size() <= reread_left_; ++i) {
      reread_left_ -= rest.size();
      Recogniser again(rest, id_);
      const auto unclosed = may_be_open ? find_next_declaration(rest, 0).unclosed : std::nullopt;
      may_be_open = unclosed.has_value();
      auto mistake = mistake_in_declaration(again, unclosed);
      if (!mistake || mistake->span.begin < told) return;
      const std::size_t at = mistake->span.begin;
      if (const char brace = missing_brace(*mistake)) {
        if (!supply_brace(rest, at, brace)) return;
        told = at;
        diagnostics_.push_back(moved(*std::move(mistake), begin));
        continue;
      }
      const auto clause = clause_around(rest, at);
      if (!clause) return;
      std::size_t before = 0;
      for (const std::size_t end : left_out) {
        if (end <= at) before = std::max(before, end);
      }
      // What follows a clause that was left out may have belonged to it.
      const bool is_own = before == 0 || begins_clause(rest, before, *clause, *mistake);
      if (!leave_clause_out(*clause)) return;
      told = clause->end;
      if (!is_own) continue;
      diagnostics_.push_back(moved(*std::move(mistake), begin));
    }
  }

  /// A mistake in a part of the text, told by its place in the whole: the part begins at `begin`.
  static Diagnostic moved(Diagnostic mistake, std::size_t begin) {
    const auto by = static_cast<std::uint32_t>(begin);
    const auto moved = [by](Span span) { return Span{span.begin + by, span.end + by, span.file}; };
    mistake.span = moved(mistake.span);
    for (Related& related : mistake.related)
      related.span = moved(related.span);
    return mistake;
  }

  /// A mistake at the end of a declaration that was read alone: what ends there is not the text.
  static Diagnostic told_of_declaration(Diagnostic mistake, std::size_t begin) {
    constexpr std::string_view of_text = "el texto termina aquí";
    if (mistake.message.starts_with(of_text))
      mistake.message.replace(0, of_text.size(), "la declaración termina aquí");
    return moved(std::move(mistake), begin);
  }

  /// The mistake in a text that should be one declaration; `unclosed` is a `{` of it that nothing closes.
  static std::optional<Diagnostic> mistake_in_declaration(
      Recogniser& recogniser, std::optional<std::size_t> unclosed = std::nullopt) {
    std::size_t at = 0;
    try {
      const bool complete = read<grammar::declaration>(recogniser, at);
      if (complete && at >= recogniser.text().size()) return std::nullopt;
      return explain(recogniser, 0, unclosed);
    } catch (const NestedTooDeep& thrown) {
      return too_deep(thrown);
    }
  }

  /// Reads again from the word at `word`, which the declaration before took for a name.
  std::size_t read_swallowed(std::size_t word) {
    diagnostics_.push_back(explain_swallowed_declaration(text_, id_, last_begin_, word));
    const std::string written(text_.substr(word, word_end(text_, word) - word));
    tree_.broken.push_back({written, fold(written), diagnostics_.back().span});
    last_begin_ = word;
    recogniser_.forget_mistake(word);
    return word;
  }

  /// What cannot begin a declaration stands in the line of the one before, whose last name may be half of
  /// one, as in `forma asistencia técnica`: that half is not told as unknown beside it.
  void leave_out_half_name() {
    const Scene scene(recogniser_, last_begin_);
    if (scene.at_line_start() || !scene.is_word(scene.before())) return;
    const Piece half = scene.before();
    tree_.broken.push_back({std::string(scene.text(half)), scene.folded(half), scene.span(half)});
  }

  /// A mistake of spelling has been reported already, and may well be why the declaration cannot be read.
  bool has_trap(std::size_t begin, std::size_t end) const {
    const auto trap = std::lower_bound(traps_.begin(), traps_.end(), begin);
    return trap != traps_.end() && *trap < end;
  }

  /// The declaration at `begin` is left out, and reading goes on at `next`.
  std::size_t leave_out(std::size_t begin, const Resumption& next) {
    if (auto name = name_meant(begin)) tree_.broken.push_back(std::move(*name));
    if (auto name = declared_name(text_, begin, id_)) tree_.broken.push_back(std::move(*name));
    std::ranges::move(glued_names(begin), std::back_inserter(tree_.broken));
    last_begin_ = next.at;
    recogniser_.forget_mistake(next.at);
    return next.at;
  }

  /// The name that the last mistake offered for that of the declaration at `begin`, as `enlace_territorial`
  /// for `rol enlace territorial`: others cite it so.
  std::optional<Name> name_meant(std::size_t begin) const {
    if (diagnostics_.empty() || !diagnostics_.back().replacement) return std::nullopt;
    const Diagnostic& last = diagnostics_.back();
    const std::string& name = *last.replacement;
    const std::size_t place = skip_blanks(text_, word_end(text_, begin));
    if (last.span.begin != place || name.empty() || word_end(name, 0) != name.size()) return std::nullopt;
    return Name{name, fold(name), last.span};
  }

  /// `fuente L.388`, `rol asesor-regional`: what others may cite that was written with signs in its name.
  std::vector<Name> glued_names(std::size_t begin) const {
    const std::size_t first = skip_blanks(text_, word_end(text_, begin), LineEnds::keep);
    std::string joined;
    std::string with_lines;
    bool has_signs = false;
    for (std::size_t at = first; at < text_.size();) {
      const std::size_t end = continues_word(text_, at) ? code_point_end(text_, at) : at;
      if (end > at) {
        joined += text_.substr(at, end - at);
        with_lines += text_.substr(at, end - at);
        at = end;
        continue;
      }
      const bool glues = std::string_view(".-/&").find(text_[at]) != std::string_view::npos && at > first &&
                         continues_word(text_, at + 1);
      if (!glues) break;
      has_signs = true;
      with_lines += '_';
      ++at;
    }
    if (!has_signs) return {};
    const Span span{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(first), id_};
    return {Name{joined, fold(joined), span}, Name{with_lines, fold(with_lines), span}};
  }

  std::string_view text_;
  FileId id_;
  SyntaxTree& tree_;
  Diagnostics& diagnostics_;
  Recogniser recogniser_;
  std::size_t last_begin_ = 0;  ///< of the declaration that was read last
  /// How many bytes may be read again to find more than one mistake in a declaration. Without a limit a large
  /// one would be read twenty times.
  std::size_t reread_left_;
  std::vector<std::size_t> traps_;
};

/// Reads the whole of a file by `Rule` and builds what it is by `build_one(view)`.
template <typename Rule, typename Build>
auto parse_whole(const Sources& sources, FileId id, Diagnostics& diagnostics, Build build_one)
    -> std::optional<decltype(build_one(std::declval<View>()))> {
  const SourceFile& file = sources.at(id);
  if (!is_readable(file, id, diagnostics)) return std::nullopt;
  if (!find_traps(file, id, diagnostics).empty()) return std::nullopt;
  Recogniser recogniser(file.text, id);
  std::size_t at = skip_blanks(file.text, text_begin(file.text));
  const std::size_t reported = diagnostics.size();
  try {
    if (read<Rule>(recogniser, at)) {
      auto built = build_one(View(recogniser.tree, 0));
      if (diagnostics.size() == reported) return built;
    } else {
      diagnostics.push_back(explain_mistake(recogniser, text_begin(file.text)));
    }
  } catch (const NestedTooDeep& thrown) {
    diagnostics.push_back(too_deep(thrown));
  }
  return std::nullopt;
}

}  // namespace

SyntaxTree parse(const Sources& sources, Diagnostics& diagnostics) {
  SyntaxTree tree;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const auto id = static_cast<FileId>(i);
    if (is_readable(sources[i], id, diagnostics)) {
      FileParser(sources[i], id, tree, diagnostics).run();
    } else {
      tree.unread = true;
    }
  }
  return tree;
}

void each_declaration(const SourceFile& file, FileId id, const std::function<void(View)>& use) {
  Recogniser recogniser(file.text, id);
  recogniser.keeps_expected = false;
  std::size_t at = skip_blanks(file.text, text_begin(file.text));
  while (at < file.text.size()) {
    recogniser.forget_tree();
    if (!read<grammar::declaration>(recogniser, at)) {
      throw std::logic_error("a declaration was read once and cannot be read again");
    }
    use(View(recogniser.tree, 0));
  }
}

std::optional<Expr> parse_expression(const Sources& sources, FileId file, Diagnostics& diagnostics) {
  return parse_whole<grammar::whole_expression>(
      sources, file, diagnostics, [&](View node) { return build::expression(node, diagnostics); });
}

std::optional<Query> parse_query(const Sources& sources, FileId file, Diagnostics& diagnostics) {
  return parse_whole<grammar::whole_query>(sources, file, diagnostics,
                                           [&](View node) { return build::query(node, diagnostics); });
}

}  // namespace cauce::dsl
