// What debuggers are told of emitted code, as DWARF: lines of the agreement, and named values as variables of the functions.
// Private to this folder. Every function calls these; without a Debug they do nothing.
//
// Code for debuggers handles one row at a time, and only rows that are there, so that a stop is about one record.
#pragma once
#include <llvm/IR/DIBuilder.h>
#include <llvm/IR/Instructions.h>

#include <map>
#include <memory>
#include <vector>

#include "plan/debug_info.h"
#include "plan/plan_types.h"

namespace writ::emit {

struct Function;

struct Debug {
  const plan::DebugNames& names;
  llvm::DIBuilder builder;
  std::vector<llvm::DIFile*> files;
  llvm::DIType* state = nullptr;
  llvm::DIType* number = nullptr;  // value::Value of a number
  llvm::DIType* truth = nullptr;
  llvm::DIType* count = nullptr;
  std::map<std::string, llvm::DIType*> enums;
  Debug(llvm::Module& module, const plan::DebugNames& all) : names(all), builder(module) {}
};

// Of one function.
struct DebugFunction {
  Debug* debug = nullptr;
  llvm::DISubprogram* scope = nullptr;
  llvm::DebugLoc place;                             // of the last step
  size_t next = 0;                                  // of the stage's values
  std::map<uint32_t, llvm::AllocaInst*> variables;  // by name
  llvm::AllocaInst* place_of_rows = nullptr;        // variable `row`, or `period`
};

std::unique_ptr<Debug> make_debug(llvm::Module& module, const plan::DebugNames& names);
void finish(Debug& debug);
// A function that has no stage: its one place is the first line of the agreement.
void describe_door(Debug& debug, llvm::Function& function);

void begin_debug(Function& f, Debug* debug);
// Code from here on is of the stage as a whole; of a step; of the step that was last.
void at_stage(Function& f);
void at_step(Function& f, plan::SlotId id);
// Before a step of the loop is emitted: a line of its own is a block of its own.
void begin_step(Function& f, plan::SlotId id);
void at_last_step(Function& f);
// The row or period is known from here on.
void show_row(Function& f);
// Shows the values that are known before step `before`, of those that steps [f.first_step, last_step) make.
void show_values(Function& f, uint32_t before, uint32_t last_step);
// In a stage of totals, where definitions are made in order: what is known up to this one.
void show_definition(Function& f, uint32_t definition);

}  // namespace writ::emit
