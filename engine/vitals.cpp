#include "engine/vitals.hpp"

#include <sstream>

#include <nlohmann/json.hpp>

namespace cauce::engine {
namespace {

/// Seconds of the epoch, as Prometheus wants instants.
double seconds(Instant instant) {
  return static_cast<double>(instant.time_since_epoch().count()) / 1000.0;
}

class MetricsText {
 public:
  MetricsText() { text_.precision(15); }

  template <typename Number>
  void counter(const std::string& name, const std::string& help, Number value) {
    head(name, help, "counter");
    text_ << name << " " << value << "\n";
  }
  template <typename Number>
  void gauge(const std::string& name, const std::string& help, Number value) {
    head(name, help, "gauge");
    text_ << name << " " << value << "\n";
  }
  void gauges(const std::string& name, const std::string& help, const std::string& label,
              const std::map<std::string, std::int64_t>& values) {
    head(name, help, "gauge");
    for (const auto& [of, value] : values)
      text_ << name << "{" << label << "=\"" << of << "\"} " << value << "\n";
  }
  std::string take() { return text_.str(); }

 private:
  void head(const std::string& name, const std::string& help, const char* type) {
    text_ << "# HELP " << name << " " << help << "\n# TYPE " << name << " " << type << "\n";
  }
  std::ostringstream text_;
};

}  // namespace

std::string health_of(const Vitals& vitals) {
  nlohmann::ordered_json json = {{"ok", vitals.well()}};
  if (vitals.held) json["held"] = *vitals.held;
  if (vitals.failed) json["failed"] = *vitals.failed;
  if (vitals.last_round) json["last_round"] = to_iso(*vitals.last_round);
  if (vitals.next_round) json["next_round"] = to_iso(*vitals.next_round);
  return json.dump() + "\n";
}

std::string metrics_of(const Vitals& vitals) {
  MetricsText text;
  text.gauge("cauce_clock_doubtful", "1 mientras se duda del reloj y no se avisa a nadie.",
             vitals.held ? 1 : 0);
  text.counter("cauce_rounds_total", "Rondas desde que empezó.", vitals.rounds);
  text.counter("cauce_rounds_failed_total", "Rondas que fallaron.", vitals.failed_rounds);
  if (vitals.last_round)
    text.gauge("cauce_last_round_timestamp_seconds", "Cuándo fue la última ronda.",
               seconds(*vitals.last_round));
  if (vitals.next_round)
    text.gauge("cauce_next_round_timestamp_seconds", "Cuándo puede haber algo que avisar.",
               seconds(*vitals.next_round));
  text.gauge("cauce_round_duration_seconds", "Cuánto tardó la última ronda.", vitals.round_seconds);
  text.counter("cauce_alerts_raised_total", "Avisos de peldaños dados.", vitals.raised);
  text.counter("cauce_alerts_superseded_total", "Peldaños y resúmenes superados por uno posterior.", vitals.superseded);
  text.counter("cauce_alerts_muted_total", "Avisos silenciados o ya reconocidos.", vitals.muted);
  text.counter("cauce_alerts_vacant_total", "Avisos que nadie pudo recibir.", vitals.vacant);
  text.counter("cauce_digests_total", "Resúmenes dados.", vitals.digests);
  text.counter("cauce_messages_sent_total", "Mensajes entregados.", vitals.sent);
  text.gauges("cauce_outbox_messages", "Mensajes sin entregar, por estado.", "state", vitals.waiting);
  text.gauge("cauce_journal_events", "Asientos del diario.", vitals.events);
  text.gauge("cauce_database_bytes", "Tamaño del archivo de la base.", vitals.database_bytes);
  return text.take();
}

}  // namespace cauce::engine
