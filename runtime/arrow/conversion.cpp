#include "arrow/conversion.h"

#include "value/civil.h"

namespace writ::arrow {

namespace {

using record::Field;
using record::FieldKind;
using record::Form;

bool refuse(std::string& reason, std::string why) {
  reason = std::move(why);
  return false;
}

// Times 10^digits, or by 10^-digits.
bool shift(int digits, SourceColumn& column, std::string& reason) {
  if (digits > value::max_scale || digits < -value::max_scale) return refuse(reason, "its scale is too far from that of the field");
  (digits >= 0 ? column.times : column.by) = value::pow10(digits >= 0 ? digits : -digits);
  return true;
}

bool is_number(Kind kind) { return kind == Kind::integer || kind == Kind::natural || kind == Kind::decimal; }

bool number(const Field& field, const record::FieldSource& from, SourceColumn& column, std::string& reason) {
  const Layout& layout = column.array.layout;
  if (!is_number(layout.kind)) return refuse(reason, "the field is a number; integers, decimals or texts are needed");
  const int scale = field.scale - layout.scale;
  if (!field.percent) return shift(scale, column, reason);
  if (from.form == Form::percent) return shift(scale - 2, column, reason);
  if (from.form == Form::fraction) return shift(scale, column, reason);
  return refuse(reason, "the field is a percentage, and 15 could be 15% or 15 times the whole; say `percent` or `fraction` in a `facts` block");
}

bool unit_of_form(Form form, int64_t& out) {
  switch (form) {
    case Form::hours: out = value::us_per_hour; return true;
    case Form::minutes: out = value::us_per_minute; return true;
    case Form::seconds: out = value::us_per_second; return true;
    case Form::milliseconds: out = 1000; return true;
    case Form::microseconds: out = 1; return true;
    case Form::standard:
    case Form::pattern:
    case Form::percent:
    case Form::fraction: break;
  }
  return false;
}

void steps_to_microseconds(const Layout& layout, SourceColumn& column) {
  if (layout.per_second > value::us_per_second)
    column.by = layout.per_second / value::us_per_second;
  else
    column.times = value::us_per_second / layout.per_second;
}

bool duration(const record::FieldSource& from, SourceColumn& column, std::string& reason) {
  const Layout& layout = column.array.layout;
  if (layout.kind == Kind::duration) {
    steps_to_microseconds(layout, column);
    return true;
  }
  int64_t unit = 0;
  if (!is_number(layout.kind)) return refuse(reason, "the field is a duration; a column of durations, of numbers or of texts is needed");
  if (!unit_of_form(from.form, unit))
    return refuse(reason, "the field is a duration, and a number does not say its unit; say `seconds` or another in a `facts` block");
  if (!shift(-layout.scale, column, reason)) return false;
  return !value::mul_overflows(column.times, unit, column.times) || refuse(reason, "its scale is too far from that of the field");
}

bool instant(Naive naive, SourceColumn& column, std::string& reason) {
  const Layout& layout = column.array.layout;
  if (layout.kind != Kind::timestamp && layout.kind != Kind::local) return refuse(reason, "the field is an instant; timestamps or texts are needed");
  steps_to_microseconds(layout, column);
  if (layout.kind == Kind::timestamp) return true;
  if (naive == Naive::refused) return refuse(reason, "its timestamps have no zone, so nothing says which instants they are");
  column.is_local = naive == Naive::local;
  return true;
}

// A timestamp without a zone that is always midnight is how tables without dates hold a date.
bool date(SourceColumn& column, std::string& reason) {
  const Layout& layout = column.array.layout;
  if (layout.kind != Kind::date && layout.kind != Kind::local) return refuse(reason, "the field is a date; dates or texts are needed");
  if (layout.per_second != 0) column.by = static_cast<value::i128>(layout.per_second) * (value::us_per_day / value::us_per_second);
  return true;
}

bool time(SourceColumn& column, std::string& reason) {
  const Layout& layout = column.array.layout;
  if (layout.kind != Kind::time) return refuse(reason, "the field is a time of day; times or texts are needed");
  column.by = static_cast<value::i128>(layout.per_second) * 60;
  return true;
}

}  // namespace

bool choose_conversion(const Field& field, const record::FieldSource& from, const Times& times, SourceColumn& column, std::string& reason) {
  const Kind kind = column.array.layout.kind;
  column.is_text = kind == Kind::text || kind == Kind::text_views || !column.array.dictionary.empty();
  column.entries.resize(column.array.dictionary.empty() ? 0 : column.array.dictionary[0].length);
  if (column.is_text && field.kind == FieldKind::instant && !times.zone_known)
    return refuse(reason, "the field is an instant, and no zone is known for texts; timestamps are needed");
  if (column.is_text || kind == Kind::nothing) return true;
  if (!from.codes.empty()) return refuse(reason, "its field has codes in a `facts` block, which are texts");
  switch (field.kind) {
    case FieldKind::boolean: return kind == Kind::boolean || refuse(reason, "the field is true or false; truths or texts are needed");
    case FieldKind::number:
    case FieldKind::money: return number(field, from, column, reason);
    case FieldKind::date: return date(column, reason);
    case FieldKind::time: return time(column, reason);
    case FieldKind::instant: return instant(times.naive, column, reason);
    case FieldKind::duration: return duration(from, column, reason);
    case FieldKind::enumeration: return refuse(reason, "the field has named members; texts or a dictionary of texts are needed");
    case FieldKind::text: return kind == Kind::integer || kind == Kind::natural || refuse(reason, "the field is a text; texts or integers are needed");
    case FieldKind::unreadable: break;
  }
  return refuse(reason, "its type has no form in a table");
}

}  // namespace writ::arrow
