// One case at a time: a batch of one row over a state of its own.
#include <writ/rules.h>

#include "explain/one_case.h"

using namespace writ::evaluate;
namespace explain = writ::explain;
namespace record = writ::record;
namespace value = writ::value;

namespace {

// A state that counted so many cases is made again, so that it stays as small as a fresh one.
constexpr uint32_t most_cases = 4096;

std::unique_ptr<State> fresh(const writ_evaluator& evaluator, const Totals& totals) {
  std::unique_ptr<Totals> forked = evaluator.engine->fork(totals);
  std::unique_ptr<State> state(static_cast<State*>(forked.release()));
  state->pass = evaluator.tables().passes - 1;
  return state;
}

writ_status wrong(const writ_case& one, const std::string& why) {
  one.error = why;
  return WRIT_BAD_ARGUMENT;
}

bool is_state(uint8_t state) { return state <= WRIT_UNKNOWN; }

record::Column column_of(int64_t number, uint8_t state) {
  record::Column column;
  const value::State known = static_cast<value::State>(state);
  column.values.push_back(known == value::State::given ? number : 0);
  column.states.push_back(known);
  return column;
}

void begin(writ_case& one) {
  one.batch = {};
  one.batch.record = one.record;
  one.batch.rows = 1;
  one.outputs = {};
  one.clocks.clear();
}

writ_status evaluate(writ_case& one) {
  const writ_evaluator& evaluator = *one.evaluator;
  if (++one.evaluated > most_cases) {
    one.state = fresh(evaluator, *one.state);
    one.evaluated = 1;
  }
  evaluator.engine->update_one(*one.state, one.batch, one.outputs, one.clocks);
  return WRIT_OK;
}

writ_status evaluate_row(writ_case& one, const writ_row& row) {
  const RecordTable& table = one.evaluator->tables().records[one.record];
  if (row.size != sizeof(writ_row)) return wrong(one, "`size` is not that of writ_row");
  if (row.numbers == nullptr && table.fields > 0) return wrong(one, "`numbers` is null");
  if (row.history_rows > 0 && (!table.has_history || row.history == nullptr)) return wrong(one, "records of this type have no history, or it is null");
  begin(one);
  for (uint32_t f = 0; f < table.fields; ++f) {
    const uint8_t state = row.states == nullptr ? WRIT_GIVEN : row.states[f];
    if (!is_state(state)) return wrong(one, "field " + std::to_string(f) + " has a state that facts do not have");
    one.batch.columns.push_back(column_of(row.numbers[f], state));
    if (row.texts != nullptr && row.texts[f] != nullptr) one.batch.columns.back().texts.emplace_back(row.texts[f]);
  }
  if (!table.has_history) return evaluate(one);
  one.batch.history.offsets = {0, row.history_rows};
  one.batch.history.tied = {static_cast<uint8_t>(row.history_tied != 0 ? 1 : 0)};
  one.batch.history.columns.resize(table.history_fields);
  for (uint32_t r = 0; r < row.history_rows; ++r) {
    for (uint32_t f = 0; f < table.history_fields; ++f) {
      const size_t at = size_t{r} * table.history_fields + f;
      const uint8_t state = row.history_states == nullptr ? WRIT_GIVEN : row.history_states[at];
      if (!is_state(state)) return wrong(one, "a field of the history has a state that facts do not have");
      const value::State known = static_cast<value::State>(state);
      one.batch.history.columns[f].values.push_back(known == value::State::given ? row.history[at] : 0);
      one.batch.history.columns[f].states.push_back(known);
    }
  }
  return evaluate(one);
}

bool take(const ColumnView& view, uint64_t row, value::State missing, record::Column& out) {
  const value::State state = state_at(view, row, missing);
  int64_t number = 0;
  if (state == value::State::given && !number_at(view, row, number)) return false;
  out.values.push_back(number);
  out.states.push_back(state);
  return true;
}

// What a host that only knows `missing` means.
value::State missing(const explain::Record* known, uint32_t field) {
  return known == nullptr ? value::State::none : explain::missing_state(known->fields[field].type);
}

writ_status evaluate_of_batch(writ_case& one, const writ_batch& batch, uint32_t row) {
  const RecordTable& table = one.evaluator->tables().records[one.record];
  BatchView view;
  std::string why;
  if (!read_batch(one.evaluator->tables(), batch, view, why)) return wrong(one, why);
  if (view.record != one.record) return wrong(one, "the batch is of another record type");
  if (row >= view.rows) return wrong(one, "the batch has no such row");
  const explain::Described* described = explain::described_of(one.evaluator);
  const explain::Record* known = described == nullptr ? nullptr : &described->description.records[one.record];
  begin(one);
  one.batch.first_row = view.first_row + row;
  one.batch.columns.resize(table.fields);
  bool fits = true;
  for (uint32_t f = 0; f < table.fields; ++f) fits &= take(view.columns[f], row, missing(known, f), one.batch.columns[f]);
  if (table.has_history) {
    const uint32_t* offsets = view.history.offsets;
    const uint32_t first = offsets == nullptr ? 0 : offsets[row], last = offsets == nullptr ? 0 : offsets[row + 1];
    one.batch.history.offsets = {0, last - first};
    one.batch.history.tied = {static_cast<uint8_t>(view.history.tied == nullptr ? 0 : view.history.tied[row])};
    one.batch.history.columns.resize(table.history_fields);
    for (uint32_t r = first; r < last; ++r) {
      for (uint32_t f = 0; f < table.history_fields; ++f) {
        fits &= take(view.history.columns[f], r, table.history_missing[f], one.batch.history.columns[f]);
      }
    }
  }
  if (fits) return evaluate(one);
  one.error = "a number does not fit 64 bits in its field's unit";
  return WRIT_DOES_NOT_FIT;
}

// Where a definition of the record stands among its outputs.
bool place_of(const writ_case& one, uint32_t definition, size_t& place) {
  const std::vector<uint32_t>& order = one.evaluator->tables().records[one.record].definitions;
  for (place = 0; place < order.size(); ++place) {
    if (order[place] == definition) return place < one.outputs.values.size();
  }
  return false;
}

constexpr const char* nothing_yet = "the record type has no such definition, or nothing has been evaluated";

}  // namespace

