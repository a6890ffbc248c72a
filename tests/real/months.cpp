#include "real/months.h"

#include <fmt/format.h>

#include <regex>

#include "real/evaluate.h"
#include "render/value_text.h"
#include "value/civil_text.h"

namespace writ::real {
namespace {

struct Sum {
  std::string date, expression;  // with {} for the name of the date
  std::string expected, what;
};

// "[1 years, 2 months, -3 days]" added to a date: years and months in one step, then days.
std::optional<std::string> sum_of(const std::string& period) {
  static const std::regex form(R"(\[(-?\d+) years?, (-?\d+) months?, (-?\d+) days?\])");
  std::smatch parts;
  if (!std::regex_match(period, parts, form)) return std::nullopt;
  const long months = std::stol(parts[1]) * 12 + std::stol(parts[2]);
  const long days = std::stol(parts[3]);
  const auto term = [](long count, const char* unit) {
    return count == 0 ? std::string() : fmt::format(" {} {} {}", count < 0 ? '-' : '+', std::labs(count), unit);
  };
  return "{}" + term(months, "months") + term(days, "days");
}

struct Asked {
  const char* column;
  bool up, down;           // under which rules the column holds
  const char* expression;  // of a date alone; null: the sum with the row's period
};
constexpr Asked asked[] = {
    {"Date +up Period", true, false, nullptr},
    {"Date +down Period", false, true, nullptr},
    {"Date+Period", true, true, nullptr},
    {"First day of month", true, true, "first_of_month({})"},
    {"Last day of month", true, true, "last_of_month({})"},
};

void run_sums(const std::vector<Sum>& sums, bool up, Tally& tally) {
  std::string text = header("Etc/UTC", up);
  for (size_t i = 0; i < sums.size(); ++i) {
    text += fmt::format("param day_{} : date = {}\n", i, sums[i].date);
    text += fmt::format("rule sum_{} = {}\n", i, fmt::format(fmt::runtime(sums[i].expression), fmt::format("day_{}", i)));
  }
  Evaluation evaluation;
  if (!read_text("months.writ", text, evaluation)) {
    tally.failures.push_back("months: the agreement is refused: " + first_error(evaluation));
    return;
  }
  run(evaluation);
  for (size_t i = 0; i < sums.size(); ++i) {
    const Found found = value_of(evaluation, fmt::format("sum_{}", i));
    const value::Parsed<value::Date> expected = value::parse_date(sums[i].expected);
    const bool holds = evaluation.trouble.empty() && value::is_certain(found.value) && found.value.state == value::State::given && expected.ok() &&
                       found.value.lo == expected.value;
    if (holds)
      tally.hold += 1;
    else
      tally.failures.push_back(fmt::format("{}: expected {}, Writ gives {} {}", sums[i].what, sums[i].expected,
                                           render::value_text(evaluation.program.agreement, found.type, found.value), evaluation.trouble));
  }
}

}  // namespace

bool is_month_table(const Table& table) {
  if (!column(table, "Date")) return false;
  for (const Asked& one : asked)
    if (column(table, one.column) && (one.expression != nullptr || column(table, "Period"))) return true;
  return false;
}

void run_months(const Table& table, Tally& tally) {
  const std::optional<size_t> date = column(table, "Date"), period = column(table, "Period");
  for (const bool up : {true, false}) {
    std::vector<Sum> sums;
    for (const Asked& one : asked) {
      const std::optional<size_t> expected = column(table, one.column);
      if (!expected || !(up ? one.up : one.down)) continue;
      for (const std::vector<std::string>& row : table.rows) {
        const std::optional<std::string> sum = one.expression != nullptr        ? std::optional<std::string>(one.expression)
                                               : period && row.size() > *period ? sum_of(row[*period])
                                                                                : std::nullopt;
        if (!sum || row.size() <= std::max(*date, *expected))
          tally.unsaid["a row of dates that is not in the known form"] += 1;
        else
          sums.push_back({row[*date], *sum, row[*expected], fmt::format("{} {} ({})", one.column, row[*date], period ? row[*period] : "")});
      }
    }
    if (!sums.empty()) run_sums(sums, up, tally);
  }
}

}  // namespace writ::real
