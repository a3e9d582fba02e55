// The tests of a policy, checked before they run: what they name exists, what they give has its type
// (language.md, 4).
#pragma once

#include "workflows/lowering.hpp"

namespace cauce::workflows {

/// Checks every `prueba` and `escenario`. What a test says of a declaration that has mistakes is not
/// reported.
void check_tests(const dsl::SyntaxTree& tree, const Policy& policy, const LoweringInput& input,
                 dsl::Diagnostics& diagnostics);

/// The steps and expectations of one `escenario`.
void check_scenario(const dsl::ScenarioDecl& scenario, const Policy& policy, Lowering& lowering);

/// The values that a test gives to an entity: its fields and, by their kind, the keys of those above it.
void check_entity_record(const dsl::Record& record, EntityKindId entity, Lowering& lowering);
/// The values that a test gives to the fields of a report or a component.
void check_field_record(const dsl::Record& record, const std::vector<rules::Field>& fields,
                        Lowering& lowering);

}  // namespace cauce::workflows
