// What a run is told besides its facts, and what an explanation shows of a record as of then.
#include "driver/run_inputs.h"

#include <doctest/doctest.h>

#include "driver/evaluate_facts.h"
#include "driver/pipeline.h"
#include "driver/record_view.h"
#include "render/statement.h"
#include "unit/driver/support.h"

namespace writ::driver::test {

namespace {

const char* const source = R"(agreement "Desk"
between Desk as provider "Desk Ltd"
and Client as customer "Client plc"
effective 2026-01-01
term 12 months
currency GBP
time zone "Europe/London"

param start : instant = 2026-01-01T09:00
calendar Office default { open Mon..Fri 09:00..17:00
  closed never
}
record Delivery since ordered {
  id : text, key
  ordered : instant
  promised : date
  signed_for : date or not yet
  handed_over : instant or not yet
}
clause 1 "Service" {
  rule orders per month = count(Delivery of ordered)
  rule late per Delivery = signed_for is given and signed_for > promised
}
)";

std::string as_of(const std::string& text) {
  Program program;
  load_program_text("desk.writ", source, program);
  REQUIRE(program.sink.errors == 0);
  Options options;
  options.as_of = text;
  RunInputs made;
  std::string error;
  if (!make_inputs(program.agreement, options, made, error)) return error;
  CHECK_FALSE(made.as_of_is_now);
  return value::format_with_offset(value::to_local(program.agreement.zone, made.inputs.as_of), value::offset_at(program.agreement.zone, made.inputs.as_of));
}

// The fields of the one record in the file, as `writ why` shows them.
std::vector<value::Value> shown(const std::string& as_of) {
  Program program;
  load_program_text("desk.writ", source, program);
  Folder folder;
  folder.write("deliveries.csv", "id,ordered,promised,signed_for,handed_over\nD1,2026-03-30T10:00,2026-03-30,2026-03-31,2026-03-31T12:00\n");
  LoadedFacts loaded;
  REQUIRE(load_facts(program.agreement, folder.path + "/desk.writ", {"Delivery=" + folder.path + "/deliveries.csv"}, loaded));
  record::Batch batch;
  REQUIRE(find_record(loaded, loaded.inputs[0].record, "D1", batch));
  Options options;
  options.as_of = as_of;
  RunInputs made;
  std::string error;
  REQUIRE(make_inputs(program.agreement, options, made, error));
  const std::unique_ptr<evaluate::Engine> interpreter = interpret::make_interpreter(program.agreement);
  const auto totals = interpreter->init(made.inputs);
  const render::RecordView view =
      view_of(program.agreement, program.sources, batch, interpret::trace_record(*interpreter, *totals, batch, 0), made.inputs, "D1");
  CHECK(view.fields[2].state == value::State::given);  // a promise has no time of its own, whatever its date
  return view.fields;
}

std::string statement_of_nothing(const std::string& as_of) {
  Program program;
  load_program_text("desk.writ", source, program);
  Options options;
  options.as_of = as_of;
  RunInputs made;
  std::string error;
  REQUIRE(make_inputs(program.agreement, options, made, error));
  const std::unique_ptr<evaluate::Engine> engine = interpret::make_interpreter(program.agreement);
  const auto totals = engine->init(made.inputs);
  for (int pass = 0; pass < engine->passes(); ++pass) engine->close_pass(*totals, pass);
  const evaluate::Results results = engine->finish(*totals, {});
  return render::statement_human({&program.agreement, &results, made.inputs.as_of, false, {}, {}, made.inputs.params});
}

}  // namespace

TEST_CASE("a date as the as-of is its end; a time is that instant") {
  CHECK(as_of("2026-03-31") == "2026-03-31T23:59:59.999999+01:00");
  CHECK(as_of("2026-01-31") == "2026-01-31T23:59:59.999999+00:00");
  CHECK(as_of("2026-03-29") == "2026-03-29T23:59:59.999999+01:00");  // the day of 23 hours
  CHECK(as_of("2026-03-31T00:00") == "2026-03-31T00:00+01:00");
  CHECK(as_of("2026-03-31T12:00Z") == "2026-03-31T13:00+01:00");
  CHECK(as_of("31.3.2026").find("write a date, as 2026-03-31 for the end of that day") != std::string::npos);
  CHECK(as_of("2026-02-30").find("--as-of 2026-02-30") != std::string::npos);
}

TEST_CASE("the head of the statement has the instant, and a period that ends with it is named") {
  const auto says = [](const std::string& as_of, const std::string& part) { return statement_of_nothing(as_of).find(part) != std::string::npos; };
  const std::string note = "2026-03 is not over yet: it ends with this instant. As of 2026-04-01T00:00+01:00 it is.";
  CHECK(says("2026-03-31", "Statement as of the end of Tue 2026-03-31, times as in Europe/London"));
  CHECK(says("2026-03-31", "2026-03 (so far)"));
  CHECK(says("2026-03-31", note));
  CHECK_FALSE(says("2026-03-30", "is not over yet"));
  CHECK_FALSE(says("2026-03-31T23:59", "is not over yet"));
  CHECK_FALSE(says("2026-04-01T00:00", "is not over yet"));
  CHECK_FALSE(says("2026-04-01T00:00", "2026-03 (so far)"));
}

TEST_CASE("a parameter that is an instant is set to an instant, as in the agreement") {
  Program program;
  load_program_text("desk.writ", source, program);
  Options options;
  RunInputs made;
  std::string error;
  options.settings = {"start=2026-03-31T12:00"};
  CHECK(make_inputs(program.agreement, options, made, error));
  options.settings = {"start=2026-03-31"};
  CHECK_FALSE(make_inputs(program.agreement, options, made, error));
  CHECK(error == "`--set start=2026-03-31`: `2026-03-31` is no instant");
}

TEST_CASE("an explanation shows an event after the as-of as not yet, also one that is known by its day") {
  const auto seen = [](const std::string& as_of, size_t field) { return shown(as_of)[field].state == value::State::given; };
  CHECK_FALSE(seen("2026-03-30T23:59", 3));
  CHECK(seen("2026-03-31T00:00", 3));
  CHECK_FALSE(seen("2026-03-31T11:59", 4));
  CHECK(seen("2026-03-31T12:00", 4));
  CHECK(seen("2026-03-31", 4));
}

}  // namespace writ::driver::test
