#include "workflows/state_in_words.hpp"

#include "workflows/story_fixture.hpp"

namespace cauce::workflows {
namespace {

using namespace cauce::workflows::testing;

class StateInWords : public Story {
 protected:
  StateInWords() { create(); }
  std::string of(Obligation obligation, ObligationState state) const {
    obligation.state = state;
    return in_its_state(kind(), obligation);
  }
};

TEST_F(StateInWords, AgreesWithWhatItIsSaidOf) {
  Obligation formulation;
  for (const Obligation& obligation : plan().obligations) {
    const ObligationKind& what = kind_of(kind(), obligation);
    if (what.type == ObligationType::phase && what.phase == Phase::formulation) formulation = obligation;
  }
  EXPECT_EQ(of(formulation, ObligationState::achieved), "la formulación está cumplida");
  EXPECT_EQ(of(formulation, ObligationState::waived), "la formulación está dispensada");
  EXPECT_EQ(of(formulation, ObligationState::void_), "la formulación quedó sin efecto");
  formulation.state = ObligationState::achieved;
  EXPECT_EQ(already_in_words(kind(), formulation), "la formulación ya está cumplida");
  EXPECT_EQ(overdue_in_words(kind(), formulation), "vencida");
  EXPECT_EQ(doing_it("reabrir", kind(), formulation), "reabrirla");

  const Obligation& report = owed("mensual", february);
  EXPECT_EQ(of(report, ObligationState::waived), "el reporte «mensual» de febrero de 2024 está dispensado");
  EXPECT_EQ(of(report, ObligationState::not_due), "el reporte «mensual» de febrero de 2024 no es exigible");
  EXPECT_EQ(doing_it("reabrir", kind(), report), "reabrirlo");
}

}  // namespace
}  // namespace cauce::workflows
