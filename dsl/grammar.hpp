// The grammar of Cauce, in PEGTL, in the order of language.md; grammar.peg is its short form, and
// grammar_words.hpp says what its rules are made of. Include it only in parse.cpp and in the grammar's test.
#pragma once

#include "dsl/grammar_words.hpp"
#include "dsl/syntax.hpp"

namespace cauce::dsl::grammar {

// --- Expressions
// -----------------------------------------------------------------------------------------------------

/// Whether, after a `si` or `no` that ends at `end`, something stands that makes it a value.
inline bool stands_alone(Recogniser& recogniser, std::size_t end) {
  const std::string_view text = recogniser.text();
  const std::size_t next = skip_blanks(text, end, recogniser.line_ends);
  if (next >= text.size()) return true;
  for (const std::string_view sign :
       {")", ",", "}", "|", "=", "<", ">", "!", "+", "*", "/", "×", "÷", "≠", "≤", "≥"}) {
    if (text.substr(next).starts_with(sign)) return true;
  }
  const std::string word = fold(text.substr(next, word_end(text, next) - next));
  return word == "y" || word == "o" || word == "en" || word == "entre" || word == "sin" || word == "con";
}

struct conditional_si : token<conditional_si> {
  static constexpr Wanted expected{"si", true};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const Word& word = recogniser.word_at(begin);
    return word.folded == "si" && !word.accented && !stands_alone(recogniser, word.end) ? word.end : begin;
  }
};
struct logical_no : token<logical_no> {
  static constexpr Wanted expected{"no", true};
  static std::size_t end_of(Recogniser& recogniser, std::size_t begin) {
    const Word& word = recogniser.word_at(begin);
    return word.folded == "no" && !stands_alone(recogniser, word.end) ? word.end : begin;
  }
};

struct expression;
struct disjunction;
struct negation;
struct sum;
struct unary;

template <BinaryOp Op, typename Rule>
struct op : label<"un operador", choice<Kind::op, Op, Rule>> {};
struct compare_op : sor<op<BinaryOp::not_equal, sym<"!=", "≠">>, op<BinaryOp::less_equal, sym<"<=", "≤">>,
                        op<BinaryOp::greater_equal, sym<">=", "≥">>,
                        op<BinaryOp::equal, seq<not_at<pegtl::string<'=', '>'>>, sym<"=">>>,
                        op<BinaryOp::less, sym<"<">>, op<BinaryOp::greater, sym<">">>> {};
struct sum_op : sor<op<BinaryOp::add, sym<"+">>, op<BinaryOp::subtract, sym<"-", "−", "–">>> {};
struct product_op : sor<op<BinaryOp::multiply, sym<"*", "×">>, op<BinaryOp::divide, sym<"/", "÷">>> {};

/// Its description is how explain_mistake knows that a comparison had ended where another operator stands.
struct not_chained
    : label<"el final de la comparación",
            not_at<sor<compare_op, kw<"en">, kw<"entre">, seq<kw<"sin", "con">, kw<"dato">>>>> {};

struct truth : sor<choice<Kind::truth, true, quiet_kw<"si">>, choice<Kind::truth, false, quiet_kw<"no">>> {};
/// What a parameter holds and a range begins and ends with.
struct literal
    : label<"un valor", node<Kind::literal, sor<date_not_number, signed_number, text, truth, name>>> {};

struct range
    : node<
          Kind::range,
          sor<choice<Kind::bracket, false, quiet_sym<"[">>, choice<Kind::bracket, true, quiet_sym<"]">>,
              seq<at<quiet_sym<"(">, literal, quiet_sym<"..">>, choice<Kind::bracket, true, quiet_sym<"(">>>>,
          literal, sym<"..">, literal,
          sor<choice<Kind::bracket, false, sym<"]">>, choice<Kind::bracket, true, sym<"[">>,
              choice<Kind::bracket, true, quiet_sym<")">>>> {};

struct argument_value : seq<expression, opt<of, node<Kind::collection, name>>,
                            opt<node<Kind::where, kw<"donde">, expression>>> {};
