// A shared library of a rule set, and a module of WebAssembly. The linkers work on files, so there is a folder of them for a moment.
#pragma once
#include <string>

namespace writ::driver {

// `object`: of the rule set `name`. `debug`: keep what debuggers are told. False with the reason in `error`.
bool make_shared(const std::string& object, const std::string& name, const std::string& soname, std::string& bytes, std::string& error, bool debug = false);
bool make_wasm(const std::string& object, const std::string& name, std::string& bytes, std::string& error, bool debug = false);
// False, with what is missing, where this program was built without something that WebAssembly needs.
bool can_make_wasm(std::string& error);

}  // namespace writ::driver
