#include "workflows/lowering.hpp"

#include <algorithm>
#include <utility>

#include "rules/compile.hpp"
#include "rules/functions.hpp"

namespace cauce::workflows {
namespace {

constexpr std::size_t most_names_listed = 8;

/// How many roles one place may name. What has nobody of its own takes the list of its plan, whole.
constexpr std::size_t most_roles = 100;

}  // namespace

// --- Index

bool Index::add(const std::string& key, const std::string& name) {
  return entries_.emplace(key, Entry{next_++, name}).second;
}

std::optional<std::uint32_t> Index::find(std::string_view key) const {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return std::nullopt;
  return found->second.number;
}

std::vector<std::string_view> Index::names() const {
  std::vector<std::pair<std::uint32_t, std::string_view>> in_order;
  for (const auto& [key, entry] : entries_)
    in_order.emplace_back(entry.number, entry.name);
  std::sort(in_order.begin(), in_order.end());
  std::vector<std::string_view> names;
  for (const auto& [number, name] : in_order)
    names.push_back(name);
  return names;
}

// --- Reporting

dsl::Diagnostic& Lowering::report(dsl::Code code, dsl::Span span, std::string message, std::string help) {
  if (dsl::severity_of(code) == dsl::Severity::error) spoil();
  return diagnostics_.emplace_back(
      dsl::Diagnostic{.code = code, .span = span, .message = std::move(message), .help = std::move(help)});
}

void Lowering::report_twice(const dsl::Name& name, std::string_view one, dsl::Span first) {
  report(dsl::Code::declared_twice, name.span, "ya hay " + std::string(one) + " " + quoted(name.text),
         "cambie el nombre de uno de los dos")
      .related.push_back({first, "se declaró aquí"});
}

void Lowering::report_unknown(const dsl::Name& name, std::string_view noun,
                              const std::vector<std::string_view>& candidates) {
  dsl::Diagnostic& diagnostic = report(dsl::Code::unknown_name, name.span,
                                       "no existe aquí " + std::string(noun) + " " + quoted(name.text));
  if (rules::may_suggest(diagnostics_)) rules::suggest_nearest(name, candidates, diagnostic);
  if (diagnostic.help.empty() && !candidates.empty() && candidates.size() <= most_names_listed) {
    diagnostic.help = "aquí hay " + list_quoted(candidates);
  }
}

void Lowering::report_unknown(const dsl::Name& name, std::string_view noun, const Index& candidates) {
  report_unknown(name, noun, may_suggest() ? candidates.names() : std::vector<std::string_view>());
}

// --- Small things that declarations are made of

bool Lowering::check_length(const std::vector<dsl::Name>& roles) {
  if (roles.size() <= most_roles) return true;
  report(dsl::Code::out_of_range, roles[most_roles].span,
         "aquí se nombran " + std::to_string(roles.size()) + " roles",
         "nombre hasta " + std::to_string(most_roles));
  return false;
}

std::vector<RoleId> Lowering::find_roles(const std::vector<dsl::Name>& roles) {
  if (!check_length(roles)) return {};
  return find_all<RoleId>(roles, names().roles, rules::NameKind::role);
}

std::vector<rules::CitedSource> Lowering::cite(const std::vector<dsl::Citation>& citations) {
  auto cited = rules::to_citations(citations, rules(), diagnostics_);
  if (cited.size() != citations.size()) spoil();
  return cited;
}

std::optional<Date> Lowering::date(const dsl::DateRef& written) {
  const auto date = rules::to_date(written, rules().vigencia, diagnostics_);
  if (!date) spoil();
  return date;
}

std::optional<int> Lowering::count(const dsl::Integer& written, int low, int high, std::string_view what) {
  if (written.value >= low && written.value <= high) return static_cast<int>(written.value);
  report(dsl::Code::out_of_range, written.span,
         std::string(what) + " no puede ser " + std::to_string(written.value),
         "escriba un número de " + std::to_string(low) + " a " + std::to_string(high));
  return std::nullopt;
}

std::string Lowering::words(dsl::Span span) const {
  return dsl::words_of(input_.sources, span);
}

rules::Named Lowering::named(const dsl::Head& head, std::string_view noun) {
  if (rules::is_function_name(head.name.key)) {
    report(dsl::Code::name_clash, head.name.span,
           quoted(head.name.text) + " es el nombre de una función, y " + std::string(noun) +
               " no puede llevarlo",
           "escriba otro nombre");
  }
  return {head.name.text, head.name.key, head.shown(), head.name.span};
}

std::string list_quoted(const std::vector<std::string_view>& names) {
  std::vector<std::string> items;
  for (const std::string_view name : names)
    items.push_back(quoted(name));
  return listed(items);
}

}  // namespace cauce::workflows
