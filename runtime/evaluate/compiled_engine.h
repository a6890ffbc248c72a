// An engine over a program: whoever made its code.
#pragma once
#include <memory>
#include <span>

#include "evaluate/columns.h"
#include "evaluate/engine.h"
#include "evaluate/program.h"

namespace writ::evaluate {

// For how long the clock of a commitment stood still for a record.
struct ClockPauses {
  uint32_t commitment = 0;
  std::vector<value::Interval> pauses;
};

struct CompiledEngine : Engine {
  virtual const Program& program() const = 0;
  // Columns of a host, without a copy. False when a number does not fit 64 bits in its field's unit; then the state is spoilt.
  // `outputs` are columns of batch.rows rows each.
  virtual bool update_columns(Totals& totals, int pass, const BatchView& batch, std::span<const OutputColumn> outputs) const = 0;
  // The same, with everything that `update` gives.
  virtual bool update_view(Totals& totals, int pass, const BatchView& batch, RecordOutputs* outputs) const = 0;
  // `update` with a batch of one row in the last pass, and the clocks that its history may have stopped.
  virtual void update_one(Totals& totals, const record::Batch& batch, RecordOutputs& outputs, std::vector<ClockPauses>& clocks) const = 0;
};

// The pass that totals of such an engine are at.
uint32_t pass_of(const Totals& totals);

std::unique_ptr<CompiledEngine> make_engine(std::unique_ptr<const Program> program);

}  // namespace writ::evaluate
