#include "explain/words.h"

#include <array>

#include "value/civil.h"
#include "value/civil_text.h"

namespace writ::explain {

using value::i128;
using value::State;

namespace {

// At least `digits` of them.
std::string padded(int64_t number, size_t digits) {
  std::string text = std::to_string(number < 0 ? -number : number);
  if (text.size() < digits) text.insert(0, digits - text.size(), '0');
  return number < 0 ? "-" + text : text;
}

}  // namespace

std::string words(std::string_view member) {
  std::string text(member);
  for (char& c : text) {
    if (c == '_') c = ' ';
  }
  return text;
}

std::string date_text(int32_t date) {
  static constexpr std::array<const char*, 7> names{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  return names[static_cast<size_t>(value::weekday(date))] + (" " + value::format_date(date));
}

bool is_end_of_day(const value::Zone& zone, int64_t instant) { return value::end_of_day(zone, value::date_of(zone, instant)) == instant; }

std::string instant_iso(const value::Zone& zone, int64_t instant) {
  return value::format_with_offset(value::to_local(zone, instant), value::offset_at(zone, instant));
}

std::string instant_text(const value::Zone& zone, int64_t instant) {
  const value::Date day = value::date_of(zone, instant);
  if (is_end_of_day(zone, instant)) return "the end of " + date_text(day);
  const value::Local local = value::to_local(zone, instant);
  // The local date that the clock shows; it differs from the day's row only inside odd zone changes.
  std::string text = date_text(value::date_of_local(local)) + " " + value::format_local(local).substr(11);
  if (value::is_fold(zone, local)) {
    const std::string iso = instant_iso(zone, instant);
    text += " (" + iso.substr(iso.find_last_of("+-Z")) + ")";
  }
  return text;
}

std::string duration_text(int64_t microseconds) {
  const bool negative = microseconds < 0;
  uint64_t rest = negative ? ~static_cast<uint64_t>(microseconds) + 1 : static_cast<uint64_t>(microseconds);
  const uint64_t hours = rest / value::us_per_hour, minutes = rest / value::us_per_minute % 60, seconds = rest / value::us_per_second % 60;
  const uint64_t micro = rest % value::us_per_second;
  std::string text;
  if (hours != 0) text += std::to_string(hours) + " h ";
  if (minutes != 0) text += std::to_string(minutes) + " min ";
  if (seconds != 0 || micro != 0) text += std::to_string(seconds) + (micro == 0 ? "" : "." + padded(static_cast<int64_t>(micro), 6)) + " s ";
  if (text.empty()) text = "0 min ";
  text.pop_back();
  return negative ? "-" + text : text;
}

static std::string grouped(std::string digits) {
  const size_t start = digits.starts_with('-') ? 1 : 0;
  size_t at = digits.find('.');
  if (at == std::string::npos) at = digits.size();
  while (at > start + 3) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

// Digits beyond `keep` that are zero add nothing.
static std::string trimmed(i128 scaled, int scale, int keep) {
  while (scale > keep && scaled % 10 == 0) {
    scaled /= 10;
    --scale;
  }
  return value::to_text(scaled, scale);
}

std::string money_text(const Currency& currency, int scale, i128 scaled) {
  return currency.code + " " + grouped(trimmed(scaled, scale, currency.minor_digits));
}

std::string period_text(value::PeriodKind kind, int32_t first_date) {
  const value::Civil civil = value::civil_from_days(first_date);
  switch (kind) {
    case value::PeriodKind::month: return padded(civil.year, 4) + "-" + padded(civil.month, 2);
    case value::PeriodKind::quarter: return padded(civil.year, 4) + " Q" + std::to_string((civil.month - 1) / 3 + 1);
    case value::PeriodKind::year: return padded(civil.year, 4);
    case value::PeriodKind::contract_month: return "from " + value::format_date(first_date);
  }
  return {};
}

// A quotient as a decimal: exactly if four digits do, else rounded half up and marked.
static std::string fraction_text(i128 num, i128 den, int scale) {
  constexpr int most_digits = 4;
  const value::Value exact = value::ratio(num, den, 0);
  for (int digits = 0;; ++digits) {
    const value::Value shown = value::round_to(exact, scale, digits, value::Rounding::half_up, 0);
    if (shown.state != State::given) return value::to_text(num, scale) + "/" + value::to_text(den, 0);
    const value::Value left = value::rescale(exact, digits > scale ? digits - scale : 0, 0);
    const value::Value right = value::rescale(shown, scale > digits ? scale - digits : 0, 0);
    if (value::is_true(value::eq(left, right, 0))) return value::to_text(shown.lo, digits);
    if (digits == most_digits) return "~" + value::to_text(shown.lo, digits);
  }
}

// For people: percentages with their sign, amounts with their currency.
static std::string number_for_people(const Vocabulary& vocabulary, const Type& type, i128 num, i128 den) {
  const std::string currency = type.currency != nowhere ? vocabulary.currency(type.currency).code + " " : std::string();
  if (type.kind == Kind::money && den == 1) return money_text(vocabulary.currency(type.currency), type.scale, num);
  int scale = type.scale;
  if (type.percent) {
    i128 hundredfold = 0;
    if (scale >= 2)
      scale -= 2;
    else if (value::mul_overflows(num, value::pow10(2 - scale), hundredfold))
      return value::to_text(num, type.scale);
    else
      num = hundredfold, scale = 0;
  }
  const std::string text = den == 1 ? trimmed(num, scale, 0) : fraction_text(num, den, scale);
  return currency + text + (type.percent ? "%" : "");
}

static std::string number_text(const Vocabulary& vocabulary, const Type& type, i128 num, i128 den, bool people) {
  if (people) return number_for_people(vocabulary, type, num, den);
  if (den != 1) return value::to_text(num, type.scale) + "/" + value::to_text(den, 0);
  if (type.kind == Kind::money) return trimmed(num, type.scale, vocabulary.currency(type.currency).minor_digits);
  return value::to_text(num, type.scale);
}

static std::string period_amount(i128 packed) {
  const i128 months = packed >> 32, days = packed & 0xFFFFFFFF;
  if (months == 0) return value::to_text(days, 0) + " days";
  if (days == 0) return value::to_text(months, 0) + " months";
  return value::to_text(months, 0) + " months " + value::to_text(days, 0) + " days";
}

static std::string given_text(const Vocabulary& vocabulary, const Type& type, i128 num, i128 den, bool people) {
  const auto whole = static_cast<int64_t>(num);
  switch (type.kind) {
    case Kind::boolean: return people ? (num != 0 ? "yes" : "no") : (num != 0 ? "true" : "false");
    case Kind::number:
    case Kind::ratio:
    case Kind::money: return number_text(vocabulary, type, num, den, people);
    case Kind::date: return people ? date_text(static_cast<int32_t>(whole)) : value::format_date(static_cast<int32_t>(whole));
    case Kind::time: return padded(whole / 60, 2) + ":" + padded(whole % 60, 2);
    case Kind::instant: return people ? instant_text(vocabulary.zone(), whole) : instant_iso(vocabulary.zone(), whole);
    case Kind::duration: return people ? duration_text(whole) : std::to_string(whole) + " us";
    case Kind::open_time: return people ? duration_text(whole) + " of open time" : std::to_string(whole) + " us";
    case Kind::period: return period_amount(num);
    case Kind::open_days: return value::to_text(num, 0) + " business days";
    case Kind::enumeration: return people ? words(vocabulary.member(type.enumeration, num)) : std::string(vocabulary.member(type.enumeration, num));
    case Kind::text: return std::string(vocabulary.text(num));
  }
  return {};
}

static std::string text_of(const Vocabulary& vocabulary, const Type& type, const value::Value& v, bool people) {
  switch (v.state) {
    case State::given: break;
    case State::not_yet: return "not yet";
    case State::none:
      // A ratio or an extreme of nothing; the rule is in docs/language/reference/aggregates.md.
      return type.kind == Kind::ratio ? "not measured" : "none";
    case State::unknown: return "cannot tell";
    case State::fault: return "error: " + std::string(value::name(v.fault));
  }
  std::string text = given_text(vocabulary, type, v.lo, v.lo_den, people);
  if (!value::is_certain(v)) text += (people ? " to " : "..") + given_text(vocabulary, type, v.hi, v.hi_den, people);
  return text;
}

std::string in_words(const Vocabulary& vocabulary, const Type& type, const value::Value& v) { return text_of(vocabulary, type, v, true); }
std::string exactly(const Vocabulary& vocabulary, const Type& type, const value::Value& v) { return text_of(vocabulary, type, v, false); }

}  // namespace writ::explain
