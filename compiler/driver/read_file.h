// Whole files of text, and what is beside them.
#pragma once
#include <string>

namespace writ::driver {

// "-" is standard input. False when it cannot be read, or is larger than 64 MiB: `error` says why.
bool read_file(const std::string& path, std::string& text, std::string& error);
// The folder of a path, with its slash; empty when the path names none.
std::string folder_of(const std::string& path);
// A path as written in a file of `folder`; absolute ones stay.
std::string beside(const std::string& folder, const std::string& path);

}  // namespace writ::driver
