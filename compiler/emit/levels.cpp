#include "emit/levels.h"

#include <llvm/IR/Function.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/Triple.h>

#include <cassert>

#include "emit/jit.h"

namespace writ::emit {

Machine machine_like_this() {
  const llvm::Triple triple(llvm::sys::getDefaultTargetTriple());
  Machine machine{triple.str(), {}, true, {}};
  if (triple.getArch() == llvm::Triple::x86_64) {
    machine.levels = {{1, "x86-64", 16}, {3, "x86-64-v3", 32}, {4, "x86-64-v4", 64}};
  } else {
    machine.levels = {{1, "generic", 16}};
  }
  return machine;
}

Machine machine_of_wasm() { return {"wasm32-unknown-unknown", "+simd128,+bulk-memory", false, {{1, "generic", 16}}}; }

std::unique_ptr<llvm::TargetMachine> target_for(const Machine& machine, int optimise) {
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
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(machine.triple, machine.levels.front().cpu, machine.features, llvm::TargetOptions{},
                                                                          machine.own_place ? llvm::Reloc::PIC_ : llvm::Reloc::Static, std::nullopt, level));
}

void set_level(llvm::Function& function, const Level& level) {
  function.addFnAttr("target-cpu", level.cpu);
  function.addFnAttr("prefer-vector-width", "512");
}

}  // namespace writ::emit
