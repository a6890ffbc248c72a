// Tables in code for one row. Private to this folder.
#pragma once
#include "emit/function.h"

namespace writ::emit {

// A step that follows from a few leaves of few values. No leaves: it is worked out.
struct RowTable {
  std::vector<uint32_t> leaves, cone;  // steps; the cone are the leaves and all that stands between them and the step, with itself
};
// By step; roots: those that something outside the steps reads.
std::vector<RowTable> choose_tables(const plan::Stage& stage, const std::vector<bool>& needed, const std::vector<bool>& roots);
// Nothing where some entry cannot be known while code is made.
std::optional<Lanes> emit_row_table(Function& f, SlotId id);

}  // namespace writ::emit
