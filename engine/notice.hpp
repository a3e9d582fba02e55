// What an alert says to a person: subject, text and HTML, in Spanish. Pure: from what is known of each alert
// to the words.
#pragma once

#include <string>
#include <vector>

#include "engine/senders/message.hpp"
#include "rules/date.hpp"

namespace cauce::engine {

/// Why a person is told.
enum class AlertReason : std::uint8_t { step, repetition, escalation, digest };
std::string_view name_of(AlertReason reason);  ///< `step` … for machines

/// One obligation that a message speaks of.
struct NoticeItem {
  std::string plan;         ///< `PAT/05002/2024`
  std::string plan_title;   ///< `Plan de Asistencia Técnica`
  std::string entity_name;  ///< `Abejorral`
  std::string obligation;   ///< `Reporte mensual al SETA`
  std::string period;       ///< `mayo de 2024`, or empty
  rules::Date due;
  std::int64_t late_days = 0;  ///< working days; 0: not late
  std::string in_charge;       ///< `Enlace Territorial: Ana Pérez`, or `Enlace Territorial (vacante)`
  std::string what_to_do;      ///< the command that settles it
  std::string why;             ///< the step of the ladder, as the policy says it
  std::string stands_in_for;   ///< the title of the vacant role that this person stands in for, or empty
  AlertReason reason = AlertReason::step;
};

struct Notice {
  std::string subject;
  std::string text;
  std::string html;
};

/// One message to one person with all that falls together: what is late first, oldest first, then what falls
/// due.
Notice write_notice(const std::string& programme, const std::string& person_name,
                    std::vector<NoticeItem> items);

}  // namespace cauce::engine
