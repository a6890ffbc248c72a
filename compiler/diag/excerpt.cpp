#include "diag/excerpt.h"

#include <fmt/format.h>

namespace writ::diag {

static constexpr uint32_t not_a_code_point = 0xFFFFFFFF;

// Decodes one code point at the front of the text; `length` becomes the bytes that it takes. A broken byte takes one.
static uint32_t decode(std::string_view text, size_t& length) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  length = 1;
  if (first < 0x80) return first;
  const size_t need = first >= 0xF0 && first < 0xF5 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (need == 0 || first >= 0xF5 || text.size() < need) return not_a_code_point;
  uint32_t value = first & (0xFFu >> (need + 1));
  for (size_t i = 1; i < need; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return not_a_code_point;
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  length = need;
  return value;
}

static bool is_hidden(uint32_t c) {
  return (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
}

Excerpt excerpt_of(std::string_view line) {
  constexpr int tab_width = 4;
  Excerpt result;
  uint32_t column = 0;
  for (size_t i = 0; i < line.size();) {
    size_t length = 1;
    const uint32_t c = decode(line.substr(i), length);
    for (size_t k = 0; k < length; ++k) result.columns.push_back(column);
    if (c == '\t') {
      result.text.append(tab_width, ' ');
      column += tab_width;
    } else if (c == not_a_code_point || is_hidden(c)) {
      const std::string spelt = c == not_a_code_point ? fmt::format("<{:02X}>", static_cast<unsigned char>(line[i])) : fmt::format("<U+{:04X}>", c);
      result.text += spelt;
      column += static_cast<uint32_t>(spelt.size());
    } else {
      result.text += line.substr(i, length);
      ++column;
    }
    i += length;
  }
  result.columns.push_back(column);
  return result;
}

std::string visible(std::string_view text) { return excerpt_of(text).text; }

}  // namespace writ::diag