struct argument_period : node<Kind::period, sor<iso_period, numbered_period>> {};
struct argument : node<Kind::argument, sor<argument_period, argument_value>> {};
struct arguments : node<Kind::arguments, quiet_sym<"(">, opt<list<argument>>, sym<")">> {};
struct reference : node<Kind::reference, name, opt<arguments>> {};
struct parenthesis : seq<sym<"(">, expression, sym<")">> {};
struct atom : label<"una expresión", sor<date_not_number, number, text, parenthesis, truth, reference>> {};
struct postfix : node<Kind::postfix, atom, star<dot, name>> {};
struct unary : sor<node<Kind::negate, minus, nested<unary>>, postfix> {};
struct product : node<Kind::chain, unary, star<product_op, unary>> {};
struct sum : node<Kind::chain, product, star<sum_op, product>> {};

template <Literal... Spellings>
struct op_word : label<"un operador", kw<Spellings...>> {};
struct set : seq<sym<"{">, list<expression>, sym<"}">> {};
struct compare_tail : node<Kind::compare_tail, compare_op, sum> {};
struct in_tail : seq<op_word<"en">, sor<node<Kind::in_set, set>, node<Kind::in_range, range>>> {};
struct between_tail : node<Kind::between, op_word<"entre">, sum, kw<"y">, sum> {};
struct presence_tail : sor<choice<Kind::presence, false, op_word<"sin">, kw<"dato">>,
                           choice<Kind::presence, true, op_word<"con">, kw<"dato">>> {};
struct comparison
    : node<Kind::comparison, sum, opt<sor<compare_tail, in_tail, between_tail, presence_tail>, not_chained>> {
};
struct negation : sor<node<Kind::logical_not, logical_no, nested<negation>>, comparison> {};
struct conjunction : node<Kind::chain, negation, star<op<BinaryOp::logical_and, kw<"y">>, negation>> {};
struct disjunction : node<Kind::chain, conjunction, star<op<BinaryOp::logical_or, kw<"o">>, conjunction>> {};
struct conditional : node<Kind::conditional, conditional_si, disjunction, kw<"entonces">, expression,
                          kw<"si">, kw<"no">, expression> {};
struct expression : label<"una expresión", nested<sor<conditional, disjunction>>> {};

// --- Types and fields
// ------------------------------------------------------------------------------------------------

struct enum_value : label<"un valor", node<Kind::enum_value, sor<string_token, number_token, any_word>>> {};
template <TypeKeyword Type, typename... Rules>
struct type_word : choice<Kind::type_word, Type, Rules...> {};
struct bound_value : sor<date_not_number, signed_number> {};
struct low : node<Kind::low, article, bound_value> {};
struct high : node<Kind::high, article, bound_value> {};
struct bounds : sor<seq<kw<"de">, low, kw<"a", "al">, high>, seq<kw<"desde">, low>, seq<kw<"hasta">, high>> {
};
struct type : label<"un tipo (texto, entero, número, sí o no, fecha, uno de {…})",
                    node<Kind::type, sor<seq<type_word<TypeKeyword::one_of, kw<"uno", "una">, kw<"de">>,
                                             sym<"{">, list<enum_value>, sym<"}">>,
                                         type_word<TypeKeyword::truth, kw<"sí">, kw<"o">, kw<"no">>,
                                         seq<type_word<TypeKeyword::integer, kw<"entero">>, opt<bounds>>,
                                         seq<type_word<TypeKeyword::number, kw<"número">>, opt<bounds>>,
                                         seq<type_word<TypeKeyword::date, kw<"fecha">>, opt<bounds>>,
                                         type_word<TypeKeyword::text, kw<"texto">>>>> {};
struct column : node<Kind::column, kw<"columna">, text> {};
struct field_mark
    : sor<node<Kind::key_mark, kw<"clave">>, node<Kind::required_mark, kw<"obligatorio", "obligatoria">>,
          choice<Kind::empty_is, true, kw<"vacío", "vacía">, kw<"es">, kw<"sí">>,
          choice<Kind::empty_is, false, kw<"vacío", "vacía">, kw<"es">, kw<"no">>> {};
struct field : node<Kind::field, kw<"campo">, name, title, opt<column>, sym<":">, type, star<field_mark>> {};

// --- Programme, sources, parameters, calendars
// -----------------------------------------------------------------------

struct program : node<Kind::program, kw<"programa">, name, title,
                      block<node<Kind::vigencia, kw<"vigencia">, integer>, node<Kind::zone, kw<"zona">, text>,
                            node<Kind::use_calendar, kw<"calendario">, noun>>> {};
