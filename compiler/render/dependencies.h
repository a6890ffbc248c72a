// Which record types a definition rests on: so that what was set aside marks every figure it could have changed.
#pragma once
#include <vector>

#include "ir/agreement.h"

namespace writ::render {

// One flag a record type.
std::vector<bool> records_read_by(const ir::Agreement& agreement, ir::DefinitionId definition);

}  // namespace writ::render
