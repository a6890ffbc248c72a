#include "record/json_string.h"

#include <cstdint>

#include "record/row_reader.h"
#include "record/utf8.h"

namespace writ::record {

namespace {

constexpr const char* half_a_pair = "half a surrogate pair stands alone";

const char* take_hex4(std::string_view line, size_t& at, uint32_t& code) {
  code = 0;
  for (int i = 0; i < 4; ++i, ++at) {
    char c = at < line.size() ? line[at] : '\0';
    uint32_t digit;
    if (c >= '0' && c <= '9')
      digit = static_cast<uint32_t>(c - '0');
    else if (c >= 'a' && c <= 'f')
      digit = static_cast<uint32_t>(c - 'a' + 10);
    else if (c >= 'A' && c <= 'F')
      digit = static_cast<uint32_t>(c - 'A' + 10);
    else
      return "four hexadecimal digits must stand";
    code = code * 16 + digit;
  }
  return nullptr;
}

// Behind the u.
const char* take_code(std::string_view line, size_t& at, std::string& out) {
  uint32_t code, low;
  if (const char* wrong = take_hex4(line, at, code)) return wrong;
  if (code >= 0xDC00 && code <= 0xDFFF) return half_a_pair;
  if (code >= 0xD800 && code <= 0xDBFF) {
    if (line.substr(at, 2) != "\\u") return half_a_pair;
    at += 2;
    if (const char* wrong = take_hex4(line, at, low)) return wrong;
    if (low < 0xDC00 || low > 0xDFFF) return half_a_pair;
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  append_utf8(out, code);
  return nullptr;
}

// Behind the backslash.
const char* take_escape(std::string_view line, size_t& at, std::string& out) {
  constexpr std::string_view from = "\"\\/bfnrt", to = "\"\\/\b\f\n\r\t";
  if (at >= line.size()) return "the line ends inside a string";
  char c = line[at];
  if (c != 'u') {
    size_t found = from.find(c);
    if (found == std::string_view::npos) return "there is no such escape";
    out += to[found];
    ++at;
    return nullptr;
  }
  ++at;
  return take_code(line, at, out);
}

}  // namespace

const char* take_json_string(std::string_view line, size_t& at, std::string& unescaped, std::string_view& text) {
  if (at >= line.size() || line[at] != '"') return "a quotation mark must stand";
  size_t begin = ++at, kept = unescaped.size();
  bool escaped = false;
  for (;;) {
    size_t run = at;
    while (at < line.size() && line[at] != '"' && line[at] != '\\' && static_cast<unsigned char>(line[at]) >= 0x20) ++at;
    if (escaped) unescaped += line.substr(run, at - run);
    if (at >= line.size()) return "the line ends inside a string";
    if (line[at] == '"') break;
    if (line[at] != '\\') return "a control character stands inside a string";
    if (!escaped) unescaped += line.substr(begin, at - begin);
    escaped = true;
    ++at;
    if (const char* wrong = take_escape(line, at, unescaped)) return wrong;
  }
  text = escaped ? std::string_view(unescaped).substr(kept) : line.substr(begin, at - begin);
  if (text.size() > most_field_bytes) return "a string is longer than 1 MiB";
  ++at;
  return nullptr;
}

}  // namespace writ::record
