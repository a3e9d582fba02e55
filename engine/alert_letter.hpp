// The letter to one person with all that falls together: what it speaks of, its words, and what is left of it
// when it is looked at again before it goes out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/system.hpp"

namespace cauce::engine {

/// Stands for the plan in the address that letters give.
inline constexpr std::string_view plan_in_link = "{plan}";

/// One obligation that a letter speaks of, and the alert for which it does.
struct Mention {
  std::int64_t alert = 0;
  PlanId plan;
  workflows::ObligationId obligation{};
  std::uint32_t deadline_number = 1;
  std::string why = {};            ///< the step of the ladder, as the policy says it; of a digest, empty
  std::string stands_in_for = {};  ///< title of the vacant role for which its recipient stands in
};
/// Something that a letter says apart from obligations.
struct Remark {
  std::int64_t alert = 0;
  std::string text;
};
struct Letter {
  std::vector<Mention> mentions = {};
  std::vector<Remark> remarks = {};
  bool has_digest = false;  ///< then it carries the head of the journal
  std::string link = {};    ///< where its recipient goes on; `{plan}` stands for the plan

  bool empty() const { return mentions.empty() && remarks.empty(); }
  /// The alerts that it carries, each once.
  std::vector<std::int64_t> alerts() const;
};

/// Writes a letter to the outbox, within a change of `system`: its words are made of what is known now.
void post_letter(System& system, const std::string& person, const std::string& channel, const Letter& letter);

/// Looks at a message again before it is handed over: what was resolved, suspended or moved since is
/// withdrawn, and what is for a role that its recipient holds no longer goes to those who hold it now. Writes
/// it anew if anything of it has changed. False if nothing of it is left: then it is not to be sent.
bool revise_letter(System& system, MessageRow& message);

}  // namespace cauce::engine
