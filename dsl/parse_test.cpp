// The tree that each construct gives, in the order of language.md. Expressions: parse_expression_test.cpp.

#include "dsl/parse_for_tests.hpp"
#include "tests/project_folder.hpp"

namespace cauce::dsl {
namespace {

std::vector<std::string> keys_of(const std::vector<Name>& names) {
  std::vector<std::string> keys;
  for (const Name& name : names)
    keys.push_back(name.key);
  return keys;
}

using Keys = std::vector<std::string>;

PlanDecl plan_with(const std::string& clauses) {
  return parse_good("plan P por municipio {\n" + clauses + "\n}").plans.at(0);
}

Deadline deadline_of(const std::string& written) {
  return plan_with("hito h { vence " + written + " }").hitos.at(0).due.value();
}

TEST(Parse, TheReferencePolicyHasNoMistakes) {
  Sources sources;
  for (const auto& entry :
       std::filesystem::directory_iterator(project_folder() + "/../shared/reference-policy")) {
    if (entry.path().extension() == ".cauce")
      sources.push_back({entry.path().filename().string(), read_whole(entry.path())});
  }
  ASSERT_GE(sources.size(), 8U);
  Diagnostics diagnostics;
  const SyntaxTree tree = parse(sources, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics)
    ADD_FAILURE() << render(diagnostic, sources);
  EXPECT_EQ(tree.programs.size(), 1U);
  EXPECT_EQ(tree.plans.size(), 3U);
  EXPECT_EQ(tree.roles.size(), 4U);
  EXPECT_EQ(tree.ladders.size(), 2U);
  EXPECT_EQ(tree.tests.size(), 3U);
  EXPECT_EQ(tree.scenarios.size(), 1U);
  EXPECT_TRUE(tree.broken.empty());
}

TEST(Parse, Programme) {
  const auto tree = parse_good(
      "# Uno\n#  Dos\nprograma p \"Título\" { calendario oficial zona \"America/Bogota\" vigencia 2024 }");
  const ProgramDecl& program = tree.programs.at(0);
  EXPECT_EQ(program.head.name.text, "p");
  EXPECT_EQ(program.head.shown(), "Título");
  EXPECT_EQ(program.head.comment, "Uno\nDos");
  EXPECT_EQ(program.vigencia->value, 2024);
  EXPECT_EQ(program.zone->value, "America/Bogota");
  EXPECT_EQ(program.calendar->key, "oficial");
}

TEST(Parse, OnlyCommentsDirectlyAboveDocument) {
  const auto tree = parse_good("# lejos\n\n# cerca\nfuente F \"x\" # al lado\nfuente G \"y\"\n");
  EXPECT_EQ(tree.sources.at(0).head.comment, "cerca");
  EXPECT_EQ(tree.sources.at(1).head.comment, "");
  const auto plan = plan_with("  # De un componente\n  componente c\n");
  EXPECT_EQ(plan.components.at(0).head.comment, "De un componente");
}

TEST(Parse, TextsUndoTheirEscapes) {
  EXPECT_EQ(parse_good(R"(fuente F "a \"b\" \\ c\nd")").sources.at(0).text.value, "a \"b\" \\ c\nd");
}

TEST(Parse, WordsCompareWithoutCaseAndAccents) {
  const auto tree = parse_good("PARAMETRO Año = 1\nparámetro AN\u0303O2 = 2\nparame\u0301tro x = 3");
  ASSERT_EQ(tree.parameters.size(), 3U);
  EXPECT_EQ(tree.parameters[0].head.name.text, "Año");
  EXPECT_EQ(tree.parameters[0].head.name.key, "año");
  EXPECT_EQ(tree.parameters[1].head.name.key, "año2");
}

TEST(Parse, KeywordsAreNamesWhereTheyAreNotExpected) {
  const auto tree = parse_good(
      "parámetro plan = 1\nparámetro vence = plan\nparámetro siglo = 2\nparámetro nota = 3\n"
      "focalización hito de puntaje { puntaje cupo = requiere + califica\n requiere espera > deuda }");
  EXPECT_EQ(tree.parameters.size(), 4U);
  EXPECT_EQ(tree.targetings.at(0).score.at(0).head.name.key, "cupo");
}

TEST(Parse, ParameterValuesAndTheirSources) {
  const auto tree = parse_good(
      "parámetro a1 = 55 según F, G \"art. 1\"\n"
      "parámetro b1 \"B\" = 55 según F, 60 desde 1 de julio de 2025 según G, H, otro desde 2026-01-01\n"
      "parámetro c1 = −1_000.50\nparámetro d1 = 40%\nparámetro e1 = sí\nparámetro f1 = 7 de febrero");
  const ParameterDecl& single = tree.parameters.at(0);
  ASSERT_EQ(single.values.size(), 1U);
  ASSERT_EQ(single.sources.size(), 2U);
  EXPECT_EQ(single.sources[1].place->value, "art. 1");
  EXPECT_TRUE(single.values[0].sources.empty());

  const ParameterDecl& several = tree.parameters.at(1);
  ASSERT_EQ(several.values.size(), 3U);
  EXPECT_TRUE(several.sources.empty());
  EXPECT_EQ(several.values[0].sources.size(), 1U);
  EXPECT_EQ(several.values[1].sources.size(), 2U);
  EXPECT_EQ(several.values[1].from, (DateRef{1, 7, 2025}));
  EXPECT_EQ(several.values[2].from, (DateRef{1, 1, 2026, false, true}));
  EXPECT_EQ(std::get<NameExpr>(several.values[2].value.node).name.key, "otro");

  const auto& negative = std::get<UnaryExpr>(tree.parameters.at(2).values.at(0).value.node);
  EXPECT_EQ(negative.op, UnaryOp::negate);
  EXPECT_EQ(std::get<NumberLiteral>(negative.operand->node).number, (Number{"1000.50", false, {}}));
  EXPECT_EQ(std::get<NumberLiteral>(tree.parameters.at(3).values.at(0).value.node).number,
            (Number{"40", true, {}}));
  EXPECT_TRUE(std::get<TruthLiteral>(tree.parameters.at(4).values.at(0).value.node).value);
  EXPECT_EQ(std::get<DateLiteral>(tree.parameters.at(5).values.at(0).value.node).date, (DateRef{7, 2}));
}

TEST(Parse, Holidays) {
  const auto tree = parse_good(R"(festivos Colombia {
    6 de enero "Reyes Magos" al lunes desde 1984 según L51
    pascua - 2 "Viernes Santo"
    pascua "Pascua"
    pascua + 60 "Corpus" al lunes rige desde 1984 hasta 2030
  })");
  const auto& rules = tree.holidays.at(0).rules;
  ASSERT_EQ(rules.size(), 4U);
  EXPECT_EQ(std::get<DateRef>(rules[0].day), (DateRef{6, 1}));
  EXPECT_TRUE(rules[0].to_monday);
  EXPECT_EQ(rules[0].monday_since->value, 1984);
  EXPECT_EQ(rules[0].sources.at(0).source.key, "l51");
  EXPECT_EQ(std::get<EasterOffset>(rules[1].day).days, -2);
  EXPECT_FALSE(rules[1].to_monday);
  EXPECT_EQ(std::get<EasterOffset>(rules[2].day).days, 0);
  EXPECT_EQ(std::get<EasterOffset>(rules[3].day).days, 60);
  EXPECT_FALSE(rules[3].monday_since);
  EXPECT_EQ(rules[3].in_force_from->value, 1984);
  EXPECT_EQ(rules[3].in_force_to->value, 2030);
}

TEST(Parse, Calendar) {
  const auto tree = parse_good(R"(calendario oficial {
    hábil lunes a viernes, domingo
    festivos Colombia
    no hábil 24 de diciembre a 2 de enero "Receso"
    hábil el 28 de diciembre de 2024
  })");
  const auto& lines = tree.calendars.at(0).lines;
  ASSERT_EQ(lines.size(), 4U);
  const auto& days = std::get<WeekdaysLine>(lines[0].line);
  EXPECT_TRUE(days.working);
  ASSERT_EQ(days.days.size(), 2U);
  EXPECT_EQ(days.days[0].last.iso, 5);
  EXPECT_EQ(days.days[1].first.iso, 7);
  EXPECT_EQ(days.days[1].last.iso, 7);
  EXPECT_EQ(std::get<UseHolidays>(lines[1].line).holidays.key, "colombia");
  const auto& recess = std::get<DatesLine>(lines[2].line);
  EXPECT_FALSE(recess.working);
  EXPECT_EQ(recess.last, (DateRef{2, 1}));
  EXPECT_EQ(recess.name->value, "Receso");
  EXPECT_EQ(std::get<DatesLine>(lines[3].line).first, (DateRef{28, 12, 2024}));
}

