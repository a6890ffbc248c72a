// One function of a stage while it is being emitted, and the small vocabulary that the emitters of operations share.
// Private to this folder.
#pragma once
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/Module.h>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "emit/debug.h"
#include "emit/levels.h"
#include "evaluate/program.h"
#include "evaluate/rt.h"
#include "plan/plan_types.h"

namespace writ::emit {

using evaluate::Lane;
using plan::Op;
using plan::SlotId;
using plan::Step;
using value::Fault;
using value::i128;
using value::State;

// The rows of one group: a number each, and for each state that can occur a mask of the rows that have it. A group of one row has no vectors:
// its numbers and masks are plain integers.
// A row without a mask bit is given. Numbers of rows that are not given mean nothing.
struct Lanes {
  llvm::Value* number = nullptr;        // <W x iN>; <W x i1> for truth
  std::array<llvm::Value*, 5> masks{};  // by value::State; null: cannot occur. masks[0] is never set
  llvm::Value* fault = nullptr;         // <W x i32> fault keys, where masks[fault] can be
  llvm::Value*& mask(State s) { return masks[static_cast<size_t>(s)]; }
  llvm::Value* mask(State s) const { return masks[static_cast<size_t>(s)]; }
};

struct Slot {
  std::optional<Lanes> lanes;
  llvm::Value* whole = nullptr;  // pointer to W whole values
};

struct RowTable;

// Memory for the numbers, states and fault keys of one group.
struct Passage {
  llvm::Value *numbers = nullptr, *states = nullptr, *faults = nullptr;
};

struct Function {
  llvm::Module& module;
  llvm::IRBuilder<> ir;
  const plan::Stage& stage;
  const Vectors vectors;
  uint32_t width = 1;       // rows of a group
  uint32_t first_step = 0;  // of this function; earlier ones are read from memory
  llvm::Function* function = nullptr;
  llvm::Value* frame = nullptr;
  llvm::Value* row = nullptr;              // first row of the group, in the block
  llvm::Instruction* entry_end = nullptr;  // what is the same for every group stands before it
  llvm::BasicBlock* body = nullptr;
  std::vector<std::pair<SlotId, i128>> never;  // in a clean stage: rows in which the slot is the number are unusual
  std::vector<llvm::Value*> unusual;           // rows that the stage is not for, not noted yet: masks, or lanes that are not 0
  llvm::Value* unusual_so_far = nullptr;       // those that are
  std::vector<Slot> slots;                     // by step
  Passage passage;
  const std::vector<std::vector<SlotId>>* tables = nullptr;  // by step: what it is looked up by, where it is not worked out
  llvm::Value* numbers = nullptr;                            // of code for one row: its fields, see evaluate::RowFunction; null: columns of the frame
  llvm::Value* states = nullptr;
  llvm::BasicBlock* refused_end = nullptr;            // where it ends for an unusual row
  std::map<uint32_t, llvm::Value*> row_numbers;       // by field of the record: as the host has it
  const std::vector<RowTable>* row_tables = nullptr;  // by step, see row_tables.h
  DebugFunction shown;                                // to debuggers

