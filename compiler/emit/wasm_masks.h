// Masks of rows as WebAssembly has them. Private to this folder.
#pragma once
#include <llvm/IR/Module.h>

namespace writ::emit {

// LLVM takes masks of sixteen rows apart, lane by lane, where they meet numbers of another width. Behind this they are bytes of 0 or -1, which are widened
// and narrowed as vectors; what a function computes stays the same. To be run after optimisation, which would undo it.
void widen_masks(llvm::Module& module);

}  // namespace writ::emit
