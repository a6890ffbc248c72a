// Native code against the interpreter and against kernels written by hand for the same terms: outputs are compared first, then rounds
// are interleaved, and the medians are set against the reference. Each way also runs alone in a process of its own for its peak memory.
//
//   writ_bench tests/bench/sla_rows.writ [--rows N] [--rounds N] [--lanes N] [--only WAY]
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "bench/kernels.h"
#include "bench/runners.h"

namespace writ::bench {
namespace {

struct Arguments {
  std::string agreement;
  uint32_t rows = 1000000;
  int rounds = 7;
  uint32_t lanes = 0;
  int only = -1;  // number of one way: run it alone, print nothing
};

Arguments read_arguments(int count, char** texts) {
  Arguments a;
  for (int i = 1; i < count; ++i) {
    const std::string text = texts[i];
    const auto number = [&] { return i + 1 < count ? std::atoi(texts[++i]) : 0; };
    if (text == "--rows") {
      a.rows = static_cast<uint32_t>(number());
    } else if (text == "--rounds") {
      a.rounds = number();
    } else if (text == "--lanes") {
      a.lanes = static_cast<uint32_t>(number());
    } else if (text == "--only") {
      a.only = number();
    } else {
      a.agreement = text;
    }
  }
  return a;
}

using Make = std::function<Runner(const Setting&)>;

std::vector<Make> ways() {
  std::vector<Make> all;
  if (has_avx512()) all.push_back(avx512_runner);
  all.push_back(scalar_runner);
  all.push_back([](const Setting& s) { return native_columns_runner(s, 2); });
  all.push_back([](const Setting& s) { return native_columns_runner(s, 0); });
  all.push_back(native_totals_runner);
  all.push_back(interpreter_runner);
  return all;
}

double seconds_of(const std::function<void()>& round) {
  const auto start = std::chrono::steady_clock::now();
  round();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Peak memory in MB of this program running one way alone; less than 0: it could not be run.
double peak_memory(const Arguments& a, size_t way) {
  const pid_t child = fork();
  if (child < 0) return -1;
  if (child == 0) {
    const std::string rows = std::to_string(a.rows), only = std::to_string(way), lanes = std::to_string(a.lanes);
    execl("/proc/self/exe", "writ_bench", a.agreement.c_str(), "--rows", rows.c_str(), "--lanes", lanes.c_str(), "--only", only.c_str(), nullptr);
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return -1;
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

int run(const Arguments& a) {
  driver::Program program;
  std::string error;
  if (!driver::load_program(a.agreement, program, error) || program.sink.errors > 0) {
    std::fprintf(stderr, "cannot use the agreement %s %s\n", a.agreement.c_str(), error.c_str());
    return 1;
  }
  const Rows rows = make_rows(a.rows);
  const Setting setting{program, rows, std::min(a.rows, 20000u), a.lanes};
  Outcomes expected(a.rows);
  scalar_kernel(rows, expected);

  std::vector<Make> all = ways();
  if (a.only >= 0) {
    const Runner runner = all.at(static_cast<size_t>(a.only))(setting);
    runner.round();
    return 0;
  }
  std::vector<Runner> runners;
  for (const Make& make : all) {
    runners.push_back(make(setting));
    runners.back().round();
    const std::string difference = runners.back().differs(expected);
    if (difference.empty()) continue;
    std::fprintf(stderr, "%s: %s\n", runners.back().name.c_str(), difference.c_str());
    return 1;
  }
  std::vector<std::vector<double>> times(runners.size());
  for (int round = 0; round < a.rounds; ++round) {
    for (size_t i = 0; i < runners.size(); ++i) times[i].push_back(seconds_of(runners[i].round) / runners[i].rows);
  }
  std::printf("%u rows, median of %d interleaved rounds; all outputs equal\n\n", a.rows, a.rounds);
  std::printf("%-48s %10s %12s %10s %10s\n", "", "ns a row", "rows/s", "x first", "peak MB");
  const double reference = median(times[0]);
  for (size_t i = 0; i < runners.size(); ++i) {
    const double time = median(times[i]);
    std::printf("%-48s %10.2f %12.3g %10.4f %10.0f\n", runners[i].name.c_str(), time * 1e9, 1 / time, reference / time, peak_memory(a, i));
  }
  return 0;
}

}  // namespace
}  // namespace writ::bench

int main(int count, char** texts) {
  const writ::bench::Arguments arguments = writ::bench::read_arguments(count, texts);
  if (arguments.agreement.empty() || arguments.rows == 0 || arguments.rounds < 1) {
    std::fprintf(stderr, "usage: writ_bench AGREEMENT [--rows N] [--rounds N] [--lanes 1|8|16|32|64]\n");
    return 2;
  }
  return writ::bench::run(arguments);
}
