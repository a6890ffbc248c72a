// Puts what others wrote about business time, months and holidays into Writ and says what holds.
//   writ_real FOLDER     reads every *.json (cases) and *.csv (tables) there
// Ends with 0 when nothing fails, with 1 when something does, with 2 when there is nothing to read.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "driver/pipeline.h"
#include "real/business_time.h"
#include "real/holiday_tables.h"
#include "real/months.h"

namespace writ::real {
namespace {

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder, const std::string& ending) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ending) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

bool run_cases(const std::vector<std::filesystem::path>& files) {
  std::vector<Case> cases;
  bool readable = true;
  for (const auto& file : files) {
    std::string error;
    if (read_cases(file.string(), cases, error)) continue;
    fmt::print("fails: {} {}\n", file.filename().string(), error);
    readable = false;
  }
  const BusinessTime result = run_business_time(cases);
  print_tally("business time", result.agreed);
  const size_t disputed = result.decisions.size() + result.disputed.failures.size();
  if (disputed + result.disputed.unsaid.size() > 0) {
    for (const std::string& line : result.decisions) fmt::print("disputed: {}\n", line);
    for (const std::string& line : result.disputed.failures) fmt::print("fails: {}\n", line);
    int unsaid = 0;
    for (const auto& [reason, count] : result.disputed.unsaid) unsaid += count;
    fmt::print("disputed business time: {} as the source has it, {} as the other reading, {} fail, {} cannot be said\n", result.as_source, result.as_other,
               result.disputed.failures.size(), unsaid);
    for (const auto& [reason, count] : result.disputed.unsaid) fmt::print("  {} cannot be said: {}\n", count, reason);
  }
  return readable && result.agreed.failures.empty() && result.disputed.failures.empty();
}

bool run_tables(const std::vector<std::filesystem::path>& files) {
  Tally months;
  bool well = true, any_months = false;
  for (const auto& file : files) {
    Table table;
    if (!read_table(file.string(), table)) continue;
    if (is_month_table(table)) {
      run_months(table, months);
      any_months = true;
    } else if (is_holiday_table(table)) {
      well = run_holidays(table) && well;
    } else {
      fmt::print("{}: cannot be said: a table with columns that are not known\n", file.filename().string());
    }
  }
  if (any_months) print_tally("month arithmetic", months);
  return well && months.failures.empty();
}

}  // namespace
}  // namespace writ::real

int main(int count, char** arguments) {
  if (count != 2) {
    fmt::print(stderr, "usage: writ_real FOLDER\n");
    return 2;
  }
  const auto cases = writ::real::files_of(arguments[1], ".json");
  const auto tables = writ::real::files_of(arguments[1], ".csv");
  if (cases.empty() && tables.empty()) {
    fmt::print(stderr, "{} holds no cases and no tables\n", arguments[1]);
    return 2;
  }
  fmt::print("evaluated with the interpreter{}\n", writ::driver::native_available() ? " and with native code" : "");
  const bool held = writ::real::run_cases(cases);
  return writ::real::run_tables(tables) && held ? 0 : 1;
}
