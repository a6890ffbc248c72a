// SHA-256 (FIPS 180-4), as sha256sum prints it: by it people recognise the text that a rule set was made from.
#pragma once
#include <string>
#include <string_view>

namespace writ::describe {

std::string sha256(std::string_view bytes);

}  // namespace writ::describe
