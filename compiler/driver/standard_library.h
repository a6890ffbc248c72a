// The standard library, kept inside the program so that it needs no files where it runs. Made from stdlib/ by the build.
#pragma once
#include <span>
#include <string_view>

namespace writ::driver {

struct EmbeddedFile {
  std::string_view name;  // "std.holidays.england_and_wales", "C0203"
  std::string_view path;  // as in the repository
  std::string_view text;
};

std::span<const EmbeddedFile> standard_library();
std::span<const EmbeddedFile> diagnostic_pages();

}  // namespace writ::driver