struct source : node<Kind::source, kw<"fuente">, name, text> {};

/// `según A, B` of one value of a parameter: what follows the comma may be the next value (`, otro desde …`).
struct value_citation : seq<citation, not_at<kw<"desde">>> {};
struct value_citations : node<Kind::citations, kw<"según">, list<value_citation>> {};
struct first_value : node<Kind::parameter_value, literal, opt<value_citations>> {};
struct later_value : node<Kind::parameter_value, literal, kw<"desde">, a_date, opt<value_citations>> {};
struct parameter
    : node<Kind::parameter, kw<"parámetro">, name, title, sym<"=">, first_value, star<comma, later_value>> {};

struct easter : node<Kind::easter, kw<"pascua">,
                     opt<sor<choice<Kind::op, BinaryOp::add, sym<"+">>,
                             choice<Kind::op, BinaryOp::subtract, sym<"-", "−", "–">>>,
                         integer>> {};
struct to_monday : node<Kind::to_monday, kw<"al">, kw<"lunes">, opt<kw<"desde">, integer>> {};
struct in_force : node<Kind::in_force, kw<"rige">, kw<"desde">, integer, opt<kw<"hasta">, integer>> {};
struct holiday
    : node<Kind::holiday, sor<easter, a_date>, text, opt<to_monday>, opt<in_force>, opt<citations>> {};
struct holidays : node<Kind::holidays, kw<"festivos">, name, title, block<holiday>> {};

struct weekday_range : node<Kind::weekday_range, weekday, opt<kw<"a">, weekday>> {};
struct calendar_line
    : node<Kind::calendar_line, opt<node<Kind::non_working, kw<"no">>>, kw<"hábil", "hábiles">,
           label<"un día de la semana o una fecha",
                 sor<list<weekday_range>, seq<a_date, opt<kw<"a", "al">, a_date>>>>,
           opt<text>> {};
struct calendar : node<Kind::calendar, kw<"calendario">, name, title,
                       block<node<Kind::use_holidays, kw<"festivos">, name>, calendar_line>> {};

// --- Roles, entities, theory of change
// -------------------------------------------------------------------------------

struct role : node<Kind::role, kw<"rol">, name, title, kw<"por">, node<Kind::scopes, nouns>,
                   opt<node<Kind::superior, kw<"bajo">, noun>>,
                   opt<block<node<Kind::max_load, kw<"carga">, kw<"máxima", "máximo">, integer>,
                             node<Kind::rights, kw<"administra", "administran">, list<name>>>>> {};
struct entity
    : node<Kind::entity, kw<"entidad">, name, title, opt<node<Kind::parent, kw<"en">, noun, opt<column>>>,
           opt<node<Kind::file_name, kw<"archivo">, text>>, block<field>> {};
struct front
    : node<Kind::front, kw<"frente">, name, title,
           block<node<Kind::short_term, kw<"corto">, text>, node<Kind::medium_term, kw<"mediano">, text>,
                 node<Kind::long_term, kw<"largo">, text>>> {};
struct service : node<Kind::service, kw<"servicio">, name, title, kw<"forma">, name,
                      opt<node<Kind::offers, kw<"ofrece">, text>>> {};

// --- Tables
// ----------------------------------------------------------------------------------------------------------

struct bar : sym<"|"> {};
/// The end of a row's line: a comment may stand before it. What follows is read as outside of rows.
struct row_end {
  using rule_t = pegtl::eolf::rule_t;
  using subs_t = pegtl::empty_list;
  template <pegtl::apply_mode A, pegtl::rewind_mode, template <typename...> class,
            template <typename...> class, typename Input>
  static bool match(Input& in, Recogniser& recogniser) {
    const std::string_view text = recogniser.text();
    const auto begin = static_cast<std::size_t>(in.current() - text.data());
    if (begin < text.size() && text[begin] != '\n' && text[begin] != '#') {
      if (A == pegtl::apply_mode::action) recogniser.expect(begin, {"el final de la línea"});
      return false;
    }
    in.bump(skip_blanks(text, begin, LineEnds::skip) - begin);
    return true;
  }
};

