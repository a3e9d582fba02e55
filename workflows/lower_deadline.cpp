#include "workflows/lower_deadline.hpp"

#include <algorithm>

#include "rules/graph.hpp"

namespace cauce::workflows {
namespace {

constexpr std::size_t most_related = 20;
constexpr int longest_offset = 1000;
constexpr int last_working_day_of_month = 15;  // so that every month has as many, whatever its holidays
constexpr int last_day_of_month = 31;

/// How messages speak of what has the deadline.
std::string_view owner_without_periods(ObligationType owner) {
  return owner == ObligationType::hito ? "un hito" : "una fase";
}

class DeadlineLowering {
 public:
  DeadlineLowering(const dsl::Deadline& written, ObligationType owner, const PlanKind& kind,
                   const Index& obligations, Lowering& lowering)
      : written_(written), owner_(owner), kind_(kind), obligations_(obligations), lowering_(lowering) {}

  using Rule = std::optional<decltype(rules::Deadline::rule)>;

  Rule operator()(const dsl::OnDate& form) const {
    const auto date = lowering_.date(form.date);
    if (date) return rules::OnDate{*date};
    dsl::Diagnostics& said = lowering_.diagnostics();
    if (!said.empty() && said.back().code == dsl::Code::leap_day_without_year) {
      said.back().replacement = "último día de febrero";
    }
    return std::nullopt;
  }

  Rule operator()(const dsl::EdgeDayOfMonth& form) const {
    if (form.month) return rules::EdgeOfMonth{form.last, form.working, form.month->month};
    if (!has_periods()) return std::nullopt;
    return rules::EdgeOfMonth{form.last, form.working, std::nullopt};
  }

  Rule operator()(const dsl::NthDayOfNextMonth& form) const {
    const bool counts_from_period = has_periods();
    const auto n = form.working
                       ? lowering_.count(form.n, 1, last_working_day_of_month, "el día hábil del mes")
                       : lowering_.count(form.n, 1, last_day_of_month, "el día del mes");
    if (!n || !counts_from_period) return std::nullopt;
    return rules::NthOfNextMonth{*n, form.working};
  }

  Rule operator()(const dsl::AfterPeriod& form) const {
    const bool counts_from_period = has_periods();
    const auto offset = lower_offset(form.offset, lowering_);
    if (!offset || !counts_from_period) return std::nullopt;
    return rules::AfterPeriod{*offset};
  }

  Rule operator()(const dsl::AfterAnchor& form) const {
    const auto offset = lower_offset(form.offset, lowering_);
    const auto anchor = find_anchor(form.anchor);
    if (!offset || !anchor) return std::nullopt;
    return rules::AfterAnchor{*offset, *anchor};
  }

  Rule operator()(const dsl::BeforeDate& form) const {
    const auto offset = lower_offset(form.offset, lowering_);
    const auto date = lowering_.date(form.date);
    if (!offset || !date) return std::nullopt;
    return rules::BeforeDate{*offset, *date};
  }

 private:
  bool has_periods() const {
    if (owner_ == ObligationType::report) return true;
    lowering_.report(dsl::Code::wrong_deadline, written_.span,
                     quoted(lowering_.words(written_.span)) +
                         " se cuenta desde el periodo de un reporte, y " +
                         std::string(owner_without_periods(owner_)) + " no tiene periodos",
                     "escriba una fecha, «último día hábil de junio» o «10 días hábiles después de …»");
    return false;
  }

  std::optional<rules::Anchor> find_anchor(const dsl::Name& name) const {
    const auto number = obligations_.find(name.key);
    if (!number && (name.key == "mes" || name.key == "trimestre" || name.key == "semestre")) {
      lowering_.report(dsl::Code::unknown_name, name.span,
                       "no existe aquí " + std::string(anchor_noun) + " " + quoted(name.text),
                       "el mes, o lo que dure, de un reporte se llama «periodo»: «después del periodo»");
      lowering_.diagnostics().back().replacement = "periodo";
      return std::nullopt;
    }
    if (!number) {
      lowering_.report_unknown(name, anchor_noun, hito_names());
      return std::nullopt;
    }
    if (kind_.obligations.at(*number).type == ObligationType::report) {
      lowering_.report(dsl::Code::wrong_kind_of_name, name.span,
                       quoted(name.text) + " es un reporte, y un plazo se cuenta desde un hito o una fase",
                       "cuéntelo desde uno de ellos, o escriba la fecha");
      return std::nullopt;
    }
    return rules::Anchor{*number};
  }

