#include "engine/notice.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "engine/html_text.hpp"

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
  const std::string due = rules::to_spanish(item.due);
  const std::string missed = item.missed ? rules::to_spanish(*item.missed) : std::string();
  if (item.late_days == 0)
    return "Vence el " + due + (item.missed ? ", por prórroga: había vencido el " + missed + "." : ".");
  return "Venció el " + (item.missed ? missed + " y, con su prórroga, el " + due : due) + ": " +
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

/// No datum may begin a line of its own, and pass for what the message says.
NoticeItem in_lines(NoticeItem item) {
  for (std::string* text : {&item.plan, &item.plan_title, &item.entity_name, &item.obligation, &item.period,
                            &item.in_charge, &item.what_to_do, &item.link})
    *text = one_line(std::move(*text));
  for (auto* list : {&item.why, &item.stands_in_for}) {
    for (std::string& text : *list)
      text = one_line(std::move(text));
  }
  return item;
}

/// One item for each obligation, with the reasons of all that spoke of it, by deadline.
std::vector<NoticeItem> gather(const std::vector<NoticeItem>& items) {
  std::map<std::tuple<rules::Date, std::string, std::string, std::string>, NoticeItem> gathered;
  for (const NoticeItem& given : items) {
    const NoticeItem item = in_lines(given);
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

/// What its recipient can do about an item: a label, and the command or address that stands after it.
struct Way {
  const char* label;
  std::string target;
  bool is_link = false;
};
std::vector<Way> ways_on(const NoticeItem& item) {
  std::vector<Way> ways;
  if (!item.what_to_do.empty())
    ways.push_back({item.is_phase ? "Qué falta: " : "Para cumplir: ", item.what_to_do});
  if (!item.link.empty()) ways.push_back({"Enlace: ", item.link, true});
  return ways;
}

std::string html_link(const std::string& address) {
  return "<a href=\"" + to_html_text(address) + "\">" + to_html_text(address) + "</a>";
}

std::string text_section(const Section& section) {
  std::string text = std::string(section.heading) + "\n\n";
  for (const NoticeItem& item : section.items) {
    text += "- " + name_of(item) + "\n  " + plan_of(item) + "\n";
    for (const std::string& line : details(item))
      text += "  " + line + "\n";
    for (const Way& way : ways_on(item))
      text += "  " + (way.label + way.target) + "\n";
    text += "\n";
  }
  return text;
}

std::string html_section(const Section& section) {
  std::string html = "<h2 style=\"font-size:1.1em\">" + to_html_text(section.heading) + "</h2>\n<ul>\n";
  for (const NoticeItem& item : section.items) {
    html += "<li style=\"margin-bottom:1em\"><strong>" + to_html_text(name_of(item)) + "</strong><br>\n" +
            to_html_text(plan_of(item)) + "\n";
    for (const std::string& line : details(item))
      html += "<br>" + to_html_text(line) + "\n";
    for (const Way& way : ways_on(item)) {
      const std::string target =
          way.is_link ? html_link(way.target) : "<code>" + to_html_text(way.target) + "</code>";
      html += std::string("<br>") + way.label + target + "\n";
    }
    html += "</li>\n";
  }
  return html + "</ul>\n";
}

/// A text piece by piece, as plain text and as HTML.
class Writing {
 public:
  explicit Writing(Notice& notice) : notice_(notice) {}

  void begin() {
    notice_.html = "<!DOCTYPE html>\n<html lang=\"es\"><head><meta charset=\"utf-8\"><title>" +
                   to_html_text(notice_.subject) +
                   "</title></head>\n<body style=\"font-family:sans-serif;max-width:45em\">\n";
  }
  void paragraph(const std::string& text) {
    notice_.text += text + "\n\n";
    notice_.html += "<p>" + to_html_text(text) + "</p>\n";
  }
  void section(const Section& section) {
    notice_.text += text_section(section);
    notice_.html += html_section(section);
  }
  void link(const std::string& label, const std::string& address) {
    notice_.text += label + address + "\n\n";
    notice_.html += "<p>" + to_html_text(label) + html_link(address) + "</p>\n";
  }
  void small(const std::string& text) {
    notice_.text += text + "\n\n";
    notice_.html += "<p style=\"color:#555\">" + to_html_text(text) + "</p>\n";
  }
  void end(const std::string& closing) {
    notice_.text += "--\n" + closing + "\n";
    notice_.html += "<p style=\"color:#555\">" + to_html_text(closing) + "</p>\n</body></html>\n";
  }

 private:
  Notice& notice_;
};

/// What is there only because it is open, and not because a step of its ladder fell.
bool is_digest_alone(const std::vector<NoticeItem>& items) {
  return std::all_of(items.begin(), items.end(), [](const NoticeItem& item) { return item.why.empty(); });
}

}  // namespace

Notice write_notice(const std::string& programme, const std::string& person_name,
                    const std::vector<NoticeItem>& alerts, const NoticeFrame& frame) {
  const std::vector<NoticeItem> items = gather(alerts);
  Section late{"VENCIDO", {}};
  Section coming{"POR VENCER", {}};
  for (const NoticeItem& item : items)
    (item.late_days > 0 ? late : coming).items.push_back(item);
  const bool only_digest = !frame.journal_head.empty() && is_digest_alone(items);

  Notice notice;
  notice.subject = items.empty() ? "Cauce: para su conocimiento" : subject_of(items, late.items.size());
  if (only_digest && !items.empty()) notice.subject = "Resumen: " + notice.subject;
  Writing writing(notice);
  writing.begin();
  writing.paragraph("Buen día, " + one_line(person_name) + ":");
  const std::string programme_name = "«" + one_line(programme) + "»";
  if (!items.empty()) {
    writing.paragraph(only_digest ? "Este es su resumen de " + programme_name +
                                        ": lo vencido y lo que vence en los próximos días."
                                  : "Estas obligaciones de " + programme_name + " requieren su atención.");
  }
  for (const Section* section : {&late, &coming}) {
    if (!section->items.empty()) writing.section(*section);
  }
  for (const std::string& remark : frame.remarks)
    writing.paragraph(one_line(remark));
  if (!frame.link.empty()) writing.link("Para entrar: ", one_line(frame.link));
  if (!frame.journal_head.empty()) {
    writing.small("Cabeza del diario: " + one_line(frame.journal_head));
    writing.small(
        "Si guarda este mensaje, con ella se comprueba después que nada de lo registrado hasta hoy cambió.");
  }
  writing.end("Cauce envía este mensaje de forma automática; por favor no lo responda.");
  return notice;
}

}  // namespace cauce::engine
