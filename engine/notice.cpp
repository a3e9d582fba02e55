#include "engine/notice.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace cauce::engine {

namespace {

/// `Reporte mensual al SETA de mayo de 2024`
std::string name_of(const NoticeItem& item) {
  return item.period.empty() ? item.obligation : item.obligation + " de " + item.period;
}

/// `Plan de Asistencia Técnica de Abejorral (PAT/05002/2024)`
std::string plan_of(const NoticeItem& item) {
  return item.plan_title + " de " + item.entity_name + " (" + item.plan + ")";
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + ' ' + (count == 1 ? one : many);
}

std::string when(const NoticeItem& item) {
  if (item.late_days == 0) return "Vence el " + rules::to_spanish(item.due) + ".";
  return "Venció el " + rules::to_spanish(item.due) + ": " +
         counted(static_cast<std::size_t>(item.late_days), "día hábil de mora.", "días hábiles de mora.");
}

/// The lines below an item's heading, the same for text and HTML.
std::vector<std::string> details(const NoticeItem& item) {
  std::vector<std::string> lines = {when(item)};
  if (!item.in_charge.empty()) lines.push_back("A cargo de " + item.in_charge + ".");
  for (const std::string& role : item.stands_in_for) {
    lines.push_back("Le llega a usted porque nadie tiene el rol de " + role + ".");
  }
  for (const std::string& step : item.why)
    lines.push_back("Por qué se le avisa: " + step + ".");
  return lines;
}

std::string subject_of(const std::vector<NoticeItem>& items, std::size_t late) {
  if (items.size() == 1) {
    const NoticeItem& item = items.front();
    return (late ? "Vencido: " : "Por vencer: ") + name_of(item) + ", " + item.entity_name;
  }
  std::string subject;
  if (late) subject = counted(late, "obligación vencida", "obligaciones vencidas");
  if (const std::size_t coming = items.size() - late) {
    if (late) subject += " y ";
    subject += std::to_string(coming) + " por vencer";
  }
  return subject;
}

void add_once(std::vector<std::string>& texts, const std::vector<std::string>& more) {
  for (const std::string& text : more) {
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  }
}

/// One item for each obligation, with the reasons of all that spoke of it, by deadline.
std::vector<NoticeItem> gather(const std::vector<NoticeItem>& items) {
  std::map<std::tuple<rules::Date, std::string, std::string, std::string>, NoticeItem> gathered;
  for (const NoticeItem& item : items) {
    NoticeItem& one =
        gathered.try_emplace({item.due, item.plan, item.obligation, item.period}, item).first->second;
    add_once(one.why, item.why);
    add_once(one.stands_in_for, item.stands_in_for);
  }
  std::vector<NoticeItem> all;
  for (auto& [key, item] : gathered)
    all.push_back(std::move(item));
  return all;
}

struct Section {
  const char* heading;
  std::vector<NoticeItem> items;
};

std::string text_section(const Section& section) {
  std::string text = std::string(section.heading) + "\n\n";
  for (const NoticeItem& item : section.items) {
    text += "- " + name_of(item) + "\n  " + plan_of(item) + "\n";
    for (const std::string& line : details(item))
      text += "  " + line + "\n";
    if (!item.what_to_do.empty()) text += "  Para cumplir: " + item.what_to_do + "\n";
    text += "\n";
  }
  return text;
}

std::string html_section(const Section& section) {
  std::string html = "<h2 style=\"font-size:1.1em\">" + escape_html(section.heading) + "</h2>\n<ul>\n";
  for (const NoticeItem& item : section.items) {
    html += "<li style=\"margin-bottom:1em\"><strong>" + escape_html(name_of(item)) + "</strong><br>\n" +
            escape_html(plan_of(item)) + "\n";
    for (const std::string& line : details(item))
      html += "<br>" + escape_html(line) + "\n";
    if (!item.what_to_do.empty()) {
      html += "<br>Para cumplir: <code>" + escape_html(item.what_to_do) + "</code>\n";
    }
    html += "</li>\n";
  }
  return html + "</ul>\n";
}

}  // namespace

Notice write_notice(const std::string& programme, const std::string& person_name,
                    const std::vector<NoticeItem>& alerts, const std::string& journal_head,
                    const std::vector<std::string>& remarks) {
  const std::vector<NoticeItem> items = gather(alerts);
  Section late{"VENCIDO", {}};
  Section coming{"POR VENCER", {}};
  for (const NoticeItem& item : items)
    (item.late_days > 0 ? late : coming).items.push_back(item);

  const std::string greeting = "Buen día, " + person_name + ":";
  const std::string opening = "Estas obligaciones de «" + programme + "» requieren su atención.";
  const std::string closing = "Cauce envía este mensaje de forma automática; por favor no lo responda.";

  Notice notice;
  notice.subject = items.empty() ? "Cauce: para su conocimiento" : subject_of(items, late.items.size());
  notice.text = greeting + "\n\n" + (items.empty() ? "" : opening + "\n\n");
  notice.html = "<!DOCTYPE html>\n<html lang=\"es\"><head><meta charset=\"utf-8\"><title>" +
                escape_html(notice.subject) +
                "</title></head>\n<body style=\"font-family:sans-serif;max-width:45em\">\n<p>" +
                escape_html(greeting) + "</p>\n" +
                (items.empty() ? "" : "<p>" + escape_html(opening) + "</p>\n");
  for (const Section* section : {&late, &coming}) {
    if (section->items.empty()) continue;
    notice.text += text_section(*section);
    notice.html += html_section(*section);
  }
  for (const std::string& remark : remarks) {
    notice.text += remark + "\n\n";
    notice.html += "<p>" + escape_html(remark) + "</p>\n";
  }
  if (!journal_head.empty()) {
    const std::string head = "Cabeza del diario: " + journal_head;
    notice.text += head + "\n\n";
    notice.html += "<p style=\"color:#555\">" + escape_html(head) + "</p>\n";
  }
  notice.text += "--\n" + closing + "\n";
  notice.html += "<p style=\"color:#555\">" + escape_html(closing) + "</p>\n</body></html>\n";
  return notice;
}

}  // namespace cauce::engine
