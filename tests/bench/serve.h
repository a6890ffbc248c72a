// What tests/bench/rivals/compare.py asks of this program.
#pragma once
#include <string>

#include "bench/kernels.h"

namespace writ::bench {

// Writes rows, business days and the outcomes of each variant as columns of little-endian numbers, a file each. False: it could not.
bool export_rows(const std::string& folder, const Rows& rows);

// The kernel by hand as the rivals are: `ready`, then for each line `round` the seconds that it took.
void serve(const Rows& rows, Variant variant);

}  // namespace writ::bench
