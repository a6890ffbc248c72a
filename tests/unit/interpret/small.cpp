#include "unit/interpret/small.h"

#include <doctest/doctest.h>

#include <cassert>

namespace writ::interpret::testing {

namespace {

ir::EnumId add_enum(ir::Agreement& agreement, const char* name, std::vector<std::string> members) {
  ir::Enum made;
  made.name = name;
  made.members = made.printed = std::move(members);
  return agreement.enums.add(std::move(made));
}

}  // namespace

int64_t at(const char* local) {
  const auto parsed = value::parse_local_datetime(local);
  assert(parsed.ok());
  return parsed.value;
}

int32_t day(const char* date) {
  const auto parsed = value::parse_date(date);
  assert(parsed.ok());
  return parsed.value;
}

ir::Type plain(ir::Kind kind, ir::Absence absence) {
  ir::Type type;
  type.kind = kind;
  type.absence = absence;
  return type;
}

ir::Type number(int scale) {
  ir::Type type = plain(ir::Kind::number);
  type.scale = scale;
  return type;
}

Small make_small() { return make_small("2026-01-01", "2027-01-01"); }

Small make_small(const char* effective, const char* end) {
  Small small;
  ir::Agreement& agreement = small.agreement;
  agreement.title = "Small";
  agreement.parties = {{"A", "provider", "A"}, {"B", "customer", "B"}};
  agreement.effective = day(effective);
  agreement.end = day(end);
  agreement.zone = value::utc_zone();
  agreement.zone_name = "UTC";
  agreement.currency = agreement.currencies.add({"GBP", 2});
  agreement.party_enum = add_enum(agreement, "Party", {"A", "B"});
  agreement.subject_enum = add_enum(agreement, "Subject", {});
  agreement.commitment_outcome_enum = add_enum(agreement, "commitment outcome", {"met", "missed", "pending", "excused", "out_of_scope"});
  agreement.benchmark_outcome_enum = add_enum(agreement, "benchmark outcome", {"met", "missed", "pending", "not_measured"});
  agreement.credit_state_enum = add_enum(agreement, "credit state", {"none", "accrued", "claimable", "claimed", "forfeited", "settled"});
  agreement.right_state_enum = add_enum(agreement, "right state", {"not_arisen", "arisen", "notice_given", "cured", "exercisable", "exercised", "lapsed"});
  agreement.clauses.add({});
  ir::Record ticket;
  ticket.name = "Ticket";
  small.ticket = agreement.records.add(std::move(ticket));
  add_field(small, "id", plain(ir::Kind::text));
  add_field(small, "opened", plain(ir::Kind::instant));
  agreement.records[small.ticket].key = 0;
  agreement.records[small.ticket].since = 1;
  return small;
}

ir::FieldIndex add_field(Small& small, const char* name, ir::Type type) {
  ir::Record& ticket = small.agreement.records[small.ticket];
  ir::Field made;
  made.name = name;
  made.type = type;
  made.key = ticket.fields.empty();
  ticket.fields.push_back(made);
  return static_cast<ir::FieldIndex>(ticket.fields.size() - 1);
}

ir::ExprId node(Small& small, ir::Op op, ir::Type type, std::vector<ir::ExprId> operands) {
  ir::Expr expr;
  expr.op = op;
  expr.type = type;
  expr.operands = std::move(operands);
  return small.agreement.exprs.add(std::move(expr));
}

ir::ExprId constant(Small& small, ir::Type type, value::i128 n) {
  const ir::ExprId id = node(small, ir::Op::constant, type);
  small.agreement.exprs[id].number = n;
  return id;
}

ir::ExprId instant(Small& small, const char* local) { return constant(small, plain(ir::Kind::instant), at(local)); }

ir::ExprId absence(Small& small, value::State state) {
  const ir::ExprId id = node(small, ir::Op::absence, plain(ir::Kind::instant, ir::Absence::not_yet));
  small.agreement.exprs[id].number = static_cast<int>(state);
  return id;
}

ir::ExprId field(Small& small, ir::FieldIndex index) {
  const ir::ExprId id = node(small, ir::Op::field, small.agreement.records[small.ticket].fields[index].type);
  small.agreement.exprs[id].field = index;
  return id;
}

ir::ExprId definition(Small& small, ir::DefinitionId referred) {
  const ir::ExprId id = node(small, ir::Op::definition, small.agreement.definitions[referred].type);
  small.agreement.exprs[id].definition = referred;
  return id;
}

ir::ExprId broken(Small& small) { return node(small, ir::Op::div, number(), {constant(small, number(), 1), constant(small, number(), 0)}); }

ir::Grain per_ticket(const Small& small) { return {ir::Grain::Of::record, small.ticket, ir::PeriodKind::month}; }
ir::Grain per_month() { return {ir::Grain::Of::period, {}, ir::PeriodKind::month}; }

ir::DefinitionId define(Small& small, const char* name, ir::Grain grain, ir::Type type, ir::ExprId base, int pass) {
  ir::Definition made;
  made.name = made.printed = name;
  made.type = type;
  made.grain = grain;
  made.base = base;
  made.point = small.next_point++;
  made.pass = pass;
  made.clause = ir::ClauseId{0};
  const ir::DefinitionId id = small.agreement.definitions.add(std::move(made));
  small.agreement.order.push_back(id);
  return id;
}

ir::AggregateId aggregate(Small& small, ir::Aggregate made) {
  made.record = small.ticket;
  return small.agreement.aggregates.add(std::move(made));
}

record::Batch batch_of(const Small& small, const std::vector<Row>& rows, uint64_t first_row) {
  record::Batch batch;
  batch.record = small.ticket.index;
  batch.first_row = first_row;
  batch.rows = static_cast<uint32_t>(rows.size());
  batch.columns.resize(small.agreement.records[small.ticket].fields.size());
  for (const Row& row : rows) {
    assert(row.values.size() == batch.columns.size());
    for (size_t i = 0; i < row.values.size(); ++i) {
      batch.columns[i].values.push_back(static_cast<int64_t>(row.values[i].lo));
      batch.columns[i].states.push_back(row.values[i].state);
    }
  }
  return batch;
}

void add_histories(record::Batch& batch, const std::vector<std::vector<HistoryRow>>& histories) {
  batch.history.offsets = {0};
  batch.history.columns.resize(2);
  for (const auto& rows : histories) {
    bool tied = false;
    for (size_t i = 0; i < rows.size(); ++i) {
      batch.history.columns[0].values.push_back(rows[i].at);
      batch.history.columns[0].states.push_back(value::State::given);
      batch.history.columns[1].values.push_back(static_cast<int64_t>(rows[i].status.lo));
      batch.history.columns[1].states.push_back(rows[i].status.state);
      tied |= i > 0 && rows[i - 1].at == rows[i].at;
    }
    batch.history.offsets.push_back(batch.history.offsets.back() + static_cast<uint32_t>(rows.size()));
    batch.history.tied.push_back(tied);
  }
}

Outcome run(const Small& small, int64_t as_of, const record::Batch& batch, const evaluate::Acts& acts) {
  const auto engine = make_interpreter(small.agreement);
  evaluate::Inputs inputs;
  inputs.as_of = as_of;
  for (const ir::Param& param : small.agreement.params) inputs.params.push_back(value::given(*param.value));
  const auto totals = engine->init(inputs);
  Outcome outcome;
  for (int pass = 0; pass < engine->passes(); ++pass) {
    engine->update(*totals, pass, batch, &outcome.outputs);
    engine->close_pass(*totals, pass);
  }
  outcome.results = engine->finish(*totals, acts);
  return outcome;
}

Outcome run(const Small& small, int64_t as_of, const std::vector<Row>& rows, const evaluate::Acts& acts) {
  return run(small, as_of, batch_of(small, rows), acts);
}

value::Value value_of(const Small& given, ir::ExprId expr, ir::Type type, const std::vector<value::Value>& fields, int64_t as_of) {
  Small small = given;
  define(small, "value", per_ticket(small), type, expr);
  Row row{{value::given(0), value::given(at("2026-03-02T10:00"))}};
  row.values.insert(row.values.end(), fields.begin(), fields.end());
  const Outcome outcome = run(small, as_of == 0 ? at("2026-12-31T00:00") : as_of, {row});
  return outcome.outputs.values.back()[0];
}

}  // namespace writ::interpret::testing

namespace doctest {

String StringMaker<writ::value::Value>::convert(const writ::value::Value& v) {
  const auto text = [](writ::value::i128 n) { return writ::value::to_text(n, 0); };
  switch (v.state) {
    case writ::value::State::given: return (text(v.lo) + "/" + text(v.lo_den) + ".." + text(v.hi) + "/" + text(v.hi_den)).c_str();
    case writ::value::State::not_yet: return "not yet";
    case writ::value::State::none: return "none";
    case writ::value::State::unknown: return "unknown";
    case writ::value::State::fault: return ("fault " + std::to_string(static_cast<int>(v.fault)) + " at " + std::to_string(v.point)).c_str();
  }
  return "?";
}

}  // namespace doctest