TEST(Parse, Dates) {
  const auto date = [](const std::string& written) {
    return std::get<OnDate>(deadline_of(written).rule).date;
  };
  EXPECT_EQ(date("7 de febrero"), (DateRef{7, 2}));
  EXPECT_EQ(date("el 7 de Setiembre de 2024"), (DateRef{7, 9, 2024}));
  EXPECT_EQ(date("7 de febrero del año siguiente"), (DateRef{7, 2, {}, true}));
  EXPECT_EQ(date("2024-02-07"), (DateRef{7, 2, 2024, false, true}));
  for (const std::string first : {"1°", "1º", "1ro", "1o", "primero", "Primero", "01"}) {
    EXPECT_EQ(date(first + " de mayo"), (DateRef{1, 5})) << first;
  }
  EXPECT_EQ(date("31 de febrero"), (DateRef{31, 2})) << "whether it exists depends on the vigencia";
}

TEST(Parse, Role) {
  const auto tree = parse_good(
      "rol dirección \"D\" por nación { administra publicar, asignar carga máxima 12 }\n"
      "rol enlace por el municipio, departamento bajo la dirección");
  const RoleDecl& direction = tree.roles.at(0);
  EXPECT_EQ(keys_of(direction.scopes), (Keys{"nacion"}));
  EXPECT_EQ(keys_of(direction.rights), (Keys{"publicar", "asignar"}));
  EXPECT_EQ(direction.max_load->value, 12);
  EXPECT_EQ(keys_of(tree.roles.at(1).scopes), (Keys{"municipio", "departamento"}));
  EXPECT_EQ(tree.roles.at(1).superior->text, "dirección");
}