  const Step& step(SlotId id) const { return stage.steps[id.index]; }
};

// --- Making of slots --------------------------------------------------------------------------------------------------
// Emits a step into the function (into its entry when it is the same for every row). Operands are made first where needed.
void emit_step(Function& f, SlotId id);
// Either form of a slot, converted once where it exists only in the other.
const Lanes& lanes_of(Function& f, SlotId id);
llvm::Value* whole_of(Function& f, SlotId id);
// The lanes of an operation, or nothing where the operation has no such form here; then emit_whole does it.
std::optional<Lanes> emit_lanes(Function& f, SlotId id);
void emit_whole(Function& f, SlotId id);
Lanes emit_field(Function& f, const Step& step);
Lanes emit_row_field(Function& f, const Step& step);
Lanes emit_live(Function& f);
// What lies after the horizon is not seen yet.
void hide_later(Function& f, const Step& step, Lanes& out);
// A clean stage is not for these rows. Code for one row ends where it is one.
void refuse(Function& f, llvm::Value* rows);
void refuse_here(Function& f, llvm::Value* misfit);
// The largest number that the plan trusts a field to be above its lowest: of one that is seen, that of the horizon.
llvm::Value* trusted_span(Function& f, const evaluate::FieldTable& field, unsigned bits);
Lanes emit_decide_lanes(Function& f, SlotId id);
Lanes emit_look_up_lanes(Function& f, SlotId id);
llvm::Value* emit_look_up_held(Function& f, SlotId id);
Lanes emit_deciding_case(Function& f, SlotId id);
std::optional<Lanes> emit_time_lanes(Function& f, SlotId id);
Lanes emit_judge_lanes(Function& f, SlotId id);
Lanes emit_open_position(Function& f, const Step& step);
// Open seconds before each of some seconds; those that the calendar does not know are taken for the nearest that it does.
llvm::Value* open_seconds_before(Function& f, const plan::DayTable& table, llvm::Value* seconds);
Lanes emit_outcome_is_lanes(Function& f, SlotId id);
// The guards of a decision that were true, one word a row.
llvm::Value* emit_held(Function& f, SlotId id);

// --- Memory -----------------------------------------------------------------------------------------------------------
Lanes load_slot(Function& f, const Step& step);
void store_slot(Function& f, SlotId id);
llvm::Value* slot_memory(Function& f, uint32_t stored, uint32_t bytes);
// Field of the frame, loaded in the entry.
llvm::Value* frame_field(Function& f, size_t offset, llvm::Type* type);
// Element of an array of pointers that the frame points to.
llvm::Value* frame_pointer(Function& f, size_t array_offset, uint32_t index);
llvm::AllocaInst* scratch(Function& f, llvm::Type* type, uint64_t count);
// A bit a row of the group, from a pointer to the bits of the block.
llvm::Value* load_bits(Function& f, llvm::Value* bits);
// A vector in scratch memory, and back.
llvm::Value* spill(Function& f, llvm::Value* vector);
llvm::Value* reload(Function& f, llvm::Value* memory, unsigned bits);
// The states of a row in a byte, and back: those that these facts allow.
llvm::Value* bytes_from_states(Function& f, const Lanes& v);
void states_from_bytes(Function& f, const plan::Facts& facts, llvm::Value* bytes, Lanes& out);
// Rows that take part, where that is known already; in histories all do.
llvm::Value* taking_part(Function& f);
// Notes of rows that are not what a field promises, or that a clean stage is not for. `fold_unusual` adds f.unusual to f.unusual_so_far;
// in the end that is one word, not 0 when there were any.
void fold_unusual(Function& f);
llvm::Type* unusual_type(Function& f);
llvm::Value* unusual_word(Function& f, llvm::Value* all_groups);
// First row of the group; 0 for a step that is the same for every row.
llvm::Value* row_of(Function& f, const Step& step);

// --- Vectors ----------------------------------------------------------------------------------------------------------
unsigned bits_of(Lane lane);
llvm::Type* lane_type(Function& f, Lane lane);     // <W x iN>
llvm::Type* integers(Function& f, unsigned bits);  // <W x iN>
llvm::Type* mask_type(Function& f);
llvm::Value* part_of(Function& f, llvm::Value* vector, unsigned first, unsigned count);
llvm::Value* splat(Function& f, Lane lane, i128 number);
llvm::Value* splat_bits(Function& f, unsigned bits, i128 number);
llvm::Value* spread(Function& f, llvm::Value* number);  // one number for every row of the group
llvm::Value* all(Function& f, bool value);
// A number of one lane as another; wider ones are sign-extended, truth is 0 or 1.
llvm::Value* as_lane(Function& f, llvm::Value* number, Lane lane);
llvm::Value* as_integers(Function& f, llvm::Value* number, unsigned bits);
llvm::Value* as_truth(Function& f, llvm::Value* number);

// --- Masks: null stands for no row ------------------------------------------------------------------------------------
llvm::Value* both(Function& f, llvm::Value* a, llvm::Value* b);
llvm::Value* either(Function& f, llvm::Value* a, llvm::Value* b);
llvm::Value* but_not(Function& f, llvm::Value* a, llvm::Value* b);
llvm::Value* absent(Function& f, const Lanes& v);
llvm::Value* not_given(Function& f, const Lanes& v);
llvm::Value* choose(Function& f, llvm::Value* mask, llvm::Value* then, llvm::Value* otherwise);
// Rows of `mask` become a fault; where a row already is one the smaller key stays.
void add_fault(Function& f, Lanes& v, llvm::Value* mask, llvm::Value* key);
llvm::Value* key_of(Function& f, uint32_t point, Fault fault);
// Row by row one of two values, in the lane.
Lanes merge(Function& f, llvm::Value* mask, const Lanes& then, const Lanes& otherwise, Lane lane);
// Lanes without a number whose states are those of a strict operation over the operands.
Lanes strict_states(Function& f, const Step& step);
Lanes strict_states(Function& f, const Step& step, std::initializer_list<const Lanes*> operands);

// --- Calls ------------------------------------------------------------------------------------------------------------
llvm::Function* declare(Function& f, const std::string& name, llvm::FunctionType* type);
llvm::Constant* operation_constant(Function& f, const Step& step);
std::string whole_name(Op op);  // "add"

}  // namespace writ::emit
