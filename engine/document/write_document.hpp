// A policy as a document: what each of its parts says, in words, in the order in which a lawyer would ask for
// it.
#pragma once

#include <functional>
#include <string>

#include "engine/document/document.hpp"
#include "engine/document/life_graph.hpp"
#include "workflows/compile.hpp"

namespace cauce::engine::document {

/// The SVG of a drawing, or nothing where none can be made.
using Draw = std::function<std::string(const LifeGraph& graph)>;

/// The document of a policy without errors.
Document write_document(const workflows::Compiled& compiled, const dsl::Sources& sources, const Draw& draw);

}  // namespace cauce::engine::document
