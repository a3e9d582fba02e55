// The tests of a policy, checked before they run: what they name exists, what they give has its type
// (language.md, 4).
#pragma once

#include "workflows/lowering.hpp"
#include "workflows/test_names.hpp"

namespace cauce::workflows {

/// Checks every `prueba` and `escenario`. What a test says of a declaration that has mistakes is not
/// reported.
void check_tests(const dsl::SyntaxTree& tree, const Policy& policy, const LoweringInput& input,
                 dsl::Diagnostics& diagnostics);

/// The steps and expectations of one `escenario`.
void check_scenario(const dsl::ScenarioDecl& scenario, const Policy& policy, TestNames& names,
                    Lowering& lowering);

/// The values that a test gives to an entity, a report or a component.
void check_record(const dsl::Record& record, const Columns& columns, Lowering& lowering);

/// An entity that a test describes: what is written as its number or date lies in the bounds of its field, as
/// in all data. (What a plan delivers may be outside: that it is refused is something to test.)
void check_bounds(const dsl::Record& record, const Columns& columns, Lowering& lowering);

}  // namespace cauce::workflows
