// The years that a test names: one that names a year is of that vigencia only (language.md, 4).
#pragma once

#include <optional>
#include <string>

#include "dsl/syntax.hpp"

namespace cauce::workflows {

/// The vigencia of a test that names a year. The days on which it takes place (`al`, `creado el`, `el`) and
/// its periods say it; where they name no year, the dates that are expected do. Of several years it is the
/// first, since deadlines may fall in the year after. The data that a test gives say nothing of it.
std::optional<int> vigencia_of(const dsl::TestDecl& test);
std::optional<int> vigencia_of(const dsl::ScenarioDecl& scenario);

/// Why a test of `named` is not run in `vigencia`; empty if it is.
std::string why_not_applicable(const std::optional<int>& named, int vigencia);

}  // namespace cauce::workflows
