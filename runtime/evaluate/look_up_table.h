// A decision between many cases as data: what each case asks and gives, and a tree in which the deciding case of a row is found at once.
// Made by `plan`, kept among the tables of a program. Plain data without names.
#pragma once
#include <cstdint>
#include <vector>

#include "value/value.h"

namespace writ::evaluate {

// One operation of a guard; guards stand in postfix order. Comparisons are of a subject, at a finer scale where asked, with a number.
struct LookUpTest {
  enum class Op : uint8_t { constant, truth, is_given, eq, ne, lt, le, gt, ge, not_, and_, or_ };
  Op op = Op::constant;
  uint8_t rescale = 0;   // the subject times 10^rescale
  uint32_t subject = 0;  // operand of the look-up
  value::i128 number = 0;
};

struct LookUpCase {
  uint32_t first_test = 0, tests = 0;  // its guard
  uint32_t point = 0;                  // trace point of faults that arise in it
  uint32_t result = 0;                 // one of the table's
};

// A constant, or an operand behind the subjects.
struct LookUpResult {
  uint32_t operand = UINT32_MAX;  // UINT32_MAX: a constant
  value::State state = value::State::given;
  value::i128 number = 0, denominator = 1;  // in lowest terms
};

struct LookUpOverride {
  uint32_t loser = 0, winner = 0;  // cases
};

// A node of a search: behind numbers below `number` comes `a`, else `b`. A node of a direct level: numbers from `number` on have an
// entry each among the children, from `a` on; `b` is the number of the last one. Smaller numbers take the first entry, larger ones the last.
struct LookUpNode {
  int64_t number = 0;
  uint32_t a = 0, b = 0;
};

// All nodes of one level ask for the same subject, in the same way. A search takes `rounds` nodes, whatever the number is.
struct LookUpLevel {
  uint32_t subject = 0;
  bool direct = false;
  uint32_t rounds = 1;
};

// What is decided for a row whose subjects are all plain numbers.
struct LookUpLeaf {
  enum class Kind : uint8_t { result, fault, unknown, open };  // open: only the whole rule can tell
  int64_t number = 0;                                          // of a given constant that fits 64 bits
  uint32_t result = 0;                                         // result: one of the table's
  Kind kind = Kind::result;
  value::Fault fault = value::Fault::none;
};

struct LookUpTable {
  uint32_t subjects = 0;  // operands that the guards ask for; the others are results
  uint32_t operands = 0;
  uint32_t point = 0;  // trace point of the decision
  std::vector<LookUpTest> tests;
  std::vector<LookUpCase> cases;
  std::vector<LookUpResult> results;
  uint32_t base = UINT32_MAX;             // result where no case holds; UINT32_MAX: that is a gap
  std::vector<LookUpOverride> overrides;  // by loser, then winner; transitively closed

  std::vector<LookUpLevel> levels;  // from the root to the leaves
  std::vector<LookUpNode> nodes;
  std::vector<uint32_t> children;  // of nodes of direct levels: nodes of the next level, or leaves
  uint32_t root = 0;               // a node; a leaf where there is no level
  std::vector<LookUpLeaf> leaves;
  std::vector<uint64_t> held;  // by leaf: which cases held, as value::holds reads it
  bool open = false;           // some leaf is; where the tree would be too large, the only one

  // Cases that may hold whatever the other subjects are: by the stretch of one subject that ends below cuts[i], the last one without an
  // end; then those where it is absent. Empty: nothing is noted. Cases in ascending order, candidates[first_candidate[i]..first_candidate[i + 1]).
  uint32_t narrowing = 0;  // that subject
  std::vector<int64_t> cuts;
  std::vector<uint32_t> first_candidate, candidates;
};

}  // namespace writ::evaluate
