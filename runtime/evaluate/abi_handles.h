// What the handles of the C interface are, for the files that implement it.
#pragma once
#include <writ/abi.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "evaluate/compiled_engine.h"
#include "evaluate/guarded.h"
#include "evaluate/portfolio.h"

namespace writ::evaluate {

// What stands beside an engine: the description of its rule set.
struct Attached {
  virtual ~Attached() = default;
};

}  // namespace writ::evaluate

struct writ_evaluator {
  std::unique_ptr<writ::evaluate::CompiledEngine> engine;  // null: it could not be opened
  std::unique_ptr<const writ::evaluate::Attached> attached;
  uint32_t level = 0;
  mutable writ::evaluate::Turns turns;  // of what follows; nothing else changes
  mutable std::string error;

  const writ::evaluate::Tables& tables() const { return engine->program().tables; }
};

struct writ_totals {
  std::unique_ptr<writ::evaluate::Totals> totals;
  uint64_t rules[2] = {0, 0};       // of the rule set that they belong to
  writ::evaluate::BatchView batch;  // memory between updates; not part of the meaning
  std::vector<writ::evaluate::OutputColumn> outputs;
  mutable std::string error;
};

struct writ_portfolio {
  std::unique_ptr<writ::evaluate::Portfolio> portfolio;
  uint64_t rules[2] = {0, 0};
  mutable writ::evaluate::Turns turns;  // of the text: a closed portfolio is read by several threads
  mutable std::string error;
};

struct writ_results {
  writ::evaluate::Results results;
};

namespace writ::evaluate {

inline bool is_open(const writ_evaluator* evaluator) { return evaluator != nullptr && evaluator->engine != nullptr; }
inline writ_status fail(const writ_evaluator* evaluator, writ_status status, std::string_view why) {
  if (evaluator == nullptr) return status;
  const Turn turn(evaluator->turns);
  evaluator->error = why;
  return status;
}
inline writ_status fail(const writ_totals* totals, writ_status status, std::string_view why) {
  if (totals != nullptr) totals->error = why;
  return status;
}
inline writ_status fail(const writ_portfolio* portfolio, writ_status status, std::string_view why) {
  if (portfolio == nullptr) return status;
  const Turn turn(portfolio->turns);
  portfolio->error = why;
  return status;
}

// A text into memory of the caller, as <writ/rules.h> says.
inline writ_status give_text(std::string_view words, char* text, size_t capacity, size_t* size) {
  if (size != nullptr) *size = words.size() + 1;
  if (text == nullptr && capacity > 0) return WRIT_BAD_ARGUMENT;
  if (capacity == 0) return WRIT_OK;
  const size_t count = words.size() < capacity ? words.size() : capacity - 1;
  std::memcpy(text, words.data(), count);
  text[count] = 0;
  return WRIT_OK;
}

// The facts of a host, checked against the rule set. False with the reason.
bool read_batch(const Tables& tables, const writ_batch& batch, BatchView& out, std::string& why);
bool read_outputs(const Tables& tables, uint32_t record, const writ_output* outputs, size_t count, std::vector<OutputColumn>& out, std::string& why);
// `acts` may be null: there are none.
bool read_acts(const writ_acts* acts, Acts& out, std::string& why);
// Parameters of one agreement after another, in pairs of words.
void read_params(const int64_t* words, size_t count, std::vector<value::Value>& out);
writ_value to_c_value(const value::Value& v);
// False for what no function of the interface gives.
bool from_c_value(const writ_value& v, value::Value& out);

}  // namespace writ::evaluate
