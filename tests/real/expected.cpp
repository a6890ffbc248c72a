#include "real/expected.h"

#include "value/civil_text.h"

namespace writ::real {
namespace {

using value::i128;

struct Decimal {
  i128 digits = 0;
  int scale = 0;
};

// A number as it is written in the file; nothing for one with an exponent.
std::optional<Decimal> decimal_of(const Json& number) {
  if (!number.is_number()) return std::nullopt;
  const std::string text = number.dump();
  const size_t point = text.find('.');
  const int scale = point == std::string::npos ? 0 : static_cast<int>(text.size() - point - 1);
  if (scale > 12) return std::nullopt;
  const value::Parsed<i128> parsed = value::parse_decimal(text, scale);
  return parsed.ok() ? std::optional<Decimal>({parsed.value, scale}) : std::nullopt;
}

bool is_number(const Found& found, const Json& expected, i128 unit) {
  const std::optional<Decimal> wanted = decimal_of(expected);
  return wanted && found.value.lo * value::pow10(wanted->scale) == wanted->digits * unit * value::pow10(found.type.scale) * found.value.lo_den;
}

bool is_date(const Found& found, const std::string& expected) {
  const value::Parsed<value::Date> date = value::parse_date(std::string_view(expected).substr(0, 10));
  const std::string time = expected.size() > 10 ? expected.substr(11) : "";
  return date.ok() && date.value == found.value.lo && (time.empty() || time.find_first_of("123456789") == std::string::npos);
}

bool is_instant(const Found& found, std::string expected, const std::string& precision, const value::Zone& zone) {
  const auto at = static_cast<value::Instant>(found.value.lo);
  if (expected.size() == 10) {
    const value::Parsed<value::Date> date = value::parse_date(expected);
    return date.ok() && value::date_of(zone, at) == date.value;
  }
  if (expected.size() > 10 && expected[10] == ' ') expected[10] = 'T';
  const value::Parsed<value::Instant> exact = value::parse_instant(expected);
  const value::Parsed<value::Local> local = value::parse_local_datetime(expected);
  if (!exact.ok() && !local.ok()) return false;
  const value::Instant wanted = exact.ok() ? exact.value : value::to_utc(zone, local.value);
  constexpr int64_t millisecond = 1000;
  return precision == "ms" ? at - wanted >= 0 && at - wanted < millisecond : at == wanted;
}

bool is_interval(const std::vector<Found>& found, size_t i, const Json& pair, const std::string& precision, const value::Zone& zone) {
  if (!pair.is_array() || pair.size() != 2) return false;
  for (size_t end = 0; end < 2; ++end) {
    const Found& one = found[2 * i + end];
    if (!value::is_certain(one.value) || !is_instant(one, text_of(pair[end]), precision, zone)) return false;
  }
  return true;
}

}  // namespace

bool is_expected(const Sentence& sentence, const std::vector<Found>& found, const Json& expected, const std::string& precision, const value::Zone& zone) {
  if (sentence.answer == Answer::intervals) {
    if (!expected.is_array() || found.size() != 2 * expected.size()) return false;
    for (size_t i = 0; i < expected.size(); ++i)
      if (!is_interval(found, i, expected[i], precision, zone)) return false;
    return true;
  }
  const Found& one = found[0];
  if (expected.is_null()) return one.value.state == value::State::none || one.value.state == value::State::not_yet;
  if (one.value.state != value::State::given || !value::is_certain(one.value)) return false;
  switch (sentence.answer) {
    case Answer::truth: return expected.is_boolean() && expected.get<bool>() == (one.value.lo != 0);
    case Answer::number: return is_number(one, expected, 1);
    case Answer::open_time: return is_number(one, expected, sentence.unit);
    case Answer::date: return expected.is_string() && is_date(one, expected.get<std::string>());
    case Answer::instant: return expected.is_string() && is_instant(one, expected.get<std::string>(), precision, zone);
    case Answer::intervals: break;
  }
  return false;
}

}  // namespace writ::real