template <TargetState State, typename... Rules>
struct state_word : choice<Kind::state, State, Rules...> {};
struct state
    : sor<state_word<TargetState::not_eligible, quiet_kw<"no">, kw<"elegible", "elegibles">>,
          state_word<TargetState::undetermined, quiet_kw<"por">, kw<"verificar">>,
          state_word<TargetState::waitlisted, opt<quiet_kw<"quedar">>, quiet_kw<"en">, kw<"espera">>,
          state_word<TargetState::eligible, quiet_kw<"elegible", "elegibles">>,
          state_word<TargetState::excluded, quiet_kw<"excluido", "excluida", "excluidos", "excluidas">>,
          state_word<TargetState::selected,
                     quiet_kw<"seleccionado", "seleccionada", "seleccionados", "seleccionadas">>> {};

struct missing_item : node<Kind::missing_item, quiet_kw<"sin">, kw<"dato">> {};
struct compare_item : node<Kind::compare_item, compare_op, expression> {};
struct cell_item : sor<range, missing_item, compare_item, expression> {};
struct case_item : sor<seq<state, at<sor<bar, comma, sym<")">>>>, cell_item> {};
template <typename Item>
struct cell
    : label<"una celda",
            node<Kind::cell,
                 sor<seq<node<Kind::any_cell, minus>, at<bar>>,
                     seq<node<Kind::negated, kw<"no">, quiet_sym<"(">, list<Item>, sym<")">>, at<bar>>,
                     list<Item>>>> {};
template <typename Item>
struct row_of : in_one_line<node<Kind::row, bar, plus<cell<Item>, bar>>, row_end> {};
struct row : row_of<cell_item> {};
struct case_row : row_of<case_item> {};
/// `| a | b | => |`, in tests `| a | b | => c | d |`
struct header_cells : seq<bar, star<name, bar>, sym<"=>">> {};
struct output : node<Kind::header_output, name> {};
struct header : in_one_line<node<Kind::header, header_cells, opt<output>, bar>, row_end> {};
struct case_header : in_one_line<node<Kind::header, header_cells, plus<output, bar>>, row_end> {};

struct table_parameter : node<Kind::table_parameter, name, sym<":">, type> {};
template <HitPolicy Policy, typename... Rules>
struct hit_policy_words : choice<Kind::hit_policy, Policy, Rules...> {};
struct all_rows : seq<kw<"las">, kw<"filas">> {};
struct hit_policy : sor<hit_policy_words<HitPolicy::unique, kw<"decide">, kw<"la">, kw<"única">, kw<"fila">>,
                        hit_policy_words<HitPolicy::first, kw<"decide">, kw<"la">, kw<"primera">, kw<"fila">>,
                        hit_policy_words<HitPolicy::sum, kw<"suma">, all_rows>,
                        hit_policy_words<HitPolicy::maximum, kw<"máximo">, kw<"de">, all_rows>,
                        hit_policy_words<HitPolicy::minimum, kw<"mínimo">, kw<"de">, all_rows>> {};
struct table : node<Kind::table, kw<"tabla">, name, title, sym<"(">, list<table_parameter>, sym<")">,
                    sym<":">, type, hit_policy, sym<"{">, header, star<row>, sym<"}">> {};

// --- Focalización
// ----------------------------------------------------------------------------------------------------

template <QuotaKind Which, typename... Rules>
struct quota_kind : choice<Kind::quota_kind, Which, Rules...> {};
struct quota : node<Kind::quota,
                    sor<quota_kind<QuotaKind::each_other, quiet_kw<"cada">, kw<"una", "uno">, kw<"de">,
                                   kw<"las", "los">, kw<"otras", "otros">>,
                        quota_kind<QuotaKind::others_together, quiet_kw<"las", "los">, kw<"otras", "otros">,
                                   kw<"juntas", "juntos">>,
                        enum_value>,
                    sym<":">, integer> {};
struct direction : sor<choice<Kind::descending, true, kw<"descendente">>,
                       choice<Kind::descending, false, kw<"ascendente">>> {};
struct sort_key : node<Kind::sort_key, path, opt<direction>> {};
struct order : node<Kind::order, kw<"ordena">, kw<"por">, list<sort_key>> {};
struct targeting
    : node<Kind::targeting, kw<"focalización">, name, title, of, name,
           block<node<Kind::exclusion, kw<"excluye">, kw<"si">, expression, reason>,
                 node<Kind::requirement, kw<"requiere">, expression, reason>,
                 node<Kind::qualification, kw<"califica">, kw<"si">, expression, reason>,
                 node<Kind::score_part, kw<"puntaje">, name, title, sym<"=">, expression>,
                 node<Kind::group_quotas, kw<"cupo">, kw<"por">, path, sym<"{">, list<quota>, sym<"}">>,
                 node<Kind::total_quota, kw<"cupo">, integer>,
                 node<Kind::minimum, kw<"mínimo">, integer, kw<"por">, path>,
                 node<Kind::leftovers, kw<"sobrantes">, kw<"por">, kw<"orden">>, order>> {};

