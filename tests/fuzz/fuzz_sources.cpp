// Any bytes as an agreement. Nothing may crash, hang or break a promise: every message has its words and its place, a tree that was read without
// mistakes prints as a source that reads as the same tree, what check passes is an agreement whose ir and plan verify, and its scenarios are
// evaluated, stated and explained.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "ast/print.h"
#include "diag/render.h"
#include "driver/pipeline.h"
#include "driver/record_view.h"
#include "driver/scenarios.h"
#include "interpret/interpret.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "parse/parse.h"
#include "plan/plan.h"
#include "plan/print.h"
#include "render/statement.h"
#include "render/why.h"

namespace {

using namespace writ;

void must(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what.c_str());
  std::abort();
}

void look_at_messages(const driver::Program& program) {
  for (const diag::Diagnostic& found : program.sink.diagnostics) {
    const std::string message = diag::message_of(found);
    must(!message.empty(), "a message without words");
    must(message.find('{') == std::string::npos || found.arguments.size() > 0, "a hole in `" + message + "`");
    diag::render_human(found, program.sources, true);
    diag::render_plain(found, program.sources);
    diag::render_json(found, program.sources);
  }
}

// Was the file itself read without a mistake? (check may still refuse it, and a module may be broken.)
void print_and_read_again(const driver::Program& program, const std::string& text) {
  source::SourceMap sources;
  diag::Sink sink;
  const ast::File first = parse::parse(sources, source::add_file(sources, "fuzz.writ", text), sink);
  const std::string tree = ast::tree(first);
  must(tree == ast::tree(program.files.front()), "the same text gives another tree");
  const std::string printed = ast::print(first);
  if (sink.errors > 0) return;
  const ast::File again = parse::parse(sources, source::add_file(sources, "printed.writ", printed), sink);
  must(sink.errors == 0, "a printed tree is not read: " + printed);
  must(ast::tree(again) == tree, "a printed tree reads as another one: " + printed);
}

void explain(const driver::Program& program, const driver::ScenarioRun& run, const evaluate::Inputs& inputs) {
  const ir::Agreement& agreement = program.agreement;
  const std::unique_ptr<evaluate::Engine> interpreter = interpret::make_interpreter(agreement);
  const std::unique_ptr<evaluate::Totals> totals = interpreter->init(inputs);
  if (interpreter->passes() > 1) return;  // its values need the totals of earlier passes
  for (const record::Batch& batch : run.facts.batches) {
    if (batch.rows == 0) continue;
    const render::RecordView view = driver::view_of(agreement, program.sources, batch, interpret::trace_record(*interpreter, *totals, batch, 0), inputs, "key");
    must(!render::why_human(agreement, view).empty(), "an explanation in words");
    must(!render::why_json(agreement, view).empty(), "an explanation as data");
  }
}

void evaluate_scenarios(const driver::Program& program) {
  const ir::Agreement& agreement = program.agreement;
  const std::unique_ptr<evaluate::Engine> engine = interpret::make_interpreter(agreement);
  for (const ir::Scenario& scenario : agreement.scenarios) {
    const driver::ScenarioRun run = driver::evaluate_scenario(agreement, *engine, scenario);
    for (const driver::ExpectationResult& result : driver::compare(agreement, scenario, run).expectations) must(!result.got.empty(), "an answer in words");
    const evaluate::Inputs inputs = driver::scenario_inputs(agreement, scenario);
    const render::Statement statement{&agreement, &run.results, inputs.as_of, false, {}, {}, inputs.params};
    must(!render::statement_human(statement).empty(), "a statement in words");
    must(!render::statement_json(statement).empty() && !render::statement_csv(statement).empty(), "a statement as data");
    explain(program, run, inputs);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  driver::Program program;
  driver::load_program_text("fuzz.writ", text, program);
  look_at_messages(program);
  print_and_read_again(program, text);
  if (program.sink.errors > 0) return 0;
  for (const std::string& broken : ir::verify(program.agreement)) must(false, "ir: " + broken);
  must(!ir::print(program.agreement).empty(), "the ir in words");
  const plan::Plan plan = plan::make_plan(program.agreement);
  for (const std::string& broken : plan::verify(plan)) must(false, "plan: " + broken);
  must(!plan::print(plan).empty(), "the plan in words");
  evaluate_scenarios(program);
  return 0;
}
