#include "value/text.h"

namespace writ::value {

std::string_view describe(TextError error) {
  switch (error) {
    case TextError::none: return "it is right";
    case TextError::syntax: return "it is not of the expected form";
    case TextError::trailing: return "more text follows the value";
    case TextError::too_precise: return "it has more digits after the point than can be kept";
    case TextError::out_of_range: return "it is too large or too small";
    case TextError::impossible_date: return "there is no such date";
    case TextError::impossible_time: return "there is no such time of day";
    case TextError::wrong_weekday: return "the weekday is not the weekday of the date";
  }
  return "";
}

}  // namespace writ::value
