// What every evaluator does, native or interpreted: facts in, totals that merge, results out.
// Laws (held by property tests): combine is associative and commutative with a fresh state as identity; updating with a ++ b
// equals combining the updates of a and of b; equal meaning is equal bytes; so no result depends on how the facts were split.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "record/batch.h"
#include "value/value.h"

namespace writ::evaluate {

struct Inputs {
  int64_t as_of = 0;                 // horizon of observation, microseconds UTC
  std::vector<value::Value> params;  // by parameter, all given
};

// Whether a record takes part. Records that do not are counted and reported, never silently used or dropped.
enum class Admission : uint8_t { admitted, after_horizon, outside_term, undated };

// Every definition of one record type over the rows of a batch, in the agreement's evaluation order.
struct RecordOutputs {
  std::vector<Admission> admission;               // one a row
  std::vector<std::vector<value::Value>> values;  // [definition of this record type, in evaluation order][row]; rows not admitted: absent (none)
  std::vector<std::vector<uint64_t>> held;        // [same][row]: which cases held, as value::holds reads it
};

struct RecordTotals {
  int64_t admitted = 0, after_horizon = 0, outside_term = 0, undated = 0, faulted = 0;
};
struct FaultReport {
  uint32_t record = 0;
  uint64_t row = 0;
  uint32_t point = 0;
  value::Fault fault = value::Fault::none;
};

// One act (claim, notice, payment, exercise), in input order.
struct Act {
  int64_t at = 0;
  uint32_t by = 0;
  uint32_t of = 0;
  bool has_period = false;
  int32_t period_date = 0;
};
struct Acts {
  std::vector<Act> claims, notices, payments, exercises;
};

struct CreditResult {  // of one credit in one period
  value::Value state;  // code of CreditState, or unknown
  bool has_deadline = false;
  int64_t claim_deadline = 0;
  bool claimed = false;
  int64_t claimed_at = 0;
  bool settled = false;
  int64_t settled_at = 0;
};
struct RightResult {
  value::Value state;  // code of RightState, or unknown
  bool arose = false;
  int32_t first_period = 0, last_period = 0;
  int64_t arose_at = 0;
  int64_t misses = 0;  // of the window that decides
  bool noticed = false;
  int64_t noticed_at = 0;
  bool has_cure_end = false;
  int64_t cure_end = 0;
  bool has_exercisable = false;
  int64_t exercisable_from = 0;
  bool has_lapse = false;
  int64_t lapses_at = 0;
  bool exercised = false;
  int64_t exercised_at = 0;
  int64_t ineffective_notices = 0;
};

struct Results {
  std::vector<std::vector<value::Value>> values;   // [definition][period, or one for the agreement]; empty for record grain
  std::vector<std::vector<uint64_t>> held;         // the same shape: which cases held
  std::vector<std::vector<CreditResult>> credits;  // [credit][period]
  std::vector<RightResult> rights;                 // [right]
  std::vector<RecordTotals> records;               // [record type]
  std::vector<int64_t> outside_periods;            // [aggregate]: records whose placing instant lies outside the term
  std::vector<FaultReport> faults;                 // the first 100 by (record, row, point)
};

// The mergeable state of one run. Owned by the engine that made it.
struct Totals {
  virtual ~Totals() = default;
};

struct Engine {
  virtual ~Engine() = default;
  virtual int passes() const = 0;
  virtual std::unique_ptr<Totals> init(const Inputs&) const = 0;
  // Folds a batch into the state for one pass; thread-safe over distinct states. `outputs` may be null.
  virtual void update(Totals&, int pass, const record::Batch&, RecordOutputs* outputs) const = 0;
  virtual void combine(Totals& into, const Totals& from) const = 0;
  // After all batches of a pass: makes the period and agreement values that later passes read.
  virtual void close_pass(Totals&, int pass) const = 0;
  // A fresh state for the next pass that knows the closed values (to hand to other threads), with nothing counted.
  virtual std::unique_ptr<Totals> fork(const Totals&) const = 0;
  virtual std::vector<std::byte> save(const Totals&) const = 0;
  // Null, with a reason in `error`, for bytes of another rule set, another version, or truncated ones.
  virtual std::unique_ptr<Totals> load(std::span<const std::byte>, std::string& error) const = 0;
  virtual Results finish(Totals&, const Acts&) const = 0;
};

}  // namespace writ::evaluate
