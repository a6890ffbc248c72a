// The optimiser of a module. Private to this folder: the only file with LLVM's pass builder.
#pragma once
#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

namespace writ::emit {

// level 0: nothing beyond what code generation needs.
void optimise(llvm::Module& module, llvm::TargetMachine& target, int level);

}  // namespace writ::emit
