#include "engine/cli/trace_output.hpp"

#include <filesystem>

#include <nlohmann/json.hpp>

#include "engine/cli/text.hpp"

namespace cauce::engine::cli {
namespace {

using rules::TraceStep;
using Kind = TraceStep::Kind;

/// What steps point at.
struct Pointed {
  const rules::Ruleset& rules;
  const dsl::Sources& sources;

  const rules::ParameterValue& parameter_value(const TraceStep& step) const {
    return rules.parameters.at(step.index).values.at(step.item);
  }
  const rules::Table& table(const TraceStep& step) const { return rules.tables.at(step.index); }
  /// Where the step is written: a parameter, where its value is.
  dsl::Span span_of(const TraceStep& step) const {
    return step.kind == Kind::parameter ? parameter_value(step).span : step.span;
  }
};

/// `focalizacion.cauce:8`, without the folders: a trace is about one policy.
std::string short_place(const dsl::Sources& sources, dsl::Span span) {
  if (span.file >= sources.size()) return {};
  const dsl::SourceFile& file = sources[span.file];
  return std::filesystem::path(file.name).filename().string() + ":" +
         std::to_string(dsl::locate(file, span.begin).line);
}

std::string ordinal(std::size_t item) {
  return std::to_string(item + 1);
}

std::string text_of(const TraceStep& step, const Pointed& pointed) {
  switch (step.kind) {
    case Kind::row:
      return "fila " + ordinal(step.item) + " de " + pointed.table(step).name + ": " +
             dsl::words_of(pointed.sources, step.span);
    case Kind::element:
      return "elemento " + ordinal(step.item);
    case Kind::expression:
    case Kind::read:
    case Kind::parameter:
      break;
  }
  return dsl::words_of(pointed.sources, step.span);
}

/// What stands after the value, in parentheses; empty if there is nothing to add.
std::string remark_on(const TraceStep& step, const Pointed& pointed) {
  if (!step.fault.empty()) return step.fault;
  switch (step.kind) {
    case Kind::read:
      return rules::is_missing(step.value) ? "falta" : "";
    case Kind::parameter: {
      const rules::ParameterValue& held = pointed.parameter_value(step);
      const std::string since = held.from ? "desde el " + rules::to_spanish(*held.from) + ", " : "";
      return since + short_place(pointed.sources, held.span);
    }
    case Kind::row:
      return short_place(pointed.sources, step.span);
    case Kind::expression:
    case Kind::element:
      break;
  }
  return {};
}

std::string line_of(const TraceStep& step, const Pointed& pointed) {
  std::string line = text_of(step, pointed) + " → " + rules::to_display(step.value);
  if (const std::string remark = remark_on(step, pointed); !remark.empty()) line += "  (" + remark + ")";
  return line;
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::expression:
      return "expression";
    case Kind::read:
      return "read";
    case Kind::parameter:
      return "parameter";
    case Kind::row:
      return "table_row";
    case Kind::element:
      return "element";
  }
  return "";
}

Json to_json(const TraceStep& step, const Pointed& pointed) {
  Json json = {
      {"text", step.kind == Kind::row ? dsl::words_of(pointed.sources, step.span) : text_of(step, pointed)},
      {"value", cli::to_json(step.value)},
      {"depth", step.depth},
      {"kind", name_of(step.kind)}};
  if (const dsl::Span span = pointed.span_of(step); span.file < pointed.sources.size()) {
    const dsl::SourceFile& file = pointed.sources[span.file];
    json["file"] = file.name;
    json["line"] = dsl::locate(file, span.begin).line;
  }
  if (step.kind == Kind::parameter) {
    if (const auto& from = pointed.parameter_value(step).from) json["from"] = rules::to_iso(*from);
  }
  if (step.kind == Kind::row) {
    json["table"] = pointed.table(step).name;
    json["row"] = step.item + 1;
  }
  if (!step.fault.empty()) json["fault"] = step.fault;
  return json;
}

}  // namespace

std::string trace_text(const std::vector<TraceStep>& trace, const rules::Ruleset& rules,
                       const dsl::Sources& sources, std::size_t margin, std::size_t most_lines) {
  const Pointed pointed{rules, sources};
  std::string text;
  std::size_t lines = 0;
  for (const TraceStep& step : trace) {
    if (lines++ == most_lines) {
      text += std::string(margin, ' ') + "… y " +
              count_of(trace.size() - most_lines, "paso más", "pasos más") + "\n";
      break;
    }
    text +=
        std::string(margin + 2 * static_cast<std::size_t>(step.depth), ' ') + line_of(step, pointed) + "\n";
  }
  return text;
}

Json trace_json(const std::vector<TraceStep>& trace, const rules::Ruleset& rules,
                const dsl::Sources& sources) {
  const Pointed pointed{rules, sources};
  Json json = Json::array();
  for (const TraceStep& step : trace)
    json.push_back(to_json(step, pointed));
  return json;
}

}  // namespace cauce::engine::cli
