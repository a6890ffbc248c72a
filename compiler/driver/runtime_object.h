// The runtime as an object file, which travels inside this program: a shared rule set is linked with it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace writ::driver {

std::string_view runtime_object();

// The shared libraries of C and C++ that this program itself runs with, by path: the runtime needs the same ones.
std::vector<std::string> loaded_libraries();

}  // namespace writ::driver
