#include "unit/value/support.h"

using namespace writ::value;
using namespace writ::value::test;

namespace {

std::string by_pattern(std::string_view pattern, std::string_view text) {
  CompiledPattern compiled = compile_pattern(pattern);
  REQUIRE_MESSAGE(compiled.error == PatternError::none, std::string(pattern));
  Parsed<Timestamp> p = parse_with_pattern(text, compiled.pattern);
  if (!p.ok()) return std::string(describe(p.error));
  return p.value.has_offset ? format_with_offset(p.value.local, p.value.offset_seconds) : format_local(p.value.local);
}

PatternError pattern_error(std::string_view pattern) { return compile_pattern(pattern).error; }

}  // namespace

TEST_CASE("dates") {
  CHECK(parse_date("2026-03-02").value == days_from_civil(2026, 3, 2));
  CHECK(parse_date("2024-02-29").ok());
  CHECK(parse_date("2026-02-29").error == TextError::impossible_date);
  CHECK(parse_date("2026-13-01").error == TextError::impossible_date);
  CHECK(parse_date("2026-00-01").error == TextError::impossible_date);
  CHECK(parse_date("0000-01-01").error == TextError::impossible_date);
  CHECK(parse_date("2026-03-02T").error == TextError::trailing);
  CHECK(parse_date("2026-03-02 ").error == TextError::trailing);
  for (std::string_view bad : {"", "2026", "2026-3-2", "26-03-02", "2026/03/02", " 2026-03-02", "2026-03-0x", "+2026-03-02"}) {
    CHECK(parse_date(bad).error == TextError::syntax);
  }
}

TEST_CASE("local times") {
  auto read = [](std::string_view text) {
    Parsed<Local> p = parse_local_datetime(text);
    return p.ok() ? format_local(p.value) : std::string(describe(p.error));
  };
  CHECK(read("2026-03-02T11:00") == "2026-03-02T11:00");
  CHECK(read("2026-03-02 11:00:07") == "2026-03-02T11:00:07");
  CHECK(read("2026-03-02T11:00:07.5") == "2026-03-02T11:00:07.500000");
  CHECK(read("2026-03-02T11:00:00.000001") == "2026-03-02T11:00:00.000001");
  CHECK(read("2026-03-02T11:00:00.000000") == "2026-03-02T11:00");
  CHECK(read("2026-03-02T24:00") == "2026-03-03T00:00");
  CHECK(read("1969-12-31T23:59:59.999999") == "1969-12-31T23:59:59.999999");
  CHECK(parse_local_datetime("2026-03-02T24:01").error == TextError::impossible_time);
  CHECK(parse_local_datetime("2026-03-02T25:00").error == TextError::impossible_time);
  CHECK(parse_local_datetime("2026-03-02T11:60").error == TextError::impossible_time);
  CHECK(parse_local_datetime("2026-03-02T23:59:60").error == TextError::impossible_time);
  CHECK(parse_local_datetime("2026-03-02T11:00:07.1234567").error == TextError::too_precise);
  CHECK(parse_local_datetime("2026-03-02T11:00Z").error == TextError::trailing);
  for (std::string_view bad : {"2026-03-02", "2026-03-02T", "2026-03-02T11", "2026-03-02T1:00", "2026-03-02T11:00:", "2026-03-02T11:00:01."}) {
    CHECK(parse_local_datetime(bad).error == TextError::syntax);
  }
}

TEST_CASE("instants with an offset") {
  CHECK(parse_instant("2026-07-01T12:00+01:00").value == utc("2026-07-01T11:00"));
  CHECK(parse_instant("2026-07-01T12:00:30.25-05:30").value == utc("2026-07-01T17:30:30.25"));
  CHECK(parse_instant("2026-07-01T12:00Z").value == utc("2026-07-01T12:00"));
  CHECK(parse_instant("2026-07-01T12:00+0100").value == utc("2026-07-01T11:00"));
  CHECK(parse_instant("2026-07-01T12:00-03").value == utc("2026-07-01T15:00"));
  CHECK(parse_instant("2026-07-01T12:00").error == TextError::syntax);
  CHECK(parse_instant("2026-07-01T12:00z").error == TextError::syntax);
  CHECK(parse_instant("2026-07-01T12:00+01:00Z").error == TextError::trailing);
  CHECK(parse_instant("2026-07-01T12:00+19:00").error == TextError::impossible_time);
  CHECK(parse_instant("2026-07-01T12:00+01:75").error == TextError::impossible_time);
  CHECK(parse_instant("2026-07-01T12:00+1:00").error == TextError::syntax);
}

