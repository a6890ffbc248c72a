// One record, evaluated alone, and why it came out so.
#pragma once
#include <string>
#include <vector>

#include "evaluate/abi_handles.h"
#include "evaluate/engine.h"
#include "evaluate/state.h"
#include "explain/described.h"

struct writ_case {
  const writ_evaluator* evaluator = nullptr;
  uint32_t record = 0;
  std::unique_ptr<writ::evaluate::State> state;  // at the last pass, with nothing counted
  uint32_t evaluated = 0;                        // since the state was fresh
  writ::record::Batch batch;                     // of one row
  writ::evaluate::RecordOutputs outputs;
  std::vector<writ::evaluate::ClockPauses> clocks;
  mutable std::string error;
};

namespace writ::explain {

std::string explain_text(const Described& described, const writ_case& one);
std::string explain_json(const Described& described, const writ_case& one);

}  // namespace writ::explain
