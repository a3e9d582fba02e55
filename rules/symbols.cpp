#include "rules/symbols.hpp"

#include <array>

#include "dsl/fold.hpp"
#include "dsl/nameless.hpp"
#include "rules/functions.hpp"
#include "rules/lower.hpp"

namespace cauce::rules {

std::string_view with_article(NameKind kind) {
  constexpr std::array<std::string_view, 12> names = {
      "una fuente",       "un parámetro", "un conjunto de festivos",
      "un calendario",    "un rol",       "una clase de entidad",
      "un frente",        "un servicio",  "una tabla",
      "una focalización", "un plan",      "una escalera de alertas"};
  return names.at(static_cast<std::size_t>(kind));
}

bool may_be_nameless(NameKind kind, const BrokenNames& broken) {
  constexpr std::array<std::string_view, 12> keywords = {"fuente", "parámetro",    "festivos", "calendario",
                                                         "rol",    "entidad",      "frente",   "servicio",
                                                         "tabla",  "focalización", "plan",     "alertas"};
  return broken.contains(dsl::key_of_nameless(keywords.at(static_cast<std::size_t>(kind))));
}

namespace {

/// «aquí hay «a», «b» y «c»», or nothing where there are none, or more than one looks through.
std::string list_of(const std::vector<std::string_view>& names) {
  constexpr std::size_t most = 8;
  if (names.empty() || names.size() > most) return {};
  std::vector<std::string> shown;
  for (const std::string_view name : names)
    shown.push_back("«" + std::string(name) + "»");
  return (names.size() == 1 ? "aquí solo hay " : "aquí hay ") + join_names(shown);
}

}  // namespace

template <typename Declarations>
void Symbols::add(NameKind kind, const Declarations& declarations) {
  for (const auto& declaration : declarations) {
    const dsl::Name& name = declaration.head.name;
    by_key_.emplace(name.key, Symbol{kind, name.text, name.span});
  }
}

Symbols::Symbols(const dsl::SyntaxTree& tree) {
  add(NameKind::source, tree.sources);
  add(NameKind::parameter, tree.parameters);
  add(NameKind::holidays, tree.holidays);
  add(NameKind::calendar, tree.calendars);
  add(NameKind::role, tree.roles);
  add(NameKind::entity, tree.entities);
  add(NameKind::front, tree.fronts);
  add(NameKind::service, tree.services);
  add(NameKind::table, tree.tables);
  add(NameKind::targeting, tree.targetings);
  add(NameKind::plan, tree.plans);
  add(NameKind::ladder, tree.ladders);
}

void Symbols::report_unknown(NameKind wanted, const dsl::Name& name, const BrokenNames& broken,
                             dsl::Diagnostics& diagnostics) const {
  if (broken.contains(name.key) || may_be_nameless(wanted, broken)) return;
  const std::string quoted = "«" + name.text + "»";
  std::vector<std::string_view> candidates;
  if (may_suggest(diagnostics)) {
    for (const auto& [key, symbol] : by_key_) {
      if (symbol.kind == wanted) candidates.push_back(symbol.name);
    }
    const bool ships = wanted == NameKind::holidays && !by_key_.contains("colombia");  // with the engine
    if (ships) candidates.push_back("Colombia");
  }
  if (const auto other = by_key_.find(name.key); other != by_key_.end()) {
    const Symbol& symbol = other->second;
    if (symbol.kind == wanted) return;  // declared, but it failed
    diagnostics.push_back({dsl::Code::wrong_kind_of_name,
                           name.span,
                           quoted + " es " + std::string(with_article(symbol.kind)) + ", y aquí va " +
                               std::string(with_article(wanted)),
                           list_of(candidates),
                           {},
                           {{symbol.span, "se declaró aquí"}}});
    return;
  }
  dsl::Diagnostic diagnostic{dsl::Code::unknown_name, name.span,
                             "no existe " + std::string(with_article(wanted)) + " " + quoted};
  suggest_nearest(name, candidates, diagnostic);
  if (diagnostic.help.empty()) diagnostic.help = list_of(candidates);
  diagnostics.push_back(std::move(diagnostic));
}

void report_declared_twice(NameKind kind, const dsl::Name& name, dsl::Span first,
                           dsl::Diagnostics& diagnostics) {
  diagnostics.push_back({dsl::Code::declared_twice,
                         name.span,
                         "ya hay " + std::string(with_article(kind)) + " «" + name.text + "»",
                         "cambie el nombre de una de las dos declaraciones",
                         {},
                         {{first, "se declaró aquí"}}});
}

void check_not_function(NameKind kind, const dsl::Name& name, dsl::Diagnostics& diagnostics) {
  if (!is_function_name(name.key)) return;
  diagnostics.push_back({dsl::Code::name_clash, name.span,
                         "«" + name.text + "» es el nombre de una función, y " +
                             std::string(with_article(kind)) + " no puede llevarlo",
                         "escriba otro nombre"});
}

bool may_suggest(const dsl::Diagnostics& told) {
  constexpr std::size_t most = 200;
  return told.size() < most;
}

void suggest_nearest(const dsl::Name& name, const std::vector<std::string_view>& candidates,
                     dsl::Diagnostic& diagnostic) {
  const std::string_view near = dsl::nearest_name(name.text, candidates);
  if (near.empty()) return;
  diagnostic.help = "¿quiso decir «" + std::string(near) + "»?";
  diagnostic.replacement = std::string(near);
}

}  // namespace cauce::rules