TEST(Parse, Entity) {
  const auto tree = parse_good(R"(entidad municipio en departamento columna "cod" archivo "m.csv" {
    campo código "Código" columna "c": texto clave
    campo categoría: uno de {ESP, 1, "dos", sí, de} obligatorio
    campo pdet: sí o no vacío es no
    campo mdm: número de -1.5 a 100
    campo población: entero desde 0
    campo visita: fecha hasta 31 de diciembre de 2024
  })");
  const EntityDecl& entity = tree.entities.at(0);
  EXPECT_EQ(entity.parent->key, "departamento");
  EXPECT_EQ(entity.parent_column->value, "cod");
  EXPECT_EQ(entity.file->value, "m.csv");
  ASSERT_EQ(entity.fields.size(), 6U);
  EXPECT_TRUE(entity.fields[0].is_key);
  EXPECT_EQ(entity.fields[0].title->value, "Código");
  EXPECT_EQ(entity.fields[0].column->value, "c");
  EXPECT_TRUE(entity.fields[1].required);
  std::vector<std::string> values;
  for (const EnumValue& value : entity.fields[1].type.values)
    values.push_back(value.text);
  EXPECT_EQ(values, (Keys{"ESP", "1", "dos", "sí", "de"}));
  EXPECT_TRUE(entity.fields[1].type.values[2].quoted);
  EXPECT_EQ(entity.fields[2].type.keyword, TypeKeyword::truth);
  EXPECT_EQ(entity.fields[2].empty_is, false);
  const auto& low = std::get<SignedNumber>(entity.fields[3].type.low.value());
  EXPECT_TRUE(low.negative);
  EXPECT_EQ(low.number.digits, "1.5");
  EXPECT_EQ(std::get<SignedNumber>(entity.fields[3].type.high.value()).number.digits, "100");
  EXPECT_FALSE(entity.fields[4].type.high);
  EXPECT_EQ(std::get<DateRef>(entity.fields[5].type.high.value()), (DateRef{31, 12, 2024}));
}

TEST(Parse, FrontAndService) {
  const auto tree = parse_good(
      "frente f { largo \"L\" corto \"C\" mediano \"M\" }\nservicio s \"S\" forma asistencia_técnica ofrece "
      "\"DER\"");
  EXPECT_EQ(tree.fronts.at(0).short_term->value, "C");
  EXPECT_EQ(tree.fronts.at(0).medium_term->value, "M");
  EXPECT_EQ(tree.fronts.at(0).long_term->value, "L");
  EXPECT_EQ(tree.services.at(0).form.key, "asistencia_tecnica");
  EXPECT_EQ(tree.services.at(0).offered_by->value, "DER");
}

TEST(Parse, Table) {
  const auto tree = parse_good(R"(tabla prioridad(mdm: número, pdet: sí o no): número decide la única fila {
    | mdm             | pdet | =>  |
    | < 40            | -    | 100 | # comentario

    | ]40..60]        | sí   | si mdm > 50 entonces 1 si no 2 |
    | no (1, [2..3[)  | sin dato | -5 |
    | 1, 2            | no   | no (mdm > 3) |
  })");
  const TableDecl& table = tree.tables.at(0);
  EXPECT_EQ(table.parameters.at(1).type.keyword, TypeKeyword::truth);
  EXPECT_EQ(table.result.keyword, TypeKeyword::number);
  EXPECT_EQ(table.policy, HitPolicy::unique);
  EXPECT_EQ(keys_of(table.header), (Keys{"mdm", "pdet"}));
  ASSERT_EQ(table.rows.size(), 4U);
  const auto items = [&](std::size_t row, std::size_t column) -> const CellSet& {
    return std::get<CellSet>(table.rows.at(row).cells.at(column).content);
  };
  EXPECT_EQ(std::get<CompareItem>(items(0, 0).items.at(0)).op, BinaryOp::less);
  EXPECT_TRUE(std::holds_alternative<AnyCell>(table.rows[0].cells.at(1).content));
  EXPECT_EQ(table.rows[0].result, parse_good_expression("100"));
  const auto& range = std::get<Range>(items(1, 0).items.at(0));
  EXPECT_TRUE(range.low_open);
  EXPECT_FALSE(range.high_open);
  EXPECT_EQ(items(1, 1).items.at(0), CellItem(parse_good_expression("sí")));
  EXPECT_TRUE(std::holds_alternative<ConditionalExpr>(table.rows[1].result->node));
  EXPECT_TRUE(items(2, 0).negated);
  EXPECT_EQ(items(2, 0).items.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<MissingItem>(items(2, 1).items.at(0)));
  EXPECT_EQ(table.rows[2].result, parse_good_expression("-5"));
  EXPECT_EQ(items(3, 0).items.size(), 2U);
  EXPECT_EQ(table.rows[3].result, parse_good_expression("no (mdm > 3)"));
}

