// One line of a `facts` block. Private to this folder.
#pragma once
#include <optional>

#include "check/context.h"

namespace writ::check {

// Where one field comes from; nothing after a report. The caller fills in its index.
std::optional<ir::FactsField> check_fact_field(Context&, uint32_t file, const ast::FactField&, const ir::Field&);

}  // namespace writ::check
