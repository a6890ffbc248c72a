// Reading a text by the compiled pattern of a foreign timestamp format.

#include <algorithm>
#include <array>

#include "value/civil_text.h"
#include "value/int128.h"
#include "value/scan.h"

namespace writ::value {

namespace {

constexpr std::array<std::string_view, 12> month_names = {"january", "february", "march",     "april",   "may",      "june",
                                                          "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> weekday_names = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

struct Fields {
  int32_t year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0, micro = 0;
  int32_t weekday = -1;
  int32_t offset = 0;
  bool has_offset = false, half = false, pm = false;
};

// The name at the scan, in any case; its number, or -1.
template <size_t N>
int32_t take_name(Scan& scan, const std::array<std::string_view, N>& names, size_t only_first) {
  for (size_t i = 0; i < N; ++i) {
    std::string_view name = only_first != 0 ? names[i].substr(0, only_first) : names[i];
    if (scan.text.size() - scan.at < name.size()) continue;
    bool equal = true;
    for (size_t k = 0; k < name.size(); ++k) equal &= lower(scan.text[scan.at + k]) == name[k];
    if (!equal) continue;
    scan.at += name.size();
    return static_cast<int32_t>(i);
  }
  return -1;
}

bool take_number(Scan& scan, const PatternPiece& piece, int32_t& out) {
  return piece.width == 0 ? take_one_or_two(scan, out) : take_digits(scan, piece.width, out);
}

TextError take_piece(Scan& scan, const PatternPiece& piece, Fields& f) {
  auto need = [](bool right) { return right ? TextError::none : TextError::syntax; };
  switch (piece.kind) {
    case PieceKind::literal: return need(scan.take(piece.literal));
    case PieceKind::year4: return need(take_digits(scan, 4, f.year));
    case PieceKind::year2: {
      bool right = take_digits(scan, 2, f.year);
      f.year += f.year >= 69 ? 1900 : 2000;
      return need(right);
    }
    case PieceKind::month: return need(take_number(scan, piece, f.month));
    case PieceKind::month_name_short: return need((f.month = take_name(scan, month_names, 3) + 1) > 0);
    case PieceKind::month_name_long: return need((f.month = take_name(scan, month_names, 0) + 1) > 0);
    case PieceKind::day: return need(take_number(scan, piece, f.day));
    case PieceKind::weekday_name: return need((f.weekday = take_name(scan, weekday_names, 0)) >= 0);
    case PieceKind::hour24: return need(take_number(scan, piece, f.hour));
    case PieceKind::hour12: f.half = true; return need(take_number(scan, piece, f.hour));
    case PieceKind::minute: return need(take_number(scan, piece, f.minute));
    case PieceKind::second: return need(take_number(scan, piece, f.second));
    case PieceKind::fraction: {
      if (!take_digits(scan, std::min(piece.width, 6), f.micro)) return TextError::syntax;
      for (int32_t i = piece.width; i < 6; ++i) f.micro *= 10;
      int32_t rest = 0;
      if (piece.width > 6 && !take_digits(scan, piece.width - 6, rest)) return TextError::syntax;
      return rest == 0 ? TextError::none : TextError::too_precise;
    }
    case PieceKind::am_pm: {
      char first = lower(scan.peek());
      if (first != 'a' && first != 'p') return TextError::syntax;
      ++scan.at;
      f.pm = first == 'p';
      if (lower(scan.peek()) != 'm') return TextError::syntax;
      ++scan.at;
      return TextError::none;
    }
    case PieceKind::offset_basic:
    case PieceKind::offset_extended: {
      f.has_offset = true;
      bool extended = piece.kind == PieceKind::offset_extended;
      if (!extended && scan.at + 3 < scan.text.size() && scan.text[scan.at + 3] == ':') return TextError::syntax;
      return take_offset(scan, extended, f.offset);
    }
  }
  return TextError::syntax;
}

Parsed<Timestamp> from_epoch(std::string_view text, Epoch epoch) {
  Parsed<i128> number = parse_decimal(text, 0);
  if (!number.ok()) return {{}, number.error};
  i128 unit = epoch == Epoch::seconds ? us_per_second : epoch == Epoch::milliseconds ? 1000 : 1;
  // Beyond the years 1..9999 a number is a mistake of unit, not a time.
  i128 least = static_cast<i128>(first_date) * us_per_day, end = (static_cast<i128>(last_date) + 1) * us_per_day;
  if (number.value < least / unit || number.value >= end / unit) return {{}, TextError::out_of_range};
  return {{static_cast<Local>(number.value * unit), 0, true}, TextError::none};
}

}  // namespace

Parsed<Timestamp> parse_with_pattern(std::string_view text, const Pattern& pattern) {
  if (pattern.epoch != Epoch::none) return from_epoch(text, pattern.epoch);
  Scan scan{text};
  Fields f;
  for (const PatternPiece& piece : pattern.pieces) {
    if (TextError e = take_piece(scan, piece, f); e != TextError::none) return {{}, e};
  }
  if (!scan.done()) return {{}, TextError::trailing};
  if (!is_valid(f.year, f.month, f.day)) return {{}, TextError::impossible_date};
  if (f.half) {
    if (f.hour < 1 || f.hour > 12) return {{}, TextError::impossible_time};
    f.hour = f.hour % 12 + (f.pm ? 12 : 0);
  }
  Date date = days_from_civil(f.year, f.month, f.day);
  if (f.weekday >= 0 && f.weekday != weekday(date)) return {{}, TextError::wrong_weekday};
  int64_t time = 0;
  if (TextError e = time_from_parts(f.hour, f.minute, f.second, f.micro, time); e != TextError::none) return {{}, e};
  return {{local_of(date, time), f.offset, f.has_offset}, TextError::none};
}

}  // namespace writ::value
