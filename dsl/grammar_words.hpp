// What the grammar is made of: how its rules write the concrete tree, and its words, signs and literals.
// Include it only in grammar.hpp.
//
// `kw<"vence">` is a word of the language, `sym<"{">` a sign; both, and everything else that
// reads letters, skip the blanks after it. `node<Kind::due, …>` puts a node into the concrete tree, `choice`
// one that also says which of several words it was. `label<"una fecha", …>` is how a person would call what
// was expected.
#pragma once

#include <algorithm>
#include <array>

#include <tao/pegtl.hpp>

#include "dsl/concrete.hpp"
#include "dsl/parse.hpp"
#include "dsl/recogniser.hpp"
#include "dsl/scan.hpp"
#include "dsl/syntax.hpp"

namespace cauce::dsl::grammar {

namespace pegtl = tao::pegtl;
using pegtl::at;
using pegtl::not_at;
using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;

// --- How rules are made
// ----------------------------------------------------------------------------------------------

/// A string that can be a template argument.
template <std::size_t N>
struct Literal {
  char chars[N] = {};
  constexpr Literal(const char (&text)[N]) { std::copy_n(text, N, chars); }
  constexpr std::string_view view() const { return {chars, N - 1}; }
};

/// A keyword as it compares: its vowels without accents.
template <std::size_t N>
struct PlainWord {
  std::array<char, N> chars = {};
  std::size_t size = 0;
  constexpr PlainWord(std::string_view word) {
    constexpr std::string_view accented = "áéíóúü";
    constexpr std::string_view plain = "aeiouu";
    for (std::size_t i = 0; i < word.size(); ++i) {
      const std::size_t found =
          i + 1 < word.size() ? accented.find(word.substr(i, 2)) : std::string_view::npos;
      const bool vowel = found != std::string_view::npos && found % 2 == 0;
      chars[size++] = vowel ? plain[found / 2] : word[i];
      if (vowel) ++i;
    }
  }
  constexpr std::string_view view() const { return {chars.data(), size}; }
};

template <Literal Word>
inline constexpr PlainWord<sizeof(Word.chars)> plain_word{Word.view()};

/// Whatever reads letters. `Self::end_of(recogniser, offset)` is the end of what it reads, or the offset
/// itself; `Self::expected` what it would have liked, in the words of people (empty: not worth saying).
template <typename Self>
struct token {
  static constexpr bool reads_letters = true;
  using rule_t = pegtl::any::rule_t;
  using subs_t = pegtl::empty_list;

  template <pegtl::apply_mode A, pegtl::rewind_mode, template <typename...> class,
            template <typename...> class, typename Input>
  static bool match(Input& in, Recogniser& recogniser) {
    const std::string_view text = recogniser.text();
    const auto begin = static_cast<std::size_t>(in.current() - text.data());
    const std::size_t end = Self::end_of(recogniser, begin);
    if (end == begin) {
      if (A == pegtl::apply_mode::action) recogniser.expect(begin, Self::expected);
      return false;
    }
    recogniser.token_end = end;
    in.bump(skip_blanks(text, end, recogniser.line_ends) - begin);
    return true;
  }
};

template <Kind K, typename... Rules>
struct node : seq<Rules...> {
  static constexpr Kind kind = K;
};

/// A node that stands for `Value`, an enumerator of syntax.hpp or a small number.
template <Kind K, auto Value, typename... Rules>
struct choice : node<K, Rules...> {
  static constexpr auto node_value = static_cast<std::uint8_t>(Value);
};

template <Literal Text, typename... Rules>
struct label : seq<Rules...> {
  static constexpr Wanted description{Text.view(), false};
};

/// An expression inside an expression: counted, so that no text makes the parser run out of stack.
template <typename... Rules>
struct nested : seq<Rules...> {
  static constexpr bool counts_depth = true;
};

/// Inside it blanks do not run over the end of the line.
template <typename... Rules>
struct in_one_line : seq<Rules...> {
  static constexpr bool keeps_line = true;
};

template <typename T>
class Restore {
 public:
  explicit Restore(T& variable) : variable_(variable), value_(variable) {}
  ~Restore() { variable_ = value_; }
  Restore(const Restore&) = delete;
  Restore& operator=(const Restore&) = delete;

