// focalización: clauses, score, quotas, minimums and order.
#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string_view>

#include "dsl/fold.hpp"
#include "dsl/foreign_words.hpp"
#include "dsl/syntax_walk.hpp"
#include "rules/lower.hpp"

namespace cauce::rules {

namespace {

/// In `ordena por`, the parts of the score have slots from here on, and `puntaje` this one.
constexpr std::uint32_t score_slot = 0x40000000;
constexpr std::uint32_t first_part_slot = score_slot + 1;
constexpr std::string_view score_key = "puntaje";

dsl::Expr to_expression(const dsl::Path& path) {
  dsl::Expr expr{dsl::NameExpr{path.names.front()}, path.names.front().span};
  for (std::size_t i = 1; i < path.names.size(); ++i) {
    const dsl::Span span = dsl::join(path.names.front().span, path.names[i].span);
    dsl::Expr member{dsl::MemberExpr{std::move(expr), path.names[i]}, span};
    expr = std::move(member);
  }
  return expr;
}

std::string written(const dsl::Path& path) {
  std::string text;
  for (const dsl::Name& name : path.names) {
    text += (text.empty() ? "" : ".") + name.text;
  }
  return text;
}

template <typename Visit>
void for_each_name(const dsl::Expr& expression, const Visit& visit) {
  if (const auto* name = std::get_if<dsl::NameExpr>(&expression.node)) visit(name->name);
  dsl::for_each_child(expression, [&](const dsl::Expr& child) { for_each_name(child, visit); });
}

/// The lowering of one focalización.
class TargetingLowering {
 public:
  TargetingLowering(const dsl::TargetingDecl& declaration, EntityKindId entity, const Scope& scope,
                    Lowering& lowering)
      : declaration_(declaration), scope_(scope), lowering_(lowering), entity_(entity) {}

  std::optional<Targeting> lower();

 private:
  std::optional<Expression> bind(const dsl::Expr& written, const Type& expected);
  void tell_of_parts(const dsl::Expr& written, std::span<dsl::Diagnostic> said) const;
  std::vector<TargetingClause> lower_clauses(const std::vector<dsl::Clause>& clauses);
  std::vector<TargetingScore> lower_score();
  bool check_part_name(const dsl::ScorePart& part, std::map<std::string_view, dsl::Span>& seen);
  std::vector<TargetingQuota> lower_quotas();
  bool lower_quota(const dsl::Quota& written, const Type& group, TargetingQuota& quota);
  std::vector<TargetingMinimum> lower_minimums();
  std::vector<TargetingSortKey> lower_order(const std::vector<TargetingScore>& score);
  std::optional<Expression> bind_group(const dsl::Path& path);
  std::optional<std::size_t> level_of(const Expression& group) const;
  void check_leftovers();
  void fail() { ok_ = false; }
  void report(dsl::Code code, dsl::Span span, std::string message, std::string help) {
    lowering_.report(code, span, std::move(message), std::move(help));
    fail();
  }

