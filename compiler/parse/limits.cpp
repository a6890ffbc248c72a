#include "parse/limits.h"

#include <fmt/format.h>

#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

// Length in bytes of the code point that begins here, or 0 when the bytes are no UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates).
uint32_t length_at(std::string_view text, uint32_t at, uint32_t& code_point) {
  const auto byte = [&](uint32_t i) -> uint32_t { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
  const auto follows = [&](uint32_t i) { return (byte(i) & 0xC0) == 0x80; };
  const uint32_t first = byte(at);
  code_point = first;
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF && follows(at + 1)) {
    code_point = (first & 0x1F) << 6 | (byte(at + 1) & 0x3F);
    return 2;
  }
  if (first >= 0xE0 && first <= 0xEF && follows(at + 1) && follows(at + 2)) {
    code_point = (first & 0x0F) << 12 | (byte(at + 1) & 0x3F) << 6 | (byte(at + 2) & 0x3F);
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    return code_point >= 0x800 && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4 && follows(at + 1) && follows(at + 2) && follows(at + 3)) {
    code_point = (first & 0x07) << 18 | (byte(at + 1) & 0x3F) << 12 | (byte(at + 2) & 0x3F) << 6 | (byte(at + 3) & 0x3F);
    return code_point >= 0x10000 && code_point <= 0x10FFFF ? 4 : 0;
  }
  return 0;
}

// Characters that let a text look different from what it is (CVE-2021-42574 for the direction marks). A byte order mark may stand first.
bool is_hidden(uint32_t c, uint32_t at) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || (c >= 0x2066 && c <= 0x2069) || c == 0x061C ||
         c == 0x2028 || c == 0x2029 || (c == 0xFEFF && at != 0);
}

struct Scanner {
  const Reading& reading;
  const Limits& limits;
  Scan scan;

  void refuse(const diag::Kind& kind, uint32_t begin, uint32_t end, std::vector<diag::Argument> arguments = {}) {
    scan.refused = true;
    diag::report(reading.sink, kind, {reading.file, begin, end}, std::move(arguments));
  }
  void cut(const diag::Kind& kind, uint32_t begin, uint32_t width) {
    scan.cut = true;
    scan.readable = begin;
    diag::report(reading.sink, kind, {reading.file, begin, begin + width});
  }
};

// Stops at the first character that may not be there: a binary file gets one message, not thousands.
void scan_characters(Scanner& scanner) {
  const std::string_view text = scanner.reading.text;
  for (uint32_t at = 0; at < text.size();) {
    uint32_t c = 0;
    const uint32_t length = length_at(text, at, c);
    if (length == 0) {
      return scanner.refuse(bad_utf8, at, at + 1, {{"byte", fmt::format("{:02X}", static_cast<unsigned char>(text[at]))}});
    }
    const bool control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0);
    if (control) return scanner.refuse(control_character, at, at + length, {{"character", fmt::format("U+{:04X}", c)}});
    if (is_hidden(c, at)) return scanner.refuse(hidden_character, at, at + length, {{"character", fmt::format("U+{:04X}", c)}});
    if (c == '\r' && (at + 1 == text.size() || text[at + 1] != '\n')) return scanner.refuse(lone_carriage_return, at, at + 1);
    at += length;
  }
}

// The end of the text literal that begins at the quote; an open one ends with its line (the lexer reports it).
uint32_t end_of_text(std::string_view text, uint32_t at) {
  for (++at; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '"') return at + 1;
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] != '\n') ++at;
  }
  return at;
}

void scan_brackets(Scanner& scanner) {
  const std::string_view text = scanner.reading.text;
  const auto starts = [&](uint32_t at, std::string_view sign) { return text.substr(at, sign.size()) == sign; };
  uint32_t depth = 0;
  for (uint32_t at = 0; at < text.size();) {
    const char c = text[at];
    if (starts(at, "\"\"\"")) {
      const size_t close = text.find("\"\"\"", at + 3);
      if (close == std::string_view::npos) return scanner.cut(prose_left_open, at, 3);
      at = static_cast<uint32_t>(close) + 3;
    } else if (starts(at, "/*")) {
      const size_t close = text.find("*/", at + 2);
      if (close == std::string_view::npos) return scanner.cut(comment_left_open, at, 2);
      at = static_cast<uint32_t>(close) + 2;
    } else if (starts(at, "//")) {
      at = static_cast<uint32_t>(std::min(text.find('\n', at), text.size()));
    } else if (c == '"') {
      at = end_of_text(text, at);
    } else {
      if (c == '(' || c == '[' || c == '{') {
        if (++depth > scanner.limits.nesting) {
          return scanner.refuse(nested_too_deep, at, at + 1, {{"limit", std::to_string(scanner.limits.nesting)}});
        }
      } else if ((c == ')' || c == ']' || c == '}') && depth > 0) {
        --depth;
      }
      ++at;
    }
  }
}

}  // namespace

Scan scan_text(const Reading& reading, const Limits& limits) {
  Scanner scanner{reading, limits, {false, false, static_cast<uint32_t>(reading.text.size())}};
  if (reading.text.size() > limits.bytes) {
    scanner.refuse(text_too_long, 0, 0, {{"size", std::to_string(reading.text.size())}, {"limit", std::to_string(limits.bytes)}});
    return scanner.scan;
  }
  scan_characters(scanner);
  if (!scanner.scan.refused) scan_brackets(scanner);
  return scanner.scan;
}

}  // namespace writ::parse
