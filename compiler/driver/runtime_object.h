// The runtime as object files, which travel inside this program: a shared rule set and a module of WebAssembly are linked with them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace writ::driver {

std::string_view runtime_object();
// The same for WebAssembly; empty where it was not there when this program was built.
std::string_view wasm_runtime_object();

// The shared libraries of C and C++ that this program itself runs with, by path: the runtime needs the same ones.
std::vector<std::string> loaded_libraries();

}  // namespace writ::driver
