#include "workflows/plan.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace cauce::workflows {
namespace {

constexpr std::array<std::string_view, 9> state_names = {
    "pending", "delivered", "validated", "returned", "achieved", "waived", "not_due", "void", "retired"};
constexpr std::array<std::string_view, 9> spanish_states = {"pendiente",   "entregado",  "validado",
                                                            "devuelto",    "cumplido",   "dispensado",
                                                            "no exigible", "sin efecto", "retirado"};

std::optional<int> parse_year(std::string_view text) {
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (year < rules::first_year || year > rules::last_year) return std::nullopt;
  return year;
}

}  // namespace

FormerKind::FormerKind(const ObligationKind& kind) {
  auto record = std::make_shared<ObligationKind>();
  static_cast<rules::Named&>(*record) = kind;
  record->type = kind.type;
  record->phase = kind.phase;
  record->fields = kind.fields;
  kind_ = std::move(record);
}

bool FormerKind::operator==(const FormerKind& other) const {
  if (!kind_ || !other.kind_) return kind_ == other.kind_;
  return kind_->key == other.kind_->key && kind_->type == other.kind_->type;
}

const ObligationKind& kind_of(const PlanKind& kind, const Obligation& obligation) {
  return obligation.former ? *obligation.former : at(kind.obligations, obligation.kind);
}

bool is_open(const Obligation& obligation) {
  return obligation.state == ObligationState::pending || obligation.state == ObligationState::returned;
}

std::string PlanId::to_string() const {
  return kind + "/" + entity + "/" + std::to_string(vigencia);
}

std::optional<PlanId> PlanId::parse(std::string_view text) {
  const std::size_t first = text.find('/');
  const std::size_t last = text.rfind('/');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  const auto year = parse_year(text.substr(last + 1));
  if (first == 0 || last == first + 1 || !year) return std::nullopt;
  return PlanId{std::string(text.substr(0, first)), std::string(text.substr(first + 1, last - first - 1)),
                *year};
}

std::string_view name_of(ObligationState state) {
  return state_names.at(static_cast<std::size_t>(state));
}
std::string_view spanish_name(ObligationState state) {
  return spanish_states.at(static_cast<std::size_t>(state));
}
std::optional<ObligationState> find_obligation_state(std::string_view name) {
  const auto found = std::find(state_names.begin(), state_names.end(), name);
  if (found == state_names.end()) return std::nullopt;
  return static_cast<ObligationState>(found - state_names.begin());
}

std::optional<Date> deadline_in_force(const Obligation& obligation) {
  return obligation.state == ObligationState::returned ? obligation.correction_due : obligation.due;
}

std::optional<Date> judged_deadline(const Obligation& obligation) {
  return obligation.missed ? obligation.missed : obligation.due;
}

std::optional<Date> late_after(const Obligation& obligation) {
  return obligation.state == ObligationState::returned ? obligation.correction_due
                                                       : judged_deadline(obligation);
}

bool is_fulfilled(const Obligation& obligation) {
  switch (obligation.state) {
    case ObligationState::delivered:
    case ObligationState::validated:
    case ObligationState::achieved:
      return true;
    default:
      return false;
  }
}

bool is_resolved(const Obligation& obligation, const ObligationKind& kind) {
  switch (obligation.state) {
    case ObligationState::pending:
    case ObligationState::returned:
      return false;
    case ObligationState::delivered:
    case ObligationState::achieved:
      return kind.validators.empty();
    default:
      return true;
  }
}

bool is_overdue(const Plan& plan, const Obligation& obligation, Date today) {
  if (plan.lifecycle.standing != Standing::active || !is_open(obligation)) return false;
  if (!obligation.enforceable_from || *obligation.enforceable_from > today) return false;
  const auto due = deadline_in_force(obligation);
  return due && *due < today;
}

std::int64_t late_days(const Obligation& obligation, Date today, const rules::Calendar& calendar) {
  if (!is_open(obligation)) return obligation.late_days.value_or(0);
  const auto due = late_after(obligation);
  const bool owed = obligation.enforceable_from && *obligation.enforceable_from <= today;
  const Date until =
      obligation.paused_on ? std::min(today, *obligation.paused_on - std::chrono::days(1)) : today;
  if (!owed || !due || *due >= until) return obligation.late_days.value_or(0);
  // Late on days that are no working days is late all the same (Ley 4 de 1913, art. 62 has moved the
  // deadline).
  const std::int64_t days = calendar.working_days_between(*due, until) - obligation.paused_days;
  return std::max({std::int64_t{1}, days, obligation.late_days.value_or(0)});
}

}  // namespace cauce::workflows
