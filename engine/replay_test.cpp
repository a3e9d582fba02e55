// Whatever is done to plans, in whatever order: the state that is kept is the one that the journal gives.
#include <filesystem>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/system_for_tests.hpp"
#include "engine/world.hpp"

namespace cauce::engine {
namespace {

using namespace workflows;  // every command by its name

/// A set-up database, made once, of which each case gets a copy.
const std::string& prepared_database() {
  static SystemForTests prepared;
  static const bool ready = [] {
    prepared.set_up();
    prepared.system.reset();  // all of it is in the file
    return true;
  }();
  (void)ready;
  return prepared.path;
}

template <typename T>
T one_of(const std::vector<T>& items) {
  return items[*rc::gen::inRange<std::size_t>(0, items.size())];
}

std::optional<Period> some_period() {
  return Period::parse(one_of<std::string>({"2024-02", "2024-03", "2024-04"}));
}

Command some_command() {
  const auto report = [] { return DeliverReport{"informe", some_period(), {{"actividades", "4"}}}; };
  const auto hito = [] {
    return AchieveHito{one_of<std::string>({"diagnóstico", "adopción", "mesa"}), {}, "acta"};
  };
  switch (*rc::gen::inRange(0, 16)) {
    case 0:
    case 1:
      return CompleteComponent{"objetivos", {{"meta", one_of<std::string>({"A", "B"})}, {"valor", "0.5"}}};
    case 2:
    case 3:
    case 4:
      return Act{one_of<std::string>({"enviar", "aprobar", "devolver", "calificar", "terminar"}), "texto"};
    case 5:
    case 6:
      return report();
    case 7:
      return hito();
    case 8:
      return ValidateObligation{"informe", some_period(), ""};
    case 9:
      return ReturnObligation{"informe", some_period(), "motivo"};
    case 10:
      return WaiveObligation{"diagnóstico", {}, "motivo"};
    case 11:
      return ExtendDeadline{"informe", some_period(), rules::make_date(2024, 6, 28).value(), "motivo"};
    case 12:
      return one_of<Command>({Suspend{"motivo"}, Resume{"motivo"}});
    case 13:
      return AnnulObligation{"informe", some_period(), "motivo"};
    case 14:
      return ReopenObligation{"informe", some_period(), "motivo"};
    default:
      return one_of<Command>({ReopenPreviousPhase{"motivo"}, Cancel{"motivo"}});
  }
}

RC_GTEST_PROP(Replay, GivesTheStateAfterEveryStep, ()) {
  FolderForTests folder;
  const std::string path = folder / "cauce.db";
  std::filesystem::copy_file(prepared_database(), path);
  const auto clock =
      std::make_shared<ManualClock>(parse_instant("2024-01-16T09:00", "America/Bogota").value());
  const auto system = System::open(path, clock);
  const auto policy = system->policy(1);
  const std::vector<PlanId> plans = {{"PAT", "05001", 2024}, {"PCCT", "Caribe", 2024}};
  std::size_t taken = 0;
  for (int step = 0; step < 25; ++step) {
    clock->set(clock->now() + std::chrono::hours(*rc::gen::inRange(0, 24 * 14)));
    const PlanId plan = one_of(plans);
    const Actor actor = one_of<Actor>({{"ana"}, {"carla"}, {"dora"}});
    if (!system->run(plan, some_command(), actor)) continue;
    ++taken;

    StoredWorld replayed(system->store());
    replayed.keep_policy(1, policy);
    RC_ASSERT(*system->world().plan(plan) == *replayed.plan(plan));
  }
  RC_CLASSIFY(taken >= 5);
  const AuditReport report = system->audit(true);
  RC_ASSERT(report.differences == std::vector<std::string>());
  RC_ASSERT(report.ok());
}

}  // namespace
}  // namespace cauce::engine
