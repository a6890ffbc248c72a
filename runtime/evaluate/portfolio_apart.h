// Rows of many agreements that are evaluated agreement by agreement. Private to this folder.
#pragma once
#include <functional>

#include "evaluate/portfolio.h"

namespace writ::evaluate {

// Evaluates some rows of a batch, ascending, each in the state of its agreement. False when a number does not fit 64 bits in its field's unit.
bool update_apart(const Program& program, Portfolio& portfolio, const BatchView& batch, std::span<const uint32_t> agreement, std::span<const uint32_t> rows,
                  std::span<const OutputColumn> outputs);

// Some rows of a batch side by side, as a batch, each with the place that it has in the input; what `run` leaves in the columns of its outputs is put where the
// host wants it. False when `run` says so.
using OnRows = std::function<bool(const BatchView& batch, std::span<const uint32_t> agreement, std::span<const OutputColumn> outputs)>;
bool on_copied_rows(const BatchView& batch, std::span<const uint32_t> agreement, std::span<const uint32_t> rows, std::span<const OutputColumn> outputs,
                    const OnRows& run);
inline constexpr size_t rows_copied_at_once = size_t{1} << 20;

}  // namespace writ::evaluate
