// What the writers of a document share: the policy, the document so far, and where each source was cited.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/document/write_document.hpp"

namespace cauce::engine::document {

class Writing {
 public:
  Writing(const workflows::Compiled& compiled, const dsl::Sources& policy_sources, const Draw& draw_with);

  const workflows::Policy& policy;
  const rules::Ruleset& rules;
  const dsl::SyntaxTree& tree;
  const dsl::Sources& sources;
  const Draw& draw;
  Document document = {};

  /// The chapter that is being written; holds until the next one.
  Chapter& begin_chapter(std::string id, std::string title);
  /// An article of it, and an entry of the index for `term` if there is one. It holds until the next one.
  Article& begin_article(std::string id, std::string title, const std::string& term = {});

  void say(Text text);
  void say(std::string text) { say(plain(std::move(text))); }
  void add(Block block) { article().blocks.push_back(std::move(block)); }
  /// What the author remarked above the declaration whose name stands at `name`; `about` says of what, where
  /// that is not plain.
  void remark(dsl::Span name, const std::string& about = {});
  void index(const std::string& term);

  /// ` según la Ley 617 de 2000 (art. 2)`; notes that the article at hand cites them. Nothing if there are
  /// none.
  Text cite(const std::vector<rules::CitedSource>& cited);
  Text cite(const std::vector<dsl::Citation>& cited);
  /// `, porque «…», según …`
  Text reason(const std::string& because, const std::vector<rules::CitedSource>& cited);

  struct Use {
    std::string article;
    std::string place;
  };
  const std::vector<Use>& uses_of(rules::SourceId source) const;

  /// `la Dirección y el Articulador Regional`
  std::string roles(const std::vector<rules::RoleId>& roles, std::string_view joint = "y") const;
  /// What is written at `span`, on one line.
  std::string words(dsl::Span span) const { return dsl::words_of(sources, span); }

 private:
  Article& article() { return document.chapters.back().articles.back(); }

  std::map<std::pair<dsl::FileId, std::uint32_t>, std::string> remarks_;  ///< by where the name stands
  std::map<rules::SourceId, std::vector<Use>> uses_;
};

/// A title; of what has none, its name as words.
std::string shown(const std::string& title);

/// Ids of articles that others refer to.
std::string parameters_article();
std::string article_of(const rules::EntityKind& entity);
std::string article_of(const rules::Table& table);
std::string article_of(const rules::Targeting& targeting);
std::string article_of(const workflows::PlanKind& plan);
std::string article_of(const workflows::Ladder& ladder);

// The writers, each of one or more chapters.
void write_program(Writing& writing);     ///< programa
void write_parameters(Writing& writing);  ///< parámetro
void write_calendars(Writing& writing);   ///< calendario, festivos
void write_team(Writing& writing);        ///< rol
void write_entities(Writing& writing);    ///< entidad
void write_services(Writing& writing);    ///< frente, servicio
void write_tables(Writing& writing);      ///< tabla
void write_targetings(Writing& writing);  ///< focalización
void write_plans(Writing& writing);       ///< plan
void write_ladders(Writing& writing);     ///< alertas
void write_sources(Writing& writing);     ///< fuente; last, since it tells where each is cited

}  // namespace cauce::engine::document
