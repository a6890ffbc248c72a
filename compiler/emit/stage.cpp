#include "emit/emit_stage.h"

#include <algorithm>

#include "emit/counters.h"
#include "emit/function.h"
#include "emit/tables.h"

namespace writ::emit {

namespace {

using evaluate::no_index;
using evaluate::Wanted;

// The slots that something outside the stage reads.
std::vector<bool> roots_of(const plan::Stage& stage, Wanted wanted, const HostColumns& columns) {
  std::vector<bool> roots(stage.table.slots.size(), false);
  const auto mark = [&](uint32_t slot) {
    if (slot != no_index) roots[slot] = true;
  };
  for (const evaluate::DefinitionOut& out : stage.table.definitions) {
    const bool all = wanted == Wanted::everything, some = wanted != Wanted::totals;
    if (all || (some && columns.values[out.definition])) mark(out.slot);
    if (all || (wanted == Wanted::reasons && columns.reasons[out.definition])) mark(out.reason);
  }
  for (const evaluate::AggregateIn& in : stage.table.aggregates) {
    for (uint32_t slot : {in.plain.slot, in.odd.slot, in.filter, in.value, in.placed}) mark(slot);
  }
  for (const evaluate::NotableIn& in : stage.table.notables) {
    for (uint32_t slot : {in.certain.slot, in.possible.slot, in.due}) mark(slot);
  }
  for (uint32_t slot : stage.table.predicates) mark(slot);
  // Rows that do not take part are told apart where records are taken back, and spared where a later function asks for them.
  if (wanted != Wanted::totals || stage.cuts.size() > 1) mark(stage.table.admitted);
  mark(stage.table.faulted.slot);
  return roots;
}

// A clean stage must see every fault of its rows, also of what nobody takes from it.
bool faults_arise(const Step& step) { return step.can_fault && (step.point != 0 || step.operands.empty()); }

// A column that is read behind the code is held against its range all the same.
bool is_shown(const plan::Stage& stage, const Step& step) {
  const auto shows = [&](const evaluate::SlotTable& slot) { return slot.column != no_index && slot.column == step.index; };
  return step.op == Op::field && std::any_of(stage.table.slots.begin(), stage.table.slots.end(), shows);
}

// Steps that the roots depend on, and what each of them reads: its operands, or what its table is indexed by.
struct Needed {
  std::vector<bool> live;
  std::vector<std::vector<SlotId>> tables, reads;
};

Needed needed_steps(const plan::Stage& stage, const std::vector<bool>& roots, uint32_t width, const Vectors& vectors) {
  const size_t n = stage.steps.size();
  Needed needed{std::vector<bool>(n, false), std::vector<std::vector<SlotId>>(n), std::vector<std::vector<SlotId>>(n)};
  std::vector<bool>& live = needed.live;
  const Cuts cuts = find_cuts(stage, width, vectors);
  for (SlotId counted : stage.counted) live[counted.index] = true;
  for (SlotId refused : stage.refused) live[refused.index] = true;
  if (stage.since.valid()) live[stage.since.index] = true;
  for (uint32_t i = 0; i < n; ++i) {
    const Step& step = stage.steps[i];
    if (step.stored != no_index && roots[step.stored]) live[i] = true;
    if (stage.table.clean && faults_arise(step)) live[i] = true;
    if (is_shown(stage, step)) live[i] = true;
  }
  for (uint32_t i = static_cast<uint32_t>(n); i-- > 0;) {
    if (!live[i]) continue;
    needed.tables[i] = choose_table(stage, cuts, live, vectors, i);
    needed.reads[i] = needed.tables[i].empty() ? stage.steps[i].operands : needed.tables[i];
    for (SlotId read : needed.reads[i]) live[read.index] = true;
  }
  return needed;
}

// Steps of one function that must be in memory behind it: roots, and what a later function reads.
std::vector<bool> kept_steps(const plan::Stage& stage, const std::vector<bool>& roots, const Needed& needed) {
  std::vector<bool> kept(stage.steps.size(), false);
  size_t function = 0;
  std::vector<size_t> function_of(stage.steps.size(), 0);
  for (size_t i = 0; i < stage.steps.size(); ++i) {
    while (function + 1 < stage.cuts.size() && i >= stage.cuts[function + 1]) ++function;
    function_of[i] = function;
    const Step& step = stage.steps[i];
    if (step.stored != no_index && roots[step.stored]) kept[i] = true;
    if (!needed.live[i]) continue;
    for (SlotId read : needed.reads[i]) {
      if (function_of[read.index] != function && !stage.steps[read.index].uniform) kept[read.index] = true;
    }
  }
  return kept;
}

void begin(Function& f, const std::string& name, Debug* debug) {
  f.slots.resize(f.stage.steps.size());
  llvm::FunctionType* type = llvm::FunctionType::get(f.ir.getVoidTy(), {f.ir.getPtrTy()}, false);
  f.function = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, f.module);
  f.function->addFnAttr(llvm::Attribute::NoUnwind);
  f.frame = f.function->getArg(0);
  f.ir.SetInsertPoint(llvm::BasicBlock::Create(f.module.getContext(), "entry", f.function));
  begin_debug(f, debug);
}

void store_held(Function& f, SlotId id, uint32_t index) {
  llvm::Value* word = emit_held(f, id);
  llvm::Value* base = frame_pointer(f, offsetof(evaluate::Frame, helds), index);
  f.ir.CreateAlignedStore(word, f.ir.CreateInBoundsGEP(f.ir.getInt64Ty(), base, f.row), llvm::Align(8));
}

void keep_unusual(Function& f) {
  llvm::Value* array = frame_field(f, offsetof(evaluate::Frame, counters), f.ir.getPtrTy());
  llvm::Value* at = f.ir.CreateConstInBoundsGEP1_64(f.ir.getInt64Ty(), array, f.stage.table.counters);
  f.ir.CreateStore(f.ir.CreateOr(f.ir.CreateLoad(f.ir.getInt64Ty(), at), unusual_word(f, f.unusual_so_far)), at);
}

// One function: a loop over the groups of the block, without a branch inside.
void emit_function(Function& f, uint32_t last_step, const Needed& needed, const std::vector<bool>& kept, Wanted wanted) {
  llvm::LLVMContext& context = f.module.getContext();
  llvm::BasicBlock* entry = &f.function->getEntryBlock();
  llvm::BasicBlock* head = llvm::BasicBlock::Create(context, "rows", f.function);
  f.body = head;
  llvm::BasicBlock* done = llvm::BasicBlock::Create(context, "done", f.function);
  f.entry_end = f.ir.CreateBr(f.body);
  f.ir.SetInsertPoint(f.body);
  llvm::PHINode* row = f.ir.CreatePHI(f.ir.getInt64Ty(), 2);
  row->addIncoming(f.ir.getInt64(0), entry);
  f.row = row;
  llvm::PHINode* unusual = f.ir.CreatePHI(unusual_type(f), 2);
  unusual->addIncoming(llvm::Constant::getNullValue(unusual->getType()), entry);
  f.unusual_so_far = unusual;
  show_row(f);
  for (uint32_t i = f.first_step; i < last_step; ++i) {
    show_values(f, i, last_step);
    if (!needed.live[i]) continue;
    const SlotId id{i};
    if (!f.step(id).uniform) {
      begin_step(f, id);
      emit_step(f, id);
    } else if (f.stage.table.clean && faults_arise(f.step(id))) {
      emit_step(f, id);  // the fault is of every row, also where nobody reads the step
    }
    fold_unusual(f);
    at_last_step(f);
    if (kept[i]) store_slot(f, id);
    const bool decides = (f.step(id).op == Op::decide || f.step(id).op == Op::look_up) && f.stage.choices[f.step(id).index].held != no_index;
    if (decides && wanted == Wanted::everything) store_held(f, id, f.stage.choices[f.step(id).index].held);
  }
  show_values(f, UINT32_MAX, last_step);
  at_stage(f);
  const std::vector<Counter> counters = count_rows(f, head, last_step);
  for (SlotId refused : f.stage.refused) {
    if (refused.index >= f.first_step && refused.index < last_step) f.unusual.push_back(lanes_of(f, refused).number);
  }
  fold_unusual(f);
  unusual->addIncoming(f.unusual_so_far, f.body);
  llvm::Value* next = f.ir.CreateAdd(f.row, f.ir.getInt64(f.width));
  row->addIncoming(next, f.body);
  const size_t rows_offset = f.shown.debug == nullptr ? offsetof(evaluate::Frame, rows) : offsetof(evaluate::Frame, given_rows);
  llvm::Value* rows = frame_field(f, rows_offset, f.ir.getInt64Ty());
  f.ir.CreateCondBr(f.ir.CreateICmpULT(next, rows), head, done);
  f.ir.SetInsertPoint(done);
  keep_counters(f, counters, next);
  if (f.unusual_so_far != unusual) keep_unusual(f);
  f.ir.CreateRetVoid();
}

}  // namespace

