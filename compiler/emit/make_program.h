// What the runtime is told of a plan besides code. Private to this folder.
#pragma once
#include <memory>

#include "evaluate/program.h"
#include "plan/plan_types.h"

namespace writ::emit {

// Without code; `columns` and `reasons` as in EmitOptions.
std::unique_ptr<evaluate::Program> make_program(const plan::Plan& plan, const std::vector<uint32_t>& columns, const std::vector<uint32_t>& reasons);

}  // namespace writ::emit
