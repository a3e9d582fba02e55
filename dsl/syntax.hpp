// The syntax tree: plain structs, one a construct of the language, in the order of language.md. It says what
// was written, not what it means: names are not looked up, numbers are still text, dates may not exist.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "dsl/source.hpp"

namespace cauce::dsl {

/// A value on the heap that copies and compares as the value itself, for trees that contain themselves.
template <typename T>
class Box {
 public:
  Box(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Box(const Box& other) : value_(std::make_unique<T>(*other.value_)) {}
  Box(Box&&) noexcept = default;
  Box& operator=(const Box& other) {
    value_ = std::make_unique<T>(*other.value_);
    return *this;
  }
  Box& operator=(Box&&) noexcept = default;
  ~Box() = default;

  const T& operator*() const { return *value_; }
  T& operator*() { return *value_; }
  const T* operator->() const { return value_.get(); }
  T* operator->() { return value_.get(); }

  friend bool operator==(const Box& a, const Box& b) { return *a == *b; }

 private:
  std::unique_ptr<T> value_;
};

// --- Words and literals
// -------------------------------------------------------------------------------------------

/// A name: as written, and as it compares.
struct Name {
  std::string text;
  std::string key;  ///< fold(text)
  Span span;

  friend bool operator==(const Name& a, const Name& b) { return a.key == b.key; }
};

/// `"…"`, with its escapes undone.
struct Text {
  std::string value;
  Span span;
  bool operator==(const Text&) const = default;
};

/// A whole number without sign, as in `cupo 400`. The parser has checked that it fits.
struct Integer {
  std::int64_t value = 0;
  Span span;
  bool operator==(const Integer&) const = default;
};

/// A number without sign, as text with a decimal point and without `_`; `40%` is `{"40", true}`.
struct Number {
  std::string digits;
  bool percent = false;
  Span span;
  bool operator==(const Number&) const = default;
};

/// `-5`, where a bound or a level stands.
struct SignedNumber {
  bool negative = false;
  Number number;
  Span span;
  bool operator==(const SignedNumber&) const = default;
};

/// A date as written. `year` and `following_year` exclude each other; neither: of the vigencia.
struct DateRef {
  int day = 1;
  int month = 1;
  std::optional<int> year = {};
  bool following_year = false;
  bool iso = false;  ///< written as 2024-02-07
  Span span = {};
  bool operator==(const DateRef&) const = default;
};

struct Month {
  int month = 1;  ///< 1 to 12
  Span span;
  bool operator==(const Month&) const = default;
};

struct Clock {
  int hour = 0;
  int minute = 0;
  Span span;
  bool operator==(const Clock&) const = default;
};

/// 1 Monday … 7 Sunday, as ISO 8601 counts.
struct Weekday {
  int iso = 1;
  Span span;
  bool operator==(const Weekday&) const = default;
};

enum class PeriodUnit : std::uint8_t { month, bimester, quarter, semester, year };

/// A period as written: `2024-T2`, `trimestre 2`, `mayo`, `"2024-05"`, `2024`. Without a year: of the
/// vigencia.
struct PeriodRef {
  PeriodUnit unit = PeriodUnit::month;
  int index = 1;  ///< from 1 within its year; 1 for a year
  std::optional<int> year = {};
  Span span = {};
  bool operator==(const PeriodRef&) const = default;
};

/// `según F "art. 40"`
struct Citation {
  Name source;
  std::optional<Text> place;
  bool operator==(const Citation&) const = default;
};

/// What the author gave as the reason of a clause.
struct Reason {
  std::optional<Text> because;
  std::vector<Citation> sources;
  bool operator==(const Reason&) const = default;
};

// --- Expressions
// --------------------------------------------------------------------------------------------------

struct Expr;

struct NumberLiteral {
  Number number;
  bool operator==(const NumberLiteral&) const = default;
};
struct TextLiteral {
  Text text;
  bool operator==(const TextLiteral&) const = default;
};
struct TruthLiteral {
  bool value = false;
  bool operator==(const TruthLiteral&) const = default;
};
struct DateLiteral {
  DateRef date;
  bool operator==(const DateLiteral&) const = default;
};
struct PeriodLiteral {
  PeriodRef period;
  bool operator==(const PeriodLiteral&) const = default;
};
struct NameExpr {
  Name name;
  bool operator==(const NameExpr&) const = default;
};

/// `departamento.nombre`
struct MemberExpr {
  Box<Expr> object;
  Name member;
  bool operator==(const MemberExpr&) const = default;
};

struct Argument;
/// `redondea(x, 2)`, `cuenta(reportes donde a_tiempo)`, `prioridad(mdm, pdet)`
struct CallExpr {
  Name callee;
  std::vector<Argument> arguments;
  bool operator==(const CallExpr&) const;
};

enum class UnaryOp : std::uint8_t { negate, logical_not };
struct UnaryExpr {
  UnaryOp op;
  Box<Expr> operand;
  bool operator==(const UnaryExpr&) const = default;
};

enum class BinaryOp : std::uint8_t {
  logical_or,
  logical_and,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  add,
  subtract,
  multiply,
  divide,
};
struct BinaryExpr {
  BinaryOp op;
  Span op_span;
  Box<Expr> left;
  Box<Expr> right;
  bool operator==(const BinaryExpr&) const = default;
};

/// `si C entonces A si no B`
struct ConditionalExpr {
  Box<Expr> condition;
  Box<Expr> consequence;
  Box<Expr> alternative;
  bool operator==(const ConditionalExpr&) const = default;
};

/// `x en {a, b}`
struct InSetExpr {
  Box<Expr> operand;
  std::vector<Expr> values;
  bool operator==(const InSetExpr&) const;
};

/// `[a..b]`, `]a..b[` …; the bounds are literals or names.
struct Range {
  bool low_open = false;
  bool high_open = false;
  Box<Expr> low;
  Box<Expr> high;
  Span span;
  bool operator==(const Range&) const = default;
};
/// `x en [a..b]`
struct InRangeExpr {
  Box<Expr> operand;
  Range range;
  bool operator==(const InRangeExpr&) const = default;
};
/// `x entre a y b`: both belong.
struct BetweenExpr {
  Box<Expr> operand;
  Box<Expr> low;
  Box<Expr> high;
  bool operator==(const BetweenExpr&) const = default;
};
/// `x sin dato`, `x con dato`
struct PresenceExpr {
  Box<Expr> operand;
  bool present = false;
  bool operator==(const PresenceExpr&) const = default;
};

using ExprNode = std::variant<NumberLiteral, TextLiteral, TruthLiteral, DateLiteral, PeriodLiteral, NameExpr,
                              MemberExpr, CallExpr, UnaryExpr, BinaryExpr, ConditionalExpr, InSetExpr,
                              InRangeExpr, BetweenExpr, PresenceExpr>;

struct Expr {
  ExprNode node;
  Span span;
  bool operator==(const Expr&) const;
};

/// An argument of a call; `de` and `donde` belong to the functions over collections: `promedio(avance de PAT
/// donde …)`.
struct Argument {
  Expr value;
  std::optional<Name> collection = {};
  std::optional<Expr> where = {};
  bool operator==(const Argument&) const;
};

// --- Types and fields
// ---------------------------------------------------------------------------------------------

enum class TypeKeyword : std::uint8_t { text, integer, number, truth, date, one_of };

/// A value of `uno de {…}`, or of a quota's group: a name, a number or a text, all of them texts in the end.
struct EnumValue {
  std::string text;  ///< as written, quotes undone
  bool quoted = false;
  Span span;
  bool operator==(const EnumValue&) const = default;
};

using BoundValue = std::variant<SignedNumber, DateRef>;
struct TypeRef {
  TypeKeyword keyword = TypeKeyword::text;
  std::vector<EnumValue> values = {};   ///< of `uno de`
  std::optional<BoundValue> low = {};   ///< `de A a B`, `desde A`
  std::optional<BoundValue> high = {};  ///< `de A a B`, `hasta B`
  Span span = {};
  bool operator==(const TypeRef&) const = default;
};

/// `campo nombre "Título" columna "x": tipo …`, of an entity, a component or a report.
struct FieldDecl {
  Name name;
  std::optional<Text> title;
  std::optional<Text> column;
  TypeRef type;
  bool is_key = false;
  bool required = false;
  std::optional<bool> empty_is;  ///< `vacío es no`
  Span span;
  bool operator==(const FieldDecl&) const = default;
};

// --- Declarations
// -------------------------------------------------------------------------------------------------

/// What every declaration has.
struct Head {
  Name name;
  std::optional<Text> title = {};
  std::string comment = {};  ///< the comment lines directly above, without `#`, joined by line ends
  Span span = {};            ///< of the whole declaration
  bool operator==(const Head&) const = default;

