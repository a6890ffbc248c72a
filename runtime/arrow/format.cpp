// Format strings of the C Data Interface.
#include <algorithm>
#include <charconv>
#include <cstring>

#include "arrow/array.h"

namespace writ::arrow {

namespace {

bool per_second(char unit, int64_t& out) {
  switch (unit) {
    case 's': out = 1; return true;
    case 'm': out = 1000; return true;
    case 'u': out = 1'000'000; return true;
    case 'n': out = 1'000'000'000; return true;
    default: return false;
  }
}

// "d:12,2" or "d:12,2,64"
bool read_decimal(std::string_view text, Layout& out, std::string& reason) {
  int numbers[3] = {0, 0, 128};
  int count = 0;
  const char* at = text.data() + 2;
  const char* end = text.data() + text.size();
  while (count < 3) {
    const auto [next, error] = std::from_chars(at, end, numbers[count]);
    if (error != std::errc{}) break;
    ++count;
    at = next;
    if (at == end || *at != ',') break;
    ++at;
  }
  if (count < 2 || at != end || text.back() == ',') {
    reason = "its format is no decimal";
    return false;
  }
  if (numbers[2] != 32 && numbers[2] != 64 && numbers[2] != 128) {
    reason = "decimals of " + std::to_string(numbers[2]) + " bits are not read; cast it to decimal128";
    return false;
  }
  if (numbers[1] < -38 || numbers[1] > 38) {
    reason = "its scale of " + std::to_string(numbers[1]) + " is outside -38 to 38";
    return false;
  }
  out = {Kind::decimal, static_cast<uint32_t>(numbers[2] / 8), numbers[1], 0};
  return true;
}

bool read_simple(char letter, Layout& out) {
  switch (letter) {
    case 'n': out.kind = Kind::nothing; return true;
    case 'b': out.kind = Kind::boolean; return true;
    case 'c': out = {Kind::integer, 1}; return true;
    case 's': out = {Kind::integer, 2}; return true;
    case 'i': out = {Kind::integer, 4}; return true;
    case 'l': out = {Kind::integer, 8}; return true;
    case 'C': out = {Kind::natural, 1}; return true;
    case 'S': out = {Kind::natural, 2}; return true;
    case 'I': out = {Kind::natural, 4}; return true;
    case 'L': out = {Kind::natural, 8}; return true;
    case 'u': out = {Kind::text, 4}; return true;
    case 'U': out = {Kind::text, 8}; return true;
    default: return false;
  }
}

bool read_time(std::string_view text, Layout& out) {
  if (text == "tdD") {
    out = {Kind::date, 4};
    return true;
  }
  if (text == "tdm") {
    out = {Kind::date, 8, 0, 1000};
    return true;
  }
  if (text.size() < 3) return false;
  int64_t steps = 0;
  if (!per_second(text[2], steps)) return false;
  if (text[1] == 't' && text.size() == 3) {
    out = {Kind::time, steps <= 1000 ? 4u : 8u, 0, steps};
    return true;
  }
  if (text[1] == 'D' && text.size() == 3) {
    out = {Kind::duration, 8, 0, steps};
    return true;
  }
  if (text[1] != 's' || text.size() < 4 || text[3] != ':') return false;
  out = {text.size() == 4 ? Kind::local : Kind::timestamp, 8, 0, steps};
  return true;
}

}  // namespace

bool read_format(const char* format, Layout& out, std::string& reason) {
  out = {};
  if (format == nullptr) {
    reason = "its format is missing";
    return false;
  }
  // A text without an end cannot be told from a long one; no format of a type that is read is longer than a zone's name.
  const std::string_view text(format, strnlen(format, 256));
  if (text.size() == 1 && read_simple(text[0], out)) return true;
  if (text.starts_with("d:")) return read_decimal(text, out, reason);
  if (text.starts_with("t") && text.size() < 256 && read_time(text, out)) return true;
  if (text == "vu") {
    out = {Kind::text_views, 16};
    return true;
  }
  if (text == "+s" || text == "+l" || text == "+L") {
    out = {text == "+s" ? Kind::structure : Kind::list, text == "+L" ? 8u : 4u};
    return true;
  }
  if (text == "e" || text == "f" || text == "g") {
    reason = "binary floating point is never read, since 0.1 is no number that it can hold; cast it to decimal or to an integer";
    return false;
  }
  std::string shown(text.substr(0, 40));
  std::replace_if(shown.begin(), shown.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  reason = "its Arrow format `" + shown + "` is not read";
  return false;
}

}  // namespace writ::arrow
