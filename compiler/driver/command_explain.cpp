#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "base/nearest.h"
#include "driver/commands.h"
#include "driver/exit_codes.h"
#include "driver/report.h"
#include "driver/standard_library.h"

namespace writ::driver {

int command_explain(const Options& options) {
  std::string code = options.code;
  std::transform(code.begin(), code.end(), code.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::vector<std::string> codes;
  for (const EmbeddedFile& page : diagnostic_pages()) {
    if (page.name == code) {
      fmt::print("{}", page.text);
      return exit_clean;
    }
    codes.emplace_back(page.name);
  }
  const std::string near = base::nearest(code, codes);
  print_error(fmt::format("there is no message with the code `{}`{}", options.code, near.empty() ? "" : "; did you mean `" + near + "`?"), options);
  return exit_usage;
}

}  // namespace writ::driver
