#include <cstdlib>
#include <ctime>
#include <vector>

#include "unit/value/support.h"

using namespace writ::value;
using namespace writ::value::test;

namespace {

// What the C library shows on that zone's clock.
Local system_local(Instant t) {
  auto seconds = static_cast<time_t>(t / us_per_second);
  tm shown{};
  localtime_r(&seconds, &shown);
  return local_of(days_from_civil(shown.tm_year + 1900, shown.tm_mon + 1, shown.tm_mday),
                  (shown.tm_hour * 3600 + shown.tm_min * 60 + shown.tm_sec) * us_per_second);
}

void use_zone(const std::string& name) {
  setenv("TZ", (":" + name).c_str(), 1);
  tzset();
}

const char* const names[] = {
    "Europe/London",   "Europe/Dublin",      "Europe/Berlin",     "America/New_York",    "America/Los_Angeles", "America/Sao_Paulo", "America/St_Johns",
    "America/Havana",  "America/Santiago",   "Africa/Casablanca", "Africa/Cairo",        "Asia/Kolkata",        "Asia/Kathmandu",    "Asia/Tehran",
    "Asia/Gaza",       "Asia/Tokyo",         "Asia/Pyongyang",    "Australia/Lord_Howe", "Australia/Melbourne", "Pacific/Apia",      "Pacific/Kwajalein",
    "Pacific/Chatham", "Pacific/Kiritimati", "Antarctica/Troll",  "America/Nuuk",        "America/Asuncion",    "Africa/Monrovia",   "Etc/UTC",
    "EST5EDT",         "Africa/El_Aaiun",
};

std::string local_text(const Zone& zone, const char* instant) { return format_local(to_local(zone, utc(instant))); }

}  // namespace

TEST_CASE("the clock agrees with the C library's, 1900 to 2400") {
  for (const char* name : names) {
    Zone zone;
    if (!load_zone(name, zone)) continue;
    use_zone(name);
    Random random{41};
    Instant first = utc("1900-01-01T00:00"), last = utc("2400-01-01T00:00");
    int wrong = 0;
    for (int round = 0; round < 1500; ++round) {
      Instant t = random.within(first / us_per_second, last / us_per_second) * us_per_second;
      wrong += to_local(zone, t) != system_local(t);
    }
    // And on both sides of each change.
    for (ZonePeriod p = period_at(zone, first); p.until < last; p = period_at(zone, p.until)) {
      for (Instant t : {p.until - us_per_second, p.until}) wrong += to_local(zone, t) != system_local(t);
      CHECK(p.from < p.until);
    }
    CHECK_MESSAGE(wrong == 0, name);
  }
  use_zone("UTC");
}

TEST_CASE("a local time is the first instant at which the clock has reached it") {
  for (const char* name : names) {
    Zone zone;
    if (!load_zone(name, zone)) continue;
    int changes = 0;
    Random random{42};
    for (ZonePeriod p = period_at(zone, utc("1960-01-01T00:00")); p.until < utc("2060-01-01T00:00") && changes < 8; p = period_at(zone, p.until)) {
      if (!random.chance(25)) continue;
      ++changes;
      // Walk the minutes around the change; remember the highest that the clock has shown.
      Instant from = p.until - 5 * us_per_hour, until = p.until + 5 * us_per_hour;
      Local reached = to_local(zone, from);
      int wrong = 0;
      for (Instant t = from; t < until; t += us_per_minute) {
        Local shown = to_local(zone, t);
        for (Local l = reached + us_per_minute - reached % us_per_minute; l <= shown; l += us_per_minute) {
          Instant found = to_utc(zone, l);
          wrong += !(found <= t && found > t - us_per_minute && to_local(zone, found) >= l && (found - 1 < from || to_local(zone, found - 1) < l));
          wrong += is_gap(zone, l) != (to_local(zone, found) != l);
        }
        reached = std::max(reached, shown);
      }
      CHECK_MESSAGE(wrong == 0, name << " " << format_utc(p.until));
    }
  }
}