TEST_CASE("what is printed is read back") {
  Random random{31};
  for (int round = 0; round < 2000; ++round) {
    Local local = random.within(local_of(first_date, 0), local_of(last_date, us_per_day - 1));
    if (random.chance(50)) local -= local % us_per_minute;
    CHECK(parse_local_datetime(format_local(local)).value == local);
    CHECK(parse_instant(format_utc(local)).value == local);
    auto offset = static_cast<int32_t>(random.within(-15 * 60, 15 * 60)) * 60;
    CHECK(parse_instant(format_with_offset(local, offset)).value == local - offset * us_per_second);
  }
  CHECK(format_with_offset(0, -75) == "1970-01-01T00:00-00:01:15");
}

TEST_CASE("times of day") {
  CHECK(parse_time_of_day("09:00").value == 9 * us_per_hour);
  CHECK(parse_time_of_day("17:30:15").value == 17 * us_per_hour + 30 * us_per_minute + 15 * us_per_second);
  CHECK(parse_time_of_day("24:00").value == us_per_day);
  CHECK(parse_time_of_day("9:00").error == TextError::syntax);
  CHECK(parse_time_of_day("09:00 ").error == TextError::trailing);
  CHECK(parse_time_of_day("24:00:01").error == TextError::impossible_time);
}

