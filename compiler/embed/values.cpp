// Values as columns. Exact: amounts and decimals leave as decimals of 38 digits, ratios as a pair; what fits none of them says so.
#include "embed/results.h"
#include "render/value_text.h"

namespace writ::embed {

namespace {

using value::i128;

enum class Shown { given, not_yet, none, cannot_tell, error, bounds, does_not_fit };
const char* const shown_names[] = {"given", "not yet", "none", "cannot tell", "error", "bounds", "does not fit"};

bool is_member(const ir::Agreement& agreement, const ir::Type& type, i128 code) {
  return code >= 0 && code < static_cast<i128>(agreement.enums[type.enumeration].members.size());
}

bool has_38_digits(i128 number) { return value::magnitude(number) < static_cast<value::u128>(value::pow10(38)); }

bool add_whole(arrow::OutColumn& column, i128 number) {
  if (number < INT64_MIN || number > INT64_MAX) return false;
  arrow::add_number(column, static_cast<int64_t>(number));
  return true;
}

bool add_short(arrow::OutColumn& column, i128 number) {
  if (number < INT32_MIN || number > INT32_MAX) return false;
  arrow::add_number(column, static_cast<int32_t>(number));
  return true;
}

bool add_decimal(arrow::OutColumn& column, i128 number) {
  if (!has_38_digits(number)) return false;
  arrow::add_number(column, number);
  return true;
}

// The value is (lo / lo_den) / 10^scale.
bool add_ratio(arrow::OutColumn& column, const ir::Type& type, const value::Value& v) {
  i128 denominator = 0;
  if (value::mul_overflows(v.lo_den, value::pow10(type.scale), denominator)) return false;
  const i128 common = static_cast<i128>(value::gcd(value::magnitude(v.lo), value::magnitude(denominator)));
  const i128 top = common == 0 ? v.lo : v.lo / common, bottom = common == 0 ? denominator : denominator / common;
  if (!has_38_digits(top) || !has_38_digits(bottom)) return false;
  arrow::add_number(column.children[0], top);
  arrow::add_number(column.children[1], bottom);
  arrow::add_row_of_structure(column);
  return true;
}

// False where the value is none that the column can hold; then nothing was added.
bool add_certain(const ir::Agreement& agreement, const record::Texts& texts, const ir::Type& type, const value::Value& v, arrow::OutColumn& column) {
  if (type.kind == ir::Kind::ratio) return add_ratio(column, type, v);
  if (v.lo_den != 1) return false;
  switch (type.kind) {
    case ir::Kind::boolean: arrow::add_bit(column, v.lo != 0); return true;
    case ir::Kind::number: return type.scale == 0 ? add_whole(column, v.lo) : add_decimal(column, v.lo);
    case ir::Kind::money: return add_decimal(column, v.lo);
    case ir::Kind::date: return add_short(column, v.lo);
    case ir::Kind::time: return add_short(column, v.lo * 60);
    case ir::Kind::instant:
    case ir::Kind::duration:
    case ir::Kind::open_time:
    case ir::Kind::open_days: return add_whole(column, v.lo);
    case ir::Kind::enumeration: return is_member(agreement, type, v.lo) && add_short(column, v.lo);
    case ir::Kind::text:
      if (v.lo < 0 || v.lo >= record::count(texts)) return false;
      arrow::add_text(column, record::text_of(texts, static_cast<uint32_t>(v.lo)));
      return true;
    case ir::Kind::error:
    case ir::Kind::ratio:
    case ir::Kind::period: break;
  }
  arrow::add_text(column, render::plain_value(agreement, type, v));
  return true;
}

arrow::OutColumn column_for(const ir::Agreement& agreement, const std::string& name, const ir::Type& type) {
  switch (type.kind) {
    case ir::Kind::boolean: return arrow::make_column(name, "b");
    case ir::Kind::number: return arrow::make_column(name, type.scale == 0 ? "l" : arrow::decimal_format(type.scale));
    case ir::Kind::ratio: {
      std::vector<arrow::OutColumn> parts{arrow::make_column("numerator", arrow::decimal_format(0)),
                                          arrow::make_column("denominator", arrow::decimal_format(0))};
      return arrow::make_structure(name, std::move(parts));
    }
    case ir::Kind::money: return arrow::make_column(name, arrow::decimal_format(type.scale));
    case ir::Kind::date: return arrow::make_column(name, "tdD");
    case ir::Kind::time: return arrow::make_column(name, "tts");
    case ir::Kind::instant: return arrow::make_column(name, arrow::timestamp_format(agreement.zone_name));
    case ir::Kind::duration:
    case ir::Kind::open_time: return arrow::make_column(name, "tDu");
    case ir::Kind::open_days: return arrow::make_column(name, "l");
    case ir::Kind::enumeration: return arrow::make_dictionary(name, agreement.enums[type.enumeration].members);
    case ir::Kind::error:
    case ir::Kind::period:
    case ir::Kind::text: break;
  }
  return arrow::make_column(name, "U");
}

Shown shown_of(value::State state) {
  switch (state) {
    case value::State::given: return Shown::given;
    case value::State::not_yet: return Shown::not_yet;
    case value::State::none: return Shown::none;
    case value::State::unknown: return Shown::cannot_tell;
    case value::State::fault: return Shown::error;
  }
  return Shown::error;
}

}  // namespace

void add_value_columns(const ir::Agreement& agreement, const std::string& name, const ir::Type& type, arrow::OutTable& table) {
  table.columns.push_back(column_for(agreement, name, type));
  table.columns.push_back(arrow::make_dictionary(name + " state", {std::begin(shown_names), std::end(shown_names)}));
}

void add_plain(const ir::Agreement& agreement, const record::Texts& texts, const ir::Type& type, const value::Value& v, arrow::OutColumn& column) {
  if (!value::is_certain(v) || !add_certain(agreement, texts, type, v, column)) arrow::add_null(column);
}

size_t add_value(const ir::Agreement& agreement, const record::Texts& texts, const ir::Type& type, const value::Value& v, arrow::OutTable& table,
                 size_t column) {
  Shown shown = shown_of(v.state);
  if (shown == Shown::given && !value::is_certain(v)) shown = Shown::bounds;
  if (shown == Shown::given && !add_certain(agreement, texts, type, v, table.columns[column])) shown = Shown::does_not_fit;
  if (shown != Shown::given) arrow::add_null(table.columns[column]);
  arrow::add_number(table.columns[column + 1], static_cast<int32_t>(shown));
  return column + 2;
}

}  // namespace writ::embed