TEST(Parse, HitPolicies) {
  const auto policy = [](const std::string& words) {
    return parse_good("tabla t(x: número): número " + words + " { | x | => |\n }").tables.at(0).policy;
  };
  EXPECT_EQ(policy("decide la primera fila"), HitPolicy::first);
  EXPECT_EQ(policy("suma las filas"), HitPolicy::sum);
  EXPECT_EQ(policy("máximo de las filas"), HitPolicy::maximum);
  EXPECT_EQ(policy("mínimo de las filas"), HitPolicy::minimum);
}

TEST(Parse, Targeting) {
  const auto tree = parse_good(R"(focalización f "F" de municipio {
    ordena por puntaje descendente, ipm, departamento.nombre ascendente
    excluye si pdet porque "P" según L1, L2 "art. 2"
    requiere x > 0
    califica si pdet
    puntaje desempeño "Bajo" = 0.5 * mdm
    cupo 400
    cupo por región { "Caribe": 110, Pacífico: 80, cada una de las otras: 60 }
    cupo por tipo { las otras juntas: 5 }
    mínimo 3 por departamento.nombre
    sobrantes por orden
  })");
  const TargetingDecl& targeting = tree.targetings.at(0);
  EXPECT_EQ(targeting.entity.key, "municipio");
  EXPECT_EQ(targeting.exclusions.at(0).reason.because->value, "P");
  EXPECT_EQ(targeting.exclusions.at(0).reason.sources.at(1).place->value, "art. 2");
  EXPECT_EQ(targeting.requirements.size(), 1U);
  EXPECT_EQ(targeting.qualifications.at(0).condition, parse_good_expression("pdet"));
  EXPECT_EQ(targeting.score.at(0).head.title->value, "Bajo");
  EXPECT_EQ(targeting.score.at(0).value, parse_good_expression("0.5 * mdm"));
  EXPECT_EQ(targeting.total_quota->value, 400);
  const auto& quotas = targeting.group_quotas.at(0).quotas;
  ASSERT_EQ(quotas.size(), 3U);
  EXPECT_EQ(quotas[0].group->text, "Caribe");
  EXPECT_EQ(quotas[1].group->text, "Pacífico");
  EXPECT_EQ(quotas[2].kind, QuotaKind::each_other);
  EXPECT_EQ(quotas[2].limit.value, 60);
  EXPECT_EQ(targeting.group_quotas.at(1).quotas.at(0).kind, QuotaKind::others_together);
  EXPECT_EQ(keys_of(targeting.minimums.at(0).group.names), (Keys{"departamento", "nombre"}));
  EXPECT_TRUE(targeting.leftovers_by_order);
  ASSERT_EQ(targeting.order.size(), 3U);
  EXPECT_TRUE(targeting.order[0].descending);
  EXPECT_FALSE(targeting.order[1].descending);
  EXPECT_EQ(targeting.order[2].path.names.size(), 2U);
}

TEST(Parse, PlanItself) {
  const auto tree = parse_good(R"(plan PAT "Plan" por el municipio focalizado en municipios {
    vinculado al PCCT a cargo del enlace, dirección alertas escalera gracia 1 día hábil
    suspende dirección reanuda la dirección, enlace cancela enlace
    componente objetivos "O" obligatorio { campo x: texto }
    componente actores
    formulación {} evaluación {} seguimiento {}
  })");
  const PlanDecl& plan = tree.plans.at(0);
  EXPECT_EQ(plan.entity.key, "municipio");
  EXPECT_EQ(plan.targeting->key, "municipios");
  EXPECT_EQ(plan.linked_to->text, "PCCT");
  EXPECT_EQ(keys_of(plan.in_charge), (Keys{"enlace", "direccion"}));
  EXPECT_EQ(plan.ladder->key, "escalera");
  EXPECT_EQ(plan.grace_days->value, 1);
  EXPECT_EQ(keys_of(plan.may_suspend), (Keys{"direccion"}));
  EXPECT_EQ(keys_of(plan.may_resume), (Keys{"direccion", "enlace"}));
  EXPECT_EQ(keys_of(plan.may_cancel), (Keys{"enlace"}));
  EXPECT_TRUE(plan.components.at(0).required);
  EXPECT_EQ(plan.components.at(0).fields.size(), 1U);
  EXPECT_FALSE(plan.components.at(1).required);
  ASSERT_EQ(plan.phases.size(), 3U);
  EXPECT_EQ(plan.phases[1].phase, PhaseKeyword::evaluation);
}

