// Histories: what is seen, first rows, pauses, ties.
#include <doctest/doctest.h>

#include "unit/interpret/small.h"

namespace writ::interpret::testing {
namespace {

using ir::Op;
using value::Value;

constexpr int working = 0, waiting = 1;

struct WithHistory {
  Small small = make_small();
  ir::ExprId is_waiting;
  WithHistory() {
    ir::History history;
    ir::Field at_field, status;
    at_field.name = "at";
    at_field.type = plain(ir::Kind::instant);
    status.name = "status";
    status.type = number();
    history.fields = {at_field, status};
    small.agreement.records[small.ticket].history = history;
    const ir::ExprId read = node(small, Op::field, number());
    small.agreement.exprs[read].field = 1;
    is_waiting = node(small, Op::eq, plain(ir::Kind::boolean), {read, constant(small, number(), waiting)});
  }
  ir::ExprId paused_deadline(int hours) {
    const ir::ExprId id = node(small, Op::deadline_elapsed, plain(ir::Kind::instant, ir::Absence::not_yet),
                               {field(small, 1), constant(small, plain(ir::Kind::duration), hours * value::us_per_hour)});
    small.agreement.exprs[id].pause = is_waiting;
    return id;
  }
  ir::ExprId first_waiting() {
    const ir::ExprId id = node(small, Op::history_first, plain(ir::Kind::instant, ir::Absence::not_yet));
    small.agreement.exprs[id].pause = is_waiting;
    return id;
  }
  ir::ExprId status_at(const char* when) {
    const ir::ExprId id = node(small, Op::history_at, plain(ir::Kind::number, ir::Absence::none), {instant(small, when)});
    small.agreement.exprs[id].field = 1;
    return id;
  }
  Value value(ir::ExprId expr, const std::vector<HistoryRow>& rows, const char* as_of) const {
    Small copy = small;
    define(copy, "value", per_ticket(copy), plain(ir::Kind::instant), expr);
    record::Batch batch = batch_of(copy, {Row{{value::given(0), value::given(at("2026-03-02T10:00"))}}});
    add_histories(batch, {rows});
    return run(copy, at(as_of), batch).outputs.values[0][0];
  }
};

HistoryRow row(const char* when, int status) { return {at(when), value::given(status)}; }

TEST_CASE("a pause lasts from its row to the next, and the last one to the horizon") {
  WithHistory with;
  const auto due = with.paused_deadline(4);
  const std::vector<HistoryRow> rows{row("2026-03-02T11:00", waiting), row("2026-03-02T13:00", working), row("2026-03-02T15:00", waiting)};
  CHECK(with.value(due, {}, "2026-03-03T00:00") == value::given(at("2026-03-02T14:00")));
  CHECK(with.value(due, rows, "2026-03-02T10:30") == value::given(at("2026-03-02T14:00")));
  CHECK(with.value(due, rows, "2026-03-02T12:00") == value::given(at("2026-03-02T15:00")));
  CHECK(with.value(due, rows, "2026-03-02T14:00") == value::given(at("2026-03-02T16:00")));
  CHECK(with.value(due, rows, "2026-03-03T15:00") == value::given(at("2026-03-03T16:00")));
}

TEST_CASE("two rows of one state are one pause") {
  WithHistory with;
  const std::vector<HistoryRow> rows{row("2026-03-02T11:00", waiting), row("2026-03-02T12:00", waiting), row("2026-03-02T13:00", working)};
  CHECK(with.value(with.paused_deadline(4), rows, "2026-03-03T00:00") == value::given(at("2026-03-02T16:00")));
}

TEST_CASE("doubt about a row is doubt about the deadline; ties are an error of the record, where a rule reads them") {
  WithHistory with;
  const auto due = with.paused_deadline(4);
  const HistoryRow doubtful{at("2026-03-02T12:00"), value::unknown()};
  CHECK(with.value(due, {doubtful}, "2026-03-03T00:00") == value::unknown());
  CHECK(with.value(due, {doubtful}, "2026-03-02T11:00") == value::given(at("2026-03-02T14:00")));
  const std::vector<HistoryRow> tied{row("2026-03-02T11:00", waiting), row("2026-03-02T11:00", working)};
  CHECK(with.value(due, tied, "2026-03-03T00:00") == value::fault(value::Fault::order, 1));
  CHECK(with.value(with.first_waiting(), tied, "2026-03-03T00:00") == value::fault(value::Fault::order, 1));
  CHECK(with.value(with.status_at("2026-03-02T12:00"), tied, "2026-03-03T00:00") == value::fault(value::Fault::order, 1));
  CHECK(with.value(field(with.small, 1), tied, "2026-03-03T00:00") == value::given(at("2026-03-02T10:00")));
}

TEST_CASE("the first row in which a condition holds") {
  WithHistory with;
  const auto first = with.first_waiting();
  const std::vector<HistoryRow> rows{row("2026-03-02T11:00", working), row("2026-03-02T13:00", waiting), row("2026-03-02T15:00", waiting)};
  CHECK(with.value(first, rows, "2026-03-03T00:00") == value::given(at("2026-03-02T13:00")));
  CHECK(with.value(first, rows, "2026-03-02T12:00") == value::not_yet());
  CHECK(with.value(first, {}, "2026-03-02T12:00") == value::not_yet());
  const HistoryRow doubtful_before{at("2026-03-02T10:30"), value::unknown()}, doubtful_after{at("2026-03-02T16:00"), value::unknown()};
  CHECK(with.value(first, {doubtful_before, rows[1]}, "2026-03-03T00:00") == value::unknown());
  CHECK(with.value(first, {rows[1], doubtful_after}, "2026-03-03T00:00") == value::given(at("2026-03-02T13:00")));
}

TEST_CASE("the state at an instant is that of the last row at or before it") {
  WithHistory with;
  const std::vector<HistoryRow> rows{row("2026-03-02T11:00", working), row("2026-03-02T13:00", waiting)};
  CHECK(with.value(with.status_at("2026-03-02T10:59"), rows, "2026-03-03T00:00") == value::none());
  CHECK(with.value(with.status_at("2026-03-02T11:00"), rows, "2026-03-03T00:00") == value::given(working));
  CHECK(with.value(with.status_at("2026-03-02T13:00"), rows, "2026-03-03T00:00") == value::given(waiting));
  CHECK(with.value(with.status_at("2026-03-02T14:00"), rows, "2026-03-02T12:00") == value::given(working));
}

}  // namespace
}  // namespace writ::interpret::testing
