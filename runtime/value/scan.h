#pragma once
// Reading digits and signs from a text, for the parsers of dates and instants.

#include <cstdint>
#include <string_view>

#include "value/civil_text.h"

namespace writ::value {

struct Scan {
  std::string_view text;
  size_t at = 0;

  bool done() const { return at >= text.size(); }
  char peek() const { return done() ? '\0' : text[at]; }
  bool take(char c) {
    if (peek() != c || done()) return false;
    ++at;
    return true;
  }
  bool at_digit() const { return !done() && text[at] >= '0' && text[at] <= '9'; }
};

// Exactly `count` digits.
inline bool take_digits(Scan& scan, int count, int32_t& out) {
  int32_t sum = 0;
  for (int i = 0; i < count; ++i) {
    if (!scan.at_digit()) return false;
    sum = sum * 10 + (scan.text[scan.at++] - '0');
  }
  out = sum;
  return true;
}

// One or two digits.
inline bool take_one_or_two(Scan& scan, int32_t& out) {
  if (!take_digits(scan, 1, out)) return false;
  if (scan.at_digit()) out = out * 10 + (scan.text[scan.at++] - '0');
  return true;
}

// Z, +hh:mm, and unless `colon_only` +hh and +hhmm. Offsets up to 15:59, which holds every zone there ever was.
TextError take_offset(Scan& scan, bool colon_only, int32_t& seconds);

// hour 0..24 (24 only as 24:00:00.0), minute, second, microseconds to microseconds since midnight.
TextError time_from_parts(int32_t hour, int32_t minute, int32_t second, int32_t micro, int64_t& out);

}  // namespace writ::value
