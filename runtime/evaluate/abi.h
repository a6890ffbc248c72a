// The C interface over an engine: how C++ code makes the handle that C code uses.
#pragma once
#include <writ/abi.h>

#include <cstddef>
#include <memory>

#include "evaluate/compiled_engine.h"

namespace writ::evaluate {

// Of writ_output as it is, or as it was before it had reasons.
inline bool is_output_size(size_t size) { return size == sizeof(writ_output) || size == offsetof(writ_output, reasons); }

// To be freed with writ_evaluator_free.
writ_evaluator* to_c(std::unique_ptr<CompiledEngine> engine);

}  // namespace writ::evaluate
