#pragma once
// What can go wrong with one value at run time. A fault stays on its record; the run goes on.

#include <cstdint>
#include <string_view>

namespace writ::value {

// The order is part of the total order of faults (see `first_fault` in value.h): do not reorder.
enum class Fault : uint8_t {
  none,
  overflow,
  division_by_zero,
  conflict,      // two cases hold with different values and neither overrides the other
  gap,           // no case holds
  absent,        // a value that is not there was computed with
  out_of_range,  // outside the declared range, or outside a calendar
  order,         // the events of the record are out of order
};

// In plain words: "two cases hold at once with different values".
std::string_view name(Fault fault);

}  // namespace writ::value