  const dsl::TargetingDecl& declaration_;
  const Scope& scope_;
  Lowering& lowering_;
  EntityKindId entity_;
  bool ok_ = true;
};

std::optional<Targeting> TargetingLowering::lower() {
  Targeting targeting{declaration_.head.name.text,
                      declaration_.head.name.key,
                      declaration_.head.shown(),
                      declaration_.head.name.span,
                      entity_,
                      {},
                      {},
                      {},
                      {},
                      {},
                      {},
                      {},
                      false,
                      {}};
  targeting.exclusions = lower_clauses(declaration_.exclusions);
  targeting.requirements = lower_clauses(declaration_.requirements);
  targeting.qualifications = lower_clauses(declaration_.qualifications);
  targeting.score = lower_score();
  if (declaration_.total_quota) targeting.total_quota = declaration_.total_quota->value;
  targeting.quotas = lower_quotas();
  targeting.minimums = lower_minimums();
  targeting.leftovers_by_order = declaration_.leftovers_by_order;
  check_leftovers();
  targeting.order = lower_order(targeting.score);
  if (!ok_) return std::nullopt;
  return targeting;
}

/// A condition or a part of the score.
std::optional<Expression> TargetingLowering::bind(const dsl::Expr& written, const Type& expected) {
  dsl::Diagnostics& diagnostics = lowering_.diagnostics;
  const std::size_t said = diagnostics.size();
  auto bound = rules::bind(written, scope_, lowering_.rules, expected, diagnostics);
  tell_of_parts(written, std::span(diagnostics).subspan(said));
  return bound;
}

/// `puntaje total = pobreza + desempeño`: a part of the score is no name for its value elsewhere.
void TargetingLowering::tell_of_parts(const dsl::Expr& written, std::span<dsl::Diagnostic> said) const {
  if (said.empty()) return;
  for_each_name(written, [&](const dsl::Name& name) {
    const auto part = std::ranges::find(declaration_.score, name.key,
                                        [](const dsl::ScorePart& some) { return some.head.name.key; });
    const auto unknown = std::ranges::find_if(said, [&](const dsl::Diagnostic& mistake) {
      return mistake.code == dsl::Code::unknown_name && mistake.span.begin == name.span.begin;
    });
    if (part == declaration_.score.end() || unknown == said.end()) return;
    unknown->message = "«" + name.text + "» es una parte del puntaje, y su valor no se usa en otra cláusula";
    unknown->help =
        "el puntaje es la suma de sus partes: si eso quiere decir, quite lo que sobra; si no, escriba "
        "aquí lo que se calcula";
    unknown->replacement.reset();
    unknown->related.push_back({part->head.name.span, "se declaró aquí"});
  });
}

std::vector<TargetingClause> TargetingLowering::lower_clauses(const std::vector<dsl::Clause>& clauses) {
  std::vector<TargetingClause> lowered;
  for (const dsl::Clause& clause : clauses) {
    auto sources = to_citations(clause.reason.sources, lowering_.rules, lowering_.diagnostics);
    auto condition = bind(clause.condition, Type::truth());
    if (!condition) {
      fail();
      continue;
    }
    lowered.push_back({*std::move(condition), clause.reason.because ? clause.reason.because->value : "",
                       std::move(sources), clause.span});
  }
  return lowered;
}

// --- puntaje
// ------------------------------------------------------------------------------------------------------

bool TargetingLowering::check_part_name(const dsl::ScorePart& part,
                                        std::map<std::string_view, dsl::Span>& seen) {
  const dsl::Name& name = part.head.name;
  const auto [first, is_new] = seen.emplace(name.key, name.span);
  if (!is_new) {
    report(dsl::Code::declared_twice, name.span, "ya hay una parte del puntaje «" + name.text + "»",
           "cambie el nombre de una de las dos");
    lowering_.diagnostics.back().related.push_back({first->second, "se declaró aquí"});
    return false;
  }
  const auto clash = [&](std::string_view what, dsl::Span declared) {
    report(dsl::Code::name_clash, name.span,
           "la parte del puntaje «" + name.text + "» se confunde con un " + std::string(what) +
               " de igual nombre",
           "cambie el nombre de uno de los dos");
    lowering_.diagnostics.back().related.push_back(
        {declared, "el " + std::string(what) + " se declaró aquí"});
    return false;
  };
  if (const auto field = scope_.slots.find(name.key); field != scope_.slots.end()) {
    return clash("campo", field->second.declared);
  }
  const auto& rules = lowering_.rules;
  if (const auto found = rules.parameters_by_key.find(name.key); found != rules.parameters_by_key.end()) {
    return clash("parámetro", rules.parameters[found->second].span);
  }
  return true;
}

std::vector<TargetingScore> TargetingLowering::lower_score() {
  std::vector<TargetingScore> score;
  std::map<std::string_view, dsl::Span> seen;
  for (const dsl::ScorePart& part : declaration_.score) {
    const bool name_ok = check_part_name(part, seen);
    auto value = bind(part.value, Type::number());
    if (!name_ok || !value) {
      fail();
      continue;
    }
    score.push_back({part.head.name.text, part.head.name.key, part.head.shown(), *std::move(value)});
  }
  return score;
}

// --- cupo, mínimo
// -------------------------------------------------------------------------------------------------

/// `región`, `departamento.nombre`: a text or an enumerator of the entity or of what lies above it.
std::optional<Expression> TargetingLowering::bind_group(const dsl::Path& path) {
  auto group = rules::bind(to_expression(path), scope_, lowering_.rules, std::nullopt, lowering_.diagnostics);
  if (!group) {
    fail();
    return std::nullopt;
  }
  const bool reads = std::holds_alternative<ReadSlot>(group->node);
  if (reads && (group->type.kind == TypeKind::text || group->type.kind == TypeKind::one_of)) return group;
  report(dsl::Code::wrong_group, path.span,
         reads ? "«" + written(path) + "» es «" + group->type.to_spanish() + "», y no forma grupos"
               : "«" + written(path) + "» no es un dato de la entidad, y no forma grupos",
         "los grupos son por lo que está encima de la entidad, o por un campo «texto» o «uno de»");
  return std::nullopt;
}

bool TargetingLowering::lower_quota(const dsl::Quota& written, const Type& group, TargetingQuota& quota) {
  const auto twice = [&](std::string message) {
    report(dsl::Code::wrong_quota, written.span, std::move(message), "quite uno de los dos");
    return false;
  };
  if (written.kind != dsl::QuotaKind::named) {
    if (quota.each_other || quota.others_together) {
      return twice("ya se dijo el cupo de los otros grupos");
    }
    auto& others = written.kind == dsl::QuotaKind::each_other ? quota.each_other : quota.others_together;
    others = written.limit.value;
    return true;
  }
  std::string name = written.group->text;
  const bool known = group.kind == TypeKind::one_of && find_enumerator(group, name).has_value();
  const bool unquoted = written.group->span.end - written.group->span.begin == name.size();
  if (unquoted && !known && dsl::means_rest(dsl::fold(name))) {
    report(
        dsl::Code::wrong_quota, written.group->span, "aquí falta cómo se reparte entre los otros grupos",
        "«las otras juntas: 60» reparte 60 entre todas, y «cada una de las otras: 60» da 60 a cada una; si "
        "un grupo se llama así, va entre comillas");
    return false;
  }
  if (group.kind == TypeKind::one_of) {
    const auto enumerator = find_enumerator(group, name);
    if (!enumerator) {
      report(dsl::Code::wrong_group, written.group->span, "«" + name + "» no es uno de los grupos posibles",
             "los grupos son: " + join_names(*group.values));
      return false;
    }
    name = *enumerator;
  }
  if (!quota.named.emplace(name, written.limit.value).second) {
    return twice("el grupo «" + name + "» ya tiene su cupo");
  }
  return true;
}

std::vector<TargetingQuota> TargetingLowering::lower_quotas() {
  std::vector<TargetingQuota> quotas;
  std::map<std::uint32_t, dsl::Span> seen;
  for (const dsl::GroupQuotas& line : declaration_.group_quotas) {
    auto group = bind_group(line.group);
    if (!group) continue;
    const auto [first, is_new] = seen.emplace(std::get<ReadSlot>(group->node).slot.index, line.group.span);
    if (!is_new) {
      report(dsl::Code::wrong_quota, line.group.span, "ya hay un cupo por «" + written(line.group) + "»",
             "junte los dos en uno");
      lowering_.diagnostics.back().related.push_back({first->second, "el primero está aquí"});
      continue;
    }
    const Type type = group->type;
    TargetingQuota quota{*std::move(group), written(line.group), {}, {}, {}, line.span};
    for (const dsl::Quota& named : line.quotas) {
      lower_quota(named, type, quota);
    }
    quotas.push_back(std::move(quota));
  }
  return quotas;
}

void TargetingLowering::check_leftovers() {
  if (!declaration_.leftovers_by_order || declaration_.total_quota) return;
  report(dsl::Code::wrong_quota, declaration_.head.name.span,
         "dice «sobrantes por orden», y no hay un cupo total que sobre", "escriba también «cupo N»");
}

/// How far above the entity the kind lies whose entities are the groups; nothing if they are not a kind's.
std::optional<std::size_t> TargetingLowering::level_of(const Expression& group) const {
  const std::uint32_t slot = std::get<ReadSlot>(group.node).slot.index;
  const std::size_t level = slot / slots_per_level;
  const std::uint32_t field = slot % slots_per_level;
  if (field == parent_key_slot) return level + 1;
  const EntityKind* kind = &at(lowering_.rules.entities, entity_);
  for (std::size_t i = 0; i < level; ++i) {
    kind = &at(lowering_.rules.entities, *kind->parent);
  }
  return field == kind->key_field ? std::optional(level) : std::nullopt;
}

/// In the order of walk 1: a line whose groups lie inside those of another goes before it, as a department's
/// inside a region's; otherwise as they were written.
std::vector<TargetingMinimum> TargetingLowering::lower_minimums() {
  struct Line {
    TargetingMinimum minimum;
    std::optional<std::size_t> level;
  };
  std::vector<Line> lines;
  for (const dsl::Minimum& line : declaration_.minimums) {
    if (auto group = bind_group(line.group)) {
      const auto level = level_of(*group);
      lines.push_back({{line.count.value, *std::move(group), written(line.group), line.span}, level});
    }
  }
  std::vector<std::size_t> levelled;
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < lines.size(); ++i)
    (lines[i].level ? levelled : others).push_back(i);
  std::stable_sort(levelled.begin(), levelled.end(),
                   [&](std::size_t a, std::size_t b) { return *lines[a].level < *lines[b].level; });
  std::vector<TargetingMinimum> ordered;
  auto next = levelled.begin();
  auto other = others.begin();
  while (ordered.size() < lines.size()) {
    const bool other_first = next == levelled.end() || (other != others.end() && *other < *next);
    ordered.push_back(std::move(lines[other_first ? *other++ : *next++].minimum));
  }
  return ordered;
}

// --- ordena por
// ---------------------------------------------------------------------------------------------------

std::vector<TargetingSortKey> TargetingLowering::lower_order(const std::vector<TargetingScore>& score) {
  const Expression no_value = {Literal{Missing{}}, Type::nothing(), declaration_.head.name.span};
  if (declaration_.order.empty()) {
    if (score.empty()) return {};
    return {{no_value, true, {}, true}};
  }
  Scope scope;
  scope.shared = {&scope_};
  if (scope_.find(&Scope::slots, score_key) == nullptr)  // a field of that name is meant
    scope.slots.emplace(score_key, SlotBinding{score_slot, Type::number(), std::string(score_key), {}});
  for (std::size_t i = 0; i < score.size(); ++i) {
    const auto slot = first_part_slot + static_cast<std::uint32_t>(i);
    scope.slots.emplace(score[i].key, SlotBinding{slot, Type::number(), score[i].name, {}});
  }
  std::set<std::string_view> parts;
  for (const dsl::ScorePart& part : declaration_.score)
    parts.insert(part.head.name.key);
  std::vector<TargetingSortKey> order;
  std::set<std::uint32_t> seen;
  for (const dsl::SortKey& written_key : declaration_.order) {
    const dsl::Path& path = written_key.path;
    // A part of the score that has a mistake of its own is not reported here again.
    const std::string& first = path.names.front().key;
    const bool is_part = path.names.size() == 1 && parts.contains(first);
    if (is_part && scope.find(&Scope::slots, first) == nullptr) continue;
    auto value =
        rules::bind(to_expression(path), scope, lowering_.rules, std::nullopt, lowering_.diagnostics);
    if (!value) {
      fail();
      continue;
    }
    const auto* read = std::get_if<ReadSlot>(&value->node);
    if (read == nullptr) {
      report(dsl::Code::unordered_key, path.span, "«" + written(path) + "» es igual para todas las entidades",
             "ordene por un campo, por «puntaje» o por una de sus partes");
      continue;
    }
    const std::uint32_t slot = read->slot.index;
    if (!seen.insert(slot).second) {
      report(dsl::Code::unordered_key, path.span, "ya se ordena por «" + written(path) + "»",
             "quite una de las dos veces");
    } else if (slot == score_slot && declaration_.score.empty()) {
      report(dsl::Code::unordered_key, path.span, "se ordena por puntaje, y la focalización no tiene",
             "escriba «puntaje nombre = …», u ordene por un campo");
    } else if (slot == score_slot) {
      order.push_back({no_value, true, {}, written_key.descending});
    } else if (slot >= first_part_slot) {
      order.push_back({no_value, false, slot - first_part_slot, written_key.descending});
    } else {
      order.push_back({*std::move(value), false, {}, written_key.descending});
    }
  }
  return order;
}

}  // namespace

std::vector<Targeting> lower_targetings(const std::vector<dsl::TargetingDecl>& declarations,
                                        const EntityScopes& scopes, Lowering& lowering) {
  std::vector<Targeting> targetings;
  for (const auto* declaration : distinct(declarations, NameKind::targeting, lowering.diagnostics)) {
    const auto entity = lowering.rules.find_entity(declaration->entity.text);
    if (!entity) lowering.report_unknown(NameKind::entity, declaration->entity);
    std::optional<Targeting> targeting;
    if (entity) {
      targeting = TargetingLowering(*declaration, *entity, scopes.of(*entity), lowering).lower();
    }
    if (targeting) {
      targetings.push_back(*std::move(targeting));
    } else {
      lowering.fail(declaration->head.name);
    }
  }
  return targetings;
}

}  // namespace cauce::rules