TEST(Parse, PhaseAndStages) {
  const PlanDecl plan = plan_with(R"(formulación {
    desde el 15 de enero
    vence el 31 de marzo
    gracia 4 días hábiles
    al terminar exige completo porque "Falta"
    etapa borrador "B" inicial {
      enlace, dirección pueden enviar y pasa a revisión si completo porque "Faltan" según L1
      enlace puede retirar y pasa a la revisión con valoración por otra persona
    }
    etapa revisión { enlace puede devolver y pasa a borrador con motivo }
    etapa listo final
  })");
  const PhaseDecl& phase = plan.phases.at(0);
  EXPECT_EQ(phase.phase, PhaseKeyword::formulation);
  EXPECT_EQ(phase.from, (DateRef{15, 1}));
  EXPECT_TRUE(phase.due);
  EXPECT_EQ(phase.grace_days->value, 4);
  EXPECT_EQ(phase.exits.at(0).reason.because->value, "Falta");
  ASSERT_EQ(phase.stages.size(), 3U);
  EXPECT_TRUE(phase.stages[0].initial);
  EXPECT_TRUE(phase.stages[2].final);
  const Transition& send = phase.stages[0].transitions.at(0);
  EXPECT_EQ(keys_of(send.roles), (Keys{"enlace", "direccion"}));
  EXPECT_EQ(send.action.key, "enviar");
  EXPECT_EQ(send.target.key, "revision");
  EXPECT_EQ(send.demand, Demand::nothing);
  EXPECT_TRUE(send.condition);
  EXPECT_EQ(send.reason.sources.size(), 1U);
  const Transition& withdraw = phase.stages[0].transitions.at(1);
  EXPECT_EQ(withdraw.demand, Demand::judgement);
  EXPECT_TRUE(withdraw.other_person);
  EXPECT_EQ(phase.stages[1].transitions.at(0).demand, Demand::motive);
}

TEST(Parse, Report) {
  const PlanDecl plan = plan_with(R"(
    reporte r "R" cada mes desde febrero hasta noviembre excepto julio, agosto {
      vence día hábil 5 del mes siguiente
      cierra 20 días hábiles después
      a cargo de enlace
      valida dirección
      corrige en 5 días hábiles
      campo resumen: texto obligatorio
      según L1
      según L2
    }
    reporte s cada semestre { cierra el 31 de diciembre }
    reporte t al cierre {})");
  const Report& report = plan.reports.at(0);
  EXPECT_EQ(report.recurrence.unit, PeriodUnit::month);
  EXPECT_EQ(report.recurrence.from->month, 2);
  EXPECT_EQ(report.recurrence.to->month, 11);
  EXPECT_EQ(report.recurrence.except.size(), 2U);
  EXPECT_EQ(std::get<Offset>(report.closes.value()).days.value, 20);
  EXPECT_EQ(keys_of(report.in_charge), (Keys{"enlace"}));
  EXPECT_EQ(keys_of(report.validators), (Keys{"direccion"}));
  EXPECT_EQ(report.correction_days->value, 5);
  EXPECT_EQ(report.fields.size(), 1U);
  EXPECT_EQ(report.sources.size(), 2U);
  EXPECT_EQ(plan.reports.at(1).recurrence.unit, PeriodUnit::semester);
  EXPECT_EQ(std::get<DateRef>(plan.reports.at(1).closes.value()), (DateRef{31, 12}));
  EXPECT_EQ(plan.reports.at(2).recurrence.unit, PeriodUnit::year);
}

TEST(Parse, Hito) {
  const PlanDecl plan = plan_with(R"(hito h "H" {
    peso 20.5 requiere a1, b1 requiere c1 mediante s1, s2 aporta a f1.corto, f2.largo
    evidencia obligatoria valida v1 a cargo de r1 corrige en 3 días hábiles según L152 "art. 40"
  })");
  const Hito& hito = plan.hitos.at(0);
  EXPECT_FALSE(hito.due);
  EXPECT_EQ(hito.weight->digits, "20.5");
  EXPECT_EQ(keys_of(hito.required), (Keys{"a1", "b1", "c1"}));
  EXPECT_EQ(keys_of(hito.services), (Keys{"s1", "s2"}));
  ASSERT_EQ(hito.contributes.size(), 2U);
  EXPECT_EQ(hito.contributes[1].front.key, "f2");
  EXPECT_EQ(hito.contributes[1].term.key, "largo");
  EXPECT_TRUE(hito.evidence_required);
  EXPECT_EQ(hito.correction_days->value, 3);
  EXPECT_EQ(hito.sources.at(0).place->value, "art. 40");
}

