// The same terms as sla_rows.writ by hand: row by row, and with the vector instructions of this machine.
#pragma once
#include "bench/rows.h"

namespace writ::bench {

void scalar_kernel(const Rows& rows, Outcomes& out);
bool has_avx512();
// Only when has_avx512.
void avx512_kernel(const Rows& rows, Outcomes& out);

}  // namespace writ::bench
