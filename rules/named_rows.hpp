// Entities by the name that people call them, which is not their key.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/entities.hpp"

namespace cauce::rules {

/// The rows whose name is `name`, however it is spelled.
std::vector<std::uint32_t> rows_named(std::string_view name, const Ruleset& rules, const Territory& territory,
                                      EntityKindId kind);

/// For who gave something that is no key: the keys of those that have it as their name, else of the one whose
/// key or name is nearest; empty where none is near. `la clave de Turbo es 05837`
std::string suggested_key(std::string_view given, const Ruleset& rules, const Territory& territory,
                          EntityKindId kind);

}  // namespace cauce::rules
