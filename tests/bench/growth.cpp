// How the way from a text to a decision grows with the number of rules: as cases of one rule (a table), and as rules of their own. Each
// size runs in a process of its own with a limit on its time; outcomes are compared with the same look-up by hand.
//
//   writ_bench_growth [--most N] [--seconds N] [--shape table|rules]
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "bench/clock.h"
#include "bench/growth_rules.h"
#include "check/check.h"
#include "driver/pipeline.h"
#include "emit/emit.h"
#include "parse/parse.h"
#include "plan/plan.h"
#include "record/zone_file.h"

namespace writ::bench {
namespace {

struct Arguments {
  uint32_t most = 10000;
  uint32_t seconds = 300;  // of the processor, for one size
  std::string shape;       // empty: both
};

Arguments read_arguments(int count, char** texts) {
  Arguments a;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string text = texts[i];
    if (text == "--most") a.most = static_cast<uint32_t>(std::atoi(texts[i + 1]));
    if (text == "--seconds") a.seconds = static_cast<uint32_t>(std::atoi(texts[i + 1]));
    if (text == "--shape") a.shape = texts[i + 1];
  }
  return a;
}

double milliseconds(double seconds) { return seconds * 1e3; }

// What the first of all texts costs on top, whatever its length, belongs to the start of a process.
void warm_up() {
  driver::Program program;
  driver::load_program_text("growth.writ", growth_text(Shape::table, 2), program);
}

// One line of the table; ends the process.
[[noreturn]] void measure(Shape shape, uint32_t rules) {
  const auto show = [](const char* format, double number) {
    std::printf(format, number);
    std::fflush(stdout);
  };
  const std::string text = growth_text(shape, rules);
  warm_up();
  driver::Program program;
  const source::FileId file = source::add_file(program.sources, "growth.writ", text);
  show(" %9.1f", milliseconds(seconds_of([&] { program.files.push_back(parse::parse(program.sources, file, program.sink)); })));
  const check::CheckOptions zones{[](std::string_view zone) { return record::load_zone_bytes(zone); }};
  show(" %9.1f", milliseconds(seconds_of([&] { program.agreement = check::check(program.sources, program.files, zones, program.sink); })));
  if (program.sink.errors > 0) std::exit(1);
  plan::Plan plan;
  show(" %9.1f", milliseconds(seconds_of([&] { plan = plan::make_plan(program.agreement); })));
  Orders orders = make_orders(shape, rules, program.agreement);
  emit::EmitOptions options;
  for (const evaluate::OutputColumn& column : orders.outputs) options.columns.push_back(column.definition);
  std::unique_ptr<evaluate::CompiledEngine> engine;
  const auto round = [&] {
    const auto totals = engine->init(orders.inputs);
    engine->update_columns(*totals, 0, orders.view, orders.outputs);
    engine->close_pass(*totals, 0);
    engine->finish(*totals, {});
  };
  const double first = seconds_of([&] {
    engine = emit::make_native(plan, options);
    round();
  });
  std::vector<double> times;
  for (int i = 0; i < 5; ++i) times.push_back(seconds_of(round));
  show(" %11.1f", milliseconds(first - median(times)));
  const double row = median(times) / orders.view.rows * 1e9;
  show(" %11.1f", row);
  show(" %11.2f", row / rules);
  std::vector<double> by_hand;
  for (int i = 0; i < 5; ++i) by_hand.push_back(seconds_of([&] { look_up(orders); }));
  show(" %11.2f", median(by_hand) / orders.view.rows * 1e9);
  show(" %9.0f\n", own_peak());
  if (!all_equal(orders)) std::exit(2);
  std::exit(0);
}

int run(Shape shape, const char* name, const Arguments& a) {
  std::printf("%s: milliseconds of each phase, then of a row, all rules of it\n\n", name);
  std::printf("%7s %9s %9s %9s %11s %11s %11s %11s %9s\n", "rules", "parse", "check", "plan", "code", "ns a row", "ns a rule", "by hand", "peak MB");
  for (uint32_t rules = 10; rules <= a.most; rules *= 10) {
    std::printf("%7u", rules);
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
      const rlimit limit{a.seconds, a.seconds};
      setrlimit(RLIMIT_CPU, &limit);
      measure(shape, rules);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) return 1;
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)) {
      std::printf("   not within %u s\n", a.seconds);
      continue;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) continue;
    std::printf("\n%s\n", WIFEXITED(status) && WEXITSTATUS(status) == 2 ? "a decision is not what it is by hand" : "the rules cannot be used");
    return 1;
  }
  std::printf("\n");
  return 0;
}

}  // namespace
}  // namespace writ::bench

int main(int count, char** texts) {
  using namespace writ::bench;
  const Arguments a = read_arguments(count, texts);
  int code = 0;
  if (a.shape.empty() || a.shape == "table") code = run(Shape::table, "one rule with so many cases", a);
  if (code == 0 && (a.shape.empty() || a.shape == "rules")) code = run(Shape::rules, "so many rules", a);
  return code;
}
