// The sentences of a comparison: why an entity enters or leaves, and what it was and is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflows/comparison.hpp"

namespace cauce::engine::document {

/// `seleccionado`, `en espera` …; *no está en los datos* where there is none.
std::string status_in_words(const std::optional<workflows::EntityStanding>& standing);
/// What decides that an entity enters, leaves or changes its status in that focalización.
std::string reason_in_words(const workflows::EntityChange& change,
                            const workflows::SelectionChange& selection, const workflows::Version& before,
                            const workflows::Version& after);
/// `departamento: de «Antioquia» (05) a «Chocó» (27)`
std::string move_in_words(const workflows::GroupMove& move);
/// `57.2`, `60 → 55`; only one of both is said where they are equal or the other is not there.
std::string from_to(const std::string& before, const std::string& after);
/// `Bello, Itagüí, Sabaneta y 9 más`
std::string some_of(std::vector<std::string> names);
/// Those parts that are not empty.
std::string joined_by(const std::vector<std::string>& parts, std::string_view joint);
/// `entra 1`, `entran 12`
std::string counted(std::size_t count, const std::string& one, const std::string& many);

}  // namespace cauce::engine::document