TEST(Parse, Deadlines) {
  const auto edge = std::get<EdgeDayOfMonth>(deadline_of("último día hábil de abril").rule);
  EXPECT_TRUE(edge.last);
  EXPECT_TRUE(edge.working);
  EXPECT_EQ(edge.month->month, 4);
  const auto first = std::get<EdgeDayOfMonth>(deadline_of("el primer día del mes").rule);
  EXPECT_FALSE(first.last);
  EXPECT_FALSE(first.working);
  EXPECT_FALSE(first.month);
  const auto nth = std::get<NthDayOfNextMonth>(deadline_of("día hábil 5 del mes siguiente").rule);
  EXPECT_TRUE(nth.working);
  EXPECT_EQ(nth.n.value, 5);
  EXPECT_FALSE(std::get<NthDayOfNextMonth>(deadline_of("el día 5 del mes siguiente").rule).working);
  EXPECT_EQ(std::get<AfterPeriod>(deadline_of("10 días calendario después del periodo").rule).offset.unit,
            DayUnit::calendar);
  const auto anchored = std::get<AfterAnchor>(deadline_of("45 días hábiles después de la formulación").rule);
  EXPECT_EQ(anchored.anchor.key, "formulacion");
  EXPECT_EQ(anchored.offset.unit, DayUnit::working);
  const auto before = std::get<BeforeDate>(deadline_of("10 días antes del 30 de abril").rule);
  EXPECT_EQ(before.offset.unit, DayUnit::unspecified) << "for the checker to refuse with an explanation";
  EXPECT_EQ(before.date, (DateRef{30, 4}));
  EXPECT_EQ(deadline_of("31 de mayo").rolling, Rolling::next_working_day);
  EXPECT_EQ(deadline_of("31 de mayo exacto").rolling, Rolling::exact);
  EXPECT_EQ(deadline_of("31 de mayo o hábil anterior").rolling, Rolling::previous_working_day);
}

TEST(Parse, IndicatorsAndLevels) {
  const PlanDecl plan =
      plan_with("evaluación { indicador c \"C\" = 100 * avance nivel c { alto desde 90, bajo desde -1 } }");
  EXPECT_EQ(plan.phases.at(0).indicators.at(0).value, parse_good_expression("100 * avance"));
  const Levels& levels = plan.phases.at(0).levels.at(0);
  EXPECT_EQ(levels.indicator.key, "c");
  EXPECT_EQ(levels.levels.at(0).from.number.digits, "90");
  EXPECT_TRUE(levels.levels.at(1).from.negative);
}

TEST(Parse, Ladder) {
  const auto tree = parse_good(R"(alertas escalera "E" a las 8:05 {
    3 días hábiles antes recuerda al responsable
    al vencer avisa al responsable
    10 días hábiles después y cada 5 hasta 3 veces escala a enlace, a la dirección
    resumen cada lunes a las 17:30 a la dirección
    resumen cada domingo a enlace
  })");
  const LadderDecl& ladder = tree.ladders.at(0);
  EXPECT_EQ(ladder.at, (Clock{8, 5, {}}));
  ASSERT_EQ(ladder.steps.size(), 3U);
  EXPECT_EQ(ladder.steps[0].moment.side, StepSide::before);
  EXPECT_EQ(ladder.steps[0].moment.offset->days.value, 3);
  EXPECT_EQ(ladder.steps[0].verb, StepVerb::remind);
  EXPECT_EQ(ladder.steps[1].moment.side, StepSide::at_due);
  EXPECT_FALSE(ladder.steps[1].moment.offset);
  EXPECT_EQ(ladder.steps[1].verb, StepVerb::notify);
  EXPECT_EQ(ladder.steps[2].repeat_every->value, 5);
  EXPECT_EQ(ladder.steps[2].repeat_times->value, 3);
  EXPECT_EQ(ladder.steps[2].verb, StepVerb::escalate);
  EXPECT_EQ(keys_of(ladder.steps[2].recipients), (Keys{"enlace", "direccion"}));
  ASSERT_EQ(ladder.digests.size(), 2U);
  EXPECT_EQ(ladder.digests[0].day.iso, 1);
  EXPECT_EQ(ladder.digests[0].at, (Clock{17, 30, {}}));
  EXPECT_EQ(keys_of(ladder.digests[0].recipients), (Keys{"direccion"}));
  EXPECT_FALSE(ladder.digests[1].at);
}

