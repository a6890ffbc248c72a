// One case at a time, over a state of its own in which nothing is counted.
#include <writ/rules.h>

#include <algorithm>

#include "evaluate/update.h"
#include "explain/one_case.h"

using namespace writ::evaluate;
namespace explain = writ::explain;

namespace {

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

writ_status decide_any(writ_case& one, const writ_row& row, int64_t* values, uint8_t* states) {
  const writ_status status = explain::keep_row(one, row, one.asked);
  if (status != WRIT_OK) return status;
  for (size_t i = 0; i < one.outputs.size(); ++i) {
    one.outputs[i].values = values + i;
    one.outputs[i].states = states == nullptr ? nullptr : states + i;
  }
  const bool fits = update_state(one.evaluator->engine->program(), *one.state, one.asked.view, {nullptr, one.outputs, nullptr, false});
  return fits ? WRIT_OK : WRIT_MISTAKE;
}

// Where the code for one row gives up.
uint32_t decide_otherwise(const Frame* frame, const void* row, int64_t* values, uint8_t* states) {
  writ_case& one = *static_cast<writ_case*>(frame->caller);
  return static_cast<uint32_t>(guarded([&] { return decide_any(one, *static_cast<const writ_row*>(row), values, states); }));
}
uint32_t say_unusual(const Frame*, const void*, int64_t*, uint8_t*) { return 1; }

// What depends on the as-of instant.
void set_frames(writ_case& one) {
  const Program& program = one.evaluator->engine->program();
  const RecordProgram& record = program.records[one.record_program];
  const int64_t as_of = one.state->inputs.as_of;
  one.usual = !record.row_definitions.empty() && !one.state->general && as_of >= record.row_from && as_of <= last_row_instant;
  one.frame = frame_of(program, *one.state);
  one.frame.rows = one.frame.given_rows = 1;
  one.asking = one.frame;
  one.asking.otherwise = say_unusual;
  one.frame.otherwise = decide_otherwise;
  one.frame.caller = &one;
}

// What of a case does not depend on its rows.
void prepare(writ_case& one) {
  const Tables& tables = one.evaluator->tables();
  one.record_program = one.state->pass * static_cast<uint32_t>(tables.records.size()) + one.record;
  set_frames(one);
  one.has_history = tables.records[one.record].has_history;
  one.all_given.assign(tables.records[one.record].fields, WRIT_GIVEN);
  one.last = std::make_unique<explain::LastRow>();
}

// The last row is another one now, of which nothing is known yet.
writ_status begin_last(writ_case& one, writ_status status) {
  explain::LastRow& last = *one.last;
  last.given = status == WRIT_OK;
  last.tried = last.whole = false;
  return status;
}

// The code for one row that makes the wanted definitions, where there is one.
void choose_code(writ_case& one) {
  const Program& program = one.evaluator->engine->program();
  const RecordProgram& record = program.records[one.record_program];
  one.decide = nullptr;
  one.places.clear();
  const auto has_code = [&](uint32_t definition) {
    return std::find(record.row_definitions.begin(), record.row_definitions.end(), definition) != record.row_definitions.end();
  };
  if (!one.usual || one.wanted.empty() || !std::all_of(one.wanted.begin(), one.wanted.end(), has_code)) return;
  const RowCode code = program.code->row(one.record_program, one.wanted);
  if (code.function == nullptr) return;
  one.value_states.resize(code.definitions.size());
  one.in_order = std::equal(code.definitions.begin(), code.definitions.end(), one.wanted.begin(), one.wanted.end());
  if (!one.in_order) {
    one.values.resize(code.definitions.size());
    for (uint32_t definition : one.wanted) {
      const auto at = std::find(code.definitions.begin(), code.definitions.end(), definition);
      one.places.push_back(static_cast<uint32_t>(at - code.definitions.begin()));
    }
  }
  one.decide = code.function;
}

// Code that leaves more behind than is wanted, or in another order.
[[gnu::noinline]] writ_status decide_in_places(writ_case& one, const writ_row& row, const uint8_t* given, int64_t* values, uint8_t* states) {
  if (one.decide(&one.asking, row.numbers, given, one.values.data(), one.value_states.data(), &row) != 0) {
    return guarded([&] { return decide_any(one, row, values, states); });
  }
  for (size_t i = 0; i < one.places.size(); ++i) {
    values[i] = one.values[one.places[i]];
    if (states != nullptr) states[i] = one.value_states[one.places[i]];
  }
  return WRIT_OK;
}

[[gnu::noinline]] writ_status decide_the_long_way(writ_case& one, const writ_row* row, int64_t* values, uint8_t* states) {
  return guarded([&] {
    if (row == nullptr || values == nullptr) return wrong(one, "a pointer is null");
    return one.wants ? decide_any(one, *row, values, states) : wrong(one, "nothing is wanted: writ_case_want has not been called");
  });
}

// Where a definition of the record stands among its outputs.
bool place_of(const writ_case& one, uint32_t definition, size_t& place) {
  const std::vector<uint32_t>& order = one.evaluator->tables().records[one.record].definitions;
  place = static_cast<size_t>(std::find(order.begin(), order.end(), definition) - order.begin());
  return place < order.size();
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
    prepare(*made);
    *out = made.release();
    return WRIT_OK;
  });
}

void writ_case_free(writ_case* one) { delete one; }