 private:
  T& variable_;
  T value_;
};

/// Whether what a rule reads is read again after it, so that it is not the last thing read.
template <typename Rule>
inline constexpr bool only_looks = false;
template <typename... Rules>
inline constexpr bool only_looks<at<Rules...>> = true;

/// Writes the tree while PEGTL matches; what a rule wrote is taken back when it fails.
template <typename Rule>
struct recording : pegtl::normal<Rule> {
  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input>
  static bool match(Input& in, Recogniser& recogniser) {
    if constexpr (requires { Rule::reads_letters; }) {  // it writes no node, and leaves nothing when it fails
      return pegtl::normal<Rule>::template match<A, M, Action, Control>(in, recogniser);
    } else if constexpr (requires { Rule::counts_depth; }) {
      const Restore depth(recogniser.depth);
      if (++recogniser.depth > max_expression_depth + 1) refuse_depth(in, recogniser);
      return match_in_line<A, M, Action, Control>(in, recogniser);
    } else {
      return match_in_line<A, M, Action, Control>(in, recogniser);
    }
  }

 private:
  template <typename Input>
  static std::size_t offset(const Input& in, const Recogniser& recogniser) {
    return static_cast<std::size_t>(in.current() - recogniser.text().data());
  }

  template <typename Input>
  [[noreturn]] static void refuse_depth(const Input& in, const Recogniser& recogniser) {
    const std::size_t begin = offset(in, recogniser);
    const auto end = piece_end(recogniser.text(), begin);
    throw NestedTooDeep(
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), recogniser.tree.file},
        "aquí la expresión pasa de " + std::to_string(max_expression_depth) + " niveles, uno dentro de otro");
  }

  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input>
  static bool match_in_line(Input& in, Recogniser& recogniser) {
    if constexpr (requires { Rule::keeps_line; }) {
      const Restore line_ends(recogniser.line_ends);
      recogniser.line_ends = LineEnds::keep;
      return match_described<A, M, Action, Control>(in, recogniser);
    } else {
      return match_described<A, M, Action, Control>(in, recogniser);
    }
  }

  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input>
  static bool match_described(Input& in, Recogniser& recogniser) {
    if constexpr (requires { Rule::description; } && A == pegtl::apply_mode::action) {
      const std::size_t begin = offset(in, recogniser);
      bool matched = false;
      {
        const Restore muted_at(recogniser.muted_at);
        recogniser.muted_at = begin;
        matched = match_recorded<A, M, Action, Control>(in, recogniser);
      }
      if (!matched) recogniser.expect(begin, Rule::description);
      return matched;
    } else {
      return match_recorded<A, M, Action, Control>(in, recogniser);
    }
  }

  template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
            template <typename...> class Control, typename Input>
  static bool match_recorded(Input& in, Recogniser& recogniser) {
    ConcreteNodes& nodes = recogniser.tree.nodes;
    const std::size_t index = nodes.size();
    const std::size_t token_end = recogniser.token_end;
    if constexpr (requires { Rule::kind; } && A == pegtl::apply_mode::action) {
      ConcreteNode opened{Rule::kind};
      if constexpr (requires { Rule::node_value; }) opened.value = Rule::node_value;
      opened.begin = static_cast<std::uint32_t>(offset(in, recogniser));
      nodes.push_back(opened);
    }
    const bool matched = pegtl::normal<Rule>::template match<A, M, Action, Control>(in, recogniser);
    if (!matched) {
      nodes.shorten(index);
      recogniser.token_end = token_end;
    } else if constexpr (only_looks<Rule>) {
      recogniser.token_end = token_end;
    } else if constexpr (requires { Rule::kind; } && A == pegtl::apply_mode::action) {
      nodes[index].end = static_cast<std::uint32_t>(recogniser.token_end);
      nodes[index].after = static_cast<std::uint32_t>(nodes.size());
    }
    return matched;
  }
};

// --- Words, signs and literals
// ---------------------------------------------------------------------------------------

template <bool Quiet, Literal First, Literal... Others>
struct word_token : token<word_token<Quiet, First, Others...>> {
  static constexpr Wanted expected{Quiet ? std::string_view() : First.view(), true};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const Word& word = recogniser.word_at(begin);
    const bool matches =
        word.folded == plain_word<First>.view() || ((word.folded == plain_word<Others>.view()) || ...);
    return matches ? word.end : begin;
  }
};

/// A word of the language, in each of its genders and numbers; the first is how it is called.
template <Literal... Spellings>
struct kw : word_token<false, Spellings...> {};
/// One that is not worth naming among what was expected.
template <Literal... Spellings>
struct quiet_kw : word_token<true, Spellings...> {};

template <bool Quiet, Literal First, Literal... Others>
struct sign_token : token<sign_token<Quiet, First, Others...>> {
  static constexpr Wanted expected{Quiet ? std::string_view() : First.view(), true};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const std::string_view rest = recogniser.text().substr(begin);
    std::size_t end = begin;
    const auto try_one = [&](std::string_view sign) {
      if (end == begin && rest.starts_with(sign)) end = begin + sign.size();
    };
    try_one(First.view());
    (try_one(Others.view()), ...);
    return end;
  }
};
template <Literal... Spellings>
struct sym : sign_token<false, Spellings...> {};
template <Literal... Spellings>
struct quiet_sym : sign_token<true, Spellings...> {};

