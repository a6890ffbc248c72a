// One field of a CSV line, quoted when it must be (RFC 4180).
#pragma once
#include <string>
#include <string_view>

namespace writ::render {

std::string csv_field(std::string_view text);

}  // namespace writ::render
