// A system to which anything may have been done: plans at random, in whatever order.
#pragma once

#include <filesystem>

#include <rapidcheck/gtest.h>

#include "engine/alerts.hpp"
#include "engine/outbox.hpp"
#include "engine/system_for_tests.hpp"

namespace cauce::engine::random_history {

using namespace workflows;  // every command by its name

/// A set-up database, made once, of which each case gets a copy.
inline const std::string& prepared_database() {
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

inline std::optional<Period> some_period() {
  return Period::parse(one_of<std::string>({"2024-02", "2024-03", "2024-04"}));
}

inline Command some_command() {
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

/// Takes a message, sends it back, or is away.
class FickleSender : public Sender {
 public:
  std::string_view channel() const override { return "prueba"; }
  Answer send(const Message&) override {
    return one_of<Answer>(
        {{Handover::accepted, "250"}, {Handover::try_again, "451"}, {Handover::refused, "550"}});
  }
};

/// A policy that differs from the others in one deadline, so that each is a version of its own.
inline std::string some_policy() {
  std::string text = policy_for_tests;
  const std::string was = "hito mesa \"Mesa instalada\" { vence 30 de abril }";
  const std::string day = std::to_string(*rc::gen::inRange(2, 28));
  return text.replace(text.find(was), was.size(),
                      "hito mesa \"Mesa instalada\" { vence " + day + " de junio }");
}

/// The people of the tests, some of them on leave, from or to a day.
inline std::vector<PersonRow> some_people() {
  std::vector<PersonRow> people = people_for_tests();
  for (PersonRow& row : people) {
    if (row.person == "dora") continue;  // who assigns the others
    if (*rc::gen::arbitrary<bool>()) row.to = rules::make_date(2024, *rc::gen::inRange(1, 13), 15).value();
  }
  return people;
}

/// What is done to the system rather than to a plan.
inline void change_system(System& system) {
  const Actor dora{"dora"};
  FickleSender sender;
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      (void)system.import_people(some_people(), dora);
      return;
    case 1: {
      const std::string text = some_policy();
      (void)system.publish(sources_for_tests(text), compiled_for_tests(text), dora);
      return;
    }
    case 2: {
      HandChange change{one_of<std::string>({"05001", "19002"}), {}};
      if (*rc::gen::arbitrary<bool>())
        change.decision = rules::HandDecision{*rc::gen::arbitrary<bool>(), "convenio", "dora"};
      (void)system.reselect("municipios", change, {"convenio", ""}, false, dora);
      return;
    }
    case 3:
      (void)system.create_plans(std::nullopt, dora);
      return;
    default:
      raise_due(system, "prueba");
      deliver_ready(system, sender, {"Cauce", "cauce@example.org"});
  }
}

/// A set-up system of its own, to which things are done one after another.
class RandomHistory {
 public:
  RandomHistory() {
    std::filesystem::copy_file(prepared_database(), path_);
    system_ = System::open(path_, clock_);
  }

  System& system() { return *system_; }
  /// How many of the commands on plans were not refused.
  std::size_t taken() const { return taken_; }

  /// Up to two weeks later. False if it was a command on a plan and was refused.
  bool step() {
    clock_->set(clock_->now() + std::chrono::hours(*rc::gen::inRange(0, 24 * 14)));
    const auto kind = *rc::gen::inRange(0, 10);
    if (kind == 0) {  // as if the program had ended and begun again
      system_.reset();
      system_ = System::open(path_, clock_);
    } else if (kind <= 2) {
      change_system(*system_);
    } else {
      const Actor actor = one_of<Actor>({{"ana"}, {"carla"}, {"dora"}, {"luis"}});
      if (!system_->run(one_of(plans_), some_command(), actor)) return false;
      ++taken_;
    }
    return true;
  }

 private:
  FolderForTests folder_;
  std::string path_ = folder_ / "cauce.db";
  std::shared_ptr<ManualClock> clock_ =
      std::make_shared<ManualClock>(parse_instant("2024-01-16T09:00", "America/Bogota").value());
  std::unique_ptr<System> system_;
  std::vector<PlanId> plans_ = {{"PAT", "05001", 2024}, {"PAT", "19001", 2024}, {"PCCT", "Caribe", 2024}};
  std::size_t taken_ = 0;
};

}  // namespace cauce::engine::random_history
