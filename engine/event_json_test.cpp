#include "engine/event_json.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/system_for_tests.hpp"

namespace cauce::engine {
namespace {

using namespace workflows;  // every event by its name
using rules::Decimal;
using rules::Missing;

const Policy& policy() {
  static const auto compiled = compiled_for_tests();
  return *compiled.policy;
}
PlanKindId pat() {
  return policy().find_plan("PAT").value();
}
const PlanKind& pat_kind() {
  return at(policy().plans, pat());
}

Date day(int month, int number) {
  return rules::make_date(2024, month, number).value();
}

ObligationKindId kind_named(const char* name) {
  return pat_kind().find_obligation(name).value();
}
StageId stage_named(const std::string& name) {
  for (std::size_t i = 0; i < pat_kind().stages.size(); ++i) {
    if (pat_kind().stages[i].name == name) return StageId{static_cast<std::uint32_t>(i)};
  }
  throw std::runtime_error("no stage " + name);
}

const Period february = Period::parse("2024-02").value();

/// Obligation 0: the report of February, 1: the milestone.
Plan some_plan() {
  Plan plan;
  plan.id = {"PAT", "05001", 2024};
  plan.kind = pat();
  plan.obligations.resize(2);
  plan.obligations[0].kind = kind_named("informe");
  plan.obligations[0].period = february;
  plan.obligations[1].kind = kind_named("diagnóstico");
  return plan;
}

std::string written(const Event& event, const EventNotes& notes = {}) {
  return to_json(event, some_plan(), pat_kind(), notes);
}
Event read(const Event& event, const std::string& payload) {
  return event_from_json(kind_of(event), payload, policy(), pat());
}

const ObligationId report{0};
const ObligationId hito{1};

PlanCreated some_creation() {
  return {{"PAT", "05001", 2024},
          pat(),
          3,
          day(1, 15),
          PlanId{"PCCT", "Caribe", 2024},
          stage_named("borrador"),
          {{kind_named("informe"), february, day(3, 7), day(4, 8), day(1, 15), false},
           {kind_named("adopción"), {}, {}, {}, {}, true}},
          2};
}

PlanMigrated some_migration() {
  ObligationKind acta;
  acta.name = "Acta";
  acta.key = "acta";
  acta.title = "Acta firmada";
  acta.phase = Phase::monitoring;
  rules::Field visit;
  visit.name = "visita";
  visit.key = "visita";
  visit.type = rules::Type::date();
  acta.fields.push_back(visit);
  PlanMigrated event;
  event.from = 2;
  event.to = 3;
  event.kind = pat();
  event.stage = stage_named("borrador");
  event.linked_to = PlanId{"PCCT", "Caribe", 2024};
  event.obligations = {{kind_named("informe"), {}, {Decimal(4), Missing(), true}, true, true},
                       {{}, FormerKind(acta), {day(2, 1)}},
                       {}};
  event.added = {{kind_named("adopción"), {}, day(5, 2), {}, {}, false}};
  event.components.resize(pat_kind().components.size());
  event.components.at(static_cast<std::size_t>(*pat_kind().find_component("objetivos"))).fields = {
      std::string("Llegar"), Decimal::parse("0.3").value(), Missing(), Missing(), Missing()};
  event.left_behind = {"objetivos.nota"};
  event.renamings = {{"boletín", "informe"}};
  return event;
}

/// One of each kind, with no member as it is by default, and what the journal keeps of it. The stored form is
/// for ever: what is here may be added to, not changed.
struct Sample {
  Event event;
  std::string json;
};
std::vector<Sample> samples() {
  const std::string on_report = R"("obligation":{"index":0,"name":"informe","period":"2024-02"})";
  const std::string on_hito = R"("obligation":{"index":1,"name":"diagnóstico","period":null})";
  return {
      {some_creation(),
       R"({"components":2,"linked_to":"PCCT/Caribe/2024","obligations":[)"
       R"({"closes":"2024-04-08","due":"2024-03-07","enforceable_from":"2024-01-15","name":"informe","not_due":false,"period":"2024-02"},)"
       R"({"closes":null,"due":null,"enforceable_from":null,"name":"adopción","not_due":true,"period":null}],)"
       R"("on":"2024-01-15","plan":"PAT/05001/2024","policy_version":3,"stage":"borrador","v":1})"},
      {ComponentCompleted{
           pat_kind().find_component("objetivos").value(),
           {std::string("Llegar"), Decimal::parse("0.3").value(), day(2, 1), true, std::string("ESP")}},
       R"({"component":"objetivos","fields":{"inicio":"2024-02-01","meta":"Llegar","tipo":"ESP","urgente":true,"valor":"0.3"},"v":1})"},
      {ComponentCompleted{pat_kind().find_component("objetivos").value(),
                          {std::string("1"), Missing(), Missing(), false, Missing()}},
       R"({"component":"objetivos","fields":{"inicio":null,"meta":"1","tipo":null,"urgente":false,"valor":null},"v":1})"},
      {StageChanged{"devolver", stage_named("revisión"), stage_named("borrador"), dsl::Demand::motive,
                    "Falta «todo»\n"},
       R"({"action":"devolver","demand":"motive","from":"revisión","text":"Falta «todo»\n","to":"borrador","v":1})"},
      {PhaseEnded{Phase::monitoring, Phase::evaluation, day(12, 1), stage_named("valoración")},
       R"({"ended":"monitoring","entered":"evaluation","on":"2024-12-01","stage":"valoración","v":1})"},
      {PhaseEnded{Phase::evaluation, Phase::closed, day(12, 1), {}},
       R"({"ended":"evaluation","entered":"closed","on":"2024-12-01","stage":null,"v":1})"},
      {PhaseReopened{Phase::evaluation, Phase::monitoring, stage_named("aprobado"), "error"},
       R"({"left":"evaluation","reason":"error","reopened":"monitoring","stage":"aprobado","v":1})"},
      {BecameEnforceable{hito, day(3, 1)}, "{\"from\":\"2024-03-01\"," + on_hito + ",\"v\":1}"},
      {DeadlineSet{report, day(3, 8), day(4, 9), 2, DeadlineCause::extension, "lluvias", day(3, 15)},
       R"({"cause":"extension","closes":"2024-04-09","correction_due":"2024-03-15","due":"2024-03-08","number":2,)" +
           on_report + R"(,"reason":"lluvias","v":1})"},
      {DeadlineSet{hito, day(5, 20), {}, 2, DeadlineCause::extension, "lluvias", {}, day(4, 30)},
       R"({"cause":"extension","closes":null,"correction_due":null,"due":"2024-05-20","missed":"2024-04-30","number":2,)" +
           on_hito + R"(,"reason":"lluvias","v":1})"},
      {ReportDelivered{report, day(3, 8), {Decimal(4), Missing(), false}, false, 1},
       R"({"fields":{"actividades":"4","al_día":false,"resumen":null},"late_days":1,)" + on_report +
           R"(,"on":"2024-03-08","on_time":false,"v":1})"},
      {HitoAchieved{hito, day(5, 2), "acta.pdf", false, 1},
       R"({"evidence":"acta.pdf","happened_on":"2024-05-02","late_days":1,)" + on_hito +
           R"(,"on_time":false,"v":1})"},
      {PhaseFulfilled{hito, day(5, 2), false, 1},
       R"({"late_days":1,)" + on_hito + R"(,"on":"2024-05-02","on_time":false,"v":1})"},
      {ObligationValidated{report, "bien"}, "{" + on_report + R"(,"text":"bien","v":1})"},
      {ObligationReturned{report, "mal", day(3, 15)},
       R"({"correction_due":"2024-03-15",)" + on_report + R"(,"reason":"mal","v":1})"},
      {ObligationWaived{hito, "fuerza mayor", day(4, 1)},
       "{" + on_hito + R"(,"on":"2024-04-01","reason":"fuerza mayor","v":1})"},
      {ObligationReopened{report, "r"}, "{" + on_report + R"(,"reason":"r","v":1})"},
      {ObligationAnnulled{report, "r"}, "{" + on_report + R"(,"reason":"r","v":1})"},
      {ObligationNotOwed{report}, "{" + on_report + ",\"v\":1}"},
      {ObligationVoided{hito}, "{" + on_hito + ",\"v\":1}"},
      {ObligationRetired{hito}, "{" + on_hito + ",\"v\":1}"},
      {some_migration(),
       R"({"added":[{"closes":null,"due":"2024-05-02","enforceable_from":null,"name":"adopción","not_due":false,"period":null}],)"
       R"("components":{"objetivos":{"inicio":null,"meta":"Llegar","tipo":null,"urgente":null,"valor":"0.3"}},)"
       R"("from":2,"left_behind":["objetivos.nota"],"linked_to":"PCCT/Caribe/2024","obligations":[)"
       R"({"fields":{"actividades":"4","al_día":true,"resumen":null},"name":"informe","put_off":true,"restored":true},)"
       R"({"fields":[{"name":"visita","type":"date","value":"2024-02-01"}],)"
       R"("former":{"name":"Acta","phase":"monitoring","title":"Acta firmada","type":"milestone"}},null],)"
       R"("renamings":[{"from":"boletín","to":"informe"}],"stage":"borrador","to":3,"v":1})"},
      {PlanSuspended{day(4, 1), "r"}, R"({"on":"2024-04-01","reason":"r","v":1})"},
      {PlanResumed{day(4, 2), "r", 12}, R"({"on":"2024-04-02","reason":"r","v":1,"working_days":12})"},
      {PlanCancelled{day(4, 3), "r"}, R"({"on":"2024-04-03","reason":"r","v":1})"},
      {IndicatorsFrozen{{Decimal::parse("66.5").value(), true}},
       R"({"v":1,"values":{"al_menos_uno":true,"cumplimiento":"66.5"}})"},
  };
}

TEST(EventJson, EveryKindIsKeptByNames) {
  std::set<std::size_t> kinds;
  for (const Sample& sample : samples()) {
    EXPECT_EQ(written(sample.event), sample.json) << kind_of(sample.event);
    kinds.insert(sample.event.index());
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<Event>) << "a kind of event has no sample";
}

TEST(EventJson, EveryKindIsReadBack) {
  for (const Sample& sample : samples()) {
    EXPECT_TRUE(read(sample.event, sample.json) == sample.event) << kind_of(sample.event);
  }
}

TEST(EventJson, AllCausesAreKept) {
  for (const auto cause :
       {DeadlineCause::anchor, DeadlineCause::grace, DeadlineCause::extension, DeadlineCause::resumption,
        DeadlineCause::migration, DeadlineCause::correction, DeadlineCause::reopening}) {
    const Event event = DeadlineSet{hito, {}, {}, 1, cause, ""};
    EXPECT_EQ(std::get<DeadlineSet>(read(event, written(event))).cause, cause);
  }
}

TEST(EventJson, NotesStandBesideTheEvent) {
  const Event event = ObligationNotOwed{report};
  const EventNotes stand_in = notes_from_json(written(event, {"dirección", true, "huella"}));
  EXPECT_EQ(stand_in.acting_role, "dirección");
  EXPECT_TRUE(stand_in.stand_in);
  EXPECT_EQ(stand_in.fingerprint, "") << "of deliveries only";
  const Event delivery = ReportDelivered{report, day(3, 8), {Decimal(4), Missing(), false}, false, 1};
  EXPECT_EQ(notes_from_json(written(delivery, {"", false, "huella"})).fingerprint, "huella");
  EXPECT_EQ(notes_from_json(written(delivery)).acting_role, "");
}

TEST(EventJson, WhatCannotBeReadIsSaid) {
  const auto error_of = [](std::string_view kind, const std::string& payload) {
    try {
      event_from_json(kind, payload, policy(), pat());
    } catch (const JournalUnreadable& error) {
      return std::string(error.what());
    }
    return std::string("(read)");
  };
  const std::string begin = "el diario contiene algo que este programa no entiende: ";
  EXPECT_EQ(error_of("PlanMoved", "{\"v\":1}"), begin + "un asiento «PlanMoved»");
  EXPECT_EQ(error_of("PlanSuspended", R"({"v":2,"on":"2024-01-01","reason":""})"),
            begin + "un asiento de formato 2");
  EXPECT_EQ(error_of("PlanSuspended", R"({"v":1,"on":"2024-02-30","reason":""})"), begin + "«2024-02-30»");
  EXPECT_NE(error_of("PlanSuspended", R"({"v":1,"reason":""})"), "(read)");
  EXPECT_NE(error_of("PlanSuspended", "not json"), "(read)");
  EXPECT_EQ(error_of("PhaseEnded",
                     R"({"v":1,"ended":"monitoring","entered":"paradise","on":"2024-01-01","stage":null})"),
            begin + "«paradise»");
}

TEST(EventJson, AFieldThatIsOfAnotherTypeIsMissing) {
  const auto& fields = at(pat_kind().components, pat_kind().find_component("objetivos").value()).fields;
  const auto values =
      fields_from_json(fields, R"({"META":"Llegar","valor":"mucho","inicio":true,"urgente":"sí","sobra":1})");
  ASSERT_EQ(values.size(), 5U);
  EXPECT_EQ(values[0], rules::Value(std::string("Llegar")));
  for (std::size_t i = 1; i < values.size(); ++i)
    EXPECT_TRUE(rules::is_missing(values[i])) << fields[i].name;
}

rules::Value some_value(const rules::Type& type) {
  if (*rc::gen::arbitrary<bool>()) return Missing();
  switch (type.kind) {
    case rules::TypeKind::truth:
      return *rc::gen::arbitrary<bool>();
    case rules::TypeKind::date:
      return day(*rc::gen::inRange(1, 13), *rc::gen::inRange(1, 29));
    case rules::TypeKind::integer:
      return Decimal(*rc::gen::arbitrary<std::int64_t>());
    case rules::TypeKind::number:
      return divide(Decimal(*rc::gen::arbitrary<std::int64_t>()), Decimal(*rc::gen::nonZero<std::int64_t>()))
          .value();
    case rules::TypeKind::one_of:
      return type.values->at(*rc::gen::inRange<std::size_t>(0, type.values->size()));
    default:
      return *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
  }
}

RC_GTEST_PROP(EventJson, ValuesComeBackAsTheyWere, ()) {
  const auto& fields = at(pat_kind().components, pat_kind().find_component("objetivos").value()).fields;
  std::vector<rules::Value> values;
  for (const rules::Field& field : fields)
    values.push_back(some_value(field.type));
  RC_ASSERT(fields_from_json(fields, fields_to_json(fields, values)) == values);
}

}  // namespace
}  // namespace cauce::engine
