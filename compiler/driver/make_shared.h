// A shared library of a rule set. The linker works on files, so there is a folder of them for a moment.
#pragma once
#include <string>

namespace writ::driver {

// `object`: of the rule set `name`. `debug`: keep what debuggers are told. False with the reason in `error`.
bool make_shared(const std::string& object, const std::string& name, const std::string& soname, std::string& bytes, std::string& error, bool debug = false);

}  // namespace writ::driver
