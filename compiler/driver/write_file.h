// Whole files of bytes.
#pragma once
#include <string>
#include <string_view>

namespace writ::driver {

// "-" is standard output. A file is there whole or not at all; false, with the reason, when it could not be written.
bool write_file(const std::string& path, std::string_view bytes, std::string& error);

bool read_bytes(const std::string& path, std::string& bytes, std::string& error);

}  // namespace writ::driver
