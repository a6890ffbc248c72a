#include "parse/lex.h"

#include <algorithm>
#include <cassert>

#include "parse/diagnostics.h"
#include "parse/lexer_table.h"

namespace writ::parse {

namespace {

// The text was looked through before: it is UTF-8.
uint32_t code_point_at(std::string_view text, uint32_t at, uint32_t& length) {
  const auto byte = [&](uint32_t i) -> uint32_t { return static_cast<unsigned char>(text[at + i]); };
  length = byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
  uint32_t code_point = byte(0) & (0xFFu >> (length + 1));
  for (uint32_t i = 1; i < length; ++i) code_point = code_point << 6 | (byte(i) & 0x3F);
  return code_point;
}

uint8_t kind_of(const LexerTable& table, uint32_t code_point) {
  const auto run = std::ranges::upper_bound(table.run_first, code_point) - 1;
  return table.run_kind[static_cast<size_t>(run - table.run_first.begin())];
}

struct Place {
  uint32_t at = 0;
  uint32_t line = 1;
  uint32_t column = 0;
};

// The longest word that begins at the place, which is moved behind it; its type.
uint16_t read_word(const LexerTable& table, std::string_view text, Place& place) {
  Place here = place;
  uint16_t type = 0;
  uint16_t state = LexerTable::start;
  while (here.at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[here.at]);
    uint32_t length = 1;
    const uint8_t kind = byte < 0x80 ? table.kinds_of_ascii[byte] : kind_of(table, code_point_at(text, here.at, length));
    state = table.next[state * table.kinds + kind];
    if (state == 0) break;
    here.at += length;
    here.column = byte == '\n' ? 0 : here.column + 1;
    here.line += byte == '\n' ? 1 : 0;
    if (table.accepts[state] == 0) continue;
    type = table.accepts[state];
    place = here;
  }
  return type;
}

}  // namespace

bool lex(Reading& reading, uint32_t readable, uint32_t limit) {
  constexpr uint32_t byte_order_mark = 3;
  const LexerTable& table = lexer_table();
  const std::string_view text = reading.text.substr(0, readable);
  constexpr size_t letters_a_word = 4;
  reading.tokens.reserve(std::min<size_t>(text.size() / letters_a_word, limit));
  Place place;
  if (text.starts_with("\xEF\xBB\xBF")) place.at = byte_order_mark;
  while (place.at < text.size()) {
    const Place begin = place;
    const uint16_t type = read_word(table, text, place);
    assert(type != 0 && "the last rule of the lexer takes any character");
    if (type == LexerTable::skipped) continue;
    if (reading.tokens.size() >= limit) {
      diag::report(reading.sink, too_many_words, {reading.file, 0, 0}, {{"limit", std::to_string(limit)}});
      return false;
    }
    reading.tokens.push_back({type, begin.at, place.at, begin.line, begin.column});
  }
  return true;
}

}  // namespace writ::parse
