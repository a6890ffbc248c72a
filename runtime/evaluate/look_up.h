// Look-ups in decision tables, of whole values and of integers. Private to this folder.
#pragma once
#include <cstdint>
#include <span>

#include "evaluate/look_up_table.h"
#include "evaluate/rt.h"

namespace writ::evaluate {

// Whether the parts of a table that was read belong together.
bool is_sound(const LookUpTable& table);

// A whole value of which the tree can be asked.
bool is_plain(const value::Value& v);
value::Value result_of(const LookUpTable& table, uint32_t result, std::span<const value::Value> operands);
// The decision for one row by the rule of value::decide, over the cases that can hold for it.
// held: guards that were true, of the first 64 cases.
value::Value decide_by_table(const LookUpTable& table, std::span<const value::Value> operands, uint64_t& held);

// The leaves of up to 64 rows, whose subjects are numbers of 64 bits.
inline constexpr uint32_t most_rows_a_look = 64;
void find_leaves(const LookUpTable& table, const LookUpOperand* operands, uint64_t first, uint32_t rows, uint32_t* leaves);

}  // namespace writ::evaluate
