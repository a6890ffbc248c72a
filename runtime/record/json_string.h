// Strings of JSON and their escapes (RFC 8259, section 7).
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace writ::record {

// Takes the string whose opening quotation mark should stand at `at`, and moves `at` behind it. The text is a view of the line, or, where the
// string has escapes, of what was appended to `unescaped`. Null when all is well, else what is wrong with the byte at `at`.
const char* take_json_string(std::string_view line, size_t& at, std::string& unescaped, std::string_view& text);

}  // namespace writ::record
