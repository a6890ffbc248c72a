// The module of an artefact, and what is made of it. Private to this folder.
#pragma once
#include <llvm/IR/Module.h>

#include "emit/emit.h"
#include "emit/levels.h"

namespace writ::emit {

// Everything that a rule set needs, of which the world sees one function: NAME_rules.
void fill_artefact(llvm::Module& module, const plan::Plan& plan, const ArtefactOptions& options, const Machine& machine);

}  // namespace writ::emit
