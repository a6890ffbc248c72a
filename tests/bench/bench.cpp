// Native code against the interpreter and against kernels written by hand for the same terms: outputs are compared first, then rounds
// are interleaved, and the medians are set against the first way. Time is that of the thread on the processor, so that other programs
// disturb less. Each way also runs alone in a process of its own for its peak memory.
//
//   writ_bench FOLDER [--variant elapsed|business|months|customers] [--rows N] [--customers N] [--rounds N] [--lanes N] [--only WAY | --export FOLDER | --serve]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "bench/clock.h"
#include "bench/kernels.h"
#include "bench/runners.h"
#include "bench/serve.h"

namespace writ::bench {
namespace {

constexpr int no_way = -1;     // all of them, against each other
constexpr int rows_only = -2;  // make the rows and end

struct Arguments {
  std::string folder;   // of the agreements
  std::string variant;  // empty: each
  uint32_t rows = 1000000;
  uint32_t customers = 10000;
  int rounds = 7;
  uint32_t lanes = 0;
  std::string to;  // write the rows into this folder and end
  bool serve = false;
  int only = no_way;  // number of one way: run it alone (under a profiler, say), print its peak memory
};

Arguments read_arguments(int count, char** texts) {
  Arguments a;
  for (int i = 1; i < count; ++i) {
    const std::string text = texts[i];
    const auto number = [&] { return i + 1 < count ? std::atoi(texts[++i]) : 0; };
    if (text == "--rows") {
      a.rows = static_cast<uint32_t>(number());
    } else if (text == "--customers") {
      a.customers = static_cast<uint32_t>(number());
    } else if (text == "--rounds") {
      a.rounds = number();
    } else if (text == "--lanes") {
      a.lanes = static_cast<uint32_t>(number());
    } else if (text == "--only") {
      a.only = number();
    } else if (text == "--export") {
      a.to = i + 1 < count ? texts[++i] : "";
    } else if (text == "--serve") {
      a.serve = true;
    } else if (text == "--variant") {
      a.variant = i + 1 < count ? texts[++i] : "";
    } else {
      a.folder = text;
    }
  }
  return a;
}

struct Workload {
  Variant variant;
  const char* name;
};
constexpr Workload workloads[] = {
    {Variant::elapsed, "elapsed"}, {Variant::business, "business"}, {Variant::months, "months"}, {Variant::customers, "customers"}};

using Make = std::function<Runner(const Setting&)>;

// Levels below the best, where this computer has them.
std::vector<std::string> lower_levels() {
#if defined(__x86_64__)
  std::vector<std::string> all;
  if (__builtin_cpu_supports("avx2")) all.push_back("x86-64-v3");
  if (__builtin_cpu_supports("sse4.2")) all.push_back("x86-64-v2");
  return all;
#else
  return {};
#endif
}

std::vector<Make> ways_of_rows() {
  std::vector<Make> all;
  if (has_avx512()) all.push_back(avx512_runner);
  all.push_back(scalar_runner);
  all.push_back([](const Setting& s) { return native_columns_runner(s, {}); });
  for (const Reasons wanted : {Reasons::of_columns, Reasons::all}) all.push_back([wanted](const Setting& s) { return native_reasons_runner(s, {}, wanted); });
  for (const std::string& level : lower_levels()) all.push_back([level](const Setting& s) { return native_columns_runner(s, {2, level}); });
  all.push_back([](const Setting& s) { return native_columns_runner(s, {0, ""}); });
  all.push_back([](const Setting& s) { return native_totals_runner(s, {}); });
  all.push_back(native_batches_runner);
  all.push_back(interpreter_runner);
  return all;
}

std::vector<Make> ways_of_months() {
  std::vector<Make> all;
  if (has_avx512()) all.push_back(avx512_months_runner);
  all.push_back(scalar_months_runner);
  all.push_back([](const Setting& s) { return native_totals_runner(s, {}); });
  for (const std::string& level : lower_levels()) all.push_back([level](const Setting& s) { return native_totals_runner(s, {2, level}); });
  all.push_back(native_batches_runner);
  all.push_back(interpreter_runner);
  return all;
}

std::vector<Make> ways_of_customers() {
  std::vector<Make> all;
  if (has_avx512()) all.push_back(avx512_customers_runner);
  all.push_back(scalar_customers_runner);
  all.push_back(native_portfolio_runner);
  all.push_back(native_customers_runner);
  all.push_back(interpreted_customers_runner);
  return all;
}

std::vector<Make> ways_of(Variant variant) {
  switch (variant) {
    case Variant::elapsed:
    case Variant::business: return ways_of_rows();
    case Variant::months: return ways_of_months();
    case Variant::customers: return ways_of_customers();
  }
  return {};
}

// The peak of this program running one way alone; less than 0: it could not be run.
double peak_memory(const Arguments& a, const Workload& workload, int way) {
  if (a.rounds == 1) return -1;  // a test that it runs, not a measurement
  const std::string command = "'" + std::filesystem::read_symlink("/proc/self/exe").string() + "' '" + a.folder + "' --variant " + workload.name + " --rows " +
                              std::to_string(a.rows) + " --lanes " + std::to_string(a.lanes) + " --rounds 1 --only " + std::to_string(way);
  double mb = -1;
  if (FILE* out = popen(command.c_str(), "r"); out != nullptr) {
    if (std::fscanf(out, "%lf", &mb) != 1) mb = -1;
    pclose(out);
  }
  return mb;
}

bool load(const Arguments& a, const Workload& workload, driver::Program& program) {
  std::string error;
  const std::string path = a.folder + "/" + workload.name + ".writ";
  if (driver::load_program(path, program, error) && program.sink.errors == 0) return true;
  std::fprintf(stderr, "cannot use the agreement %s %s\n", path.c_str(), error.c_str());
  return false;
}

void print_table(const Arguments& a, const Workload& workload, const std::vector<Runner>& runners, const std::vector<std::vector<double>>& times) {
  std::printf("%s: %u rows, median of %d interleaved rounds; all outputs equal\n\n", workload.name, a.rows, a.rounds);
  std::printf("%-48s %10s %12s %10s %10s\n", "", "ns a row", "rows/s", "x first", "peak MB");
  const double base = peak_memory(a, workload, rows_only);
  for (size_t i = 0; i < runners.size(); ++i) {
    const double time = median(times[i]);
    std::vector<double> ratios;
    for (size_t round = 0; round < times[i].size(); ++round) ratios.push_back(times[0][round] / times[i][round]);
    std::printf("%-48s %10.2f %12.3g %10.4f %10.0f\n", runners[i].name.c_str(), time * 1e9, 1 / time, median(ratios),
                peak_memory(a, workload, static_cast<int>(i)) - base);
  }
  std::printf("peak MB: beyond the %.0f MB of a process that only makes the rows\n\n", base);
}

int run(const Arguments& a, const Workload& workload) {
  const Rows rows = make_rows(a.rows, a.customers);
  if (!a.to.empty()) return export_rows(a.to, rows) ? 0 : 1;
  if (a.serve) {
    serve(rows, workload.variant);
    return 0;
  }
  if (a.only == rows_only) {
    std::printf("%f\n", own_peak());
    return 0;
  }
  driver::Program program;
  if (!load(a, workload, program)) return 1;
  const Setting setting{program, workload.variant, rows, std::min(a.rows, 20000u), a.lanes};
  const std::vector<Make> all = ways_of(workload.variant);
  if (a.only >= 0) {
    const Runner runner = all.at(static_cast<size_t>(a.only))(setting);
    for (int round = 0; round < a.rounds; ++round) runner.round();
    std::printf("%f\n", own_peak());
    return 0;
  }
  Expected expected(a.rows);
  scalar_kernel(rows, workload.variant, expected.outcomes);
  scalar_months(rows, expected.months);
  scalar_customers(rows, expected.customers);
  std::vector<Runner> runners;
  for (const Make& make : all) {
    runners.push_back(make(setting));
    runners.back().round();
    const std::string difference = runners.back().differs(expected);
    if (difference.empty()) continue;
    std::fprintf(stderr, "%s, %s: %s\n", workload.name, runners.back().name.c_str(), difference.c_str());
    return 1;
  }
  std::vector<std::vector<double>> times(runners.size());
  for (int round = 0; round < a.rounds; ++round) {
    for (size_t i = 0; i < runners.size(); ++i) times[i].push_back(seconds_of(runners[i].round) / runners[i].rows);
  }
  print_table(a, workload, runners, times);
  return 0;
}

int run_all(const Arguments& a) {
  bool found = false;
  for (const Workload& workload : workloads) {
    if (!a.variant.empty() && a.variant != workload.name) continue;
    found = true;
    if (const int code = run(a, workload); code != 0) return code;
  }
  if (!found) std::fprintf(stderr, "no variant %s: elapsed, business, months, customers\n", a.variant.c_str());
  return found ? 0 : 2;
}

}  // namespace
}  // namespace writ::bench

int main(int count, char** texts) {
  const writ::bench::Arguments arguments = writ::bench::read_arguments(count, texts);
  if (arguments.folder.empty() || arguments.rows == 0 || arguments.customers == 0 || arguments.customers > 65536 || arguments.rounds < 1) {
    std::fprintf(stderr,
                 "usage: writ_bench FOLDER [--variant elapsed|business|months|customers] [--rows N] [--customers N] [--rounds N] [--lanes 1|8|16|32|64]\n");
    return 2;
  }
  return writ::bench::run_all(arguments);
}
