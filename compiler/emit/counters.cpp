#include "emit/counters.h"

#include <algorithm>

#include "plan/operations.h"

namespace writ::emit {

namespace {

const Step& counted_step(const Function& f, const Counter& counter) { return f.step(f.stage.counted[counter.index]); }

// In a block that is not refused there are no such rows.
bool never_holds(const Function& f, const Step& step) {
  return step.op == Op::certainly && std::find(f.never.begin(), f.never.end(), std::pair{step.operands[0], step.number}) != f.never.end();
}

// Of the counters that ask a slot for each of its values, one need not be counted: all rows of a clean block have one.
void leave_the_rest(const Function& f, std::vector<Counter>& counters) {
  if (!f.stage.table.clean) return;
  for (Counter& counter : counters) {
    const Step& step = counted_step(f, counter);
    if (step.op != Op::certainly || never_holds(f, step)) continue;
    const plan::Facts& facts = f.step(step.operands[0]).facts;
    if (!facts.given || facts.not_yet || facts.none || !plan::spans_at_most(facts, static_cast<int64_t>(counters.size()))) continue;
    std::vector<size_t> others;
    bool taken = false;
    for (size_t i = 0; i < counters.size(); ++i) {
      const Step& other = counted_step(f, counters[i]);
      if (&counters[i] == &counter || other.op != Op::certainly || other.operands[0] != step.operands[0]) continue;
      others.push_back(i);
      taken |= !counters[i].others.empty();
    }
    // Each number is counted once, because equal steps are one.
    if (!taken && !others.empty() && static_cast<i128>(others.size()) == facts.high - facts.low) counter.others = std::move(others);
  }
}

llvm::Value* add_rows(Function& f, llvm::BasicBlock* head, llvm::Value* mask) {
  llvm::PHINode* before = llvm::PHINode::Create(f.ir.getInt64Ty(), 2, "", head->begin());
  before->addIncoming(f.ir.getInt64(0), &f.function->getEntryBlock());
  llvm::Value* bits = f.ir.CreateBitCast(mask, f.ir.getIntNTy(f.width));
  llvm::Value* ones = f.width == 1 ? bits : f.ir.CreateUnaryIntrinsic(llvm::Intrinsic::ctpop, bits);
  llvm::Value* after = f.ir.CreateAdd(before, f.ir.CreateZExt(ones, f.ir.getInt64Ty()));
  before->addIncoming(after, f.body);
  return after;
}

}  // namespace

std::vector<Counter> count_rows(Function& f, llvm::BasicBlock* head, uint32_t last_step) {
  std::vector<Counter> counters;
  for (uint32_t i = 0; i < f.stage.counted.size(); ++i) {
    const uint32_t counted = f.stage.counted[i].index;
    if (counted >= f.first_step && counted < last_step) counters.push_back({i, nullptr, {}});
  }
  leave_the_rest(f, counters);
  for (Counter& counter : counters) {
    if (!counter.others.empty() || never_holds(f, counted_step(f, counter))) continue;
    counter.rows = add_rows(f, head, lanes_of(f, f.stage.counted[counter.index]).number);
  }
  return counters;
}

void keep_counters(Function& f, const std::vector<Counter>& counters, llvm::Value* rows) {
  if (counters.empty()) return;
  llvm::Value* array = frame_field(f, offsetof(evaluate::Frame, counters), f.ir.getPtrTy());
  for (const Counter& counter : counters) {
    llvm::Value* counted = counter.rows;
    if (!counter.others.empty()) {
      counted = rows;
      for (size_t other : counter.others) {
        if (counters[other].rows != nullptr) counted = f.ir.CreateSub(counted, counters[other].rows);
      }
    }
    if (counted == nullptr) continue;
    llvm::Value* at = f.ir.CreateConstInBoundsGEP1_64(f.ir.getInt64Ty(), array, counter.index);
    f.ir.CreateStore(f.ir.CreateAdd(f.ir.CreateLoad(f.ir.getInt64Ty(), at), counted), at);
  }
}

}  // namespace writ::emit
