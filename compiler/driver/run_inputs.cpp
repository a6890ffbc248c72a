#include "driver/run_inputs.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "base/nearest.h"
#include "ir/print.h"
#include "value/civil_text.h"

namespace writ::driver {

namespace {

using value::i128;

bool read_instant(const ir::Agreement& agreement, const std::string& text, int64_t& out) {
  if (const auto exact = value::parse_instant(text); exact.ok()) {
    out = exact.value;
    return true;
  }
  const auto local = value::parse_local_datetime(text);
  if (local.ok()) out = value::to_utc(agreement.zone, local.value);
  return local.ok();
}

// A date alone is its end, as in a scenario: what happened on that day is seen. So says docs/decisions/0010-a-date-as-of-includes-the-day.md.
bool read_horizon(const ir::Agreement& agreement, const std::string& text, int64_t& out) {
  if (const auto date = value::parse_date(text); date.ok()) {
    out = value::end_of_day(agreement.zone, date.value);
    return true;
  }
  return read_instant(agreement, text, out);
}

std::optional<i128> read_decimal(std::string_view text, int scale) {
  const auto parsed = value::parse_decimal(text, scale, value::Grouping::thousands);
  return parsed.ok() ? std::optional<i128>(parsed.value) : std::nullopt;
}

std::optional<i128> read_money(const ir::Agreement& agreement, const ir::Type& type, std::string_view text) {
  const std::string& code = agreement.currencies[type.currency].code;
  if (text.starts_with(code)) {
    text.remove_prefix(code.size());
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  return read_decimal(text, type.scale);
}

std::optional<i128> read_number(const ir::Type& type, std::string_view text) {
  if (!text.ends_with('%')) return read_decimal(text, type.scale);
  text.remove_suffix(1);
  // A percentage is a hundredth: two digits fewer before the sign.
  if (type.scale >= 2) return read_decimal(text, type.scale - 2);
  return std::nullopt;
}

std::optional<i128> read_value(const ir::Agreement& agreement, const ir::Type& type, const std::string& text) {
  switch (type.kind) {
    case ir::Kind::boolean:
      return text == "true" || text == "yes" ? std::optional<i128>(1) : text == "false" || text == "no" ? std::optional<i128>(0) : std::nullopt;
    case ir::Kind::number: return read_number(type, text);
    case ir::Kind::money: return read_money(agreement, type, text);
    case ir::Kind::date: {
      const auto date = value::parse_date(text);
      return date.ok() ? std::optional<i128>(date.value) : std::nullopt;
    }
    case ir::Kind::instant: {
      int64_t at = 0;
      return read_instant(agreement, text, at) ? std::optional<i128>(at) : std::nullopt;
    }
    case ir::Kind::time: {
      const auto time = value::parse_time_of_day(text);
      return time.ok() ? std::optional<i128>(time.value / value::us_per_minute) : std::nullopt;
    }
    case ir::Kind::enumeration: {
      const std::vector<std::string>& members = agreement.enums[type.enumeration].members;
      for (size_t i = 0; i < members.size(); ++i) {
        if (members[i] == text) return static_cast<i128>(i);
      }
      return std::nullopt;
    }
    case ir::Kind::open_days: return read_decimal(text, 0);
    case ir::Kind::error:
    case ir::Kind::ratio:
    case ir::Kind::duration:
    case ir::Kind::period:
    case ir::Kind::open_time:
    case ir::Kind::text: return std::nullopt;  // such parameters are set in the agreement
  }
  return std::nullopt;
}

bool set_param(const ir::Agreement& agreement, const std::string& setting, const ParamColumns* columns, std::vector<value::Value>& params, std::string& error) {
  const size_t equals = setting.find('=');
  if (equals == std::string::npos || equals == 0) {
    error = fmt::format("`--set {}`: write it as `--set name=value`", setting);
    return false;
  }
  const std::string name = setting.substr(0, equals), text = setting.substr(equals + 1);
  std::vector<std::string> names;
  for (uint32_t i = 0; i < agreement.params.size(); ++i) {
    const ir::Param& param = agreement.params.items[i];
    names.push_back(param.name);
    if (param.name != name) continue;
    if (columns != nullptr && columns->has[i]) {
      error = fmt::format("`--set {}`: `{}` has a column in {}, which says it for each agreement", setting, name, columns->file);
      return false;
    }
    std::string why;
    const std::optional<i128> number = read_param(agreement, param, text, why);
    if (!number) {
      error = fmt::format("`--set {}`: `{}` {}", setting, text, why);
      return false;
    }
    params[i] = value::given(*number);
    return true;
  }
  const std::string near = base::nearest(name, names);
  error = fmt::format("`--set {}`: the agreement has no parameter called `{}`{}", setting, name, near.empty() ? "" : "; did you mean `" + near + "`?");
  return false;
}

}  // namespace

std::vector<value::Value> default_params(const ir::Agreement& agreement) {
  std::vector<value::Value> params;
  for (const ir::Param& param : agreement.params) params.push_back(param.value ? value::given(*param.value) : value::unknown());
  return params;
}

std::optional<i128> read_param(const ir::Agreement& agreement, const ir::Param& param, const std::string& text, std::string& why) {
  const std::optional<i128> number = read_value(agreement, param.type, text);
  const bool inside = !number || !param.type.has_range || (*number >= param.type.low && *number <= param.type.high);
  if (number && inside) return number;
  why = (number ? "is outside the range of " : "is no ") + ir::print_type(agreement, param.type);
  return std::nullopt;
}

bool make_inputs(const ir::Agreement& agreement, const Options& options, RunInputs& out, std::string& error, const ParamColumns* columns) {
  out.inputs.params = default_params(agreement);
  for (const std::string& setting : options.settings) {
    if (!set_param(agreement, setting, columns, out.inputs.params, error)) return false;
  }
  for (uint32_t i = 0; i < agreement.params.size(); ++i) {
    if (columns != nullptr && columns->has[i]) continue;
    if (out.inputs.params[i].state != value::State::given) {
      const std::string& name = agreement.params.items[i].name;
      error = fmt::format("the parameter `{}` has no value; give one with `--set {}=...`", name, name);
      if (columns != nullptr) error += fmt::format(" or with a column of {}", columns->file);
      return false;
    }
  }
  out.as_of_is_now = options.as_of.empty();
  if (out.as_of_is_now) {
    using namespace std::chrono;
    out.inputs.as_of = duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
    return true;
  }
  if (read_horizon(agreement, options.as_of, out.inputs.as_of)) return true;
  error = fmt::format("`--as-of {}`: write a date, as 2026-03-31 for the end of that day, or a time, as 2026-03-31T12:00", options.as_of);
  return false;
}

}  // namespace writ::driver
