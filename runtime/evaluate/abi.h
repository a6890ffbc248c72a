// The C interface over an engine: how C++ code makes the handle that C code uses.
#pragma once
#include <writ/abi.h>

#include <memory>

#include "evaluate/compiled_engine.h"

namespace writ::evaluate {

// To be freed with writ_evaluator_free.
writ_evaluator* to_c(std::unique_ptr<CompiledEngine> engine);

}  // namespace writ::evaluate
