// What an alert says to a person: subject, text and HTML, in Spanish. Pure: from what is known of each alert
// to the words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/senders/message.hpp"
#include "rules/date.hpp"

namespace cauce::engine {

/// One obligation that a message speaks of.
struct NoticeItem {
  std::string plan;         ///< `PAT/05002/2024`
  std::string plan_title;   ///< `Plan de Asistencia Técnica`
  std::string entity_name;  ///< `Abejorral`
  std::string obligation;   ///< `Reporte mensual al SETA`
  std::string period;       ///< `mayo de 2024`, or empty
  rules::Date due;
  std::optional<rules::Date> missed = {};  ///< the deadline that had passed when it was extended to `due`
  std::int64_t late_days = 0;              ///< working days; 0: not overdue
  std::string in_charge;              ///< `Enlace Territorial: Ana Pérez`, or `Enlace Territorial (vacante)`
  std::string what_to_do;             ///< the command that settles it
  bool is_phase = false;              ///< then the command only says what it lacks
  std::string link = {};              ///< the address of its plan
  std::vector<std::string> why = {};  ///< steps of the ladder, as the policy says them
  std::vector<std::string> stands_in_for = {};  ///< titles of vacant roles that this person stands in for
};

struct Notice {
  std::string subject;
  std::string text;
  std::string html;
};

/// What a message says besides obligations.
struct NoticeFrame {
  /// `SEQUENCE:HASH`, of a message with a digest: kept by the recipient, it proves that nothing is missing
  /// since.
  std::string journal_head = {};
  std::vector<std::string> remarks = {};  ///< sentences about anything else
  std::string link = {};                  ///< where to go on, whatever the plan
};

/// One message to one person with all that falls together: what is late first, oldest first, then what falls
/// due. An obligation of which several alerts speak is told once, with all their reasons. Whatever the data
/// are, each stays within its line and none becomes markup.
Notice write_notice(const std::string& programme, const std::string& person_name,
                    const std::vector<NoticeItem>& alerts, const NoticeFrame& frame = {});

}  // namespace cauce::engine
