// Types as the makers of nodes work them out.
#include <algorithm>
#include <cassert>

#include "ir/build.h"
#include "ir/build_parts.h"

namespace writ::ir {

Type plain_type(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}

Type boolean_type() { return plain_type(Kind::boolean); }

Type number_type(int scale) {
  Type type = plain_type(Kind::number);
  type.scale = scale;
  return type;
}

Type percent_type(int scale) {
  Type type = number_type(scale);
  type.percent = true;
  return type;
}

Type money_type(CurrencyId currency, int scale) {
  Type type = plain_type(Kind::money);
  type.currency = currency;
  type.scale = scale;
  return type;
}

Type enumeration_type(EnumId enumeration) {
  Type type = plain_type(Kind::enumeration);
  type.enumeration = enumeration;
  return type;
}

Type with_absence(Type type, Absence absence) {
  type.absence = absence;
  return type;
}

Type with_range(Type type, i128 low, i128 high) {
  assert(low <= high);
  type.has_range = true;
  type.low = low;
  type.high = high;
  return type;
}

Type without_range(Type type) {
  type.has_range = false;
  type.low = type.high = 0;
  return type;
}

bool is_numeric(const Type& type) { return type.kind == Kind::number || type.kind == Kind::ratio || type.kind == Kind::money; }

const Type& type_of(const Agreement& agreement, ExprId id) { return agreement.exprs[id].type; }
bool is_error(const Agreement& agreement, ExprId id) { return agreement.exprs[id].type.kind == Kind::error; }

namespace {

// Which kind holds both; a ratio holds whole numbers, and with a currency it holds money.
std::optional<Kind> common_kind(const Type& a, const Type& b) {
  if (a.kind == b.kind) return a.kind;
  if (is_numeric(a) && is_numeric(b) && a.currency == b.currency) return Kind::ratio;
  return std::nullopt;
}

std::optional<Absence> common_absence(Absence a, Absence b) {
  if (a == b || b == Absence::never) return a;
  if (a == Absence::never) return b;
  return std::nullopt;
}

}  // namespace

Type at_scale(Type type, int scale) {
  assert(scale >= type.scale);
  const int digits = scale - type.scale;
  type.scale = scale;
  if (!type.has_range || digits == 0) return type;
  if (digits > value::max_scale) return without_range(type);
  i128 low = 0;
  i128 high = 0;
  if (value::mul_overflows(type.low, value::pow10(digits), low) || value::mul_overflows(type.high, value::pow10(digits), high)) return without_range(type);
  return with_range(type, low, high);
}

std::optional<Type> common_type(const Type& a, const Type& b) {
  if (a.kind == Kind::error) return b;
  if (b.kind == Kind::error) return a;
  const std::optional<Kind> kind = common_kind(a, b);
  const std::optional<Absence> absence = common_absence(a.absence, b.absence);
  if (!kind || !absence || a.currency != b.currency || a.enumeration != b.enumeration || a.calendar != b.calendar) return std::nullopt;
  const int scale = std::max(a.scale, b.scale);
  const Type left = at_scale(a, scale);
  const Type right = at_scale(b, scale);
  Type type = left;
  type.kind = *kind;
  type.absence = *absence;
  type.percent = a.percent || b.percent;
  type.may_be_unknown = a.may_be_unknown || b.may_be_unknown;
  if (a.metric != b.metric) type.metric = {};
  if (left.has_range && right.has_range) return with_range(type, std::min(left.low, right.low), std::max(left.high, right.high));
  return without_range(type);
}

}  // namespace writ::ir
