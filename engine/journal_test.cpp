#include "engine/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/hash.hpp"

namespace cauce::engine {
namespace {

using std::chrono::hours;

const Instant start = parse_iso_instant("2024-02-07T13:05:09.123Z").value();

NewEvent event(const std::string& payload) {
  return {std::nullopt, "ana", "root", "Kind", payload, 1};
}

/// A store of which some events can be told otherwise than they were written.
std::unique_ptr<Store> store_of(const std::vector<StoredEvent>& events) {
  auto store = create_store_in_memory();
  store->begin();
  for (const StoredEvent& each : events)
    store->append(each);
  store->commit();
  return store;
}

std::vector<StoredEvent> three_events() {
  auto store = create_store_in_memory();
  store->begin();
  std::vector<StoredEvent> events;
  for (const char* payload : {"{\"n\":1}", "{\"n\":2}", "{\"n\":3}"})
    events.push_back(append_event(*store, event(payload), start));
  store->commit();
  return events;
}

std::string break_of(const std::vector<StoredEvent>& events) {
  const auto broken = verify_chain(*store_of(events));
  return broken ? std::to_string(broken->sequence) + ": " + broken->what : "whole";
}

TEST(Journal, HashesAreThoseOfTheStandards) {
  EXPECT_EQ(to_hex(blake2b_256("abc")), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Journal, PartsOfAHashCannotFlowIntoOneAnother) {
  std::string first;
  append_part(first, "ab");
  append_part(first, "c");
  std::string second;
  append_part(second, "a");
  append_part(second, "bc");
  EXPECT_NE(first, second);
}

TEST(Journal, NumbersItsEventsAndChainsThem) {
  const auto events = three_events();
  EXPECT_EQ(events[0].sequence, 1);
  EXPECT_EQ(events[2].sequence, 3);
  EXPECT_EQ(events[0].hash, chain_hash("", events[0]));
  EXPECT_EQ(events[1].hash, chain_hash(events[0].hash, events[1]));
  EXPECT_EQ(break_of(events), "whole");
  EXPECT_EQ(break_of({}), "whole");
}

// The stored form of an event is for ever: a database of this release must verify in every later one.
TEST(Journal, HasTheChainThatItAlwaysHad) {
  EXPECT_EQ(to_hex(three_events()[2].hash),
            "d07ac21a16f0b68a04ea94b01ab5021939e1b64d32045b20513a7bd48d38844f");
}

TEST(Journal, InstantsNeverDecrease) {
  auto store = create_store_in_memory();
  store->begin();
  EXPECT_EQ(append_event(*store, event("{}"), start).instant, "2024-02-07T13:05:09.123Z");
  EXPECT_EQ(next_instant(*store, start - hours(1)), start);
  EXPECT_EQ(append_event(*store, event("{}"), start - hours(1)).instant, "2024-02-07T13:05:09.123Z");
  EXPECT_EQ(append_event(*store, event("{}"), start + hours(1)).instant, "2024-02-07T14:05:09.123Z");
  store->commit();
}

TEST(Journal, TamperingShowsWhereItBegins) {
  const std::string not_as_written = "el asiento no es el que se escribió: su huella no corresponde";
  for (const std::size_t which : {0U, 1U, 2U}) {
    const auto tampered = [&](const auto& change) {
      auto events = three_events();
      change(events[which]);
      return break_of(events);
    };
    const std::string expected = std::to_string(which + 1) + ": " + not_as_written;
    EXPECT_EQ(tampered([](StoredEvent& e) { e.payload = "{\"n\":9}"; }), expected);
    EXPECT_EQ(tampered([](StoredEvent& e) { e.actor = "luis"; }), expected);
    EXPECT_EQ(tampered([](StoredEvent& e) { e.system_user = "otro"; }), expected);
    EXPECT_EQ(tampered([](StoredEvent& e) { e.kind = "Other"; }), expected);
    EXPECT_EQ(tampered([](StoredEvent& e) { e.plan = ""; }), expected);
    EXPECT_EQ(tampered([](StoredEvent& e) { e.policy_version = 2; }), expected);
    EXPECT_EQ(tampered([](StoredEvent& e) { e.instant = "2024-02-07T13:05:09.124Z"; }), expected);
    EXPECT_EQ(tampered([](StoredEvent& e) { e.hash[31] = static_cast<char>(e.hash[31] ^ 1); }), expected);
  }
}

TEST(Journal, AnEventThatIsGoneShows) {
  auto events = three_events();
  events.erase(events.begin() + 1);
  EXPECT_EQ(break_of(events), "3: falta el asiento 2");
  events.erase(events.begin());
  EXPECT_EQ(break_of(events), "3: falta el asiento 1");
}

TEST(Journal, OneWrittenAgainFromATamperedPlaceShowsByAnAnchorOnly) {
  const auto events = three_events();
  const Anchor anchor = {3, to_hex(events[2].hash)};
  auto rewritten = events;
  rewritten[1].payload = "{\"n\":9}";
  rewritten[1].hash = chain_hash(rewritten[0].hash, rewritten[1]);
  rewritten[2].hash = chain_hash(rewritten[1].hash, rewritten[2]);
  EXPECT_FALSE(verify_chain(*store_of(rewritten)));
  EXPECT_FALSE(missing_anchor(*store_of(events), anchor));
  EXPECT_EQ(missing_anchor(*store_of(rewritten), anchor),
            "no corresponde a ningún asiento: el diario se reescribió, o el ancla es de otra base o está mal "
            "copiada");
  auto cut = events;
  cut.pop_back();
  EXPECT_EQ(missing_anchor(*store_of(cut), anchor),
            "el diario no tiene asiento 3: se cortó su final, o el ancla es de otra base");
  EXPECT_EQ(missing_anchor(*store_of(events), Anchor{2, anchor.hash}),
            "su huella es la del asiento 3, y no la del 2: está mal copiada");
}

RC_GTEST_PROP(Journal, WhateverIsWrittenVerifies, (const std::vector<std::string>& payloads)) {
  auto store = create_store_in_memory();
  store->begin();
  for (const std::string& payload : payloads) {
    append_event(*store, event(to_hex(payload)), start + hours(*rc::gen::inRange(-5, 5)));
  }
  store->commit();
  RC_ASSERT(!verify_chain(*store));
}

}  // namespace
}  // namespace cauce::engine