// --- Plans
// -----------------------------------------------------------------------------------------------------------

template <DayUnit Unit, Literal... Spellings>
struct day_unit : choice<Kind::day_unit, Unit, kw<Spellings...>> {};
struct days : kw<"días", "día"> {};
struct working_days : seq<days, kw<"hábiles", "hábil">> {};
struct offset : node<Kind::offset, integer, days,
                     opt<sor<day_unit<DayUnit::working, "hábiles", "hábil">,
                             day_unit<DayUnit::calendar, "calendario">>>> {};
struct working_mark : opt<node<Kind::working_mark, kw<"hábil">>> {};
struct edge_day : node<Kind::edge_day, article,
                       sor<choice<Kind::edge, false, kw<"primer">>, choice<Kind::edge, true, kw<"último">>>,
                       kw<"día">, working_mark, sor<seq<kw<"de">, month>, seq<kw<"del">, kw<"mes">>>> {};
struct nth_day : node<Kind::nth_day, article, quiet_kw<"día">, working_mark, integer, kw<"del">, kw<"mes">,
                      kw<"siguiente">> {};
struct relative_day : sor<node<Kind::after_period, offset, kw<"después">, quiet_kw<"del">, kw<"periodo">>,
                          node<Kind::after_anchor, offset, kw<"después">, of, name>,
                          node<Kind::before_date, offset, kw<"antes">, kw<"de", "del">, a_date>> {};
struct rolling
    : sor<choice<Kind::rolling, Rolling::exact, kw<"exacto", "exacta">>,
          choice<Kind::rolling, Rolling::previous_working_day, quiet_kw<"o">, kw<"hábil">, kw<"anterior">>> {
};
struct deadline : label<"un plazo", sor<relative_day, edge_day, nth_day, a_date>, opt<rolling>> {};
struct due : node<Kind::due, kw<"vence", "vencen">, deadline> {};

struct in_charge : node<Kind::in_charge, kw<"a">, kw<"cargo">, of, nouns> {};
struct grace : node<Kind::grace, kw<"gracia">, integer, working_days> {};
struct validators : node<Kind::validators, kw<"valida", "validan">, nouns> {};
struct correction : node<Kind::correction, kw<"corrige", "corrigen">, kw<"en">, integer, working_days> {};

struct component : node<Kind::component, kw<"componente">, name, title,
                        opt<node<Kind::required_mark, kw<"obligatorio", "obligatoria">>>, opt<block<field>>> {
};

struct recurrence
    : node<Kind::recurrence,
           sor<choice<Kind::period_unit, PeriodUnit::year, kw<"al">, kw<"cierre">>,
               seq<kw<"cada">,
                   sor<unit<PeriodUnit::month, "mes">, unit<PeriodUnit::bimester, "bimestre">,
                       unit<PeriodUnit::quarter, "trimestre">, unit<PeriodUnit::semester, "semestre">>,
                   opt<node<Kind::from, kw<"desde">, month>>, opt<node<Kind::to, kw<"hasta">, month>>,
                   opt<node<Kind::except, kw<"excepto">, list<month>>>>>> {};
struct closes : node<Kind::closes, kw<"cierra", "cierran">, sor<seq<offset, kw<"después">>, a_date>> {};
struct report : node<Kind::report, kw<"reporte">, name, title, recurrence,
                     block<due, closes, in_charge, validators, correction, field, citations>> {};

struct contribution : node<Kind::contribution, noun, sym<".">, name> {};
struct hito : node<Kind::hito, kw<"hito">, name, title,
                   block<due, node<Kind::weight, kw<"peso">, number>,
                         node<Kind::required_names, kw<"requiere", "requieren">, nouns>,
                         node<Kind::services, kw<"mediante">, nouns>,
                         node<Kind::contributes, kw<"aporta", "aportan">, kw<"a", "al">, list<contribution>>,
                         node<Kind::evidence, kw<"evidencia">, kw<"obligatoria", "obligatorio">>, validators,
                         in_charge, correction, citations>> {};

