#include "engine/document/document.hpp"

#include <algorithm>

namespace cauce::engine::document {

Text plain(std::string text) {
  return {{std::move(text), Run::Style::plain}};
}
Text strong(std::string text) {
  return {{std::move(text), Run::Style::strong}};
}
Text code(std::string text) {
  return {{std::move(text), Run::Style::code}};
}
Text reference(std::string id) {
  return {{std::move(id), Run::Style::reference}};
}

Text to_runs(const rules::Phrase& phrase) {
  Text text;
  for (const rules::PhrasePiece& piece : phrase)
    text.push_back({piece.text, piece.as_written ? Run::Style::code : Run::Style::plain});
  return text;
}

Text& operator+=(Text& a, const Text& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}
Text operator+(Text a, const Text& b) {
  a += b;
  return a;
}
Text operator+(Text a, std::string_view b) {
  if (!b.empty()) a.push_back({std::string(b), Run::Style::plain});
  return a;
}

void Document::number() {
  std::erase_if(chapters, [](const Chapter& chapter) { return chapter.articles.empty(); });
  int chapter_number = 0;
  int article_number = 0;
  for (Chapter& chapter : chapters) {
    chapter.number = ++chapter_number;
    for (Article& article : chapter.articles)
      numbers_.emplace(article.id, article.number = ++article_number);
  }
}

int Document::number_of(const std::string& article_id) const {
  const auto found = numbers_.find(article_id);
  return found == numbers_.end() ? 0 : found->second;
}

}  // namespace cauce::engine::document
