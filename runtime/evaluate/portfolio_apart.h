// Rows of many agreements that are evaluated agreement by agreement. Private to this folder.
#pragma once
#include "evaluate/portfolio.h"

namespace writ::evaluate {

// Evaluates some rows of a batch, ascending, each in the state of its agreement. False when a number does not fit 64 bits in its field's unit.
bool update_apart(const Program& program, Portfolio& portfolio, const BatchView& batch, std::span<const uint32_t> agreement, std::span<const uint32_t> rows,
                  std::span<const OutputColumn> outputs);

}  // namespace writ::evaluate