writ_status writ_case_as_of(writ_case* one, int64_t as_of) {
  return guarded([&] {
    if (one == nullptr) return WRIT_BAD_ARGUMENT;
    const uint32_t passes = one->evaluator->tables().passes;
    if (passes > 1) return wrong(*one, "the rule set has " + std::to_string(passes) + " passes: make a case of totals as of that instant");
    const bool was_usual = one->usual;
    one->state->inputs.as_of = as_of;
    set_frames(*one);
    if (one->usual != was_usual) choose_code(*one);
    begin_last(*one, WRIT_BAD_ARGUMENT);
    return WRIT_OK;
  });
}

writ_status writ_case_want(writ_case* one, const uint32_t* definitions, size_t count) {
  return guarded([&] {
    if (one == nullptr) return WRIT_BAD_ARGUMENT;
    if (definitions == nullptr && count > 0) return wrong(*one, "a pointer is null");
    size_t place = 0;
    for (size_t i = 0; i < count; ++i) {
      if (!place_of(*one, definitions[i], place)) return wrong(*one, "the record type has no definition " + std::to_string(definitions[i]));
    }
    one->wanted.assign(definitions, definitions + count);
    one->outputs.clear();
    for (uint32_t definition : one->wanted) one->outputs.push_back({definition, sizeof(int64_t), nullptr, nullptr});
    one->wants = true;
    choose_code(*one);
    return WRIT_OK;
  });
}

writ_status writ_case_decide(writ_case* one, const writ_row* row, int64_t* values, uint8_t* states) {
  if (one == nullptr) return WRIT_BAD_ARGUMENT;
  const bool straight = one->decide != nullptr && row != nullptr && values != nullptr && row->size == sizeof(writ_row) && row->numbers != nullptr &&
                        (row->history_rows == 0 || one->has_history);
  if (!straight) return decide_the_long_way(*one, row, values, states);
  const uint8_t* given = row->states == nullptr ? one->all_given.data() : row->states;
  if (!one->in_order) return decide_in_places(*one, *row, given, values, states);
  return static_cast<writ_status>(one->decide(&one->frame, row->numbers, given, values, states == nullptr ? one->value_states.data() : states, row));
}

writ_status writ_case_row(writ_case* one, const writ_row* row) {
  return guarded([&] {
    if (one == nullptr) return WRIT_BAD_ARGUMENT;
    return row == nullptr ? wrong(*one, "a pointer is null") : begin_last(*one, explain::keep_row(*one, *row, one->last->row));
  });
}

writ_status writ_case_of_batch(writ_case* one, const writ_batch* batch, uint32_t row) {
  return guarded([&] {
    if (one == nullptr) return WRIT_BAD_ARGUMENT;
    if (batch == nullptr) return wrong(*one, "a pointer is null");
    std::string why;
    if (!read_batch(one->evaluator->tables(), *batch, one->batch, why)) return wrong(*one, why);
    if (one->batch.record != one->record) return wrong(*one, "the batch is of another record type");
    if (row >= one->batch.rows) return wrong(*one, "the batch has no such row");
    return begin_last(*one, explain::keep_row_of_batch(*one, one->batch, row, one->last->row));
  });
}

uint32_t writ_case_part(const writ_case* one) {
  if (one == nullptr || !one->last->given) return WRIT_NOWHERE;
  uint32_t part = WRIT_NOWHERE;
  guarded([&] {
    part = static_cast<uint32_t>(explain::admission_of(*one));
    return WRIT_OK;
  });
  return part;
}

writ_status writ_case_value(const writ_case* one, uint32_t definition, writ_value* out) {
  if (one == nullptr) return WRIT_BAD_ARGUMENT;
  return guarded([&] {
    size_t place = 0;
    if (out == nullptr || !one->last->given || !place_of(*one, definition, place)) return wrong(*one, nothing_yet);
    *out = to_c_value(explain::value_of(*one, place));
    return WRIT_OK;
  });
}

writ_status writ_case_held(const writ_case* one, uint32_t definition, uint64_t* cases) {
  if (one == nullptr) return WRIT_BAD_ARGUMENT;
  return guarded([&] {
    size_t place = 0;
    if (cases == nullptr || !one->last->given || !place_of(*one, definition, place)) return wrong(*one, nothing_yet);
    *cases = explain::outputs_of(*one).held[place].front();
    return WRIT_OK;
  });
}

writ_status writ_case_explain(const writ_case* one, uint32_t format, char* text, size_t capacity, size_t* size) {
  if (one == nullptr) return WRIT_BAD_ARGUMENT;
  return guarded([&] {
    const explain::Described* described = explain::described_of(one->evaluator);
    if (described == nullptr) return wrong(*one, "the evaluator has no description");
    if (!one->last->given) return wrong(*one, "nothing has been evaluated");
    if (format != WRIT_TEXT && format != WRIT_JSON) return wrong(*one, "the format is none of WRIT_TEXT, WRIT_JSON");
    return give_text(format == WRIT_JSON ? explain_json(*described, *one) : explain_text(*described, *one), text, capacity, size);
  });
}

writ_status writ_case_error(const writ_case* one, char* text, size_t capacity, size_t* size) {
  return guarded([&] { return one == nullptr ? WRIT_BAD_ARGUMENT : give_text(one->error, text, capacity, size); });
}
