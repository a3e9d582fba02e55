#include "engine/document/writing.hpp"

#include <algorithm>

#include "dsl/fold.hpp"
#include "workflows/wording.hpp"

namespace cauce::engine::document {
namespace {

using Remarks = std::map<std::pair<dsl::FileId, std::uint32_t>, std::string>;

/// On one line, without the dashes that some draw around a heading.
std::string tidy(const std::string& comment) {
  std::string text;
  for (const char c : comment) {
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!blank) {
      text += c;
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  const std::string_view around = "-=*#· ";
  const std::size_t begin = text.find_first_not_of(around);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(around) - begin + 1);
}

void add(Remarks& remarks, const dsl::Head& head) {
  if (std::string text = tidy(head.comment); !text.empty())
    remarks.emplace(std::pair(head.name.span.file, head.name.span.begin), std::move(text));
}

template <typename Declarations>
void add_all(Remarks& remarks, const Declarations& declarations) {
  for (const auto& declaration : declarations)
    add(remarks, declaration.head);
}

void add_plan(Remarks& remarks, const dsl::PlanDecl& plan) {
  add(remarks, plan.head);
  add_all(remarks, plan.components);
  add_all(remarks, plan.reports);
  add_all(remarks, plan.hitos);
  for (const dsl::PhaseDecl& phase : plan.phases) {
    add_all(remarks, phase.stages);
    add_all(remarks, phase.reports);
    add_all(remarks, phase.hitos);
    add_all(remarks, phase.indicators);
  }
}

Remarks remarks_of(const dsl::SyntaxTree& tree) {
  Remarks remarks;
  add_all(remarks, tree.programs);
  add_all(remarks, tree.sources);
  add_all(remarks, tree.parameters);
  add_all(remarks, tree.holidays);
  add_all(remarks, tree.calendars);
  add_all(remarks, tree.roles);
  add_all(remarks, tree.entities);
  add_all(remarks, tree.fronts);
  add_all(remarks, tree.services);
  add_all(remarks, tree.tables);
  add_all(remarks, tree.targetings);
  add_all(remarks, tree.ladders);
  for (const dsl::PlanDecl& plan : tree.plans)
    add_plan(remarks, plan);
  return remarks;
}

/// `la Ley 617 de 2000`, of `Ley 617 de 2000, categorización de …`: what stands before the first comma.
std::string named(const rules::Source& source) {
  constexpr std::size_t longest = 80;
  const std::string first = source.text.substr(0, source.text.find(','));
  if (first.size() > longest) return source.name;
  const std::string article = rules::to_noun(first).article;
  return article.empty() ? first : article + " " + first;
}

}  // namespace

Writing::Writing(const workflows::Compiled& compiled, const dsl::Sources& policy_sources,
                 const Draw& draw_with)
    : policy(*compiled.policy),
      rules(*compiled.policy->rules),
      tree(compiled.tree),
      sources(policy_sources),
      draw(draw_with),
      remarks_(remarks_of(compiled.tree)) {}

Chapter& Writing::begin_chapter(std::string id, std::string title) {
  return document.chapters.emplace_back(Chapter{std::move(id), std::move(title), {}, 0});
}

Article& Writing::begin_article(std::string id, std::string title, const std::string& term) {
  document.chapters.back().articles.push_back(Article{std::move(id), std::move(title), {}, 0});
  if (!term.empty()) index(term);
  return article();
}

void Writing::say(Text text) {
  add(Paragraph{std::move(text), false});
}

void Writing::remark(dsl::Span name, const std::string& about) {
  const auto found = remarks_.find({name.file, name.begin});
  if (found == remarks_.end()) return;
  Text text;
  if (!about.empty()) text = strong(about) + ": ";
  add(Paragraph{text + found->second, true});
}

void Writing::index(const std::string& term) {
  document.terms.emplace(dsl::fold(term), IndexEntry{shown(term), article().id});
}

Text Writing::cite(const std::vector<rules::CitedSource>& cited) {
  if (cited.empty()) return {};
  std::vector<std::string> names;
  for (const rules::CitedSource& one : cited) {
    uses_[one.source].push_back({article().id, one.place});
    const std::string name = named(at(rules.sources, one.source));
    names.push_back(one.place.empty() ? name : name + " (" + one.place + ")");
  }
  return plain(" según " + rules::joined(names, "y"));
}

Text Writing::cite(const std::vector<dsl::Citation>& cited) {
  std::vector<rules::CitedSource> known;
  for (const dsl::Citation& one : cited) {
    const auto found = rules.sources_by_key.find(one.source.key);
    if (found == rules.sources_by_key.end()) continue;
    known.push_back({static_cast<rules::SourceId>(found->second), one.place ? one.place->value : ""});
  }
  return cite(known);
}

Text Writing::reason(const std::string& because, const std::vector<rules::CitedSource>& cited) {
  Text text;
  if (!because.empty()) text = plain(", porque «" + because + "»");
  if (!cited.empty()) text = text + "," + cite(cited);
  return text;
}

const std::vector<Writing::Use>& Writing::uses_of(rules::SourceId source) const {
  static const std::vector<Use> none;
  const auto found = uses_.find(source);
  return found == uses_.end() ? none : found->second;
}

std::string Writing::roles(const std::vector<rules::RoleId>& roles, std::string_view joint) const {
  std::vector<std::string> names;
  for (const std::string& title : workflows::titles_of(policy, roles))
    names.push_back(rules::to_noun(title).with_article());
  return rules::joined(names, joint);
}

std::string shown(const std::string& title) {
  return title.find(' ') == title.npos ? rules::spaced(title) : title;
}

std::string parameters_article() {
  return "parametros";
}
std::string article_of(const rules::EntityKind& entity) {
  return "entidad-" + entity.key;
}
std::string article_of(const rules::Table& table) {
  return "tabla-" + table.key;
}
std::string article_of(const rules::Targeting& targeting) {
  return "focalizacion-" + targeting.key;
}
std::string article_of(const workflows::PlanKind& plan) {
  return "plan-" + plan.key;
}
std::string article_of(const workflows::Ladder& ladder) {
  return "alertas-" + ladder.key;
}

Document write_document(const workflows::Compiled& compiled, const dsl::Sources& sources, const Draw& draw) {
  Writing writing(compiled, sources, draw);
  write_program(writing);
  write_parameters(writing);
  write_calendars(writing);
  write_team(writing);
  write_entities(writing);
  write_services(writing);
  write_tables(writing);
  write_targetings(writing);
  write_plans(writing);
  write_ladders(writing);
  write_sources(writing);
  writing.document.number();
  return std::move(writing.document);
}

}  // namespace cauce::engine::document
