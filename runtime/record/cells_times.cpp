#include <cstring>

#include "record/cells_parse.h"

namespace writ::record {

using value::i128;
using value::Parsed;
using value::TextError;

namespace {

Misread misread(Problem problem, TextError error, std::string_view example) {
  std::string detail(value::describe(error));
  if (error == TextError::syntax || error == TextError::trailing) detail += "; it is written like " + std::string(example);
  return {problem, std::move(detail)};
}
Misread misread_by_pattern(Problem problem, TextError error, const CellReader& reader) {
  return {problem, std::string(value::describe(error)) + "; its form is " + reader.source.pattern_text};
}

// The count of a unit, exactly; "1.5" hours.
Misread counted(std::string_view text, int64_t unit, int64_t& out) {
  constexpr int scale = 9;
  Parsed<i128> parsed = value::parse_decimal(text, scale);
  if (!parsed.ok()) return {Problem::not_a_duration, std::string(value::describe(parsed.error))};
  i128 scaled;
  if (value::mul_overflows(parsed.value, unit, scaled)) return {Problem::too_large, {}};
  if (scaled % value::pow10(scale) != 0) return {Problem::too_precise, "a duration is counted in microseconds"};
  scaled /= value::pow10(scale);
  if (scaled > INT64_MAX || scaled < INT64_MIN) return {Problem::too_large, {}};
  out = static_cast<int64_t>(scaled);
  return {};
}

// ISO 8601 without its calendar part: PT2H30M, PT0.5S, -PT5M. Units in falling order, a fraction only of seconds.
Misread iso_duration(std::string_view text, int64_t& out) {
  const Misread wrong{Problem::not_a_duration, "it is written like PT2H30M or PT90M"};
  bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  if (text.substr(0, 1) == "P" && text.substr(0, 2) != "PT") {
    return {Problem::not_a_duration, "days, weeks and months are no fixed time; it is written like PT48H"};
  }
  if (text.substr(0, 2) != "PT" || text.size() == 2) return wrong;
  text.remove_prefix(2);
  constexpr std::string_view letters = "HMS";
  constexpr int64_t units[] = {value::us_per_hour, value::us_per_minute, value::us_per_second};
  size_t unit = 0;
  i128 sum = 0;
  while (!text.empty()) {
    size_t digits = text.find_first_not_of("0123456789.");
    if (digits == std::string_view::npos || digits == 0) return wrong;
    size_t found = letters.find(text[digits]);
    if (found == std::string_view::npos || found < unit) return wrong;
    unit = found + 1;
    if (text[digits] != 'S' && text.substr(0, digits).find('.') != std::string_view::npos) return wrong;
    int64_t part = 0;
    if (Misread m = counted(text.substr(0, digits), units[found], part); m.problem != Problem::none) return m;
    sum += part;
    text.remove_prefix(digits + 1);
  }
  if (sum > INT64_MAX) return {Problem::too_large, {}};
  out = static_cast<int64_t>(negative ? -sum : sum);
  return {};
}

}  // namespace

Misread parse_date_cell(const CellReader& reader, std::string_view text, int64_t& out) {
  if (reader.source.form == Form::pattern) {
    Parsed<value::Timestamp> parsed = value::parse_with_pattern(text, reader.source.pattern);
    if (!parsed.ok()) return misread_by_pattern(Problem::not_a_date, parsed.error, reader);
    // The date as it is written: whatever zone the text names, its calendar shows this day.
    out = value::date_of_local(parsed.value.local);
    return {};
  }
  Parsed<value::Date> parsed = value::parse_date(text);
  if (!parsed.ok()) return misread(Problem::not_a_date, parsed.error, "2026-03-02");
  out = parsed.value;
  return {};
}

Misread parse_time_cell(std::string_view text, int64_t& out) {
  Parsed<int64_t> parsed = value::parse_time_of_day(text);
  if (!parsed.ok()) return misread(Problem::not_a_time, parsed.error, "17:30");
  if (parsed.value % value::us_per_minute != 0) return {Problem::too_precise, "a time of day is kept in minutes"};
  out = parsed.value / value::us_per_minute;
  return {};
}

namespace {

// The date in front of a text, "2026-03-02". Rows of a log share their dates with the rows before them.
bool short_date(CellReader& reader, std::string_view text, value::Date& out) {
  CellReader::LastDate& last = reader.last_date;
  if (std::memcmp(last.text, text.data(), sizeof last.text) != 0) {
    auto two = [&](size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    const int year = two(0) * 100 + two(2), month = two(5), day = two(8);
    if (!value::is_valid(year, month, day)) return false;
    std::memcpy(last.text, text.data(), sizeof last.text);
    last.date = value::days_from_civil(year, month, day);
  }
  out = last.date;
  return true;
}

// "2026-03-02T11:00" and "2026-03-02T11:00:00", which most files hold. False: not of this form, or impossible; the long way says which.
bool short_local(CellReader& reader, std::string_view text, value::Local& out) {
  if (text.size() != 16 && text.size() != 19) return false;
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
  for (size_t i = 0; i < text.size(); ++i) {
    if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : form[i] == 'T' ? text[i] != 'T' && text[i] != ' ' : text[i] != form[i]) return false;
  }
  auto two = [&](size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  const int hour = two(11), minute = two(14), second = text.size() == 19 ? two(17) : 0;
  value::Date date = 0;
  if (hour > 23 || minute > 59 || second > 59 || !short_date(reader, text, date)) return false;
  out = value::local_of(date, ((hour * 60 + minute) * int64_t{60} + second) * value::us_per_second);
  return true;
}

}  // namespace

// It remembers the period of constant offset. Far enough behind the beginning of a period its clock alone is right: no earlier
// one can have shown the same time (clocks differ by less than 52 hours).
value::Instant utc_of(CellReader& reader, const value::Zone& zone, value::Local local) {
  constexpr int64_t widest = 52 * value::us_per_hour;
  const value::ZonePeriod& last = reader.zone_period;
  value::Instant at = local - last.offset_seconds * value::us_per_second;
  if ((last.from == INT64_MIN || at - last.from > widest) && at < last.until) return at;
  at = value::to_utc(zone, local);
  reader.zone_period = value::period_at(zone, at);
  return at;
}

Misread parse_instant_cell(CellReader& reader, std::span<const value::Zone> zones, std::string_view text, int64_t& out) {
  const value::Zone& zone = zones[reader.source.zone];
  if (reader.source.form == Form::pattern) {
    Parsed<value::Timestamp> parsed = value::parse_with_pattern(text, reader.source.pattern);
    if (!parsed.ok()) return misread_by_pattern(Problem::not_an_instant, parsed.error, reader);
    out = parsed.value.has_offset ? value::instant_of(parsed.value) : utc_of(reader, zone, parsed.value.local);
    return {};
  }
  const bool utc = !text.empty() && text.back() == 'Z';
  if (value::Local short_form; short_local(reader, text.substr(0, text.size() - utc), short_form)) {
    out = utc ? value::instant_of({short_form, 0, true}) : utc_of(reader, zone, short_form);
    return {};
  }
  Parsed<value::Local> local = value::parse_local_datetime(text);
  if (local.ok()) {
    out = utc_of(reader, zone, local.value);
    return {};
  }
  Parsed<value::Instant> instant = local.error == TextError::trailing ? value::parse_instant(text) : Parsed<value::Instant>{0, local.error};
  if (!instant.ok()) return misread(Problem::not_an_instant, instant.error, "2026-03-02T11:00 or 2026-03-02T11:00:00Z");
  out = instant.value;
  return {};
}

Misread parse_duration_cell(const CellReader& reader, std::string_view text, int64_t& out) {
  switch (reader.source.form) {
    case Form::hours: return counted(text, value::us_per_hour, out);
    case Form::minutes: return counted(text, value::us_per_minute, out);
    case Form::seconds: return counted(text, value::us_per_second, out);
    case Form::milliseconds: return counted(text, 1000, out);
    case Form::microseconds: return counted(text, 1, out);
    case Form::standard:
    case Form::pattern:
    case Form::percent:
    case Form::fraction: break;
  }
  return iso_duration(text, out);
}

}  // namespace writ::record
