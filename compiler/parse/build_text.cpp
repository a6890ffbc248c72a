#include "parse/build.h"
#include "parse/diagnostics.h"

namespace writ::parse {

namespace {

void append_utf8(std::string& text, uint32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
  } else if (c < 0x10000) {
    text += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
  } else {
    text += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
             static_cast<char>(0x80 | (c & 0x3F))};
  }
}

// `u{1F600}` at the front of the text: its length, and the character; 0 when it is none.
size_t code_point_escape(std::string_view text, uint32_t& c) {
  constexpr size_t most_digits = 6;
  if (!text.starts_with("u{")) return 0;
  const size_t close = text.find('}');
  if (close == std::string_view::npos || close == 2 || close - 2 > most_digits) return 0;
  c = 0;
  for (const char digit : text.substr(2, close - 2)) {
    const int value = digit >= '0' && digit <= '9'   ? digit - '0'
                      : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
                      : digit >= 'A' && digit <= 'F' ? digit - 'A' + 10
                                                     : -1;
    if (value < 0) return 0;
    c = c * 16 + static_cast<uint32_t>(value);
  }
  const bool scalar = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF) && c != 0;
  return scalar ? close + 1 : 0;
}

std::string unescape(Build& build, std::string_view raw, uint32_t begin) {
  std::string text;
  for (size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\') {
      text += raw[i];
      continue;
    }
    const std::string_view rest = raw.substr(i + 1);
    uint32_t c = 0;
    if (const size_t length = code_point_escape(rest, c); length > 0) {
      append_utf8(text, c);
      i += length;
    } else if (!rest.empty() && (rest[0] == '"' || rest[0] == '\\' || rest[0] == 'n')) {
      text += rest[0] == 'n' ? '\n' : rest[0];
      ++i;
    } else {
      size_t length = rest.empty() ? 0 : 1;
      while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0) == 0x80) ++length;
      const uint32_t at = begin + static_cast<uint32_t>(i);
      diag::report(build.reading.sink, unknown_escape, {build.reading.file, at, at + 1 + static_cast<uint32_t>(length)},
                   {{"escape", std::string(raw.substr(i, 1 + length))}})
          .helps.push_back("write `\\\"` for a quote, `\\\\` for a backslash, `\\n` for a line break, `\\u{20AC}` for a character by its number");
      i += length;
    }
  }
  return text;
}

}  // namespace

ast::Text text_of(Build& build, const Node* node) {
  if (node == nullptr) return {};
  const Token& token = token_of(build, const_cast<Node*>(node)->getSymbol());
  const std::string_view raw = build.reading.spelling(token);
  if (token.troubled) return {std::string(raw), build.reading.span(token)};  // reported; its quotes are not as they should be
  return {unescape(build, raw.substr(1, raw.size() - 2), token.begin + 1), build.reading.span(token)};
}

}  // namespace writ::parse
