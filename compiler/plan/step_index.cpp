// Equal steps are made once.
#include "plan/build_stage.h"

namespace writ::plan {

namespace {

uint32_t hash_of(const Step& step) {
  uint64_t hash = 0;
  const auto mix = [&](uint64_t part) {
    hash = (hash ^ part) * 0x9E3779B97F4A7C15;
    hash ^= hash >> 32;
  };
  mix(static_cast<uint64_t>(step.op) << 32 | step.index);
  for (const SlotId operand : step.operands) mix(operand.index);
  mix(static_cast<uint64_t>(step.number));
  mix(uint64_t{step.index2} << 32 | step.predicate);
  mix(uint64_t{step.point} << 8 | static_cast<uint64_t>(step.state));
  return static_cast<uint32_t>(hash);
}

// What a step does, apart from what is derived from that.
bool equal(const Step& a, const Step& b) {
  return a.op == b.op && a.operands == b.operands && a.number == b.number && a.index == b.index && a.index2 == b.index2 && a.predicate == b.predicate &&
         a.point == b.point && a.state == b.state && a.rounding == b.rounding && a.horizon == b.horizon && a.strict == b.strict && a.seconds == b.seconds;
}

void grow(StepIndex& index) {
  constexpr size_t least = 64;
  std::vector<StepIndex::Place> old(index.places.empty() ? least : index.places.size() * 2);
  old.swap(index.places);
  const size_t mask = index.places.size() - 1;
  for (const StepIndex::Place& place : old) {
    if (!place.slot.valid()) continue;
    size_t at = place.hash & mask;
    while (index.places[at].slot.valid()) at = (at + 1) & mask;
    index.places[at] = place;
  }
}

}  // namespace

SlotId find_or_enter(StepIndex& index, const std::vector<Step>& steps, const Step& step) {
  if ((index.count + 1) * 2 > index.places.size()) grow(index);
  const uint32_t hash = hash_of(step);
  const size_t mask = index.places.size() - 1;
  size_t at = hash & mask;
  for (; index.places[at].slot.valid(); at = (at + 1) & mask) {
    const StepIndex::Place& place = index.places[at];
    if (place.hash == hash && equal(steps[place.slot.index], step)) return place.slot;
  }
  index.places[at] = {hash, {static_cast<uint32_t>(steps.size())}};
  index.count += 1;
  return {};
}

}  // namespace writ::plan