TEST_CASE("foreign timestamps") {
  CHECK(by_pattern("d/M/yyyy HH:mm", "29/2/2016 01:16") == "2016-02-29T01:16");
  CHECK(by_pattern("d/M/yyyy HH:mm", "9/12/2016 23:59") == "2016-12-09T23:59");
  CHECK(by_pattern("M/d/yyyy h:mm:ss a", "1/2/2015 12:05:09 AM") == "2015-01-02T00:05:09");
  CHECK(by_pattern("M/d/yyyy h:mm:ss a", "1/2/2015 12:05:09 pm") == "2015-01-02T12:05:09");
  CHECK(by_pattern("M/d/yyyy h:mm:ss a", "11/22/2015 3:05:09 PM") == "2015-11-22T15:05:09");
  CHECK(by_pattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", "2026-03-02T11:00:00.250Z") == "2026-03-02T11:00:00.250000+00:00");
  CHECK(by_pattern("yyyy-MM-dd'T'HH:mm:ssXXX", "2026-03-02T11:00:00-05:30") == "2026-03-02T11:00-05:30");
  CHECK(by_pattern("yyyyMMddHHmmss", "20260302110007") == "2026-03-02T11:00:07");
  CHECK(by_pattern("dd MMM yy", "02 mar 26") == "2026-03-02T00:00");
  CHECK(by_pattern("dd MMM yy", "02 Dec 69") == "1969-12-02T00:00");
  CHECK(by_pattern("EEE, d MMMM yyyy HH:mm X", "Mon, 2 March 2026 11:00 +0200") == "2026-03-02T11:00+02:00");
  CHECK(by_pattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS", "2026-03-02 11:00:00.123456000") == "2026-03-02T11:00:00.123456");
  CHECK(by_pattern("HH 'o''clock' dd.MM.yyyy", "11 o'clock 02.03.2026") == "2026-03-02T11:00");
  CHECK(by_pattern("dd''MM''yyyy", "02'03'2026") == "2026-03-02T00:00");
  CHECK(by_pattern("yyyy-MM-dd HH:mm", "2026-03-02 24:00") == "2026-03-03T00:00");

  auto error = [](std::string_view pattern, std::string_view text) { return parse_with_pattern(text, compile_pattern(pattern).pattern).error; };
  CHECK(error("d/M/yyyy HH:mm", "29/2/2015 01:16") == TextError::impossible_date);
  CHECK(error("d/M/yyyy HH:mm", "2/29/2016 01:16") == TextError::impossible_date);
  CHECK(error("d/M/yyyy HH:mm", "9/12/2016 23:59 ") == TextError::trailing);
  CHECK(error("d/M/yyyy HH:mm", "9/12/2016 3:59") == TextError::syntax);
  CHECK(error("d/M/yyyy HH:mm", "9/12/16 03:59") == TextError::syntax);
  CHECK(error("d/M/yyyy HH:mm", "") == TextError::syntax);
  CHECK(error("M/d/yyyy h:mm a", "1/2/2015 13:05 AM") == TextError::impossible_time);
  CHECK(error("M/d/yyyy h:mm a", "1/2/2015 0:05 AM") == TextError::impossible_time);
  CHECK(error("M/d/yyyy h:mm a", "1/2/2015 1:05 XM") == TextError::syntax);
  CHECK(error("EEE dd.MM.yyyy", "Tue 02.03.2026") == TextError::wrong_weekday);
  CHECK(error("dd MMM yyyy", "02 Mrz 2026") == TextError::syntax);
  CHECK(error("yyyy-MM-dd HH:mm:ss.SSSSSSSSS", "2026-03-02 11:00:00.123456001") == TextError::too_precise);
  CHECK(error("yyyy-MM-dd HH:mmXXX", "2026-03-02 11:00+0200") == TextError::syntax);
  CHECK(error("yyyy-MM-dd HH:mmX", "2026-03-02 11:00+02:00") == TextError::syntax);
}

TEST_CASE("epoch counts") {
  CHECK(by_pattern("epoch seconds", "1767355200") == "2026-01-02T12:00+00:00");
  CHECK(by_pattern("epoch seconds", "-1") == "1969-12-31T23:59:59+00:00");
  CHECK(by_pattern("epoch milliseconds", "1767355200250") == "2026-01-02T12:00:00.250000+00:00");
  CHECK(by_pattern("epoch microseconds", "1767355200000001") == "2026-01-02T12:00:00.000001+00:00");
  Pattern seconds = compile_pattern("epoch seconds").pattern;
  CHECK(parse_with_pattern("1767355200000001", seconds).error == TextError::out_of_range);
  CHECK(parse_with_pattern("12.5", seconds).error == TextError::too_precise);
  CHECK(parse_with_pattern("", seconds).error == TextError::syntax);
  CHECK(parse_with_pattern("12 ", seconds).error == TextError::trailing);
}

TEST_CASE("patterns that cannot be right") {
  CHECK(pattern_error("yyyy-MM-dd HH:mm") == PatternError::none);
  CHECK(pattern_error("yyyy-MM-ddTHH:mm") == PatternError::unknown_letter);
  CHECK(compile_pattern("yyyy-MM-ddTHH:mm").at == 10);
  CHECK(pattern_error("yyy-MM-dd") == PatternError::unknown_letter);
  CHECK(pattern_error("yyyy-MM-dd 'T") == PatternError::open_quote);
  CHECK(pattern_error("yyyy-MM-dd yy") == PatternError::repeated_field);
  CHECK(pattern_error("HH:mm") == PatternError::no_date);
  CHECK(pattern_error("") == PatternError::no_date);
  CHECK(pattern_error("yyyy-MM-dd hh:mm") == PatternError::half_hour_without_am_pm);
  CHECK(pattern_error("yyyy-MM-dd HH:mm a") == PatternError::half_hour_without_am_pm);
  CHECK(pattern_error("dMyyyy") == PatternError::ambiguous_digits);
  CHECK(pattern_error("yyyy-MM-d'1'") == PatternError::ambiguous_digits);
  CHECK(pattern_error("dd.MM.yyyy") == PatternError::none);
}

TEST_CASE("every error has words") {
  for (int i = 0; i <= static_cast<int>(TextError::wrong_weekday); ++i) CHECK(!describe(static_cast<TextError>(i)).empty());
  for (int i = 0; i <= static_cast<int>(PatternError::ambiguous_digits); ++i) CHECK(!describe(static_cast<PatternError>(i)).empty());
  for (int i = 0; i <= static_cast<int>(Fault::order); ++i) CHECK(!name(static_cast<Fault>(i)).empty());
  for (int i = 0; i <= static_cast<int>(CalendarError::repeated_special); ++i) CHECK(!describe(static_cast<CalendarError>(i)).empty());
  for (int i = 0; i <= static_cast<int>(LedgerKind::outside); ++i) CHECK(!name(static_cast<LedgerKind>(i)).empty());
}
