#pragma once
// Text of dates, local times and instants. ASCII only, no locale, no clock; nothing may follow the value.

#include <string>
#include <string_view>
#include <vector>

#include "value/civil.h"
#include "value/text.h"

namespace writ::value {

// "2026-03-02"
Parsed<Date> parse_date(std::string_view text);
// "2026-03-02T11:00[:SS[.f to .ffffff]]", a space may stand for the T. 24:00 is the midnight that ends the day (ISO 8601).
// A leap second (:60) is refused.
Parsed<Local> parse_local_datetime(std::string_view text);
// The same followed by Z, +hh:mm, -hh:mm, +hhmm or +hh.
Parsed<Instant> parse_instant(std::string_view text);
// "09:00", "17:30:15"; microseconds since midnight. 24:00 is 24 hours.
Parsed<int64_t> parse_time_of_day(std::string_view text);

std::string format_date(Date date);
// "2026-03-02T11:00", with seconds and then six digits of a second only when they are not zero.
std::string format_local(Local local);
// In UTC, with a Z behind it.
std::string format_utc(Instant instant);
// A local time with its offset from UTC in seconds: "2026-03-02T11:00+01:00".
std::string format_with_offset(Local local, int32_t offset_seconds);

// --- Foreign timestamp formats ----------------------------------------------------------------------------------------
// Letters (of Unicode's date patterns): yyyy, yy (69..99: 1969..1999, 00..68: 2000..2068, as POSIX strptime), MM, M, MMM
// (Jan), MMMM (January), dd, d, EEE (Mon; must agree with the date), HH, H (0..23), hh, h (1..12, needs a), mm, m, ss, s,
// S to SSSSSSSSS (that many digits of a second; digits past the sixth must be 0), a (AM or PM), X (Z, +hh, +hhmm),
// XXX (Z, +hh:mm). One letter reads one or two digits, two letters read exactly two. 'quoted' text and all other characters
// that are not letters stand for themselves; '' is one quote. Names are English, in any case.
// Or one of: epoch seconds, epoch milliseconds, epoch microseconds.

enum class PieceKind : uint8_t {
  literal,
  year4,
  year2,
  month,
  month_name_short,
  month_name_long,
  day,
  weekday_name,
  hour24,
  hour12,
  minute,
  second,
  fraction,
  am_pm,
  offset_basic,
  offset_extended,
};

struct PatternPiece {
  PieceKind kind = PieceKind::literal;
  int32_t width = 0;  // numbers: exact digits, 0 for one or two; fraction: digits
  char literal = 0;
};

enum class Epoch : uint8_t { none, seconds, milliseconds, microseconds };

struct Pattern {
  std::vector<PatternPiece> pieces;
  Epoch epoch = Epoch::none;
};

// What is wrong with a pattern, at which byte of it.
enum class PatternError : uint8_t {
  none,
  unknown_letter,
  open_quote,
  repeated_field,
  no_date,
  half_hour_without_am_pm,
  ambiguous_digits,
};
std::string_view describe(PatternError error);

struct CompiledPattern {
  Pattern pattern;
  PatternError error = PatternError::none;
  uint32_t at = 0;
};
CompiledPattern compile_pattern(std::string_view pattern);

// A timestamp as it was written. Without an offset the reader must know the zone: to_utc(zone, local).
struct Timestamp {
  Local local = 0;
  int32_t offset_seconds = 0;
  bool has_offset = false;
};
inline Instant instant_of(const Timestamp& t) { return t.local - static_cast<int64_t>(t.offset_seconds) * us_per_second; }

Parsed<Timestamp> parse_with_pattern(std::string_view text, const Pattern& pattern);

}  // namespace writ::value