TEST_CASE("both changes of London") {
  Zone london;
  if (!load_zone("Europe/London", london)) return;
  CHECK(local_text(london, "2026-03-29T00:59") == "2026-03-29T00:59");
  CHECK(local_text(london, "2026-03-29T01:00") == "2026-03-29T02:00");
  CHECK(to_utc(london, utc("2026-03-29T01:30")) == utc("2026-03-29T01:00"));
  CHECK(is_gap(london, utc("2026-03-29T01:00")));
  CHECK(is_gap(london, utc("2026-03-29T01:59:59")));
  CHECK(!is_gap(london, utc("2026-03-29T02:00")));
  CHECK(!is_gap(london, utc("2026-03-29T00:59:59")));
  CHECK(to_utc(london, utc("2026-10-25T01:30")) == utc("2026-10-25T00:30"));
  CHECK(is_fold(london, utc("2026-10-25T01:00")));
  CHECK(is_fold(london, utc("2026-10-25T01:59:59")));
  CHECK(!is_fold(london, utc("2026-10-25T02:00")));
  CHECK(!is_fold(london, utc("2026-10-25T00:59:59")));
  CHECK(!is_fold(london, utc("2026-03-29T01:30")));
  CHECK(to_utc(london, utc("2026-10-25T02:00")) == utc("2026-10-25T02:00"));
  CHECK(local_text(london, "2038-07-01T12:00") == "2038-07-01T13:00");  // the file's own list ends in 2037
  CHECK(local_text(london, "2250-07-01T12:00") == "2250-07-01T13:00");
  CHECK(local_text(london, "1800-01-01T00:01:15") == "1800-01-01T00:00");
}

TEST_CASE("days of odd zones") {
  Zone zone;
  if (load_zone("America/Sao_Paulo", zone)) {  // no midnight on 15 October 2017
    CHECK(start_of_day(zone, day("2017-10-15")) == utc("2017-10-15T03:00"));
    CHECK(end_of_day(zone, day("2017-10-14")) == utc("2017-10-15T02:59:59.999999"));
    CHECK(to_utc(zone, utc("2017-10-15T00:30")) == utc("2017-10-15T03:00"));
    CHECK(local_text(zone, "2017-10-15T03:00") == "2017-10-15T01:00");
  }
  if (load_zone("Pacific/Apia", zone)) {  // no 30 December 2011
    CHECK(start_of_day(zone, day("2011-12-30")) == start_of_day(zone, day("2011-12-31")));
    CHECK(date_of(zone, start_of_day(zone, day("2011-12-31"))) == day("2011-12-31"));
    CHECK(date_of(zone, start_of_day(zone, day("2011-12-31")) - 1) == day("2011-12-29"));
  }
  if (load_zone("America/Havana", zone)) {  // midnight twice on 2 November 2025: the first begins the day
    CHECK(start_of_day(zone, day("2025-11-02")) == utc("2025-11-02T04:00"));
    CHECK(is_fold(zone, utc("2025-11-02T00:00")));
  }
  if (load_zone("America/St_Johns", zone)) {  // at 00:01 on 28 October 1990 back to 23:01: the new day goes on
    CHECK(start_of_day(zone, day("1990-10-28")) == utc("1990-10-28T02:30"));
    Instant change = utc("1990-10-28T02:31");
    CHECK(format_local(to_local(zone, change)) == "1990-10-27T23:01");
    CHECK(date_of(zone, change) == day("1990-10-28"));
    CHECK(date_of(zone, change - us_per_minute - 1) == day("1990-10-27"));
  }
}

TEST_CASE("days part time without holes") {
  for (const char* name : names) {
    Zone zone;
    if (!load_zone(name, zone)) continue;
    int wrong = 0;
    for (Date date = day("1985-01-01"); date < day("2032-01-01"); ++date) {
      Instant from = start_of_day(zone, date), until = start_of_day(zone, date + 1);
      if (from == until) continue;
      wrong += !(from < until && date_of(zone, from) == date && date_of(zone, until - 1) == date);
    }
    CHECK_MESSAGE(wrong == 0, name);
  }
}