template <Demand What, Literal Thing>
struct demand : choice<Kind::demand, What, kw<"con">, kw<Thing>> {};
struct transition : node<Kind::transition, node<Kind::names, nouns>, kw<"puede", "pueden">, name, kw<"y">,
                         kw<"pasa", "pasan">, to, name,
                         opt<sor<demand<Demand::motive, "motivo">, demand<Demand::judgement, "valoración">>>,
                         opt<node<Kind::other_person, kw<"por">, kw<"otra">, kw<"persona">>>,
                         opt<node<Kind::condition, kw<"si">, expression>>, reason> {};
struct stage : node<Kind::stage, kw<"etapa">, name, title,
                    star<sor<node<Kind::initial_mark, kw<"inicial">>, node<Kind::final_mark, kw<"final">>>>,
                    opt<block<transition>>> {};
struct indicator : node<Kind::indicator, kw<"indicador">, name, title, sym<"=">, expression> {};
struct level : node<Kind::level, name, kw<"desde">, signed_number> {};
struct levels : node<Kind::levels, kw<"nivel">, noun, sym<"{">, list<level>, sym<"}">> {};

template <PhaseKeyword Phase, Literal Word>
struct phase_word : choice<Kind::phase_word, Phase, kw<Word>> {};
struct phase
    : node<Kind::phase,
           sor<phase_word<PhaseKeyword::formulation, "formulación">,
               phase_word<PhaseKeyword::monitoring, "seguimiento">,
               phase_word<PhaseKeyword::evaluation, "evaluación">>,
           block<node<Kind::exit_clause, kw<"al">, kw<"terminar">, kw<"exige", "exigen">, expression, reason>,
                 node<Kind::starts, kw<"desde">, a_date>, due, grace, stage, report, hito, indicator,
                 levels>> {};

struct plan : node<Kind::plan, kw<"plan">, name, title, kw<"por">, noun,
                   opt<node<Kind::focused, kw<"focalizado", "focalizada">, kw<"en">, noun>>,
                   block<node<Kind::linked, kw<"vinculado", "vinculada">, to, name>, in_charge,
                         node<Kind::use_ladder, kw<"alertas">, name>, grace, component, report, hito, phase,
                         node<Kind::may_suspend, kw<"suspende", "suspenden">, nouns>,
                         node<Kind::may_resume, kw<"reanuda", "reanudan">, nouns>,
                         node<Kind::may_cancel, kw<"cancela", "cancelan">, nouns>>> {};

// --- Alertas
// ---------------------------------------------------------------------------------------------------------

template <StepSide Side, Literal... Spellings>
struct moment_side : choice<Kind::moment_side, Side, kw<Spellings...>> {};
struct moment : node<Kind::moment, sor<seq<kw<"al">, moment_side<StepSide::at_due, "vencer">>,
                                       seq<offset, sor<moment_side<StepSide::before, "antes">,
                                                       moment_side<StepSide::after, "después">>>>> {};
struct repeat : node<Kind::repeat, kw<"y">, kw<"cada">, integer, kw<"hasta">, integer, kw<"veces", "vez">> {};
template <StepVerb Verb, Literal... Spellings>
struct step_verb : choice<Kind::step_verb, Verb, kw<Spellings...>> {};
struct recipients : node<Kind::recipients, to, name, star<comma, opt<quiet_kw<"a", "al">>, noun>> {};
struct step : node<Kind::step, moment, opt<repeat>,
                   sor<step_verb<StepVerb::remind, "recuerda">, step_verb<StepVerb::notify, "avisa">,
                       step_verb<StepVerb::escalate, "escala">>,
                   recipients> {};
struct digest : node<Kind::digest, kw<"resumen">, kw<"cada">, weekday, opt<at_clock>, recipients> {};
struct ladder : node<Kind::ladder, kw<"alertas">, name, title, opt<at_clock>, block<digest, step>> {};

// --- Tests
// -----------------------------------------------------------------------------------------------------------

struct pair : node<Kind::pair, name, sym<":">, sor<missing_item, expression>> {};
struct record : node<Kind::record, sym<"{">, opt<list<pair>>, sym<"}">> {};
struct given : node<Kind::given, kw<"dado">, record> {};
struct cases : node<Kind::cases, kw<"casos">, sym<"{">, case_header, star<case_row>, sym<"}">> {};

