// Questions about one period of a report: `entregado(mensual, enero)`, of a report that is owed from febrero
// on.
#pragma once

#include <functional>
#include <string>

#include "rules/expression.hpp"
#include "workflows/policy.hpp"

namespace cauce::workflows {

/// `van de febrero de 2024 a noviembre de 2024`; one by one where some between are not owed.
std::string periods_in_words(const ObligationKind& obligation);

/// What the outermost scope of an expression numbers.
using ObligationOfThing = std::function<const ObligationKind&(std::uint32_t thing)>;

/// What is wrong with the periods that `expression` asks about: of those in `vigencia`, the report is owed
/// for none that is not in its list. A policy is evaluated for other years too, and of theirs nothing is
/// said.
dsl::Diagnostics check_asked_periods(const rules::Expression& expression, const ObligationOfThing& obligation,
                                     int vigencia);

/// The same, in a declaration that is being lowered.
class Lowering;
void check_asked_periods(const rules::Expression& expression, const ObligationOfThing& obligation,
                         Lowering& lowering);

}  // namespace cauce::workflows
