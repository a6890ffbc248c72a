// Shared by the files that hold the runtime functions. Private to this folder.
#pragma once
#include "evaluate/rt.h"

#define WRIT_RT_WHOLE(name)                                                                                                                          \
  extern "C" void writ_rt_##name([[maybe_unused]] const writ::evaluate::Frame* frame, [[maybe_unused]] const writ::evaluate::Operation* operation,   \
                                 writ::value::Value* out, [[maybe_unused]] const writ::value::Value* const* operands, [[maybe_unused]] uint64_t row, \
                                 uint64_t n)
#define WRIT_RT_LANES(name)                                                                                                                           \
  extern "C" void writ_rt_lanes_##name(const writ::evaluate::Frame* frame, const writ::evaluate::Operation* operation, int64_t* out, uint8_t* states, \
                                       uint32_t* faults, const int64_t* a, const int64_t* b, const uint8_t* active, uint64_t row, uint64_t n)

namespace writ::evaluate {

inline value::i128 number_of(const Operation& operation) {
  return static_cast<value::i128>(static_cast<value::u128>(static_cast<uint64_t>(operation.number_high)) << 64 | static_cast<uint64_t>(operation.number_low));
}

// A value that cannot be used as one certain integer of 64 bits says what takes its place. Null: it can.
struct Problem {
  bool any = false;
  value::Value instead;
};
// Faults before unknown; of several faults the first. An absent one is a fault at `point`, a number beyond 64 bits an overflow.
void weigh(Problem& problem, const value::Value& operand, uint32_t point);

// An answer of a look-up.
struct Told {
  int64_t number = 0;
  value::State state = value::State::given;
  value::Fault fault = value::Fault::none;
  uint32_t point = 0;
};
inline Told told(int64_t number) { return {number}; }
inline Told not_told() { return {0, value::State::unknown}; }
inline Told told_fault(value::Fault fault, uint32_t point) { return {0, value::State::fault, fault, point}; }
value::Value value_of(const Told& told);
Told told_of(const value::Value& v);  // of a value that is a certain integer, or none at all

// Clock that stands still for a record: the stretches, or why they cannot be told (`instead` is then unknown or a fault).
struct PauseList {
  Problem problem;
  std::vector<value::Interval> intervals;
};
void find_pauses(const Frame& frame, const Operation& operation, uint64_t row, PauseList& out);
}  // namespace writ::evaluate