  const std::string& shown() const { return title ? title->value : name.text; }
};

struct ProgramDecl {
  Head head;
  std::optional<Integer> vigencia = {};
  std::optional<Text> zone = {};
  std::optional<Name> calendar = {};
  bool operator==(const ProgramDecl&) const = default;
};

struct SourceDecl {
  Head head;
  Text text;
  bool operator==(const SourceDecl&) const = default;
};

struct ParameterValue {
  Expr value;  ///< a literal, signed or not, or a name
  std::optional<DateRef> from = {};
  std::vector<Citation> sources = {};
  bool operator==(const ParameterValue&) const = default;
};
struct ParameterDecl {
  Head head;
  std::vector<ParameterValue> values;
  std::vector<Citation> sources = {};
  bool operator==(const ParameterDecl&) const = default;
};

/// `pascua - 2`
struct EasterOffset {
  int days = 0;
  Span span;
  bool operator==(const EasterOffset&) const = default;
};
struct HolidayRule {
  std::variant<DateRef, EasterOffset> day;
  Text name;
  bool to_monday = false;
  std::optional<Integer> monday_since = {};
  std::optional<Integer> in_force_from = {};
  std::optional<Integer> in_force_to = {};
  std::vector<Citation> sources = {};
  Span span = {};
  bool operator==(const HolidayRule&) const = default;
};
struct HolidaysDecl {
  Head head;
  std::vector<HolidayRule> rules;
  bool operator==(const HolidaysDecl&) const = default;
};

struct UseHolidays {
  Name holidays;
  bool operator==(const UseHolidays&) const = default;
};
struct WeekdayRange {
  Weekday first;
  Weekday last;  ///< the same as first for a single day
  bool operator==(const WeekdayRange&) const = default;
};
struct WeekdaysLine {
  bool working = true;
  std::vector<WeekdayRange> days;
  std::optional<Text> name;
  bool operator==(const WeekdaysLine&) const = default;
};
struct DatesLine {
  bool working = true;
  DateRef first;
  std::optional<DateRef> last;
  std::optional<Text> name;
  bool operator==(const DatesLine&) const = default;
};
struct CalendarLine {
  std::variant<UseHolidays, WeekdaysLine, DatesLine> line;
  Span span;
  bool operator==(const CalendarLine&) const = default;
};
struct CalendarDecl {
  Head head;
  std::vector<CalendarLine> lines;  ///< later ones win
  bool operator==(const CalendarDecl&) const = default;
};

struct RoleDecl {
  Head head;
  std::vector<Name> scopes;  ///< kinds of entity, or `nación`
  std::optional<Name> superior = {};
  std::optional<Integer> max_load = {};
  std::vector<Name> rights = {};
  bool operator==(const RoleDecl&) const = default;
};

struct EntityDecl {
  Head head;
  std::optional<Name> parent = {};
  std::optional<Text> parent_column = {};
  std::optional<Text> file = {};
  std::vector<FieldDecl> fields = {};
  bool operator==(const EntityDecl&) const = default;
};

struct FrontDecl {
  Head head;
  std::optional<Text> short_term = {};
  std::optional<Text> medium_term = {};
  std::optional<Text> long_term = {};
  bool operator==(const FrontDecl&) const = default;
};

struct ServiceDecl {
  Head head;
  Name form;
  std::optional<Text> offered_by = {};
  bool operator==(const ServiceDecl&) const = default;
};

// --- Tables
// -------------------------------------------------------------------------------------------------------

struct AnyCell {
  bool operator==(const AnyCell&) const = default;
};  ///< `-`
struct MissingItem {
  bool operator==(const MissingItem&) const = default;
};  ///< `sin dato`
struct CompareItem {
  BinaryOp op;
  Expr value;
  bool operator==(const CompareItem&) const = default;
};

/// Statuses of a targeting, as tests name them.
enum class TargetState : std::uint8_t {
  eligible,
  not_eligible,
  undetermined,
  excluded,
  selected,
  waitlisted
};
struct StateItem {
  TargetState state;
  bool operator==(const StateItem&) const = default;
};

using CellItem = std::variant<Range, MissingItem, CompareItem, StateItem, Expr>;
struct CellSet {
  bool negated = false;  ///< `no (…)`
  std::vector<CellItem> items;
  bool operator==(const CellSet&) const = default;
};
struct Cell {
  std::variant<AnyCell, CellSet> content;
  Span span;
  bool operator==(const Cell&) const = default;
};

struct Parameter {
  Name name;
  TypeRef type;
  bool operator==(const Parameter&) const = default;
};
enum class HitPolicy : std::uint8_t { unique, first, sum, maximum, minimum };
struct TableRow {
  std::vector<Cell> cells;     ///< conditions, in the order of the header
  std::optional<Expr> result;  ///< the cell under `=>`; absent if that cell is not an expression
  Span span;
  bool operator==(const TableRow&) const = default;
};
struct TableDecl {
  Head head;
  std::vector<Parameter> parameters;
  TypeRef result;
  HitPolicy policy = HitPolicy::unique;
  std::vector<Name> header = {};  ///< the columns before `=>`
  Span header_span = {};
  std::vector<TableRow> rows = {};
  bool operator==(const TableDecl&) const = default;
};

// --- Focalización
// -------------------------------------------------------------------------------------------------

/// `excluye si C porque … según …`, `al terminar exige C porque …`
struct Clause {
  Expr condition;
  Reason reason;
  Span span;
  bool operator==(const Clause&) const = default;
};
struct ScorePart {
  Head head;
  Expr value;
  bool operator==(const ScorePart&) const = default;
};
/// `región`, `departamento.nombre`
struct Path {
  std::vector<Name> names;
  Span span;
  bool operator==(const Path&) const = default;
};
enum class QuotaKind : std::uint8_t { named, each_other, others_together };
struct Quota {
  QuotaKind kind = QuotaKind::named;
  std::optional<EnumValue> group = {};  ///< of a named one
  Integer limit;
  Span span = {};
  bool operator==(const Quota&) const = default;
};
struct GroupQuotas {
  Path group;
  std::vector<Quota> quotas;
  Span span;
  bool operator==(const GroupQuotas&) const = default;
};
struct Minimum {
  Integer count;
  Path group;
  Span span;
  bool operator==(const Minimum&) const = default;
};
struct SortKey {
  Path path;
  bool descending = false;
  bool operator==(const SortKey&) const = default;
};
struct TargetingDecl {
  Head head;
  Name entity;
  std::vector<Clause> exclusions = {};
  std::vector<Clause> requirements = {};
  std::vector<Clause> qualifications = {};
  std::vector<ScorePart> score = {};
  std::optional<Integer> total_quota = {};
  std::vector<GroupQuotas> group_quotas = {};
  std::vector<Minimum> minimums = {};
  bool leftovers_by_order = false;
  std::vector<SortKey> order = {};
  bool operator==(const TargetingDecl&) const = default;
};

// --- Plans
// --------------------------------------------------------------------------------------------------------

/// `N días` is kept for the checker to refuse with an explanation.
enum class DayUnit : std::uint8_t { working, calendar, unspecified };
struct Offset {
  Integer days;
  DayUnit unit = DayUnit::working;
  Span span;
  bool operator==(const Offset&) const = default;
};

struct OnDate {
  DateRef date;
  bool operator==(const OnDate&) const = default;
};
/// `primer día hábil de abril`, `último día del mes` (without a month: the period's last one)
struct EdgeDayOfMonth {
  bool last = false;
  bool working = false;
  std::optional<Month> month;
  bool operator==(const EdgeDayOfMonth&) const = default;
};
/// `día hábil 5 del mes siguiente`
struct NthDayOfNextMonth {
  bool working = false;
  Integer n;
  bool operator==(const NthDayOfNextMonth&) const = default;
};
struct AfterPeriod {
  Offset offset;
  bool operator==(const AfterPeriod&) const = default;
};
/// The anchor is a milestone or a phase (`la formulación`).
struct AfterAnchor {
  Offset offset;
  Name anchor;
  bool operator==(const AfterAnchor&) const = default;
};
struct BeforeDate {
  Offset offset;
  DateRef date;
  bool operator==(const BeforeDate&) const = default;
};

enum class Rolling : std::uint8_t { next_working_day, exact, previous_working_day };
struct Deadline {
  std::variant<OnDate, EdgeDayOfMonth, NthDayOfNextMonth, AfterPeriod, AfterAnchor, BeforeDate> rule;
  Rolling rolling = Rolling::next_working_day;
  Span span;
  bool operator==(const Deadline&) const = default;
};

struct Component {
  Head head;
  bool required = false;
  std::vector<FieldDecl> fields = {};
  bool operator==(const Component&) const = default;
};

enum class Demand : std::uint8_t { nothing, motive, judgement };
struct Transition {
  std::vector<Name> roles;
  Name action;
  Name target;
  Demand demand = Demand::nothing;
  bool other_person = false;
  std::optional<Expr> condition = {};
  Reason reason = {};
  Span span = {};
  bool operator==(const Transition&) const = default;
};
struct Stage {
  Head head;
  bool initial = false;
  bool final = false;
  std::vector<Transition> transitions = {};
  bool operator==(const Stage&) const = default;
};

/// `cada mes desde febrero hasta noviembre excepto julio`; unit year is `al cierre`.
struct Recurrence {
  PeriodUnit unit = PeriodUnit::year;
  std::optional<Month> from = {};
  std::optional<Month> to = {};
  std::vector<Month> except = {};
  Span span = {};
  bool operator==(const Recurrence&) const = default;
};
struct Report {
  Head head;
  Recurrence recurrence;
  std::optional<Deadline> due = {};
  std::optional<std::variant<Offset, DateRef>> closes = {};
  std::vector<Name> in_charge = {};
  std::vector<Name> validators = {};
  std::optional<Integer> correction_days = {};
  std::vector<FieldDecl> fields = {};
  std::vector<Citation> sources = {};
  bool operator==(const Report&) const = default;
};

struct Contribution {
  Name front;
  Name term;  ///< corto, mediano, largo
  bool operator==(const Contribution&) const = default;
};
struct Hito {
  Head head;
  std::optional<Deadline> due = {};
  std::optional<Number> weight = {};
  std::vector<Name> required = {};
  std::vector<Name> services = {};
  std::vector<Contribution> contributes = {};
  bool evidence_required = false;
  std::vector<Name> in_charge = {};
  std::vector<Name> validators = {};
  std::optional<Integer> correction_days = {};
  std::vector<Citation> sources = {};
  bool operator==(const Hito&) const = default;
};

struct Indicator {
  Head head;
  Expr value;
  bool operator==(const Indicator&) const = default;
};
struct Level {
  Name name;
  SignedNumber from;
  bool operator==(const Level&) const = default;
};
struct Levels {
  Name indicator;
  std::vector<Level> levels;
  Span span;
  bool operator==(const Levels&) const = default;
};

enum class PhaseKeyword : std::uint8_t { formulation, monitoring, evaluation };
struct PhaseDecl {
  PhaseKeyword phase = PhaseKeyword::formulation;
  std::vector<Clause> exits = {};  ///< `al terminar exige …`
  std::optional<DateRef> from = {};
  std::optional<Deadline> due = {};
  std::optional<Integer> grace_days = {};
  std::vector<Stage> stages = {};
  std::vector<Report> reports = {};
  std::vector<Hito> hitos = {};
  std::vector<Indicator> indicators = {};
  std::vector<Levels> levels = {};
  Span keyword_span = {};
  Span span = {};
  bool operator==(const PhaseDecl&) const = default;
};

struct PlanDecl {
  Head head;
  Name entity;
  std::optional<Name> targeting = {};
  std::optional<Name> linked_to = {};
  std::vector<Name> in_charge = {};
  std::optional<Name> ladder = {};
  std::optional<Integer> grace_days = {};
  std::vector<Component> components = {};
  std::vector<Report> reports = {};
  std::vector<Hito> hitos = {};
  std::vector<PhaseDecl> phases = {};
  std::vector<Name> may_suspend = {};
  std::vector<Name> may_resume = {};
  std::vector<Name> may_cancel = {};
  bool operator==(const PlanDecl&) const = default;
};

// --- Alertas
// ------------------------------------------------------------------------------------------------------

enum class StepSide : std::uint8_t { before, at_due, after };
struct StepMoment {
  StepSide side = StepSide::at_due;
  std::optional<Offset> offset = {};  ///< none for `al vencer`
  Span span = {};
  bool operator==(const StepMoment&) const = default;
};
enum class StepVerb : std::uint8_t { remind, notify, escalate };
struct LadderStep {
  StepMoment moment;
  std::optional<Integer> repeat_every = {};
  std::optional<Integer> repeat_times = {};
  StepVerb verb = StepVerb::remind;
  std::vector<Name> recipients = {};  ///< `responsable` or roles
  Span span = {};
  bool operator==(const LadderStep&) const = default;
};
struct DigestLine {
  Weekday day;
  std::optional<Clock> at = {};
  std::vector<Name> recipients = {};
  Span span = {};
  bool operator==(const DigestLine&) const = default;
};
struct LadderDecl {
  Head head;
  std::optional<Clock> at = {};
  std::vector<LadderStep> steps = {};
  std::vector<DigestLine> digests = {};
  bool operator==(const LadderDecl&) const = default;
};

// --- Tests
// --------------------------------------------------------------------------------------------------------

/// A field's value in `dado`, `completa`, `entrega`; no value: `sin dato`.
struct Pair {
  Name name;
  std::optional<Expr> value;
  bool operator==(const Pair&) const = default;
};
struct Record {
  std::vector<Pair> pairs;
  Span span;
  bool operator==(const Record&) const = default;
};

struct PlanAction;

/// `espera elegible porque "…"`
struct ExpectState {
  TargetState state;
  Reason reason;
  bool operator==(const ExpectState&) const = default;
};
/// `espera rechazo cuando enlace_territorial ejecuta aprobar`
struct ExpectRefusal {
  Box<PlanAction> action;
  bool operator==(const ExpectRefusal&) const = default;
};
/// `espera ninguna alerta al vencer a dirección por formulación`
struct ExpectAlert {
  bool none = false;
  std::optional<StepMoment> step = {};
  bool digest = false;
  std::optional<Name> role = {};
  std::optional<Name> obligation = {};
  bool operator==(const ExpectAlert&) const = default;
};
struct Expectation {
  std::variant<Expr, ExpectState, ExpectRefusal, ExpectAlert> expected;
  Span span;
  bool operator==(const Expectation&) const;
};

enum class ActionVerb : std::uint8_t {
  complete,
  execute,
  deliver,
  achieve,
  validate,
  return_,
  waive,
  extend,
  reopen,
  annul,
  suspend,
  resume,
  cancel,
};
/// `enlace_territorial entrega informe_mensual de mayo { … }`
struct PlanAction {
  Name role;
  ActionVerb verb = ActionVerb::execute;
  std::optional<Name> target = {};  ///< component, action or obligation
  std::optional<PeriodRef> period = {};
  std::optional<Record> record = {};
  std::optional<DateRef> date = {};  ///< `ocurrido el D`, `hasta D`
  std::optional<Text> with = {};
  Span span = {};
  bool operator==(const PlanAction&) const = default;
};

/// `casos { | … | => estado | … | }`
struct Cases {
  std::vector<Name> inputs;
  std::vector<Name> outputs;
  std::vector<std::vector<Cell>> rows;  ///< inputs then outputs
  std::vector<Span> row_spans;
  Span span;
  bool operator==(const Cases&) const = default;
};
struct Given {
  Record record;
  bool operator==(const Given&) const = default;
};
struct DataFile {
  Text path;
  bool operator==(const DataFile&) const = default;
};
using TestLine = std::variant<Cases, Given, DataFile, Expectation>;
/// `prueba "…" de F al D { … }`; its head's name is empty and its title the text.
struct TestDecl {
  Head head;
  std::optional<Name> subject = {};
  std::optional<DateRef> at = {};
  std::vector<TestLine> lines = {};
  bool operator==(const TestDecl&) const = default;
};

struct Created {
  DateRef date;
  bool operator==(const Created&) const = default;
};
/// `el D`, and what is done then.
struct Step {
  DateRef date;
  std::optional<PlanAction> action = {};
  Span span = {};
  bool operator==(const Step&) const = default;
};
using ScenarioLine = std::variant<Given, Created, Step, Expectation>;
struct ScenarioDecl {
  Head head;
  Name plan;
  std::vector<ScenarioLine> lines = {};
  bool operator==(const ScenarioDecl&) const = default;
};

// --- The whole
// ----------------------------------------------------------------------------------------------------

/// Every declaration that could be read, by kind, in the order of the files and of their text.
struct SyntaxTree {
  std::vector<ProgramDecl> programs;
  std::vector<SourceDecl> sources;
  std::vector<ParameterDecl> parameters;
  std::vector<HolidaysDecl> holidays;
  std::vector<CalendarDecl> calendars;
  std::vector<RoleDecl> roles;
  std::vector<EntityDecl> entities;
  std::vector<FrontDecl> fronts;
  std::vector<ServiceDecl> services;
  std::vector<TableDecl> tables;
  std::vector<TargetingDecl> targetings;
  std::vector<PlanDecl> plans;
  std::vector<LadderDecl> ladders;
  std::vector<TestDecl> tests;
  std::vector<ScenarioDecl> scenarios;
  std::vector<Name> broken;  ///< names of declarations that could not be read: what uses them is not reported
  bool unread = false;       ///< some file could not be read at all, and nobody knows what it declares
  bool operator==(const SyntaxTree&) const = default;
};

/// `COLLECTION [donde COND] [agrupa por NAMES] [muestra EXPRS] [ordena por EXPRS] [primeros N]`
struct Shown {
  Expr value;
  std::optional<Text> heading;
  bool operator==(const Shown&) const = default;
};
/// `avance descendente`, `cuenta()`, or a heading: `"avance medio"`
struct QuerySortKey {
  Expr value;
  bool descending = false;
  bool operator==(const QuerySortKey&) const = default;
};
struct Query {
  Name collection;
  std::optional<Expr> where = {};
  std::vector<Path> group_by = {};
  std::vector<Shown> shown = {};
  std::vector<QuerySortKey> order = {};
  std::optional<Integer> first = {};
  bool operator==(const Query&) const = default;
};

}  // namespace cauce::dsl
