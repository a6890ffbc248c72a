#include "value/fault.h"

namespace writ::value {

std::string_view name(Fault fault) {
  switch (fault) {
    case Fault::none: return "no fault";
    case Fault::overflow: return "the number is too large to be computed";
    case Fault::division_by_zero: return "division by zero";
    case Fault::conflict: return "two cases hold at once with different values";
    case Fault::gap: return "no case holds";
    case Fault::absent: return "a value that is not there is needed";
    case Fault::out_of_range: return "the value is outside its range";
    case Fault::order: return "the events of the record are out of order";
  }
  return "";
}

}  // namespace writ::value