template <ActionVerb Verb, Literal... Spellings>
struct verb : choice<Kind::action_verb, Verb, kw<Spellings...>> {};
struct with : node<Kind::with, kw<"con">, text> {};
struct until : node<Kind::until, kw<"hasta">, a_date> {};
struct action : node<Kind::action, noun,
                     sor<seq<verb<ActionVerb::complete, "completa", "completan">, noun, opt<record>>,
                         seq<verb<ActionVerb::execute, "ejecuta", "ejecutan">, name, opt<with>>,
                         seq<verb<ActionVerb::deliver, "entrega", "entregan">, noun,
                             opt<kw<"de", "del">, period>, opt<record>, opt<with>>,
                         seq<verb<ActionVerb::achieve, "cumple", "cumplen">, noun,
                             opt<node<Kind::occurred, kw<"ocurrido", "ocurrida">, a_date>>, opt<with>>,
                         seq<sor<verb<ActionVerb::suspend, "suspende", "suspenden">,
                                 verb<ActionVerb::resume, "reanuda", "reanudan">,
                                 verb<ActionVerb::cancel, "cancela", "cancelan">>,
                             opt<with>>,
                         seq<sor<verb<ActionVerb::validate, "valida", "validan">,
                                 verb<ActionVerb::return_, "devuelve", "devuelven">,
                                 verb<ActionVerb::waive, "dispensa", "dispensan">,
                                 verb<ActionVerb::extend, "prorroga", "prorrogan">,
                                 verb<ActionVerb::reopen, "reabre", "reabren">,
                                 verb<ActionVerb::annul, "anula", "anulan">>,
                             noun, opt<kw<"de", "del">, period>, opt<until>, opt<with>>>> {};

struct after_state
    : sor<kw<"espera">, kw<"dado">, kw<"casos">, kw<"datos">, kw<"el">, kw<"creado">, sym<"}">> {};
struct expect_alert
    : node<Kind::expect_alert, opt<node<Kind::none_mark, kw<"ninguna">>>, kw<"alerta", "alertas">,
           opt<sor<node<Kind::digest_mark, quiet_kw<"resumen">>, moment>>,
           opt<node<Kind::alert_role, to, name>>, opt<node<Kind::alert_obligation, kw<"por">, noun>>> {};
struct expectation
    : node<Kind::expectation, kw<"espera">,
           label<"lo que se espera",
                 sor<node<Kind::expect_refusal, kw<"rechazo">, kw<"cuando">, action>, expect_alert,
                     seq<node<Kind::expect_state, state, reason>, at<after_state>>, expression>>> {};

struct test : node<Kind::test, kw<"prueba">, text, opt<node<Kind::subject, of, name>>,
                   opt<node<Kind::test_date, quiet_kw<"al", "a">, a_date>>,
                   block<cases, given, node<Kind::data_file, kw<"datos">, text>, expectation>> {};
struct scenario : node<Kind::scenario, kw<"escenario">, text, of, name,
                       block<given, node<Kind::created, kw<"creado", "creada">, a_date>, expectation,
                             node<Kind::scenario_step, kw<"el">, label<"una fecha", date>, opt<action>>>> {};

// --- The whole
// -------------------------------------------------------------------------------------------------------

struct declaration
    : label<"una declaración", sor<parameter, table, targeting, plan, ladder, role, entity, source, front,
                                   service, program, calendar, holidays, test, scenario>> {};

struct whole_expression : seq<expression, end_of_text> {};

struct query
    : node<Kind::query, noun, opt<node<Kind::query_where, kw<"donde">, expression>>,
           opt<node<Kind::group_by, kw<"agrupa">, kw<"por">, list<path>>>,
           opt<node<Kind::show, kw<"muestra">,
                    list<node<Kind::shown, expression, opt<node<Kind::heading, kw<"como">, text>>>>>>,
           opt<node<Kind::order, kw<"ordena">, kw<"por">,
                    list<node<Kind::sort_key, expression, opt<direction>>>>>,
           opt<node<Kind::first, kw<"primeros", "primeras">, integer>>> {};
struct whole_query : seq<query, end_of_text> {};

}  // namespace cauce::dsl::grammar
