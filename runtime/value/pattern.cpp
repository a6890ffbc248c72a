// Compiling the pattern of a foreign timestamp format.

#include <array>

#include "value/civil_text.h"

namespace writ::value {

std::string_view describe(PatternError error) {
  switch (error) {
    case PatternError::none: return "the pattern is right";
    case PatternError::unknown_letter: return "this letter means nothing in a timestamp pattern; put text in quotes";
    case PatternError::open_quote: return "the quote is not closed";
    case PatternError::repeated_field: return "this part stands twice in the pattern";
    case PatternError::no_date: return "the pattern needs a year, a month and a day";
    case PatternError::half_hour_without_am_pm: return "h counts to 12 and needs an a (AM or PM); H counts to 23 and takes none";
    case PatternError::ambiguous_digits: return "one digit or two, with digits right behind: write the letter twice";
  }
  return "";
}

namespace {

// The field that a run of one letter stands for; false when there is none.
bool field_of(char letter, size_t run, PatternPiece& piece) {
  auto number = [&](PieceKind kind) {
    piece.kind = kind;
    piece.width = run == 2 ? 2 : 0;
    return run <= 2;
  };
  auto exactly = [&](PieceKind kind, bool right) {
    piece.kind = kind;
    piece.width = static_cast<int32_t>(run);
    return right;
  };
  switch (letter) {
    case 'y': return exactly(run == 4 ? PieceKind::year4 : PieceKind::year2, run == 4 || run == 2);
    case 'M':
      if (run <= 2) return number(PieceKind::month);
      return exactly(run == 3 ? PieceKind::month_name_short : PieceKind::month_name_long, run <= 4);
    case 'd': return number(PieceKind::day);
    case 'E': return exactly(PieceKind::weekday_name, run == 3);
    case 'H': return number(PieceKind::hour24);
    case 'h': return number(PieceKind::hour12);
    case 'm': return number(PieceKind::minute);
    case 's': return number(PieceKind::second);
    case 'S': return exactly(PieceKind::fraction, run <= 9);
    case 'a': return exactly(PieceKind::am_pm, run == 1);
    case 'X': return exactly(run == 1 ? PieceKind::offset_basic : PieceKind::offset_extended, run == 1 || run == 3);
    default: return false;  // a char, not an enumeration: no letter is left out by mistake
  }
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Two kinds that say the same thing share a class, so that "yyyy ... yy" counts as a repetition.
int class_of(PieceKind kind) {
  switch (kind) {
    case PieceKind::literal: return 0;
    case PieceKind::year4:
    case PieceKind::year2: return 1;
    case PieceKind::month:
    case PieceKind::month_name_short:
    case PieceKind::month_name_long: return 2;
    case PieceKind::day: return 3;
    case PieceKind::weekday_name: return 4;
    case PieceKind::hour24:
    case PieceKind::hour12: return 5;
    case PieceKind::minute: return 6;
    case PieceKind::second: return 7;
    case PieceKind::fraction: return 8;
    case PieceKind::am_pm: return 9;
    case PieceKind::offset_basic:
    case PieceKind::offset_extended: return 10;
  }
  return 0;
}

bool starts_with_digit(const PatternPiece& piece) {
  switch (piece.kind) {
    case PieceKind::literal: return piece.literal >= '0' && piece.literal <= '9';
    case PieceKind::month_name_short:
    case PieceKind::month_name_long:
    case PieceKind::weekday_name:
    case PieceKind::am_pm:
    case PieceKind::offset_basic:
    case PieceKind::offset_extended: return false;
    case PieceKind::year4:
    case PieceKind::year2:
    case PieceKind::month:
    case PieceKind::day:
    case PieceKind::hour24:
    case PieceKind::hour12:
    case PieceKind::minute:
    case PieceKind::second:
    case PieceKind::fraction: return true;
  }
  return false;
}

}  // namespace

CompiledPattern compile_pattern(std::string_view pattern) {
  CompiledPattern out;
  auto fail = [&](PatternError error, size_t at) {
    out.error = error;
    out.at = static_cast<uint32_t>(at);
    return out;
  };
  if (pattern == "epoch seconds") out.pattern.epoch = Epoch::seconds;
  if (pattern == "epoch milliseconds") out.pattern.epoch = Epoch::milliseconds;
  if (pattern == "epoch microseconds") out.pattern.epoch = Epoch::microseconds;
  if (out.pattern.epoch != Epoch::none) return out;

  std::array<bool, 11> seen{};
  bool half = false;
  std::vector<size_t> places;  // of each piece in the pattern
  size_t from = 0;
  auto literal = [&](char c) {
    out.pattern.pieces.push_back({PieceKind::literal, 0, c});
    places.push_back(from);
  };
  for (size_t at = 0; at < pattern.size();) {
    from = at;
    char c = pattern[at];
    if (c == '\'') {
      if (at + 1 < pattern.size() && pattern[at + 1] == '\'') {
        literal('\'');
        at += 2;
        continue;
      }
      for (++at;; ++at) {
        if (at >= pattern.size()) return fail(PatternError::open_quote, from);
        if (pattern[at] == '\'') {
          if (at + 1 >= pattern.size() || pattern[at + 1] != '\'') break;
          ++at;
        }
        literal(pattern[at]);
      }
      ++at;
      continue;
    }
    if (!is_letter(c)) {
      literal(c);
      ++at;
      continue;
    }
    while (at < pattern.size() && pattern[at] == c) ++at;
    PatternPiece piece;
    if (!field_of(c, at - from, piece)) return fail(PatternError::unknown_letter, from);
    auto cls = static_cast<size_t>(class_of(piece.kind));
    if (seen[cls]) return fail(PatternError::repeated_field, from);
    seen[cls] = true;
    half |= piece.kind == PieceKind::hour12;
    out.pattern.pieces.push_back(piece);
    places.push_back(from);
  }
  for (size_t i = 0; i + 1 < out.pattern.pieces.size(); ++i) {
    const PatternPiece& piece = out.pattern.pieces[i];
    bool one_or_two = piece.kind != PieceKind::literal && piece.width == 0 && starts_with_digit(piece);
    if (one_or_two && starts_with_digit(out.pattern.pieces[i + 1])) return fail(PatternError::ambiguous_digits, places[i]);
  }
  if (!seen[1] || !seen[2] || !seen[3]) return fail(PatternError::no_date, 0);
  if (seen[9] != half) return fail(PatternError::half_hour_without_am_pm, 0);
  return out;
}

}  // namespace writ::value
