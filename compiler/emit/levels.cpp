#include "emit/levels.h"

#include <llvm/IR/Function.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/Target/TargetMachine.h>
#include <llvm/TargetParser/Host.h>
#include <llvm/TargetParser/Triple.h>

#include <cassert>

namespace writ::emit {

Machine machine_like_this() {
  const llvm::Triple triple(llvm::sys::getDefaultTargetTriple());
  Machine machine{triple.str(), {}};
  if (triple.getArch() == llvm::Triple::x86_64) {
    machine.levels = {{1, "x86-64", 16}, {3, "x86-64-v3", 32}, {4, "x86-64-v4", 64}};
  } else {
    machine.levels = {{1, "generic", 16}};
  }
  return machine;
}

std::unique_ptr<llvm::TargetMachine> target_for(const Machine& machine, int optimise) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  std::string problem;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(machine.triple, problem);
  assert(target != nullptr);  // LLVM knows the machine that it was built for
  const llvm::CodeGenOptLevel level = optimise <= 0 ? llvm::CodeGenOptLevel::None : llvm::CodeGenOptLevel::Default;
  return std::unique_ptr<llvm::TargetMachine>(
      target->createTargetMachine(machine.triple, machine.levels.front().cpu, "", llvm::TargetOptions{}, llvm::Reloc::PIC_, std::nullopt, level));
}

void set_level(llvm::Function& function, const Level& level) {
  function.addFnAttr("target-cpu", level.cpu);
  function.addFnAttr("prefer-vector-width", "512");
}

}  // namespace writ::emit
