// One record, evaluated alone, and why it came out so.
#pragma once
#include <writ/rules.h>

#include <memory>
#include <string>
#include <vector>

#include "evaluate/abi_handles.h"
#include "evaluate/engine.h"
#include "evaluate/state.h"
#include "explain/described.h"

namespace writ::explain {

// A record in memory of its own, which is used again for the next one.
struct KeptRow {
  std::vector<int64_t> numbers;  // by field; 0 where it is not given
  std::vector<uint8_t> states;
  bool any_text = false;
  std::vector<std::string> texts;  // by field, where the host gave any
  std::vector<uint8_t> has_text;
  uint32_t offsets[2] = {0, 0};
  uint8_t tied = 0;
  std::vector<std::vector<int64_t>> history;  // by field of the history
  std::vector<std::vector<uint8_t>> history_states;
  evaluate::BatchView view;  // of all this, as a batch of one row
};

// The row of the last writ_case_row or writ_case_of_batch, and what came of it as far as somebody has asked.
struct LastRow {
  KeptRow row;
  bool given = false;
  bool code_found = false;            // `code` is looked for once
  evaluate::RowCode code;             // for all of RecordProgram::row_definitions; its function is null where there is none
  bool tried = false, usual = false;  // by the code for one row; usual: it knew the answers
  std::vector<int64_t> values;        // its answers, by RecordProgram::row_definitions
  std::vector<uint8_t> states;
  bool whole = false;  // `outputs` are made
  evaluate::RecordOutputs outputs;
  std::vector<evaluate::ClockPauses> clocks;
};

}  // namespace writ::explain

struct writ_case {
  // Code for one row that leaves behind the wanted definitions, and the frame that it is called with. Null: there is none, or the inputs are unusual.
  writ::evaluate::RowFunction decide = nullptr;
  writ::evaluate::Frame frame;        // an unusual row goes the long way
  bool has_history = false;           // of the record type
  std::vector<uint8_t> all_given;     // states, by field of the record
  writ::evaluate::Frame asking;       // the same, where it is only told that the row is unusual
  bool in_order = false;              // the code leaves the wanted definitions behind in their order
  std::vector<uint32_t> places;       // else, by wanted definition: where the code leaves it
  std::vector<int64_t> values;        // by definition of the code
  std::vector<uint8_t> value_states;  // the same

  const writ_evaluator* evaluator = nullptr;
  uint32_t record = 0, record_program = 0;
  std::unique_ptr<writ::evaluate::State> state;  // at the last pass, with nothing counted
  bool usual = false;                            // code for one row suits the inputs
  bool wants = false;                            // writ_case_want was called
  std::vector<uint32_t> wanted;
  std::vector<writ::evaluate::OutputColumn> outputs;  // by wanted definition
  writ::explain::KeptRow asked;                       // of writ_case_decide, where it goes the long way
  std::unique_ptr<writ::explain::LastRow> last;
  writ::evaluate::BatchView batch;  // of writ_case_of_batch
  mutable std::string error;
};

namespace writ::explain {

// --- Rows into memory of their own. A status, with the reason in one.error ----------------------------------------------
writ_status keep_row(const writ_case& one, const writ_row& row, KeptRow& out);
writ_status keep_row_of_batch(const writ_case& one, const evaluate::BatchView& batch, uint32_t row, KeptRow& out);

// --- What came of the last row ------------------------------------------------------------------------------------------
// Everything, with the cases that held.
const evaluate::RecordOutputs& outputs_of(const writ_case& one);
evaluate::Admission admission_of(const writ_case& one);
// The value of the definition that is at `place` among those of the record.
value::Value value_of(const writ_case& one, size_t place);

std::string explain_text(const Described& described, const writ_case& one);
std::string explain_json(const Described& described, const writ_case& one);

}  // namespace writ::explain
