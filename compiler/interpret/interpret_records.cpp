// Fields, histories and the evaluation of one record.
#include <algorithm>
#include <cassert>

#include "interpret/records.h"
#include "value/zone.h"

namespace writ::interpret {

using value::State;
using value::Value;

namespace {

// What happens after the horizon is not seen.
bool beyond_horizon(const Place& place, const ir::Type& type, int64_t number) {
  if (type.absence != ir::Absence::not_yet) return false;
  if (type.kind == ir::Kind::instant) return number > place.inputs->as_of;
  if (type.kind == ir::Kind::date) return number > value::date_of(agreement_of(place).zone, place.inputs->as_of);
  return false;
}

Value column_value(const Place& place, const record::Column& column, const ir::Type& type, uint32_t row) {
  const State state = column.states.empty() ? State::given : column.states[row];
  switch (state) {
    case State::given: return beyond_horizon(place, type, column.values[row]) ? value::not_yet() : value::given(column.values[row]);
    case State::not_yet: return value::not_yet();
    case State::none: return value::none();
    case State::unknown: return value::unknown();
    case State::fault: break;  // no column holds a fault
  }
  assert(false);
  return value::unknown();
}

const ir::Record& record_of(const Place& place) { return agreement_of(place).records[ir::RecordId{place.batch->record}]; }

int64_t history_instant(const Place& place, uint32_t row) { return place.batch->history.columns[record_of(place).history->at].values[row]; }

}  // namespace

Value field_value(const Place& place, ir::FieldIndex field) {
  const ir::Record& record = record_of(place);
  if (place.history_row) {
    return column_value(place, place.batch->history.columns[field], record.history->fields[field].type, *place.history_row);
  }
  return column_value(place, place.batch->columns[field], record.fields[field].type, place.row);
}

HistorySpan seen_history(const Place& place) {
  const record::HistoryRows& history = place.batch->history;
  HistorySpan span;
  if (history.offsets.empty()) return span;
  span.first = span.last = history.offsets[place.row];
  while (span.last < history.offsets[place.row + 1] && history_instant(place, span.last) <= place.inputs->as_of) ++span.last;
  span.tied = !history.tied.empty() && history.tied[place.row] != 0;
  return span;
}

Value history_at(const Place& place, ir::FieldIndex field, const Value& instant) {
  const HistorySpan span = seen_history(place);
  if (span.tied) {
    const Value tie = value::fault(value::Fault::order, place.point);
    return value::is_fault(instant) ? value::first_fault(instant, tie) : tie;
  }
  if (const auto instead = instead_of({instant}, place.point)) return *instead;
  std::optional<uint32_t> last;
  for (uint32_t row = span.first; row < span.last && history_instant(place, row) <= whole(instant); ++row) last = row;
  if (!last) return value::none();
  Place at_row = place;
  at_row.history_row = last;
  return field_value(at_row, field);
}

namespace {

// The condition at one row of the history.
Value at_row(const Place& place, ir::ExprId condition, uint32_t row) {
  Place inner = place;
  inner.history_row = row;
  const Value holds = evaluate(inner, condition);
  return value::is_absent(holds) ? value::fault(value::Fault::absent, place.point) : holds;
}

// Faults beat unknown; of several faults the first in their order.
void weigh(std::optional<Value>& so_far, const Value& next) {
  if (value::is_fault(next)) {
    so_far = so_far && value::is_fault(*so_far) ? value::first_fault(*so_far, next) : next;
  } else if (value::is_unknown(next) && !so_far) {
    so_far = next;
  }
}

}  // namespace

Value history_first(const Place& place, ir::ExprId condition) {
  const HistorySpan span = seen_history(place);
  std::optional<Value> doubt;
  if (span.tied) weigh(doubt, value::fault(value::Fault::order, place.point));
  std::optional<int64_t> found;
  for (uint32_t row = span.first; row < span.last && !found; ++row) {
    const Value holds = at_row(place, condition, row);
    weigh(doubt, holds);
    if (value::is_true(holds)) found = history_instant(place, row);
  }
  if (doubt) return *doubt;
  return found ? value::given(*found) : value::not_yet();
}

Pauses pauses_of(const Place& place, ir::ExprId condition) {
  const HistorySpan span = seen_history(place);
  Pauses pauses;
  if (span.tied) weigh(pauses.instead, value::fault(value::Fault::order, place.point));
  for (uint32_t row = span.first; row < span.last; ++row) {
    const Value holds = at_row(place, condition, row);
    weigh(pauses.instead, holds);
    if (!value::is_true(holds)) continue;
    const int64_t from = history_instant(place, row);
    // The state of the last row lasts, as far as anybody can see, until the horizon.
    const int64_t until = row + 1 < span.last ? history_instant(place, row + 1) : place.inputs->as_of;
    if (from >= until) continue;
    if (!pauses.intervals.empty() && pauses.intervals.back().until == from) {
      pauses.intervals.back().until = until;
    } else {
      pauses.intervals.push_back({from, until});
    }
  }
  if (pauses.instead) pauses.intervals.clear();
  return pauses;
}

evaluate::Admission admission_of(const Place& place) {
  const ir::Record& record = record_of(place);
  if (!record.since) return evaluate::Admission::admitted;
  const record::Column& column = place.batch->columns[*record.since];
  if (!column.states.empty() && column.states[place.row] != State::given) return evaluate::Admission::undated;
  int64_t since = column.values[place.row];
  if (record.fields[*record.since].type.kind == ir::Kind::date) {
    since = value::start_of_day(agreement_of(place).zone, static_cast<value::Date>(since));
  }
  if (since > place.inputs->as_of) return evaluate::Admission::after_horizon;
  const bool in_term = since >= place.tables->term_start && since < place.tables->term_end;
  return in_term ? evaluate::Admission::admitted : evaluate::Admission::outside_term;
}

EvaluatedRecord evaluate_record(Place place, int pass) {
  EvaluatedRecord result;
  const std::vector<ir::DefinitionId>& list = place.tables->of_record[place.batch->record];
  result.values.assign(list.size(), value::none());
  result.held.assign(list.size(), 0);
  result.admission = admission_of(place);
  if (result.admission != evaluate::Admission::admitted) return result;
  place.slots = &result.values;
  for (size_t slot = 0; slot < list.size(); ++slot) {
    const ir::Definition& definition = agreement_of(place).definitions[list[slot]];
    if (definition.pass > pass) continue;  // reads totals that are not closed yet
    const Decided decided = decide_definition(place, definition);
    result.values[slot] = decided.value;
    result.held[slot] = decided.held;
  }
  return result;
}

}  // namespace writ::interpret
