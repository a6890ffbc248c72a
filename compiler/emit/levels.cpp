#include "emit/levels.h"

#include <llvm/IR/Function.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/Triple.h>

#include <cassert>

namespace writ::emit {

namespace {

std::unique_ptr<llvm::TargetMachine> target_of(const std::string& triple, const std::string& cpu, int optimise) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  std::string problem;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, problem);
  assert(target != nullptr);  // LLVM knows the machine that it was built for
  const llvm::CodeGenOptLevel level = optimise <= 0 ? llvm::CodeGenOptLevel::None : llvm::CodeGenOptLevel::Default;
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(triple, cpu, "", llvm::TargetOptions{}, llvm::Reloc::PIC_, std::nullopt, level));
}

}  // namespace

Vectors vectors_of(const llvm::TargetMachine& target) {
  Vectors vectors;
  if (target.getTargetTriple().getArch() != llvm::Triple::x86_64) return vectors;
  const auto has = [&](const char* feature) { return target.getMCSubtargetInfo()->checkFeatures(feature); };
  vectors.mask_registers = has("+avx512bw") && has("+avx512vl");
  vectors.bytes = vectors.mask_registers ? 64 : has("+avx2") ? 32 : 16;
  vectors.byte_tables = has("+ssse3");
  return vectors;
}

Machine machine_like_this() {
  const llvm::Triple triple(llvm::sys::getDefaultTargetTriple());
  Machine machine{triple.str(), {}};
  if (triple.getArch() == llvm::Triple::x86_64) {
    machine.levels = {{1, "x86-64", {}}, {3, "x86-64-v3", {}}, {4, "x86-64-v4", {}}};
  } else {
    machine.levels = {{1, "generic", {}}};
  }
  for (Level& level : machine.levels) level.vectors = vectors_of(*target_of(machine.triple, level.cpu, 0));
  return machine;
}

std::unique_ptr<llvm::TargetMachine> target_for(const Machine& machine, int optimise) {
  return target_of(machine.triple, machine.levels.front().cpu, optimise);
}

void set_level(llvm::Function& function, const Level& level) {
  function.addFnAttr("target-cpu", level.cpu);
  function.addFnAttr("prefer-vector-width", "512");
}

}  // namespace writ::emit