TEST(Parse, TestsAndTheirCases) {
  const auto tree = parse_good(R"(prueba "Quién entra" de municipios al 1 de marzo {
    casos {
      | pdet | tipo     | => estado     | puntaje |
      | sí   | excluido | no elegible   | -       |
      | no   | sin dato | por verificar | 60      |
    }
    datos "x.csv"
    dado { pdet: no, mdm: sin dato }
    espera excluido porque "P"
    espera en espera
    espera seleccionado("05031")
    espera seleccionado
  })");
  const TestDecl& test = tree.tests.at(0);
  EXPECT_EQ(test.head.shown(), "Quién entra");
  EXPECT_EQ(test.subject->key, "municipios");
  EXPECT_EQ(test.at, (DateRef{1, 3}));
  ASSERT_EQ(test.lines.size(), 7U);
  const Cases& cases = std::get<Cases>(test.lines[0]);
  EXPECT_EQ(keys_of(cases.inputs), (Keys{"pdet", "tipo"}));
  EXPECT_EQ(keys_of(cases.outputs), (Keys{"estado", "puntaje"}));
  ASSERT_EQ(cases.rows.size(), 2U);
  const auto item = [&](std::size_t row, std::size_t column) {
    return std::get<CellSet>(cases.rows.at(row).at(column).content).items.at(0);
  };
  EXPECT_EQ(item(0, 1), CellItem(parse_good_expression("excluido"))) << "on the left a value";
  EXPECT_EQ(item(0, 2), CellItem(StateItem{TargetState::not_eligible}));
  EXPECT_TRUE(std::holds_alternative<AnyCell>(cases.rows[0].at(3).content));
  EXPECT_EQ(item(1, 1), CellItem(MissingItem{}));
  EXPECT_EQ(item(1, 2), CellItem(StateItem{TargetState::undetermined}));
  EXPECT_EQ(std::get<DataFile>(test.lines[1]).path.value, "x.csv");
  const Record& record = std::get<Given>(test.lines[2]).record;
  EXPECT_EQ(record.pairs.at(0).value, parse_good_expression("no"));
  EXPECT_FALSE(record.pairs.at(1).value);
  const auto expected = [&](std::size_t line) { return std::get<Expectation>(test.lines.at(line)).expected; };
  EXPECT_EQ(std::get<ExpectState>(expected(3)).state, TargetState::excluded);
  EXPECT_EQ(std::get<ExpectState>(expected(3)).reason.because->value, "P");
  EXPECT_EQ(std::get<ExpectState>(expected(4)).state, TargetState::waitlisted);
  EXPECT_TRUE(std::holds_alternative<Expr>(expected(5)));
  EXPECT_EQ(std::get<ExpectState>(expected(6)).state, TargetState::selected);
}

TEST(Parse, ScenarioSteps) {
  const auto tree = parse_good(R"(escenario "S" de PAT {
    dado { nombre: "Abejorral" }
    creado el 15 de enero
    el 1 de febrero enlace completa objetivos { x: "…" }
    el 9 de abril
    el 9 de abril enlace entrega el informe de mayo { n: 3 } con "oficio"
    el 9 de abril enlace cumple pdt ocurrido el 1° de marzo con "acta"
    el 9 de abril enlace prorroga informe de 2024-T2 hasta el 15 de mayo con "invierno"
    el 9 de abril enlace suspende con "elecciones"
    el 9 de abril enlace valida informe de trimestre 2
    el 9 de abril enlace devuelve informe de "2024-S1"
    el 9 de abril enlace anula informe de 2024
    espera etapa = borrador
    espera alerta al vencer a la dirección por la formulación
    espera ninguna alerta
    espera alerta resumen a enlace
    espera alerta 3 días hábiles antes
    espera rechazo cuando enlace ejecuta aprobar con "x"
  })");
  const auto& lines = tree.scenarios.at(0).lines;
  ASSERT_EQ(lines.size(), 17U);
  EXPECT_EQ(tree.scenarios.at(0).plan.key, "pat");
  EXPECT_EQ(std::get<Created>(lines[1]).date, (DateRef{15, 1}));
  const auto action = [&](std::size_t line) { return std::get<Step>(lines.at(line)).action.value(); };
  EXPECT_EQ(action(2).verb, ActionVerb::complete);
  EXPECT_EQ(action(2).record->pairs.size(), 1U);
  EXPECT_FALSE(std::get<Step>(lines[3]).action);
  EXPECT_EQ(action(4).verb, ActionVerb::deliver);
  EXPECT_EQ(action(4).target->key, "informe");
  EXPECT_EQ(action(4).period, (PeriodRef{PeriodUnit::month, 5}));
  EXPECT_EQ(action(4).with->value, "oficio");
  EXPECT_EQ(action(5).verb, ActionVerb::achieve);
  EXPECT_EQ(action(5).date, (DateRef{1, 3}));
  EXPECT_EQ(action(6).verb, ActionVerb::extend);
  EXPECT_EQ(action(6).period, (PeriodRef{PeriodUnit::quarter, 2, 2024}));
  EXPECT_EQ(action(6).date, (DateRef{15, 5}));
  EXPECT_EQ(action(7).verb, ActionVerb::suspend);
  EXPECT_FALSE(action(7).target);
  EXPECT_EQ(action(8).period, (PeriodRef{PeriodUnit::quarter, 2}));
  EXPECT_EQ(action(9).verb, ActionVerb::return_);
  EXPECT_EQ(action(9).period, (PeriodRef{PeriodUnit::semester, 1, 2024}));
  EXPECT_EQ(action(10).period, (PeriodRef{PeriodUnit::year, 1, 2024}));
  const auto expected = [&](std::size_t line) { return std::get<Expectation>(lines.at(line)).expected; };
  const auto alert = std::get<ExpectAlert>(expected(12));
  EXPECT_EQ(alert.step->side, StepSide::at_due);
  EXPECT_EQ(alert.role->key, "direccion");
  EXPECT_EQ(alert.obligation->key, "formulacion");
  EXPECT_TRUE(std::get<ExpectAlert>(expected(13)).none);
  EXPECT_TRUE(std::get<ExpectAlert>(expected(14)).digest);
  EXPECT_EQ(std::get<ExpectAlert>(expected(15)).step->offset->days.value, 3);
  EXPECT_EQ(std::get<ExpectRefusal>(expected(16)).action->verb, ActionVerb::execute);
}

