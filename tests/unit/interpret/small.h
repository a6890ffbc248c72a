// Small agreements put together by hand, so that each test shows the core it is about and nothing else.
#pragma once
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "evaluate/engine.h"
#include "interpret/interpret.h"
#include "ir/agreement.h"
#include "value/civil_text.h"

namespace writ::interpret::testing {

// A term of 2026 in UTC, one record type `Ticket` with a key and an instant `opened` that places it, and parties A and B.
struct Small {
  ir::Agreement agreement;
  ir::RecordId ticket;
  uint32_t next_point = 1;
};
Small make_small();
// The same over another term; dates as text.
Small make_small(const char* effective, const char* end);

int64_t at(const char* local);  // "2026-03-02T11:00" in UTC, microseconds
int32_t day(const char* date);

ir::Type plain(ir::Kind, ir::Absence = ir::Absence::never);
ir::Type number(int scale = 0);
ir::FieldIndex add_field(Small&, const char* name, ir::Type);

// Expressions.
ir::ExprId node(Small&, ir::Op, ir::Type, std::vector<ir::ExprId> operands = {});
ir::ExprId constant(Small&, ir::Type, value::i128);
ir::ExprId instant(Small&, const char* local);
ir::ExprId absence(Small&, value::State);
ir::ExprId field(Small&, ir::FieldIndex);
ir::ExprId definition(Small&, ir::DefinitionId);
// A value that is a fault: 1 / 0.
ir::ExprId broken(Small&);

// Definitions; they are added to the evaluation order at once.
ir::Grain per_ticket(const Small&);
ir::Grain per_month();
ir::DefinitionId define(Small&, const char* name, ir::Grain, ir::Type, ir::ExprId base, int pass = 0);
ir::AggregateId aggregate(Small&, ir::Aggregate);

// Facts: one row of given or absent values, by field.
struct Row {
  std::vector<value::Value> values;
};
record::Batch batch_of(const Small&, const std::vector<Row>&, uint64_t first_row = 0);
// The same with a history of one instant and one code a row.
struct HistoryRow {
  int64_t at = 0;
  value::Value status;
};
void add_histories(record::Batch&, const std::vector<std::vector<HistoryRow>>&);

struct Outcome {
  evaluate::RecordOutputs outputs;
  evaluate::Results results;
};
Outcome run(const Small&, int64_t as_of, const std::vector<Row>& rows, const evaluate::Acts& acts = {});
Outcome run(const Small&, int64_t as_of, const record::Batch&, const evaluate::Acts& acts = {});
// The value of one expression at record grain, over a record opened on 2026-03-02 and a late horizon.
value::Value value_of(const Small&, ir::ExprId, ir::Type, const std::vector<value::Value>& fields = {}, int64_t as_of = 0);

}  // namespace writ::interpret::testing

namespace doctest {
template <>
struct StringMaker<writ::value::Value> {
  static String convert(const writ::value::Value&);
};
}  // namespace doctest