struct comma : sym<","> {};
template <typename Rule>
struct list : seq<Rule, star<comma, Rule>> {};
template <typename... Clauses>
struct block : seq<sym<"{">, star<sor<Clauses...>>, sym<"}">> {};

struct name_token : token<name_token> {
  static constexpr Wanted expected{"un nombre"};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const Word& word = recogniser.word_at(begin);
    return word.folded.empty() || is_reserved(word.folded) ? begin : word.end;
  }
};
struct any_word : token<any_word> {
  static constexpr Wanted expected{"un valor"};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    return recogniser.word_at(begin).end;
  }
};
struct string_token : token<string_token> {
  static constexpr Wanted expected{"un texto entre comillas"};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    if (begin >= recogniser.text().size() || recogniser.text()[begin] != '"') return begin;
    const std::size_t end = string_end(recogniser.text(), begin);
    return end == std::string_view::npos ? begin : end;
  }
};
struct number_token : token<number_token> {
  static constexpr Wanted expected{"un número"};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    return number_end(recogniser.text(), begin);
  }
};
struct integer_token : token<integer_token> {
  static constexpr Wanted expected{"un número entero"};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const std::string_view text = recogniser.text();
    const std::size_t end = digits_end(text, begin);
    const bool decimals = end < text.size() && text[end] == '.' && is_digit_at(text, end + 1);
    return decimals || continues_word(text, end) ? begin : end;
  }
};

/// Exactly `Count` digits, and then none.
template <std::size_t Count>
std::size_t fixed_digits(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (is_digit_at(text, end))
    ++end;
  return end - at == Count ? end : at;
}

struct year_token : token<year_token> {
  static constexpr Wanted expected{"un año"};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const std::size_t end = fixed_digits<4>(recogniser.text(), begin);
    return continues_word(recogniser.text(), end) ? begin : end;
  }
};
/// `7`, `1°`, `1º`, `1ro`, `1o`, `primero`
struct day_token : token<day_token> {
  static constexpr Wanted expected{"un día"};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const std::string_view text = recogniser.text();
    if (recogniser.word_at(begin).folded == "primero") return recogniser.word_at(begin).end;
    std::size_t end = begin;
    while (is_digit_at(text, end))
      ++end;
    if (end == begin || end - begin > 2) return begin;
    for (const std::string_view ending : {"°", "º", "ro", "o"}) {
      if (text.substr(end).starts_with(ending) && !continues_word(text, end + ending.size()))
        return end + ending.size();
    }
    return continues_word(text, end) ? begin : end;
  }
};
/// `2024-02-07`
struct iso_date_token : token<iso_date_token> {
  static constexpr Wanted expected{};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const std::string_view text = recogniser.text();
    const auto hyphen = [&](std::size_t offset) { return text.substr(offset).starts_with('-'); };
    const std::size_t year = fixed_digits<4>(text, begin);
    if (year == begin || !hyphen(year)) return begin;
    const std::size_t month = fixed_digits<2>(text, year + 1);
    if (month == year + 1 || !hyphen(month)) return begin;
    const std::size_t day = fixed_digits<2>(text, month + 1);
    return day == month + 1 || continues_word(text, day) ? begin : day;
  }
};
/// `2024-05`, `2024-B3`, `2024-T2`, `2024-S1`
struct iso_period_token : token<iso_period_token> {
  static constexpr Wanted expected{};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const std::string_view text = recogniser.text();
    const std::size_t year = fixed_digits<4>(text, begin);
    if (year == begin || year + 2 >= text.size() || text[year] != '-') return begin;
    const bool lettered = std::string_view("bBtTsS").find(text[year + 1]) != std::string_view::npos;
    const std::size_t end = lettered ? fixed_digits<1>(text, year + 2) : fixed_digits<2>(text, year + 1);
    const bool complete = end > (lettered ? year + 2 : year + 1);
    return !complete || continues_word(text, end) || text.substr(end).starts_with('-') ? begin : end;
  }
};
/// `8:00`
struct clock_token : token<clock_token> {
  static constexpr Wanted expected{"una hora, como 8:00"};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const std::string_view text = recogniser.text();
    std::size_t hour = begin;
    while (is_digit_at(text, hour))
      ++hour;
    if (hour == begin || hour - begin > 2 || !text.substr(hour).starts_with(':')) return begin;
    const std::size_t end = fixed_digits<2>(text, hour + 1);
    return end == hour + 1 || continues_word(text, end) ? begin : end;
  }
};
/// An article, if a noun or a date follows it: an article alone is a name like any other.
struct article_token : token<article_token> {
  static constexpr Wanted expected{};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const std::string_view text = recogniser.text();
    const Word& word = recogniser.word_at(begin);
    const bool article =
        word.folded == "el" || word.folded == "la" || word.folded == "los" || word.folded == "las";
    if (!article) return begin;
    const std::size_t next = skip_blanks(text, word.end, recogniser.line_ends);
    return continues_word(text, next) ? word.end : begin;
  }
};
struct article : opt<article_token> {};
struct of : seq<kw<"de", "del">, article> {};
struct to : seq<kw<"a", "al">, article> {};

