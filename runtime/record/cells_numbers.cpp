#include "record/cells_parse.h"

namespace writ::record {

using value::i128;
using value::TextError;

namespace {

Misread misread(Problem problem, std::string detail) { return {problem, std::move(detail)}; }

Misread of_error(TextError error, int scale) {
  switch (error) {
    case TextError::none: return {};
    case TextError::too_precise:
      return misread(Problem::too_precise, scale == 0 ? "a whole number must stand" : std::to_string(scale) + " digits may stand after the point");
    case TextError::out_of_range: return misread(Problem::too_large, {});
    case TextError::syntax:
    case TextError::trailing:
    case TextError::impossible_date:
    case TextError::impossible_time:
    case TextError::wrong_weekday: break;
  }
  return misread(Problem::not_a_number, "digits and at most one point must stand, as in -1250.50");
}

Misread fit(i128 wide, int64_t& out) {
  if (wide > INT64_MAX || wide < INT64_MIN) return misread(Problem::too_large, {});
  out = static_cast<int64_t>(wide);
  return {};
}

Misread decimal(std::string_view text, int scale, value::Grouping grouping, int64_t& out) {
  value::Parsed<i128> parsed = value::parse_decimal(text, scale, grouping);
  return parsed.ok() ? fit(parsed.value, out) : of_error(parsed.error, scale);
}

// Most numbers of most files: a few digits, perhaps a point. Says the same as `decimal` where it says anything.
bool short_decimal(std::string_view text, int scale, int64_t& out) {
  constexpr int64_t powers[] = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000};
  if (text.empty() || text.size() > 12 || scale > 6) return false;
  int64_t sum = 0;
  int behind = -1;  // digits behind the point; -1: there is none
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '.' && behind < 0 && i > 0) {
      behind = 0;
      continue;
    }
    if (c < '0' || c > '9') return false;
    sum = sum * 10 + (c - '0');
    if (behind >= 0) ++behind;
  }
  if (behind == 0 || behind > scale) return false;
  out = sum * powers[scale - (behind < 0 ? 0 : behind)];
  return true;
}

Misread percentage(const CellReader& reader, std::string_view text, int64_t& out) {
  bool sign = !text.empty() && text.back() == '%';
  int scale = reader.field.scale;
  if (reader.source.form == Form::fraction && !sign) return decimal(text, scale, value::Grouping::none, out);
  if (!sign && reader.source.form != Form::percent) {
    int64_t ignored;
    Misread bare = decimal(text, value::max_scale / 2, value::Grouping::none, ignored);
    return bare.problem == Problem::not_a_number ? bare : misread(Problem::bare_percentage, {});
  }
  if (sign) text.remove_suffix(1);
  // 15% is 0.15: two digits of the scale are taken by the sign.
  if (scale < 2) return misread(Problem::too_precise, "a percentage needs two digits after the point");
  return decimal(text, scale - 2, value::Grouping::none, out);
}

Misread money(const Field& field, std::string_view text, int64_t& out) {
  auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  bool named = text.size() > 4 && letter(text[0]) && letter(text[1]) && letter(text[2]) && text[3] == ' ';
  if (!named) return decimal(text, field.scale, value::Grouping::none, out);
  if (text.substr(0, 3) != field.currency) return misread(Problem::wrong_currency, field.currency);
  // With its currency in front it is a money literal of the language, where digits may be grouped.
  return decimal(text.substr(4), field.scale, value::Grouping::thousands, out);
}

}  // namespace

Misread parse_number(const CellReader& reader, std::string_view text, int64_t& out) {
  const Field& field = reader.field;
  if (field.percent) return percentage(reader, text, out);
  if (short_decimal(text, field.scale, out)) return {};
  if (field.kind == FieldKind::money) return money(field, text, out);
  return decimal(text, field.scale, value::Grouping::none, out);
}

std::string listed(const std::vector<std::string>& names) {
  constexpr size_t most = 12;
  std::string out;
  size_t shown = names.size() > most ? most : names.size();
  for (size_t i = 0; i < shown; ++i) {
    if (i > 0) out += i + 1 == names.size() ? " or " : ", ";
    out += '`' + names[i] + '`';
  }
  if (shown < names.size()) out += " and " + std::to_string(names.size() - shown) + " more";
  return out;
}

}  // namespace writ::record
