#include "emit/levels.h"

#include <llvm/IR/Function.h>
#include <llvm/MC/MCSubtargetInfo.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/Triple.h>

#include <cassert>

#include "emit/jit.h"

namespace writ::emit {

namespace {

std::unique_ptr<llvm::TargetMachine> target_of(const Machine& machine, const std::string& cpu, int optimise) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
#ifdef WRIT_LLD_WASM
  LLVMInitializeWebAssemblyTargetInfo();
  LLVMInitializeWebAssemblyTarget();
  LLVMInitializeWebAssemblyTargetMC();
  LLVMInitializeWebAssemblyAsmPrinter();
#endif
  std::string problem;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(machine.triple, problem);
  if (target == nullptr) broken(problem);  // LLVM knows the machine that it was built for, and callers ask has_wasm
  const llvm::CodeGenOptLevel level = optimise <= 0 ? llvm::CodeGenOptLevel::None : llvm::CodeGenOptLevel::Default;
  const llvm::Reloc::Model place = machine.own_place ? llvm::Reloc::PIC_ : llvm::Reloc::Static;
  return std::unique_ptr<llvm::TargetMachine>(
      target->createTargetMachine(machine.triple, cpu, machine.features, llvm::TargetOptions{}, place, std::nullopt, level));
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
  Machine machine{triple.str(), {}, true, {}};
  if (triple.getArch() == llvm::Triple::x86_64) {
    machine.levels = {{1, "x86-64", {}}, {2, "x86-64-v2", {}}, {3, "x86-64-v3", {}}, {4, "x86-64-v4", {}}};
  } else {
    machine.levels = {{1, "generic", {}}};
  }
  for (Level& level : machine.levels) level.vectors = vectors_of(*target_of(machine, level.cpu, 0));
  return machine;
}

Machine machine_of_wasm() { return {"wasm32-unknown-unknown", "+simd128,+bulk-memory", false, {{1, "generic", {}}}}; }

std::unique_ptr<llvm::TargetMachine> target_for(const Machine& machine, int optimise) { return target_of(machine, machine.levels.front().cpu, optimise); }

void set_level(llvm::Function& function, const Level& level) {
  function.addFnAttr("target-cpu", level.cpu);
  function.addFnAttr("prefer-vector-width", "512");
}

}  // namespace writ::emit
