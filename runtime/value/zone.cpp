#include "value/zone.h"

#include <algorithm>
#include <cassert>

namespace writ::value {

namespace {

// Wider than any distance from UTC that a TZif file may state (RFC 8536, 3.2: -24:59:59 to 25:59:59).
constexpr int64_t widest_offset_us = 26 * us_per_hour;

int64_t us(int64_t seconds) { return seconds * us_per_second; }

// Local date on which a rule's change falls in a year.
Date rule_date(const RuleDay& rule, int32_t year) {
  switch (rule.kind) {
    case RuleDay::Kind::julian_no_leap:  // 1..365, 29 February is never counted
      return days_from_civil(year, 1, 1) + rule.day - 1 + (is_leap(year) && rule.day >= 60 ? 1 : 0);
    case RuleDay::Kind::day_of_year: return days_from_civil(year, 1, 1) + rule.day;
    case RuleDay::Kind::month_week_day: {
      int from_monday = (rule.day + 6) % 7;
      if (rule.week == 5) return last_weekday_of_month(year, rule.month, from_monday);
      return *nth_weekday_of_month(year, rule.month, from_monday, rule.week);
    }
  }
  return 0;
}

ZonePeriod period_by_rule(const PosixRule& rule, Instant instant) {
  ZonePeriod period;
  period.offset_seconds = rule.standard_offset;
  if (!rule.has_summer) return period;
  int32_t year = civil_from_days(date_of_local(instant)).year;
  // A change may fall up to a week outside its year; three years are sure to hold the last and the next change.
  for (int32_t y = year - 1; y <= year + 1; ++y) {
    Instant starts = local_of(rule_date(rule.summer_starts, y), us(rule.summer_starts.seconds - rule.standard_offset));
    Instant ends = local_of(rule_date(rule.summer_ends, y), us(rule.summer_ends.seconds - rule.summer_offset));
    for (auto [at, offset] : {std::pair{starts, rule.summer_offset}, std::pair{ends, rule.standard_offset}}) {
      // Where an end and the next start coincide ("summer time all year"), summer wins.
      bool later = at > period.from || (at == period.from && offset == rule.summer_offset);
      if (at <= instant && later) {
        period.from = at;
        period.offset_seconds = offset;
      }
      if (at > instant) period.until = std::min(period.until, at);
    }
  }
  return period;
}

}  // namespace

Zone utc_zone() { return fixed_zone(0); }

Zone fixed_zone(int32_t offset_seconds) {
  assert(us(offset_seconds) <= widest_offset_us && us(offset_seconds) >= -widest_offset_us);
  Zone zone;
  zone.offsets.push_back(offset_seconds);
  zone.rule.present = true;
  zone.rule.standard_offset = offset_seconds;
  return zone;
}

ZonePeriod period_at(const Zone& zone, Instant instant) {
  auto next = std::upper_bound(zone.transitions.begin(), zone.transitions.end(), instant);
  auto index = static_cast<size_t>(next - zone.transitions.begin());
  if (next != zone.transitions.end()) {
    return {index == 0 ? INT64_MIN : zone.transitions[index - 1], *next, zone.offsets[index]};
  }
  Instant last = index == 0 ? INT64_MIN : zone.transitions[index - 1];
  if (!zone.rule.present) return {last, INT64_MAX, zone.offsets[index]};
  ZonePeriod period = period_by_rule(zone.rule, instant);
  period.from = std::max(period.from, last);
  return period;
}

int32_t offset_at(const Zone& zone, Instant instant) { return period_at(zone, instant).offset_seconds; }

Local to_local(const Zone& zone, Instant instant) { return instant + us(offset_at(zone, instant)); }

Instant to_utc(const Zone& zone, Local local) {
  ZonePeriod period;
  period.from = period.until = 0;
  return to_utc(zone, local, period);
}

Instant to_utc(const Zone& zone, Local local, ZonePeriod& period) {
  // No clock is further east than that, so none has reached `local` before; from there, period by period.
  const Instant before = local - widest_offset_us;
  if (before < period.from || before >= period.until) period = period_at(zone, before);
  while (period.until != INT64_MAX && period.until + us(period.offset_seconds) <= local) period = period_at(zone, period.until);
  Instant at = local - us(period.offset_seconds);
  return period.from == INT64_MIN ? at : std::max(period.from, at);
}

bool is_gap(const Zone& zone, Local local) { return to_local(zone, to_utc(zone, local)) != local; }

bool is_fold(const Zone& zone, Local local) {
  Instant first = to_utc(zone, local);
  ZonePeriod period = period_at(zone, first);
  if (first + us(period.offset_seconds) != local) return false;
  while (period.until != INT64_MAX && period.until <= local + widest_offset_us) {
    period = period_at(zone, period.until);
    Instant at = local - us(period.offset_seconds);
    if (at >= period.from && at < period.until) return true;
  }
  return false;
}

Instant start_of_day(const Zone& zone, Date date) {
  // A host may hand over days that 64 bits of microseconds do not hold: what comes of them is the same everywhere.
  return to_utc(zone, static_cast<Local>(static_cast<uint64_t>(int64_t{date}) * static_cast<uint64_t>(us_per_day)));
}

Date date_of(const Zone& zone, Instant instant) {
  ZonePeriod period = period_at(zone, instant);
  Date date = date_of_local(instant + us(period.offset_seconds));
  // Only a change within the last two offsets' width can leave the clock behind a midnight that it had already reached.
  if (period.from == INT64_MIN || instant - period.from > 2 * widest_offset_us) return date;
  while (instant >= start_of_day(zone, date + 1)) ++date;
  while (instant < start_of_day(zone, date)) --date;
  return date;
}

Instant end_of_day(const Zone& zone, Date date) { return start_of_day(zone, date + 1) - 1; }

}  // namespace writ::value
