// Which file holds the data of which kind of entity.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/entities.hpp"
#include "rules/ruleset.hpp"

namespace cauce::engine {

/// The file of a kind of entity in a folder: `archivo`, its name or its plural; nothing if there is none.
/// FileUnusable if the folder cannot be read.
std::optional<std::string> find_data_file(const std::string& folder, const rules::EntityKind& kind);

/// The file of each kind, by EntityKindId, of what `--datos` gives: folders, and `entidad=ruta.csv`. None for
/// a kind that only such a pair could have named or, where `some_will_do`, that has none in the folder.
/// FileUnusable, in Spanish, for what is neither, and for a kind without a file where all are asked for.
std::vector<std::optional<std::string>> find_data_files(const rules::Ruleset& rules,
                                                        const std::vector<std::string>& data,
                                                        bool some_will_do);

}  // namespace cauce::engine
