#include "workflows/lower_recurrence.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace cauce::workflows {
namespace {

using dsl::PeriodUnit;

constexpr int months_in_year = 12;

std::string_view name_of(PeriodUnit unit) {
  switch (unit) {
    case PeriodUnit::month:
      return "mes";
    case PeriodUnit::bimester:
      return "bimestre";
    case PeriodUnit::quarter:
      return "trimestre";
    case PeriodUnit::semester:
      return "semestre";
    case PeriodUnit::year:
      break;
  }
  return "año";
}

/// A bound of the recurrence, which must be the first (or last) month of a period.
enum class Edge { first, last };

bool is_edge(int month, PeriodUnit unit, Edge edge) {
  const int past = edge == Edge::first ? month - 1 : month;
  return past % rules::months_in(unit) == 0;
}

int nearest_edge(int month, PeriodUnit unit, Edge edge) {
  int nearest = 0;
  for (int candidate = 1; candidate <= months_in_year; ++candidate) {
    if (!is_edge(candidate, unit, edge)) continue;
    if (nearest == 0 || std::abs(candidate - month) < std::abs(nearest - month)) nearest = candidate;
  }
  return nearest;
}

bool check_edge(const dsl::Month& written, PeriodUnit unit, Edge edge, Lowering& lowering) {
  if (is_edge(written.month, unit, edge)) return true;
  const std::string nearest{rules::month_name(nearest_edge(written.month, unit, edge))};
  lowering
      .report(dsl::Code::wrong_period, written.span,
              quoted(rules::month_name(written.month)) + " no es el " +
                  (edge == Edge::first ? "primer" : "último") + " mes de un " + std::string(name_of(unit)),
              "el más cercano es " + quoted(nearest))
      .replacement = nearest;
  return false;
}

/// The months of `excepto`, each of which must be one of the report's.
std::set<int> lower_exceptions(const dsl::Recurrence& written, int from, int to, Lowering& lowering) {
  std::set<int> months;
  if (!written.except.empty() && written.unit != PeriodUnit::month) {
    lowering.report(
        dsl::Code::wrong_period, written.except.front().span,
        "«excepto» va solo con «cada mes», y este reporte es de cada " + std::string(name_of(written.unit)),
        "acorte el tiempo con «desde» y «hasta»");
    return months;
  }
  for (const dsl::Month& month : written.except) {
    if (month.month < from || month.month > to) {
      lowering.report(dsl::Code::wrong_period, month.span,
                      quoted(rules::month_name(month.month)) + " no es uno de los meses de este reporte",
                      "quítelo de «excepto»");
    } else if (!months.insert(month.month).second) {
      lowering.report(dsl::Code::wrong_period, month.span,
                      quoted(rules::month_name(month.month)) + " está dos veces", "quite una");
    }
  }
  return months;
}

}  // namespace

std::vector<Period> lower_recurrence(const dsl::Recurrence& written, Lowering& lowering) {
  const int length = rules::months_in(written.unit);
  const bool starts_well = !written.from || check_edge(*written.from, written.unit, Edge::first, lowering);
  const bool ends_well = !written.to || check_edge(*written.to, written.unit, Edge::last, lowering);
  if (!starts_well || !ends_well) return {};

  const int from = written.from ? written.from->month : 1;
  const int to = written.to ? written.to->month : months_in_year;
  if (from > to) {
    lowering.report(dsl::Code::wrong_period, written.span,
                    "el reporte empieza en " + std::string(rules::month_name(from)) +
                        " y termina antes, en " + std::string(rules::month_name(to)),
                    "las fechas son de una sola vigencia: de enero a diciembre");
    return {};
  }
  const std::set<int> except = lower_exceptions(written, from, to, lowering);

  std::vector<Period> periods;
  for (int month = from; month <= to; month += length) {
    if (except.contains(month)) continue;
    periods.push_back({written.unit, lowering.rules().vigencia, (month - 1) / length + 1});
  }
  if (periods.empty()) {
    lowering.report(dsl::Code::wrong_period, written.span,
                    "no queda ningún periodo en que se deba este reporte",
                    "quite meses de «excepto», o quite el reporte");
  }
  return periods;
}

}  // namespace cauce::workflows