  std::vector<std::string_view> hito_names() const {
    std::vector<std::string_view> names;
    if (!lowering_.may_suggest()) return names;
    for (const ObligationKind& obligation : kind_.obligations) {
      if (obligation.type == ObligationType::hito) names.push_back(obligation.name);
    }
    return names;
  }

  const dsl::Deadline& written_;
  ObligationType owner_;
  const PlanKind& kind_;
  const Index& obligations_;
  Lowering& lowering_;
};

/// The obligation from which the deadline of another is counted.
std::optional<std::size_t> anchor_of(const ObligationKind& obligation) {
  if (!obligation.due) return std::nullopt;
  const auto* after = std::get_if<rules::AfterAnchor>(&obligation.due->rule);
  if (after == nullptr) return std::nullopt;
  return after->anchor.obligation;
}

}  // namespace

std::optional<rules::DayOffset> lower_offset(const dsl::Offset& written, Lowering& lowering) {
  const auto days = lowering.count(written.days, 1, longest_offset, "el número de días");
  if (written.unit != dsl::DayUnit::unspecified) {
    return days ? std::optional(rules::DayOffset{*days, written.unit}) : std::nullopt;
  }
  const bool one = written.days.value == 1;
  const std::string count = std::to_string(written.days.value) + (one ? " día" : " días");
  const std::string working = count + (one ? " hábil" : " hábiles");
  lowering
      .report(dsl::Code::bare_days, written.span,
              quoted(count) + " no dice si " + (one ? "es hábil" : "son hábiles") + " o calendario",
              "escriba " + quoted(working) + " o " + quoted(count + " calendario") +
                  ": el artículo 62 de la Ley 4 de 1913 los lee como hábiles, y mucha gente no")
      .replacement = working;
  return std::nullopt;
}

std::optional<rules::Deadline> lower_deadline(const dsl::Deadline& written, ObligationType owner,
                                              const PlanKind& kind, const Index& obligations,
                                              Lowering& lowering) {
  auto rule = std::visit(DeadlineLowering(written, owner, kind, obligations, lowering), written.rule);
  if (!rule) return std::nullopt;
  return rules::Deadline{*std::move(rule), written.rolling, lowering.words(written.span)};
}

std::optional<std::variant<rules::DayOffset, Date>> lower_closing(
    const std::variant<dsl::Offset, dsl::DateRef>& written, Lowering& lowering) {
  if (const auto* offset = std::get_if<dsl::Offset>(&written)) return lower_offset(*offset, lowering);
  return lowering.date(std::get<dsl::DateRef>(written));
}

void check_deadline_circles(const PlanKind& kind, const std::vector<const dsl::Deadline*>& written,
                            Lowering& lowering) {
  std::vector<std::vector<std::size_t>> needs(kind.obligations.size());
  for (std::size_t i = 0; i < needs.size(); ++i) {
    if (const auto anchor = anchor_of(kind.obligations[i])) needs[i].push_back(*anchor);
  }
  for (const std::vector<std::size_t>& circle : rules::order_by_need(needs).circles) {
    std::vector<std::string_view> names;
    for (const std::size_t i : circle)
      names.push_back(kind.obligations[i].name);
    const std::string message = circle.size() == 1
                                    ? "el plazo de " + list_quoted(names) + " se cuenta desde sí mismo"
                                    : "los plazos de " + list_quoted(names) + " se esperan en círculo";
    auto& diagnostic =
        lowering.report(dsl::Code::circular_deadlines, written.at(circle.front())->span, message,
                        "dé a uno de ellos una fecha, o un plazo que no dependa de los otros");
    for (std::size_t i = 1; i < std::min(circle.size(), most_related); ++i) {
      diagnostic.related.push_back({written.at(circle[i])->span, "y el de " + quoted(names[i])});
    }
  }
}

}  // namespace cauce::workflows
