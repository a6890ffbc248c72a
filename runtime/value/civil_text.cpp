#include "value/civil_text.h"

#include <cassert>

#include "value/scan.h"

namespace writ::value {

TextError take_offset(Scan& scan, bool colon_only, int32_t& seconds) {
  seconds = 0;
  if (scan.take('Z')) return TextError::none;
  bool west = scan.peek() == '-';
  if (!scan.take('+') && !scan.take('-')) return TextError::syntax;
  int32_t hours = 0, minutes = 0;
  if (!take_digits(scan, 2, hours)) return TextError::syntax;
  if (colon_only ? true : scan.peek() == ':') {
    if (!scan.take(':') || !take_digits(scan, 2, minutes)) return TextError::syntax;
  } else if (scan.at_digit() && !take_digits(scan, 2, minutes)) {
    return TextError::syntax;
  }
  if (hours > 15 || minutes > 59) return TextError::impossible_time;
  seconds = (hours * 60 + minutes) * 60 * (west ? -1 : 1);
  return TextError::none;
}

TextError time_from_parts(int32_t hour, int32_t minute, int32_t second, int32_t micro, int64_t& out) {
  if (hour > 24 || minute > 59 || second > 59) return TextError::impossible_time;
  if (hour == 24 && (minute != 0 || second != 0 || micro != 0)) return TextError::impossible_time;
  out = hour * us_per_hour + minute * us_per_minute + second * us_per_second + micro;
  return TextError::none;
}

namespace {

TextError take_date(Scan& scan, Date& out) {
  int32_t year = 0, month = 0, day = 0;
  if (!take_digits(scan, 4, year) || !scan.take('-') || !take_digits(scan, 2, month) || !scan.take('-') || !take_digits(scan, 2, day)) {
    return TextError::syntax;
  }
  if (!is_valid(year, month, day)) return TextError::impossible_date;
  out = days_from_civil(year, month, day);
  return TextError::none;
}

TextError take_time(Scan& scan, int64_t& out) {
  int32_t hour = 0, minute = 0, second = 0, micro = 0;
  if (!take_digits(scan, 2, hour) || !scan.take(':') || !take_digits(scan, 2, minute)) return TextError::syntax;
  if (scan.take(':')) {
    if (!take_digits(scan, 2, second)) return TextError::syntax;
    if (scan.take('.')) {
      int digits = 0;
      for (; digits < 6 && scan.at_digit(); ++digits) micro = micro * 10 + (scan.text[scan.at++] - '0');
      if (digits == 0) return TextError::syntax;
      if (scan.at_digit()) return TextError::too_precise;
      for (; digits < 6; ++digits) micro *= 10;
    }
  }
  return time_from_parts(hour, minute, second, micro, out);
}

TextError take_local(Scan& scan, Local& out) {
  Date date = 0;
  int64_t time = 0;
  if (TextError e = take_date(scan, date); e != TextError::none) return e;
  if (!scan.take('T') && !scan.take(' ')) return TextError::syntax;
  if (TextError e = take_time(scan, time); e != TextError::none) return e;
  out = local_of(date, time);
  return TextError::none;
}

template <class T>
Parsed<T> finish(const Scan& scan, TextError error, T value) {
  if (error == TextError::none && !scan.done()) error = TextError::trailing;
  return error == TextError::none ? Parsed<T>{value, error} : Parsed<T>{{}, error};
}

// At least so many characters, filled up with zeros behind the sign.
std::string padded(int64_t number, size_t width) {
  const std::string sign = number < 0 ? "-" : "";
  const std::string digits = std::to_string(number < 0 ? -number : number);
  const size_t used = sign.size() + digits.size();
  return sign + std::string(used < width ? width - used : 0, '0') + digits;
}

std::string clock_text(int64_t hour, int64_t minute) { return padded(hour, 2) + ":" + padded(minute, 2); }

std::string time_text(int64_t time) {
  std::string text = clock_text(time / us_per_hour, time / us_per_minute % 60);
  const int64_t second = time / us_per_second % 60, micro = time % us_per_second;
  if (second != 0 || micro != 0) text += ":" + padded(second, 2);
  if (micro != 0) text += "." + padded(micro, 6);
  return text;
}

}  // namespace

Parsed<Date> parse_date(std::string_view text) {
  Scan scan{text};
  Date date = 0;
  TextError error = take_date(scan, date);
  return finish(scan, error, date);
}

Parsed<Local> parse_local_datetime(std::string_view text) {
  Scan scan{text};
  Local local = 0;
  TextError error = take_local(scan, local);
  return finish(scan, error, local);
}

Parsed<Instant> parse_instant(std::string_view text) {
  Scan scan{text};
  Timestamp t;
  TextError error = take_local(scan, t.local);
  if (error == TextError::none) error = take_offset(scan, false, t.offset_seconds);
  return finish(scan, error, instant_of(t));
}

Parsed<int64_t> parse_time_of_day(std::string_view text) {
  Scan scan{text};
  int64_t time = 0;
  TextError error = take_time(scan, time);
  return finish(scan, error, time);
}

std::string format_date(Date date) {
  Civil c = civil_from_days(date);
  return padded(c.year, 4) + "-" + padded(c.month, 2) + "-" + padded(c.day, 2);
}

std::string format_local(Local local) { return format_date(date_of_local(local)) + "T" + time_text(time_of_local(local)); }

std::string format_utc(Instant instant) { return format_local(instant) + "Z"; }

std::string format_with_offset(Local local, int32_t offset_seconds) {
  const int32_t size = offset_seconds < 0 ? -offset_seconds : offset_seconds;
  std::string text = (offset_seconds < 0 ? "-" : "+") + clock_text(size / 3600, size / 60 % 60);
  if (size % 60 != 0) text += ":" + padded(size % 60, 2);  // local mean times of the nineteenth century
  return format_local(local) + text;
}

}  // namespace writ::value
