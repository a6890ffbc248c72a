// The functions that emitted code calls. Two kinds:
//   whole: one operation over n whole values; every operation of a plan has one, and it is the value function of the same name.
//   lanes: business time and other look-ups over n integers, of which `active` says which are asked for.
// Each is `writ_rt_<name>`; the list is rt.def.
#pragma once
#include <cstdint>
#include <span>

#include "evaluate/frame.h"

namespace writ::evaluate {

// The constants of one operation. A constant of the emitted code, so the layout is fixed.
struct Operation {
  int64_t number_low = 0, number_high = 0;  // 128 bits, low word first
  uint32_t index = 0, index2 = 0;
  uint32_t predicate = no_index;
  uint32_t point = 0;
  uint32_t rounding = 0;
  uint32_t strict = 0;
  // Decisions only.
  uint32_t cases = 0, words = 0;
  uint32_t has_base = 0, zero = 0;
  alignas(8) const uint64_t* overridden_by = nullptr;  // words a case; null: no case overrides another
};
static_assert(sizeof(Operation) == 64);

// operands: by operand, n values each. row: of the first value, in the block.
using WholeFunction = void (*)(const Frame*, const Operation*, value::Value* out, const value::Value* const* operands, uint64_t row, uint64_t n);
// Decisions also tell which guards were true (the first 64 cases); null: nobody asks.
using DecideFunction = void (*)(const Frame*, const Operation*, value::Value* out, const value::Value* const* operands, uint64_t* held, uint64_t n);
// a, b: operands. For the active rows, states: value::State of the answer; where it is a fault, faults has its key (fault_key).
// Other rows of the outputs are left as they were.
using LanesFunction = void (*)(const Frame*, const Operation*, int64_t* out, uint8_t* states, uint32_t* faults, const int64_t* a, const int64_t* b,
                               const uint8_t* active, uint64_t row, uint64_t n);

// Look-ups in tables (Operation::index2) over integers: an operand of so many rows. states null: all are given; faults null: none is at fault.
struct LookUpOperand {
  const int64_t* numbers = nullptr;
  const uint8_t* states = nullptr;
  const uint32_t* faults = nullptr;
};
static_assert(sizeof(LookUpOperand) == 3 * sizeof(void*));
// odd: rows for which some subject is not given; null: none. states, faults: null where nothing but given numbers can come of it.
// held: which cases held, as value::holds reads it; null: nobody asks. The form over whole values is a DecideFunction.
using LookUpFunction = void (*)(const Frame*, const Operation*, int64_t* out, uint8_t* states, uint32_t* faults, uint64_t* held, const LookUpOperand*,
                                const uint8_t* odd, uint64_t n);

// Between whole values and lanes: numbers, states, and fault keys (which may be null where no fault can be).
using BoxFunction = void (*)(value::Value* out, const int64_t* numbers, const uint8_t* states, const uint32_t* faults, uint64_t n);
using UnboxFunction = void (*)(const value::Value* in, int64_t* numbers, uint8_t* states, uint32_t* faults, uint64_t n);

struct RtSymbol {
  const char* name;
  void* address;
};
// By name, for a loader of code that cannot ask the operating system.
std::span<const RtSymbol> rt_symbols();

}  // namespace writ::evaluate
