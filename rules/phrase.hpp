// Expressions in Spanish words, for people who do not read rules: `categoría en {ESP, 1}` is «la categoría es
// ESP o 1». What has no natural words (arithmetic, functions) stays as it is written, and says so.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/source.hpp"
#include "rules/noun.hpp"
#include "rules/ruleset.hpp"

namespace cauce::rules {

/// A piece of a sentence; `as_written`: in the policy's own language.
struct PhrasePiece {
  std::string text;
  bool as_written = false;
  bool operator==(const PhrasePiece&) const = default;
};
using Phrase = std::vector<PhrasePiece>;

/// The phrase without marks. What is as written stands in `«»`.
std::string to_text(const Phrase& phrase);

/// What things are called where an expression stands.
class PhraseNames {
 public:
  virtual ~PhraseNames() = default;
  virtual Noun noun(const ReadSlot& slot) const { return to_noun(slot.name); }
  /// What it means that a truth value is yes, or no; nothing: it is said as of any other.
  virtual std::optional<std::string> clause(const ReadSlot& slot, bool positive) const;
  /// The same of what is asked of a thing by its name.
  virtual std::optional<std::string> clause(const AskThing& question, bool positive) const;
};

/// The names of an entity's own fields and of those of its parents: `la gestión del departamento`.
class EntityNames : public PhraseNames {
 public:
  EntityNames(const Ruleset& rules, EntityKindId kind) : rules_(rules), kind_(kind) {}
  Noun noun(const ReadSlot& slot) const override;

 private:
  const Ruleset& rules_;
  EntityKindId kind_;
};

struct PhraseContext {
  const Ruleset& rules;
  const dsl::Sources& sources;
  const PhraseNames& names;
};

/// A condition as a clause: what holds when it is true, or (not `positive`) when it is false.
Phrase condition_in_words(const Expression& condition, const PhraseContext& context, bool positive = true);

/// A value as people read it in prose: dates in words, long numbers in groups of three digits.
std::string value_in_words(const Value& value);
/// A parameter with its values: `el umbral de gestión (52; 55 desde el 1 de julio de 2025)`.
std::string parameter_in_words(const Parameter& parameter);
/// `número de 0 a 100`, `ESP, 1 o 2`
std::string type_in_words(const Type& type);
/// A cell of a decision table: `cualquiera`, `menor que 40`, `de 40 a 60`, `rural o intermedia`.
std::string cell_in_words(const TableCell& cell, const Ruleset& rules);
/// How a table decides.
std::string_view policy_in_words(dsl::HitPolicy policy);

}  // namespace cauce::rules
