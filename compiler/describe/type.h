// Types of the language as a deployed rule set knows them.
#pragma once
#include "explain/description.h"
#include "ir/types.h"

namespace writ::describe {

// Of a type that is no mistake. Indices are those of the agreement.
explain::Type type_of(const ir::Type& type);

template <class Tag>
uint32_t index_of(base::Id<Tag> id) {
  return id.valid() ? id.index : explain::nowhere;
}

}  // namespace writ::describe
