// The trace of one record: everything that native code and explanations need.
#include <doctest/doctest.h>

#include "unit/interpret/small.h"

namespace writ::interpret::testing {
namespace {

using ir::Op;

TEST_CASE("a trace lists definitions in evaluation order with their points, cases and pauses") {
  Small small = make_small();
  ir::Agreement& agreement = small.agreement;
  ir::History history;
  ir::Field at_field, status;
  at_field.type = plain(ir::Kind::instant);
  status.type = number();
  history.fields = {at_field, status};
  agreement.records[small.ticket].history = history;
  const ir::ExprId read = node(small, Op::field, number());
  agreement.exprs[read].field = 1;
  const ir::ExprId waiting = node(small, Op::eq, plain(ir::Kind::boolean), {read, constant(small, number(), 1)});
  const ir::ExprId hours = constant(small, plain(ir::Kind::duration), 4 * value::us_per_hour);
  const ir::ExprId deadline = node(small, Op::deadline_elapsed, plain(ir::Kind::instant, ir::Absence::not_yet), {field(small, 1), hours});
  agreement.exprs[deadline].pause = waiting;
  ir::Commitment commitment;
  commitment.name = "C";
  commitment.record = small.ticket;
  commitment.due = define(small, "C.due", per_ticket(small), plain(ir::Kind::instant), deadline);
  commitment.pause = waiting;
  agreement.commitments.add(commitment);
  const ir::DefinitionId graded = define(small, "grade", per_ticket(small), number(), constant(small, number(), 1));
  for (int i = 0; i < 3; ++i) {
    ir::Case made;
    made.guard = constant(small, plain(ir::Kind::boolean), i != 1);
    made.result = constant(small, number(), 7);
    made.point = 50 + static_cast<uint32_t>(i);
    made.overridden_by = {0};
    agreement.definitions[graded].cases.push_back(made);
  }

  const auto open_at = [](const char* when) { return Row{{value::given(0), value::given(at(when))}}; };
  record::Batch batch = batch_of(small, {open_at("2026-03-02T10:00"), open_at("2027-03-02T10:00")});
  add_histories(batch, {{{at("2026-03-02T11:00"), value::given(1)}, {at("2026-03-02T12:00"), value::given(0)}, {at("2026-03-02T13:00"), value::given(1)}}, {}});
  const auto engine = make_interpreter(agreement);
  const auto totals = engine->init({at("2026-03-02T18:00"), {}});
  const RecordTrace trace = trace_record(*engine, *totals, batch, 0);
  REQUIRE(trace.definitions.size() == 2);
  CHECK(trace.definitions[0].definition == commitment.due);
  CHECK(trace.definitions[0].point == 1);
  CHECK(trace.definitions[0].value == value::given(at("2026-03-02T20:00")));
  CHECK(trace.definitions[1].value == value::given(7));
  CHECK(trace.definitions[1].held == 0b101);
  REQUIRE(trace.clocks.size() == 1);
  REQUIRE(trace.clocks[0].pauses.size() == 2);
  CHECK(trace.clocks[0].pauses[0].from == at("2026-03-02T11:00"));
  CHECK(trace.clocks[0].pauses[0].until == at("2026-03-02T12:00"));
  CHECK(trace.clocks[0].pauses[1].until == at("2026-03-02T18:00"));

  evaluate::RecordOutputs outputs;
  engine->update(*totals, 0, batch, &outputs);
  CHECK(outputs.values[0][0] == trace.definitions[0].value);
  CHECK(outputs.held[1][0] == trace.definitions[1].held);
  CHECK(trace_record(*engine, *totals, batch, 1).admission == evaluate::Admission::after_horizon);
  CHECK(trace_record(*engine, *totals, batch, 1).definitions.empty());
}

}  // namespace
}  // namespace writ::interpret::testing
