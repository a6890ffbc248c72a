// The automaton that the lexer of the grammar comes to, written down while building (grammar/write_lexer_table.cpp).
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace writ::parse {

// Characters are told apart by their kind only. State 0: no word goes on like this; state 1: at the first character of a word.
struct LexerTable {
  static constexpr uint16_t start = 1;
  static constexpr uint16_t skipped = 0xFFFF;  // accepted, and no word: a space, a comment

  uint32_t kinds = 0;
  std::span<const uint8_t> kinds_of_ascii;
  std::span<const uint32_t> run_first;  // runs of characters beyond ASCII, in their order: the first of each, and its kind
  std::span<const uint8_t> run_kind;
  std::span<const uint16_t> next;               // by state, then kind
  std::span<const uint16_t> accepts;            // by state: the type of the word that ends here, 0 where none does
  std::span<const std::string_view> spellings;  // by type: of a word that has one spelling, else empty
};

const LexerTable& lexer_table();

}  // namespace writ::parse