writ_status writ_case_new(const writ_evaluator* evaluator, const writ_totals* totals, uint32_t record_type, writ_case** out) {
  return guarded([&] {
    if (!is_open(evaluator) || totals == nullptr || out == nullptr) return fail(evaluator, WRIT_BAD_ARGUMENT, "a pointer is null");
    const Tables& tables = evaluator->tables();
    if (std::memcmp(totals->rules, tables.rules, sizeof totals->rules) != 0)
      return fail(evaluator, WRIT_FOREIGN_STATE, "the totals belong to another rule set");
    if (record_type >= tables.records.size()) return fail(evaluator, WRIT_BAD_ARGUMENT, "the rule set has no such record type");
    if (pass_of(*totals->totals) + 1 < tables.passes) {
      return fail(evaluator, WRIT_WRONG_PASS, "the totals are at pass " + std::to_string(pass_of(*totals->totals)) + "; all but the last must be closed");
    }
    auto made = std::make_unique<writ_case>();
    made->evaluator = evaluator;
    made->record = record_type;
    made->state = fresh(*evaluator, *totals->totals);
    *out = made.release();
    return WRIT_OK;
  });
}

void writ_case_free(writ_case* one) { delete one; }

writ_status writ_case_row(writ_case* one, const writ_row* row) {
  return guarded([&] {
    if (one == nullptr) return WRIT_BAD_ARGUMENT;
    return row == nullptr ? wrong(*one, "a pointer is null") : evaluate_row(*one, *row);
  });
}

writ_status writ_case_of_batch(writ_case* one, const writ_batch* batch, uint32_t row) {
  return guarded([&] {
    if (one == nullptr) return WRIT_BAD_ARGUMENT;
    return batch == nullptr ? wrong(*one, "a pointer is null") : evaluate_of_batch(*one, *batch, row);
  });
}

uint32_t writ_case_part(const writ_case* one) {
  return one == nullptr || one->outputs.admission.empty() ? WRIT_NOWHERE : static_cast<uint32_t>(one->outputs.admission.front());
}

writ_status writ_case_value(const writ_case* one, uint32_t definition, writ_value* out) {
  if (one == nullptr) return WRIT_BAD_ARGUMENT;
  return guarded([&] {
    size_t place = 0;
    if (out == nullptr || !place_of(*one, definition, place)) return wrong(*one, nothing_yet);
    *out = to_c_value(one->outputs.values[place].front());
    return WRIT_OK;
  });
}

writ_status writ_case_held(const writ_case* one, uint32_t definition, uint64_t* cases) {
  if (one == nullptr) return WRIT_BAD_ARGUMENT;
  return guarded([&] {
    size_t place = 0;
    if (cases == nullptr || !place_of(*one, definition, place)) return wrong(*one, nothing_yet);
    *cases = one->outputs.held[place].front();
    return WRIT_OK;
  });
}

writ_status writ_case_explain(const writ_case* one, uint32_t format, char* text, size_t capacity, size_t* size) {
  if (one == nullptr) return WRIT_BAD_ARGUMENT;
  return guarded([&] {
    const explain::Described* described = explain::described_of(one->evaluator);
    if (described == nullptr) return wrong(*one, "the evaluator has no description");
    if (one->outputs.admission.empty()) return wrong(*one, "nothing has been evaluated");
    if (format != WRIT_TEXT && format != WRIT_JSON) return wrong(*one, "the format is none of WRIT_TEXT, WRIT_JSON");
    return give_text(format == WRIT_JSON ? explain_json(*described, *one) : explain_text(*described, *one), text, capacity, size);
  });
}

writ_status writ_case_error(const writ_case* one, char* text, size_t capacity, size_t* size) {
  return guarded([&] { return one == nullptr ? WRIT_BAD_ARGUMENT : give_text(one->error, text, capacity, size); });
}
