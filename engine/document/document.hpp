// A policy as a document for people who do not read rules: chapters, numbered articles, and what stands in
// them. Writers (write_*.cpp) make it from a policy; printers (html.cpp, markdown.cpp) know nothing of
// policies.
#pragma once

#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "rules/phrase.hpp"

namespace cauce::engine::document {

/// A stretch of text in one style.
struct Run {
  enum class Style {
    plain,
    strong,
    code,      ///< in the policy's own language
    reference  ///< `text` is the id of an article
  };
  std::string text;
  Style style = Style::plain;
};
using Text = std::vector<Run>;

// Makers of text, and what joins it.
Text plain(std::string text);
Text strong(std::string text);
Text code(std::string text);
Text reference(std::string id);
Text to_runs(const rules::Phrase& phrase);
Text operator+(Text a, const Text& b);
Text operator+(Text a, std::string_view b);
Text& operator+=(Text& a, const Text& b);

struct Paragraph {
  Text text;
  bool note = false;  ///< what the author of the rules remarks
};
struct List {
  bool ordered = false;
  std::vector<Text> items;
};
struct Table {
  std::string caption;
  std::vector<std::string> heading;
  std::vector<std::vector<Text>> rows;
  std::set<std::size_t> numeric = {};  ///< columns of numbers, which stand at the right
};
/// A drawing: as SVG where it could be made, and as text for Mermaid.
struct Figure {
  std::string id;
  std::string caption;
  std::string svg;
  std::string mermaid;
};
using Block = std::variant<Paragraph, List, Table, Figure>;

struct Article {
  std::string id;
  std::string title;
  std::vector<Block> blocks = {};
  int number = 0;  ///< through the whole document
};
struct Chapter {
  std::string id;
  std::string title;
  std::vector<Article> articles = {};
  int number = 0;
};

struct Fact {
  std::string label;
  std::string value;
};

struct IndexEntry {
  std::string term;
  std::string article;  ///< its id
};

struct Document {
  std::string title;
  std::string subtitle;
  std::vector<Fact> facts = {};  ///< below the title
  bool numbered = true;          ///< whether chapters and articles are called so, with their numbers
  std::string closing =
      "Documento hecho por Cauce a partir de las reglas de la política. Si difieren, rigen las reglas.";
  std::vector<Chapter> chapters = {};
  std::multimap<std::string, IndexEntry> terms = {};  ///< by the folded term

  /// Numbers chapters and articles; a chapter without articles goes.
  void number();
  /// 0 if there is no such article.
  int number_of(const std::string& article_id) const;

 private:
  std::map<std::string, int> numbers_ = {};
};

}  // namespace cauce::engine::document