uint32_t choose_width(const plan::Stage& stage, const Vectors& vectors) {
  // Whole values lie in memory one by one: small groups keep their scratch space in the first cache.
  for (const Step& step : stage.steps) {
    const bool handed_over = step.op == Op::param || step.op == Op::closed;  // then so are the numbers that are compared with it
    if (step.lane == Lane::whole && (!step.uniform || (handed_over && !stage.table.clean))) return 8;
  }
  return vectors.bytes;
}

std::vector<std::string> emit_rows(llvm::Module& module, const plan::Stage& stage, Wanted wanted, const HostColumns& columns, uint32_t width,
                                   const Vectors& vectors, const std::string& prefix, Debug* debug) {
  const std::vector<bool> roots = roots_of(stage, wanted, columns);
  const Needed needed = needed_steps(stage, roots, width, vectors);
  const std::vector<bool> kept = kept_steps(stage, roots, needed);
  std::vector<std::string> names;
  for (size_t i = 0; i < stage.cuts.size(); ++i) {
    const uint32_t last = i + 1 < stage.cuts.size() ? stage.cuts[i + 1] : static_cast<uint32_t>(stage.steps.size());
    bool anything = false;
    for (uint32_t k = stage.cuts[i]; k < last; ++k) anything |= kept[k];
    for (SlotId counted : stage.counted) anything |= counted.index >= stage.cuts[i] && counted.index < last;
    for (SlotId refused : stage.refused) anything |= refused.index >= stage.cuts[i] && refused.index < last;
    anything |= stage.since.valid() && stage.since.index >= stage.cuts[i] && stage.since.index < last;
    for (uint32_t k = stage.cuts[i]; k < last; ++k) anything |= is_shown(stage, stage.steps[k]) || (stage.table.clean && faults_arise(stage.steps[k]));
    if (!anything) continue;
    names.push_back(prefix + std::to_string(i));
    Function f{module, llvm::IRBuilder<>(module.getContext()), stage, vectors, width};
    begin(f, names.back(), debug);
    f.first_step = stage.cuts[i];
    f.tables = &needed.tables;
    emit_function(f, last, needed, kept, wanted);
  }
  return names;
}

