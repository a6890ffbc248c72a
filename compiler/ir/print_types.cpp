// Types, grains and constants as text.
#include <fmt/format.h>

#include <algorithm>

#include "ir/print.h"

namespace writ::ir {
namespace {

std::string counted(i128 number, std::string_view unit) { return fmt::format("{} {}{}", value::to_text(number, 0), unit, number == 1 ? "" : "s"); }

// 5 400 000 000 us -> "90 minutes": the largest unit that leaves nothing over.
std::string amount_text(i128 microseconds, std::string_view kind) {
  struct Unit {
    int64_t size;
    std::string_view name;
  };
  constexpr Unit units[] = {{value::us_per_hour, "hour"}, {value::us_per_minute, "minute"}, {value::us_per_second, "second"}, {1, "microsecond"}};
  for (const Unit& unit : units)
    if (microseconds % unit.size == 0) return counted(microseconds / unit.size, fmt::format("{}{}", kind, unit.name));
  return {};
}

std::string period_text(i128 number) {
  const i128 days = static_cast<int32_t>(static_cast<uint32_t>(number & 0xffffffff));  // the inverse of months * 2^32 + days, days signed
  const i128 months = (number - days) >> 32;
  if (months == 0) return counted(days, "day");
  if (days == 0) return counted(months, "month");
  return counted(months, "month") + " " + counted(days, "day");
}

std::string time_text(i128 minutes) { return fmt::format("{:02}:{:02}", static_cast<int>(minutes / 60), static_cast<int>(minutes % 60)); }

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    out += c;
  }
  return out + "\"";
}

std::string currency_text(const Agreement& agreement, CurrencyId id) { return id.valid() ? agreement.currencies[id].code : "no currency"; }

std::string with_scale(std::string name, int scale) { return scale == 0 ? name : fmt::format("{} with {} decimals", name, scale); }

std::string number_text(const Agreement& agreement, const Type& type) {
  if (type.metric.valid()) return agreement.metric_types[type.metric].name;
  return type.percent ? "percent" : "number";
}

std::string ratio_text(const Agreement& agreement, const Type& type) {
  if (type.metric.valid()) return "ratio of " + agreement.metric_types[type.metric].name;
  if (type.currency.valid()) return "ratio of money " + currency_text(agreement, type.currency);
  return type.percent ? "percent ratio" : "ratio";
}

// 0.1525 is 15.25%: two digits less, and no zeros behind them.
std::string percent_text(i128 number, int scale) {
  std::string text = scale >= 2 ? value::to_text(number, scale - 2) : value::to_text(number * value::pow10(2 - scale), 0);
  if (text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  return text + "%";
}

std::string kind_text(const Agreement& agreement, const Type& type) {
  switch (type.kind) {
    case Kind::error: return "error";
    case Kind::boolean: return "yes/no";
    case Kind::number: return with_scale(number_text(agreement, type), type.percent ? std::max(type.scale - 2, 0) : type.scale);
    case Kind::ratio: return with_scale(ratio_text(agreement, type), type.percent ? std::max(type.scale - 2, 0) : type.scale);
    case Kind::money: {
      const bool plain = type.currency.valid() && agreement.currencies[type.currency].minor_digits == type.scale;
      const std::string name = "money " + currency_text(agreement, type.currency);
      return plain ? name : fmt::format("{} with {} decimals", name, type.scale);
    }
    case Kind::date: return "date";
    case Kind::time: return "time";
    case Kind::instant: return "instant";
    case Kind::duration: return "duration";
    case Kind::period: return "period";
    case Kind::open_time: return type.calendar.valid() ? "business hours on " + agreement.calendars[type.calendar].name : "business hours";
    case Kind::open_days: return type.calendar.valid() ? "business days on " + agreement.calendars[type.calendar].name : "business days";
    case Kind::enumeration: return type.enumeration.valid() ? agreement.enums[type.enumeration].name : "no enum";
    case Kind::text: return "text";
  }
  return "?";
}

}  // namespace

std::string print_type(const Agreement& agreement, const Type& type) {
  std::string out = kind_text(agreement, type);
  if (type.has_range) {
    Type bare = type;
    bare.has_range = false;
    out += fmt::format(" in {}..{}", print_constant(agreement, bare, type.low), print_constant(agreement, bare, type.high));
  }
  switch (type.absence) {
    case Absence::never: break;
    case Absence::not_yet: out += " or not yet"; break;
    case Absence::none: out += " or none"; break;
  }
  if (type.may_be_unknown) out += " or unknown";
  return out;
}

std::string print_grain(const Agreement& agreement, const Grain& grain) {
  switch (grain.of) {
    case Grain::Of::agreement: return "per agreement";
    case Grain::Of::record: return "per " + (grain.record.valid() ? agreement.records[grain.record].name : "no record");
    case Grain::Of::period: return fmt::format("per {}", name_of(grain.period));
    case Grain::Of::history: return "per history row of " + (grain.record.valid() ? agreement.records[grain.record].name : "no record");
  }
  return "?";
}

std::string print_constant(const Agreement& agreement, const Type& type, i128 number) {
  switch (type.kind) {
    case Kind::error: return "error";
    case Kind::boolean: return number != 0 ? "true" : "false";
    case Kind::number:
    case Kind::ratio: return type.percent ? percent_text(number, type.scale) : value::to_text(number, type.scale);
    case Kind::money: return currency_text(agreement, type.currency) + " " + value::to_text(number, type.scale);
    case Kind::date: return value::format_date(static_cast<value::Date>(number));
    case Kind::time: return time_text(number);
    case Kind::instant: return value::format_utc(static_cast<value::Instant>(number));
    case Kind::duration: return amount_text(number, "");
    case Kind::period: return period_text(number);
    case Kind::open_time: return amount_text(number, "business ");
    case Kind::open_days: return counted(number, "business day");
    case Kind::enumeration: {
      if (!type.enumeration.valid()) return "?";
      const auto& members = agreement.enums[type.enumeration].members;
      return number >= 0 && number < static_cast<i128>(members.size()) ? members[static_cast<size_t>(number)] : "?";
    }
    case Kind::text: return number >= 0 && number < static_cast<i128>(agreement.texts.size()) ? quoted(agreement.texts[static_cast<size_t>(number)]) : "?";
  }
  return "?";
}

}  // namespace writ::ir
