// The C interface over an engine: how C++ code makes the handle that C code uses.
#pragma once
#include <writ/abi.h>

#include <cstddef>
#include <memory>

#include "evaluate/compiled_engine.h"

namespace writ::evaluate {

// Of writ_output as it is, as it was when every reason was a byte, or before it had reasons.
inline bool is_output_size(size_t size) {
  return size == sizeof(writ_output) || size == offsetof(writ_output, reason_width) || size == offsetof(writ_output, reasons);
}

inline void* reasons_of(const writ_output& output) { return output.size > offsetof(writ_output, reasons) ? output.reasons : nullptr; }

inline uint32_t reason_width_of(const writ_output& output) { return output.size == sizeof(writ_output) && output.reason_width != 0 ? output.reason_width : 1; }

// To be freed with writ_evaluator_free.
writ_evaluator* to_c(std::unique_ptr<CompiledEngine> engine);

}  // namespace writ::evaluate
