// What came of a record, made when it is asked for: numbers by the code for one row where that knows them, everything else by code for blocks.
#include <algorithm>
#include <cassert>

#include "evaluate/update.h"
#include "explain/one_case.h"

namespace writ::explain {

namespace {

using evaluate::RecordProgram;

const RecordProgram& program_of(const writ_case& one) { return one.evaluator->engine->program().records[one.record_program]; }

void find_code(const writ_case& one, LastRow& last) {
  last.code_found = true;
  const RecordProgram& record = program_of(one);
  if (!one.usual) return;
  last.code = one.evaluator->engine->program().code->row(one.record_program, record.row_definitions);
  assert(std::equal(last.code.definitions.begin(), last.code.definitions.end(), record.row_definitions.begin(), record.row_definitions.end()) ||
         last.code.function == nullptr);
  last.values.resize(record.row_definitions.size());
  last.states.resize(record.row_definitions.size());
}

// Whether the code for one row knows the answers.
bool is_usual(const writ_case& one) {
  LastRow& last = *one.last;
  if (last.tried) return last.usual;
  if (!last.code_found) find_code(one, last);
  last.tried = true;
  last.usual = last.code.function != nullptr &&
               last.code.function(&one.asking, last.row.numbers.data(), last.row.states.data(), last.values.data(), last.states.data(), nullptr) == 0;
  return last.usual;
}

}  // namespace

const evaluate::RecordOutputs& outputs_of(const writ_case& one) {
  LastRow& last = *one.last;
  if (last.whole) return last.outputs;
  const bool fits = evaluate::update_state(one.evaluator->engine->program(), *one.state, last.row.view, {&last.outputs, {}, &last.clocks, false});
  assert(fits);  // the numbers are of 64 bits in the fields' own units
  (void)fits;
  last.whole = true;
  return last.outputs;
}

evaluate::Admission admission_of(const writ_case& one) {
  if (!one.last->whole && is_usual(one)) return evaluate::Admission::admitted;
  return outputs_of(one).admission.front();
}

value::Value value_of(const writ_case& one, size_t place) {
  LastRow& last = *one.last;
  if (last.whole || !is_usual(one)) return outputs_of(one).values[place].front();
  const uint32_t definition = one.evaluator->tables().records[one.record].definitions[place];
  const std::vector<uint32_t>& made = program_of(one).row_definitions;
  const size_t at = static_cast<size_t>(std::find(made.begin(), made.end(), definition) - made.begin());
  if (at == made.size()) return outputs_of(one).values[place].front();
  switch (static_cast<value::State>(last.states[at])) {
    case value::State::given: return value::given(last.values[at]);
    case value::State::not_yet: return value::not_yet();
    case value::State::none: return value::none();
    case value::State::unknown: return value::unknown();
    case value::State::fault: break;
  }
  assert(false);  // such rows are not usual
  return value::unknown();
}

}  // namespace writ::explain