struct end_of_text {
  using rule_t = pegtl::eof::rule_t;
  using subs_t = pegtl::empty_list;
  template <pegtl::apply_mode A, pegtl::rewind_mode, template <typename...> class,
            template <typename...> class, typename Input>
  static bool match(Input& in, Recogniser& recogniser) {
    if (in.empty()) return true;
    const auto begin = static_cast<std::size_t>(in.current() - recogniser.text().data());
    if (A == pegtl::apply_mode::action) recogniser.expect(begin, {"el final"});
    return false;
  }
};

struct name : node<Kind::name, name_token> {};
/// A name where something declared is meant.
struct noun : seq<article, name> {};
struct nouns : list<noun> {};
struct text : node<Kind::text, string_token> {};
struct title : opt<node<Kind::title, string_token>> {};
struct integer : node<Kind::integer, integer_token> {};
struct number : node<Kind::number, number_token> {};
struct minus : quiet_sym<"-", "−", "–"> {};
struct signed_number : label<"un número", node<Kind::signed_number, opt<minus>, number>> {};
struct clock : node<Kind::clock, clock_token> {};
struct at_clock : node<Kind::at_clock, kw<"a">, kw<"las", "la">, clock> {};

template <int Number, Literal... Spellings>
struct month_word : choice<Kind::month, Number, kw<Spellings...>> {};
struct month
    : label<"un mes",
            sor<month_word<1, "enero">, month_word<2, "febrero">, month_word<3, "marzo">,
                month_word<4, "abril">, month_word<5, "mayo">, month_word<6, "junio">, month_word<7, "julio">,
                month_word<8, "agosto">, month_word<9, "septiembre", "setiembre">, month_word<10, "octubre">,
                month_word<11, "noviembre">, month_word<12, "diciembre">>> {};

template <int Number, Literal... Spellings>
struct weekday_word : choice<Kind::weekday, Number, kw<Spellings...>> {};
struct weekday : label<"un día de la semana",
                       sor<weekday_word<1, "lunes">, weekday_word<2, "martes">, weekday_word<3, "miércoles">,
                           weekday_word<4, "jueves">, weekday_word<5, "viernes">, weekday_word<6, "sábado">,
                           weekday_word<7, "domingo">>> {};

struct year : node<Kind::year, year_token> {};
struct year_of_date : sor<seq<quiet_kw<"del">, node<Kind::following_year, quiet_kw<"año">, kw<"siguiente">>>,
                          seq<quiet_kw<"de", "del">, year>> {};
struct day_of_month : seq<node<Kind::day, day_token>, kw<"de">, month> {};
struct date
    : node<Kind::date, sor<node<Kind::iso_date, iso_date_token>, seq<day_of_month, opt<year_of_date>>>> {};
struct a_date : label<"una fecha", article, date> {};
/// A date where a number may stand too.
struct date_not_number : seq<at<sor<iso_date_token, day_of_month>>, date> {};

template <PeriodUnit Unit, Literal... Spellings>
struct unit : choice<Kind::period_unit, Unit, kw<Spellings...>> {};
struct numbered_period
    : seq<sor<unit<PeriodUnit::quarter, "trimestre">, unit<PeriodUnit::bimester, "bimestre">,
              unit<PeriodUnit::semester, "semestre">>,
          integer> {};
struct iso_period : node<Kind::iso_period, iso_period_token> {};
struct period
    : label<"un periodo", article, node<Kind::period, sor<text, iso_period, year, numbered_period, month>>> {
};

struct citation : node<Kind::citation, noun, opt<text>> {};
struct citations : node<Kind::citations, kw<"según">, list<citation>> {};
struct reason : seq<opt<node<Kind::because, kw<"porque">, text>>, opt<citations>> {};
struct dot : seq<not_at<pegtl::two<'.'>>, quiet_sym<".">> {};
struct path : node<Kind::path, noun, star<dot, name>> {};

}  // namespace cauce::dsl::grammar
