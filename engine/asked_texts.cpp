#include "engine/asked_texts.hpp"

#include "dsl/fold.hpp"
#include "rules/walk.hpp"

namespace cauce::engine {
namespace {

using rules::Expression;

std::string listed(const std::set<std::string>& texts) {
  constexpr std::size_t most_listed = 20;
  std::string list;
  std::size_t count = 0;
  for (const std::string& text : texts) {
    if (count++ == most_listed) return list + ", …";
    list += (list.empty() ? "" : ", ") + text;
  }
  return list;
}

}  // namespace

void AskedTexts::look_at(const Expression& expression, const KnownTexts& known) {
  rules::for_each_node(expression, [&](const Expression& node) {
    if (const auto* binary = std::get_if<rules::BinaryOperation>(&node.node)) {
      if (binary->op != dsl::BinaryOp::equal && binary->op != dsl::BinaryOp::not_equal) return;
      ask(*binary->left, *binary->right, known);
      ask(*binary->right, *binary->left, known);
    } else if (const auto* membership = std::get_if<rules::Membership>(&node.node)) {
      for (const Expression& value : membership->values)
        ask(*membership->operand, value, known);
    }
  });
}

void AskedTexts::ask(const Expression& one, const Expression& other, const KnownTexts& known) {
  const auto* read = std::get_if<rules::ReadSlot>(&one.node);
  const auto* literal = std::get_if<rules::Literal>(&other.node);
  const auto* text = literal == nullptr ? nullptr : std::get_if<std::string>(&literal->value);
  if (read == nullptr || read->slot.depth > 0 || text == nullptr) return;
  const auto of_slot = known.find(read->slot.index);
  if (of_slot == known.end()) return;
  auto& [span, asked] = by_place_[other.span.begin];
  span = other.span;
  asked.text = *text;
  asked.is_known = asked.is_known || of_slot->second.contains(*text);
  asked.others.insert(of_slot->second.begin(), of_slot->second.end());
}

dsl::Diagnostics AskedTexts::unknown() const {
  dsl::Diagnostics mistakes;
  for (const auto& [place, what] : by_place_) {
    const auto& [span, asked] = what;
    if (asked.is_known || asked.others.empty()) continue;
    dsl::Diagnostic mistake{dsl::Code::out_of_range, span, "ninguno se llama «" + asked.text + "»",
                            "se llaman: " + listed(asked.others)};
    const std::string_view nearest =
        dsl::nearest_name(asked.text, {asked.others.begin(), asked.others.end()});
    if (!nearest.empty()) {
      mistake.help = "¿quiso decir «" + std::string(nearest) + "»?";
      mistake.replacement = "\"" + std::string(nearest) + "\"";
    }
    mistakes.push_back(std::move(mistake));
  }
  return mistakes;
}

}  // namespace cauce::engine
