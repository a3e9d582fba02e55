#include "dsl/titles.hpp"

#include <algorithm>
#include <optional>

#include "dsl/fold.hpp"
#include "dsl/scan.hpp"

namespace cauce::dsl {
namespace {

constexpr std::array<std::string_view, 14> keywords = {
    "rol",        "fuente",  "servicio", "frente",  "plan",  "focalizacion", "hito",
    "componente", "reporte", "entidad",  "alertas", "etapa", "campo",        "indicador"};

/// `rol enlace "Enlace Territorial"` at the beginning of a line.
std::optional<Titled> declared_in(std::string_view line) {
  const std::size_t keyword = skip_blanks(line, 0, LineEnds::keep);
  const std::size_t keyword_end = word_end(line, keyword);
  if (keyword_end == keyword || !declares_a_title(fold(line.substr(keyword, keyword_end - keyword))))
    return std::nullopt;
  const std::size_t name = skip_blanks(line, keyword_end, LineEnds::keep);
  const std::size_t name_end = word_end(line, name);
  const std::size_t title = skip_blanks(line, name_end, LineEnds::keep);
  if (name_end == name || title >= line.size() || line[title] != '"') return std::nullopt;
  const std::size_t title_end = line.find('"', title + 1);
  if (title_end == line.npos) return std::nullopt;
  return Titled{line.substr(name, name_end - name), line.substr(title + 1, title_end - title - 1)};
}

}  // namespace

bool declares_a_title(std::string_view folded) {
  return std::find(keywords.begin(), keywords.end(), folded) != keywords.end();
}

Titles::Titles(std::string_view text) {
  for (std::size_t line = 0; line < text.size(); line = line_end(text, line) + 1) {
    const auto declared = declared_in(text.substr(line, line_end(text, line) - line));
    if (!declared) continue;
    const std::size_t first = skip_blanks(declared->title, 0);
    const std::size_t end = piece_end(declared->title, first);
    std::vector<Titled>& alike = by_first_word_[fold(declared->title.substr(first, end - first))];
    if (alike.size() < most_alike) alike.push_back(*declared);
  }
}

const std::vector<Titled>& Titles::that_begin_with(const std::string& word) const {
  static const std::vector<Titled> none;
  const auto found = by_first_word_.find(word);
  return found == by_first_word_.end() ? none : found->second;
}

}  // namespace cauce::dsl