TEST(Parse, Query) {
  const Sources sources{
      {"consulta",
       "los planes donde fase = seguimiento agrupa por región, departamento.nombre "
       "muestra cuenta(), promedio(avance) como \"medio\" ordena por vencidos descendente, cuenta() / 2, "
       "\"medio\" primeros 20"}};
  Diagnostics diagnostics;
  const auto query = parse_query(sources, 0, diagnostics);
  ASSERT_TRUE(query) << render(diagnostics.at(0), sources);
  EXPECT_EQ(query->collection.key, "planes");
  EXPECT_EQ(query->where, parse_good_expression("fase = seguimiento"));
  EXPECT_EQ(query->group_by.size(), 2U);
  EXPECT_EQ(query->shown.at(1).heading->value, "medio");
  EXPECT_TRUE(query->order.at(0).descending);
  EXPECT_EQ(query->order.at(0).value, parse_good_expression("vencidos"));
  EXPECT_EQ(query->order.at(1).value, parse_good_expression("cuenta() / 2"));
  EXPECT_EQ(query->order.at(2).value, parse_good_expression("\"medio\""));
  EXPECT_EQ(query->first->value, 20);
}

TEST(Parse, LineEndsOfWindowsAndAByteOrderMarkChangeNothing) {
  const std::string text =
      "# C\ntabla t(x: número): número suma las filas {\n  | x | => |\n  | 1 | 2 | # fin\n}\nfuente F "
      "\"x\"\n";
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : text)
    windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(parse_good(windows), parse_good(text));
}

TEST(Parse, SpansAreWhatWasWritten) {
  const std::string text = "\n  rol r por nación # comentario\n  { carga máxima 3 }\n\nfuente F \"x\"\n";
  const auto tree = parse_good(text);
  const Span span = tree.roles.at(0).head.span;
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin),
            "rol r por nación # comentario\n  { carga máxima 3 }");
  const Span name = tree.sources.at(0).head.name.span;
  EXPECT_EQ(text.substr(name.begin, name.end - name.begin), "F");
}

TEST(Parse, FilesAreOneProgramWhateverTheirOrder) {
  Diagnostics diagnostics;
  const SyntaxTree tree = parse({{"a", "fuente F \"x\""}, {"b", "fuente G \"y\""}}, diagnostics);
  ASSERT_EQ(tree.sources.size(), 2U);
  EXPECT_EQ(tree.sources[1].head.span.file, 1);
}

/// Not a timed test: were the time not linear in the text, it would not end.
TEST(Parse, APolicyOfSeveralMegabytes) {
  std::string text = "tabla t(x: número): número decide la única fila {\n  | x | => |\n";
  for (int i = 0; i < 10'000; ++i)
    text += "  | [" + std::to_string(i) + ".." + std::to_string(i + 1) + "[ | (((" + std::to_string(i) +
            " + x) * 2)) |\n";
  text += "}\n";
  for (int i = 0; text.size() < 3'000'000; ++i) {
    const std::string n = std::to_string(i);
    text +=
        "parámetro p" + n + " \"Parámetro " + n + "\" = " + n + " según F\n" + "# Un plan\nplan P" + n +
        " por municipio {\n  hito h \"Hito\" {\n    vence el 31 de mayo\n    peso 20\n  }\n  formulación {\n"
        "    etapa e inicial {\n      enlace puede enviar y pasa a f si avance > 3 y no vencido porque "
        "\"x\"\n    }\n"
        "    etapa f final\n  }\n}\n";
  }
  const SyntaxTree tree = parse_good(text);
  EXPECT_EQ(tree.tables.at(0).rows.size(), 10'000U);
  EXPECT_GT(tree.plans.size(), 5'000U);
}

TEST(Parse, WhatIsOnlyLookedAtIsNoPartOfASpan) {
  const std::string text = "prueba \"x\" {\n  espera excluido\n  espera elegible\n}\n";
  const SyntaxTree tree = parse_good(text);
  const Span span = std::get<Expectation>(tree.tests.at(0).lines.at(0)).span;
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "espera excluido");
}

TEST(Parse, ASpaceThatDoesNotBreakHidesNoComment) {
  EXPECT_EQ(parse_good("\u00A0# la norma\n\u00A0fuente f \"x\"").sources.at(0).head.comment, "la norma");
  EXPECT_EQ(parse_good("# la norma\n\u00A0\nfuente f \"x\"").sources.at(0).head.comment, "");
}

}  // namespace
}  // namespace cauce::dsl
