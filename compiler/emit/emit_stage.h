// Stages as functions of a module. Private to this folder.
#pragma once
#include <llvm/IR/Module.h>

#include <span>
#include <string>
#include <vector>

#include "emit/levels.h"
#include "evaluate/program.h"
#include "plan/plan_types.h"

namespace writ::emit {

struct Debug;

// What a host takes, by definition: see Program::columns and Program::reasons.
struct HostColumns {
  std::vector<bool> values, reasons;
};

// `debug`: for debuggers, of a plan that was made for them; then the width is 1.
// Adds the functions of a stage over rows; each runs over all groups of a block. Names: prefix0, prefix1, ...
std::vector<std::string> emit_rows(llvm::Module& module, const plan::Stage& stage, evaluate::Wanted wanted, const HostColumns& columns, uint32_t width,
                                   const Vectors& vectors, const std::string& prefix, Debug* debug = nullptr);
// Adds the function for one row (evaluate::RowFunction) that leaves behind some definitions of RecordStages::row, in this order.
void emit_row(llvm::Module& module, const plan::Stage& stage, std::span<const uint32_t> definitions, const std::string& name);
// Adds the function of a stage of totals: one period.
std::string emit_totals(llvm::Module& module, const plan::Stage& stage, const std::string& name, Debug* debug = nullptr);
// Rows of a group that suit the lanes of a stage and the vectors of a processor: a vector of bytes.
uint32_t choose_width(const plan::Stage& stage, const Vectors& vectors);

}  // namespace writ::emit