TEST_CASE("the rule of a footer") {
  PosixRule rule;
  for (std::string_view good : {"UTC0", "GMT0BST,M3.5.0/1,M10.5.0", "<+01>-1", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "EST5EDT4,M3.2.0,M11.1.0",
                                "IST-1GMT0,M10.5.0,M3.5.0/1", "AAA3BBB,J60/2:30:15,300/167", "EET-2EEST,M3.4.4/50,M10.4.4/50"}) {
    CHECK_MESSAGE(parse_posix_rule(good, rule), std::string(good));
  }
  for (std::string_view bad : {"", "UT0", "UTC", "GMT0BST", "GMT0BST,M3.5.0", "GMT0BST,M13.5.0,M10.5.0", "GMT0BST,M3.6.0,M10.5.0", "GMT0BST,M3.5.7,M10.5.0",
                               "GMT0BST,M3.5.0/1,M10.5.0x", "<+01-1", "GMT99", "AAA3BBB,J0,J365", "AAA3BBB,366,1", "GMT0:60", "GMT0BST,M3.5.0/1234,M10.5.0"}) {
    CHECK_MESSAGE(!parse_posix_rule(bad, rule), std::string(bad));
  }
  REQUIRE(parse_posix_rule("AAA3BBB,J60/2:30:15,300/167", rule));
  CHECK(rule.standard_offset == -3 * 3600);
  CHECK(rule.summer_offset == -2 * 3600);
  CHECK(rule.summer_starts.seconds == 2 * 3600 + 30 * 60 + 15);
  CHECK(rule.summer_ends.day == 300);
  CHECK(rule.summer_ends.seconds == 167 * 3600);

  // Day 60 without leap days is 1 March in every year; day 59 counted from 0 is 29 February in a leap year.
  Zone zone;
  zone.offsets.push_back(0);
  REQUIRE(parse_posix_rule("AAA0BBB,J60/0,300", zone.rule));
  CHECK(period_at(zone, utc("2024-02-01T00:00")).until == utc("2024-03-01T00:00"));
  CHECK(period_at(zone, utc("2023-02-01T00:00")).until == utc("2023-03-01T00:00"));
  REQUIRE(parse_posix_rule("AAA0BBB,59/0,300", zone.rule));
  CHECK(period_at(zone, utc("2024-02-01T00:00")).until == utc("2024-02-29T00:00"));
  CHECK(period_at(zone, utc("2023-02-01T00:00")).until == utc("2023-03-01T00:00"));
  // Summer time all year (RFC 8536, 3.3.1).
  REQUIRE(parse_posix_rule("XXX3EDT4,0/0,J365/23", zone.rule));
  for (const char* t : {"2026-01-01T03:00", "2026-01-01T04:00", "2026-06-01T00:00", "2026-12-31T23:59"}) {
    CHECK(offset_at(zone, utc(t)) == -4 * 3600);
  }
}

TEST_CASE("fixed zones") {
  Zone zone = fixed_zone(5 * 3600 + 1800);
  CHECK(to_local(zone, utc("2026-01-01T00:00")) == utc("2026-01-01T05:30"));
  CHECK(to_utc(zone, utc("2026-01-01T05:30")) == utc("2026-01-01T00:00"));
  CHECK(to_local(utc_zone(), 5) == 5);
  CHECK(!is_gap(zone, 0));
  CHECK(!is_fold(zone, 0));
}

TEST_CASE("bytes that are no zone are refused") {
  Zone zone;
  CHECK(!parse_tzif("", zone));
  CHECK(!parse_tzif("TZif2", zone));
  CHECK(!parse_tzif(std::string(44, '\0'), zone));
  std::string huge = "TZif2" + std::string(15, '\0') + std::string(24, '\xff');
  CHECK(!parse_tzif(huge, zone));

  // Cut anywhere, a real file is refused.
  std::string bytes;
  FILE* file = std::fopen("/usr/share/zoneinfo/Europe/London", "rb");
  if (file == nullptr) return;
  for (int c; (c = std::fgetc(file)) != EOF;) bytes.push_back(static_cast<char>(c));
  std::fclose(file);
  REQUIRE(parse_tzif(bytes, zone));
  for (size_t size = 0; size < bytes.size(); ++size) CHECK(!parse_tzif(std::string_view(bytes).substr(0, size), zone));
  // Changed at random, it is refused or gives a zone that can be asked.
  Random random{43};
  for (int round = 0; round < 500; ++round) {
    std::string changed = bytes;
    for (int i = 0; i < 3; ++i) changed[static_cast<size_t>(random.within(0, static_cast<int64_t>(bytes.size()) - 1))] = static_cast<char>(random.next());
    if (!parse_tzif(changed, zone)) continue;
    Instant t = random.within(-8'000'000'000, 8'000'000'000) * us_per_second;
    CHECK(to_utc(zone, to_local(zone, t)) <= t);
  }
}
