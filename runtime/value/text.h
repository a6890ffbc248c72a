#pragma once
// What reading a text can say. Shared by numbers, dates and instants.

#include <cstdint>
#include <string_view>

namespace writ::value {

enum class TextError : uint8_t {
  none,
  syntax,           // not of this form at all
  trailing,         // a good value with more text behind it
  too_precise,      // more digits after the point than can be kept
  out_of_range,     // does not fit
  impossible_date,  // 30 February, month 13
  impossible_time,  // 25:00, minute 60
  wrong_weekday,    // the weekday in the text is not the weekday of its date
};

// In plain words, fit to stand behind "because".
std::string_view describe(TextError error);

template <class T>
struct Parsed {
  T value{};
  TextError error = TextError::none;
  bool ok() const { return error == TextError::none; }
};

}  // namespace writ::value