std::string emit_totals(llvm::Module& module, const plan::Stage& stage, const std::string& name, Debug* debug) {
  Function f{module, llvm::IRBuilder<>(module.getContext()), stage, {}};
  begin(f, name, debug);
  f.entry_end = f.ir.CreateRetVoid();
  f.ir.SetInsertPoint(f.entry_end);
  f.row = f.ir.getInt64(0);
  llvm::Value* closed = frame_field(f, offsetof(evaluate::Frame, closed), f.ir.getPtrTy());
  llvm::Value* held = frame_field(f, offsetof(evaluate::Frame, closed_held), f.ir.getPtrTy());
  llvm::Value* period = frame_field(f, offsetof(evaluate::Frame, period), f.ir.getInt64Ty());
  show_row(f);
  for (const plan::ClosedOut& out : stage.closed) {
    llvm::Value* from = whole_of(f, out.slot);
    show_definition(f, out.definition);
    llvm::Value* index = f.ir.CreateAdd(period, f.ir.getInt64(out.first));
    llvm::Value* to = f.ir.CreateInBoundsGEP(f.ir.getInt8Ty(), closed, f.ir.CreateMul(index, f.ir.getInt64(sizeof(value::Value))));
    f.ir.CreateMemCpy(to, llvm::Align(16), from, llvm::Align(16), sizeof(value::Value));
    if (!out.decides) continue;
    f.ir.CreateAlignedStore(emit_held(f, out.slot), f.ir.CreateInBoundsGEP(f.ir.getInt64Ty(), held, index), llvm::Align(8));
  }
  return name;
}

}  // namespace writ::emit
