// cauce evaluar: one expression, with the value, type and trace that it gives.
#include <algorithm>
#include <map>
#include <ostream>

#include <nlohmann/json.hpp>

#include "dsl/fold.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/inputs.hpp"
#include "engine/cli/json_output.hpp"
#include "engine/cli/text.hpp"
#include "engine/cli/trace_output.hpp"
#include "rules/scope.hpp"
#include "rules/walk.hpp"
#include "workflows/asked_periods.hpp"
#include "workflows/owed.hpp"
#include "workflows/test_scope.hpp"

namespace cauce::engine::cli {
namespace {

struct Options {
  std::string path;
  std::string expression;
  std::optional<std::string> entity;
  std::optional<std::string> key;
  std::vector<std::string> given;
  DataOptions data;
  bool trace = false;
};

void take(Arguments& arguments, Options& options) {
  arguments.required("RUTA", options.path, "la carpeta o el archivo de la política");
  arguments.required("EXPR", options.expression, "la expresión, entre comillas");
  arguments.option("--de", "ENTIDAD", options.entity, "la clase de entidad cuyos campos lee: municipio");
  arguments.option(
      "--dado", "C=V", options.given,
      "valores de sus campos, separados por coma: 'mdm=42.5,pdet=sí'; un texto con coma va entre "
      "comillas dobles");
  arguments.option("--clave", "CLAVE", options.key, "una entidad de los datos, en lugar de valores dados");
  take_data_options(arguments, options.data, false);
  arguments.flag("--traza", options.trace, "muestra también cada paso");
}

// --- Values given by hand
// -------------------------------------------------------------------------------------

/// `a=1, b="x, y"` at its commas outside quotes.
std::vector<std::string> split_given(const std::string& text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (quoted) throw WrongUsage("en «--dado " + text + "» hay unas comillas que no se cierran");
  return parts;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  return begin == text.npos ? std::string() : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string unquoted(std::string text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return text;
  return text.substr(1, text.size() - 2);
}

/// What `mdm` or `departamento.nombre` names in a scope.
std::optional<rules::SlotBinding> find_slot(const rules::Scope& scope, const std::string& name) {
  const std::size_t point = name.find('.');
  const std::string first = dsl::fold(name.substr(0, point));
  if (point != name.npos) {
    const auto object = scope.objects.find(first);
    if (object == scope.objects.end() || !object->second.members) return std::nullopt;
    return find_slot(*object->second.members, name.substr(point + 1));
  }
  if (const auto slot = scope.slots.find(first); slot != scope.slots.end()) return slot->second;
  if (const auto object = scope.objects.find(first); object != scope.objects.end())
    return object->second.self;
  return std::nullopt;
}

std::vector<std::string> names_in(const rules::Scope& scope) {
  std::vector<std::string> names;
  for (const auto& [key, slot] : scope.slots)
    names.push_back(slot.shown);
  for (const auto& [key, object] : scope.objects)
    names.push_back(key);
  return names;
}

using GivenValues = std::map<std::uint32_t, rules::Value>;

void take_given(const std::string& pair, const rules::Scope& scope, GivenValues& values) {
  const std::size_t equals = pair.find('=');
  if (equals == pair.npos) {
    const std::string written = trimmed(pair);
    const bool decimals = !written.empty() && written.find_first_not_of("0123456789") == written.npos;
    throw WrongUsage("en «--dado» se esperaba campo=valor y no " + quote(written),
                     decimals ? "los decimales van con punto, como en «mdm=42.5»" : "");
  }
  const std::string name = trimmed(pair.substr(0, equals));
  const auto slot = find_slot(scope, name);
  if (!slot) throw WrongUsage("no hay un campo " + quote(name), did_you_mean(name, names_in(scope)));
  std::string error;
  const auto value = rules::read_value(unquoted(trimmed(pair.substr(equals + 1))), slot->type, error);
  if (!value) throw WrongUsage("en «--dado», " + quote(name) + ": " + error);
  if (!values.emplace(slot->index, *value).second)
    throw WrongUsage("en «--dado» viene dos veces " + quote(name));
}

/// Values given by hand, over what the data say, and when something of a plan is due.
class GivenFacts : public rules::Facts {
 public:
  GivenFacts(GivenValues values, const rules::Facts* beneath, const workflows::Policy& policy)
      : values_(std::move(values)), beneath_(beneath), policy_(policy) {}
  rules::Value value(std::uint32_t slot) const override {
    if (const auto given = values_.find(slot); given != values_.end()) return given->second;
    return beneath_ ? beneath_->value(slot) : rules::Value(rules::Missing());
  }
  rules::Value ask(rules::ThingQuestion question, std::uint32_t thing,
                   const std::optional<rules::Period>& period) const override {
    return workflows::answer_of_no_plan(policy_, question, thing, period);
  }

 private:
  GivenValues values_;
  const rules::Facts* beneath_;
  const workflows::Policy& policy_;
};

// --- The expression
// ---------------------------------------------------------------------------------------------

struct Evaluated {
  rules::Value value;
  rules::Type type;
  rules::EvaluationNotes notes;
};

void print_result(const Evaluated& evaluated, const LoadedPolicy& loaded, Session& session) {
  if (session.globals.json) {
    Json json = {{"value", to_json(evaluated.value)},
                 {"type", name_of(evaluated.type.kind)},
                 {"unknown", rules::is_missing(evaluated.value)},
                 {"missing", evaluated.notes.missing}};
    if (!evaluated.notes.faults.empty()) json["faults"] = evaluated.notes.faults;
    if (evaluated.notes.keep_trace) {
      json["trace"] = trace_json(evaluated.notes.trace, loaded.rules(), loaded.sources);
    }
    print_json(json, session);
    return;
  }
  session.out << rules::to_display(evaluated.value) << "  (" << evaluated.type.to_spanish() << ")\n";
  if (!evaluated.notes.missing.empty()) {
    session.out << "por verificar, porque falta: " << join(evaluated.notes.missing) << "\n";
  }
  if (evaluated.notes.keep_trace) {
    session.out << trace_text(evaluated.notes.trace, loaded.rules(), loaded.sources, 2);
  }
}

/// Which rule gives each deadline that the expression asks for; of one that waits for something, always.
void print_deadlines(const rules::Expression& expression, bool all, const LoadedPolicy& loaded,
                     Session& session) {
  rules::for_each_node(expression, [&](const rules::Expression& node) {
    const auto* asked = std::get_if<rules::AskThing>(&node.node);
    if (asked == nullptr || asked->question != rules::ThingQuestion::due) return;
    const auto& obligation = workflows::tested_obligation(loaded.policy(), asked->thing);
    for (const workflows::PlanKind& kind : loaded.policy().plans) {
      const std::vector<workflows::Owed> all_owed = workflows::owed_in_vigencia(kind, loaded.rules());
      const auto owed = std::ranges::find_if(all_owed, [&](const workflows::Owed& one) {
        return one.obligation == &obligation && (!asked->period || one.period == asked->period);
      });
      if (owed == all_owed.end() || (owed->day && !all)) continue;
      session.out << "  " << kind.name << "." << obligation.name
                  << (owed->period ? " de " + owed->period->to_spanish() : "") << ": "
                  << (owed->day || !obligation.due ? "" : "por fijar, ")
                  << workflows::rule_in_words(*owed, loaded.rules()) << "\n";
    }
  });
}

/// What the expression is about: an entity, of which nothing is known where none is given.
struct Subject {
  const rules::Scope* fields = nullptr;  ///< none: it is about no entity
  rules::Territory territory = {};
  std::optional<rules::EntityFacts> entity = {};  ///< of `--clave`
  GivenValues given = {};
};

/// Reads the entity of `--clave` from the data. False, after having said so, if the data have errors.
bool read_entity(const Options& options, const rules::Ruleset& rules, rules::EntityKindId kind,
                 Subject& subject, Session& session) {
  if (options.data.data.empty()) throw WrongUsage("con «--clave» hace falta «--datos»");
  auto data = load_data(session, rules, options.data);
  if (!data) return false;
  subject.territory = std::move(data->territory);
  const auto row = subject.territory.find(kind, *options.key);
  if (!row)
    throw WrongUsage("no hay " + at(rules.entities, kind).name + " con la clave " + quote(*options.key));
  subject.entity.emplace(rules, subject.territory, kind, *row);
  return true;
}

/// False, after having said so, if the data have errors.
bool read_subject(const Options& options, const LoadedPolicy& loaded, Subject& subject, Session& session) {
  if (!options.entity) {
    if (!options.given.empty() || options.key)
      throw WrongUsage("falta «--de ENTIDAD»: de qué son los valores");
    return true;
  }
  const rules::EntityKindId kind = entity_kind_option(loaded.rules(), *options.entity);
  subject.fields = &loaded.policy().entity_scopes->of(kind);
  for (const std::string& given : options.given) {
    for (const std::string& pair : split_given(given))
      take_given(pair, *subject.fields, subject.given);
  }
  return !options.key || read_entity(options, loaded.rules(), kind, subject, session);
}

/// A name that is not found where nothing is evaluated may well be a field of some kind of entity.
void offer_entity(dsl::Diagnostics& diagnostics, const LoadedPolicy& loaded) {
  for (dsl::Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.code != dsl::Code::unknown_name || diagnostic.replacement) continue;
    const dsl::Span span = diagnostic.span;
    const std::string name = loaded.sources.at(span.file).text.substr(span.begin, span.end - span.begin);
    std::vector<std::string> kinds;
    for (std::size_t i = 0; i < loaded.rules().entities.size(); ++i) {
      const auto kind = static_cast<rules::EntityKindId>(i);
      if (find_slot(loaded.policy().entity_scopes->of(kind), name))
        kinds.push_back("«--de " + at(loaded.rules().entities, kind).name + "»");
    }
    if (!kinds.empty()) diagnostic.help = "es un campo: diga de qué entidad con " + join(kinds, "o");
  }
}

/// The expression as it was typed, bound to the subject. Nothing, after having printed the mistakes.
std::optional<rules::Expression> read_expression(const std::string& text, const Subject& subject,
                                                 LoadedPolicy& loaded, Session& session) {
  const auto file = static_cast<dsl::FileId>(loaded.sources.size());
  loaded.sources.push_back({"expresión", text});
  dsl::Diagnostics diagnostics;
  const auto written = dsl::parse_expression(loaded.sources, file, diagnostics);
  const workflows::Policy& policy = loaded.policy();
  const workflows::TestScopes scopes(policy);
  rules::Scope scope = scopes.plans();
  if (subject.fields != nullptr) scope.shared.insert(scope.shared.begin(), subject.fields);
  std::optional<rules::Expression> bound;
  if (written) bound = rules::bind(*written, scope, loaded.rules(), std::nullopt, diagnostics);
  if (bound) {
    const auto obligation = [&](std::uint32_t thing) -> const workflows::ObligationKind& {
      return workflows::tested_obligation(policy, thing);
    };
    for (dsl::Diagnostic& mistake :
         workflows::check_asked_periods(*bound, obligation, loaded.rules().vigencia))
      diagnostics.push_back(std::move(mistake));
    if (dsl::has_errors(diagnostics)) bound.reset();
  }
  if (subject.fields == nullptr) offer_entity(diagnostics, loaded);
  const bool only_warned = bound && !diagnostics.empty();
  if (!bound || (only_warned && !session.globals.json))
    print_diagnostics(session, diagnostics, loaded.sources);
  return bound;
}

int run(const Options& options, Session& session) {
  auto loaded = load_policy(session, {options.path});
  if (!loaded) return exit_refused;
  Subject subject;
  if (!read_subject(options, *loaded, subject, session)) return exit_unusable_data;
  const auto expression = read_expression(options.expression, subject, *loaded, session);
  if (!expression) return exit_refused;

  const GivenFacts facts(std::move(subject.given), subject.entity ? &*subject.entity : nullptr,
                         loaded->policy());
  Evaluated evaluated{{}, expression->type, {}};
  evaluated.notes.keep_trace = options.trace;
  const rules::Date as_of = evaluation_date(session, loaded->rules().zone);
  evaluated.value = rules::evaluate(*expression, facts, {loaded->rules(), as_of, &evaluated.notes});
  for (const std::string& fault : evaluated.notes.faults)
    say_note(session, "atención: " + fault);
  print_result(evaluated, *loaded, session);
  if (!session.globals.json) print_deadlines(*expression, options.trace, *loaded, session);
  return exit_done;
}

}  // namespace

Command eval_command() {
  return {"evaluar",
          "eval",
          Group::policies,
          Access::files,
          "evalúa una expresión y dice su valor, su tipo y, con --traza, de dónde sale",
          "$ cauce evaluar politica/ 'prioridad(mdm, pdet)' --de municipio --dado 'mdm=42.5,pdet=sí'\n"
          "80  (número)",
          with_options<Options>(take, run)};
}

}  // namespace cauce::engine::cli
