// programa, fuente, and the citations of sources.
#include <algorithm>
#include <cctype>

#include "dsl/fold.hpp"
#include "rules/lower.hpp"

namespace cauce::rules {

namespace {

/// What dates without a year are read with where the policy does not say: any year does, since the policy is
/// refused anyway. A leap year, so that no date of another mistake's making is missed.
constexpr int year_in_default = 2024;

std::optional<int> to_year(const dsl::Integer& written, dsl::Diagnostics& diagnostics) {
  if (written.value >= first_year && written.value < last_year) return static_cast<int>(written.value);
  diagnostics.push_back(
      {dsl::Code::out_of_range, written.span,
       "la vigencia " + std::to_string(written.value) + " queda fuera del calendario",
       "la vigencia es un año de " + std::to_string(first_year) + " a " + std::to_string(last_year - 1)});
  return std::nullopt;
}

/// Whether a text has the form of an IANA zone name: words of letters, digits, `_`, `+` and `-`, joined by
/// `/`. Whether the zone exists is known where the clock is.
bool looks_like_zone(const std::string& text) {
  if (text == "UTC") return true;
  const auto is_part = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '+' || c == '-' || c == '/';
  };
  return text.find('/') != std::string::npos && std::isalpha(static_cast<unsigned char>(text.front())) != 0 &&
         text.back() != '/' && text.find("//") == std::string::npos &&
         std::all_of(text.begin(), text.end(), is_part);
}

/// `Colombia`, `hora de Bogotá`, `UTC-5`
bool is_colombian(std::string_view zone) {
  const std::string folded = dsl::fold(zone);
  const auto says = [&](std::string_view word) { return folded.find(word) != std::string::npos; };
  return says("colombia") || says("bogota") || folded == "utc-5" || folded == "gmt-5" ||
         folded == "utc-05:00";
}

void report_missing(const dsl::ProgramDecl& program, std::string_view clause, std::string_view example,
                    dsl::Diagnostics& diagnostics) {
  diagnostics.push_back({dsl::Code::clause_missing, program.head.name.span,
                         "el programa no dice su " + std::string(clause),
                         "escriba por ejemplo «" + std::string(example) + "»"});
}

void check_one_program(const dsl::SyntaxTree& tree, dsl::Diagnostics& diagnostics) {
  if (tree.programs.empty() && tree.broken.empty()) {
    diagnostics.push_back(
        {dsl::Code::clause_missing,
         {},
         "la política no tiene «programa»",
         "escriba «programa nombre { vigencia 2024 zona \"America/Bogota\" calendario … }»"});
  }
  for (std::size_t i = 1; i < tree.programs.size(); ++i) {
    diagnostics.push_back({dsl::Code::declared_twice,
                           tree.programs[i].head.name.span,
                           "la política ya tiene «programa»",
                           "quite uno de los dos",
                           {},
                           {{tree.programs[0].head.name.span, "se declaró aquí"}}});
  }
}

}  // namespace

Program lower_program(const dsl::SyntaxTree& tree, const CompileOptions& options,
                      dsl::Diagnostics& diagnostics) {
  check_one_program(tree, diagnostics);
  Program program;
  program.vigencia = options.vigencia.value_or(year_in_default);
  if (tree.programs.empty()) return program;

  const dsl::ProgramDecl& declaration = tree.programs.front();
  program.named = to_named(declaration.head);
  program.calendar = declaration.calendar;
  if (declaration.vigencia) {
    const auto year = to_year(*declaration.vigencia, diagnostics);
    program.vigencia = options.vigencia.value_or(year.value_or(year_in_default));
  } else {
    report_missing(declaration, "vigencia", "vigencia 2024", diagnostics);
  }
  if (!declaration.zone) {
    report_missing(declaration, "zona", "zona \"America/Bogota\"", diagnostics);
  } else if (looks_like_zone(declaration.zone->value)) {
    program.zone = declaration.zone->value;
  } else {
    diagnostics.push_back({dsl::Code::out_of_range, declaration.zone->span,
                           "«" + declaration.zone->value + "» no es una zona horaria",
                           "escriba una como \"America/Bogota\""});
    if (is_colombian(declaration.zone->value)) diagnostics.back().replacement = "\"America/Bogota\"";
  }
  if (!declaration.calendar) report_missing(declaration, "calendario", "calendario oficial", diagnostics);
  return program;
}

std::vector<Source> lower_sources(const std::vector<dsl::SourceDecl>& declarations, Lowering& lowering) {
  std::vector<Source> sources;
  for (const auto* declaration : distinct(declarations, NameKind::source, lowering.diagnostics)) {
    Source source;
    static_cast<Named&>(source) = to_named(declaration->head);
    source.text = declaration->text.value;
    sources.push_back(std::move(source));
  }
  return sources;
}

namespace {

/// Whether the same was said already, of another citation: one declaration is what both lack.
bool is_told(const dsl::Diagnostic& diagnostic, const dsl::Diagnostics& told) {
  return may_suggest(told) && std::any_of(told.begin(), told.end(), [&](const dsl::Diagnostic& other) {
           return other.code == diagnostic.code && other.message == diagnostic.message;
         });
}

}  // namespace

std::vector<CitedSource> to_citations(const std::vector<dsl::Citation>& written, const Ruleset& rules,
                                      dsl::Diagnostics& diagnostics) {
  std::vector<CitedSource> cited;
  for (const dsl::Citation& citation : written) {
    const dsl::Name& name = citation.source;
    if (const auto found = rules.sources_by_key.find(name.key); found != rules.sources_by_key.end()) {
      cited.push_back(
          {static_cast<SourceId>(found->second), citation.place ? citation.place->value : std::string()});
      continue;
    }
    if (rules.broken.contains(name.key) || may_be_nameless(NameKind::source, rules.broken)) continue;
    if (name.key == "porque") {  // `según L388, porque "…"`
      diagnostics.push_back({dsl::Code::unknown_name, name.span, "«porque» va antes de «según»",
                             "escriba «porque \"…\" según …», sin coma entre los dos"});
      continue;
    }
    dsl::Diagnostic diagnostic{dsl::Code::unknown_name, name.span, "no existe una fuente «" + name.text + "»",
                               "declárela: «fuente " + name.text + " \"…\"»"};
    if (rules.sources.size() == 1) {
      diagnostic.help = "aquí solo hay «" + rules.sources.front().name + "»; si es otra, " + diagnostic.help;
    }
    if (may_suggest(diagnostics)) {
      std::vector<std::string_view> candidates;
      for (const Source& source : rules.sources) {
        candidates.push_back(source.name);
      }
      suggest_nearest(name, candidates, diagnostic);
    }
    // A slip is mended where it stands; of a source that is missing one declaration is what all lack.
    if (!diagnostic.replacement && is_told(diagnostic, diagnostics)) continue;
    diagnostics.push_back(std::move(diagnostic));
  }
  return cited;
}

}  // namespace cauce::rules
