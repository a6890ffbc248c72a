// Whether bytes are UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace writ::record {

bool is_utf8(std::string_view text);
// code: a Unicode scalar value.
void append_utf8(std::string& out, uint32_t code);

}  // namespace writ::record
