// An engine over a program: whoever made its code.
#pragma once
#include <memory>

#include "evaluate/columns.h"
#include "evaluate/engine.h"
#include "evaluate/program.h"

namespace writ::evaluate {

struct CompiledEngine : Engine {
  virtual const Program& program() const = 0;
  // Columns of a host, without a copy. False when a number does not fit 64 bits in its field's unit; then the state is spoilt.
  virtual bool update_columns(Totals& totals, int pass, const BatchView& batch, RecordOutputs* outputs) const = 0;
};

std::unique_ptr<CompiledEngine> make_engine(std::unique_ptr<const Program> program);

}  // namespace writ::evaluate
