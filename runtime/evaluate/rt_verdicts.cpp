// Outcomes of commitments and benchmarks over whole values. Each question is only asked when the ones before it leave the answer open.
#include "evaluate/codes.h"
#include "evaluate/rt_values.h"

using namespace writ::value;
using writ::evaluate::BenchmarkCode;
using writ::evaluate::CommitmentCode;
using writ::evaluate::no_index;
using writ::evaluate::number_of;

namespace {

Value code(CommitmentCode c) { return given(static_cast<int>(c)); }
Value code(BenchmarkCode c) { return given(static_cast<int>(c)); }

// True when the value does not answer a question; `out` is then the verdict.
bool unanswered(const Value& v, uint32_t point, Value& out) {
  if (v.state == State::given) return false;
  out = is_absent(v) ? fault(Fault::absent, point) : v;
  return true;
}

Value judge(const Value& applies, const Value& excused, const Value& from, const Value& until, const Value& due, int64_t as_of, bool strict, uint32_t point) {
  Value out;
  if (unanswered(applies, point, out)) return out;
  if (is_false(applies) || due.state == State::none) return code(CommitmentCode::out_of_scope);
  if (unanswered(excused, point, out)) return out;
  if (is_true(excused)) return code(CommitmentCode::excused);
  if (is_absent(from)) return code(CommitmentCode::pending);
  if (unanswered(from, point, out)) return out;
  if (until.state == State::given && until.lo < from.lo) return fault(Fault::order, point);
  if (unanswered(due, point, out)) return out;
  const bool open = is_absent(until);
  if (!open && unanswered(until, point, out)) return out;
  const i128 end = open ? i128{as_of} : until.lo;
  const bool in_time = strict ? end < due.lo : end <= due.lo;
  return code(!in_time ? CommitmentCode::missed : open ? CommitmentCode::pending : CommitmentCode::met);
}

Value judge_benchmark(const Value& passed, const Value& enough, const Value& measured, BenchmarkCode too_few, uint32_t point) {
  Value out;
  if (unanswered(enough, point, out)) return out;
  if (is_false(enough)) return code(too_few);
  if (unanswered(measured, point, out)) return out;
  if (is_false(measured)) return code(BenchmarkCode::not_measured);
  if (unanswered(passed, point, out)) return out;
  return code(is_true(passed) ? BenchmarkCode::met : BenchmarkCode::missed);
}

}  // namespace

WRIT_RT_WHOLE(judge) {
  for (uint64_t i = 0; i < n; ++i) {
    out[i] = judge(operands[0][i], operands[1][i], operands[2][i], operands[3][i], operands[4][i], frame->as_of, operation->strict != 0, operation->point);
  }
}

WRIT_RT_WHOLE(outcome_is) {
  const i128 asked = number_of(*operation);
  // A pending commitment may still become met or missed, and nothing else.
  const bool may_become = asked == static_cast<int>(CommitmentCode::met) || asked == static_cast<int>(CommitmentCode::missed);
  for (uint64_t i = 0; i < n; ++i) {
    const Value& outcome = operands[0][i];
    if (unanswered(outcome, operation->point, out[i])) continue;
    const bool pending = outcome.lo == static_cast<int>(CommitmentCode::pending);
    out[i] = outcome.lo == asked ? truth(true) : pending && may_become ? unknown() : truth(false);
  }
}

WRIT_RT_WHOLE(judge_benchmark) {
  const writ::evaluate::Tables& tables = *frame->tables;
  const int64_t end = operation->index == no_index ? tables.term_end : tables.grids[operation->index].bounds[frame->period + 1];
  const BenchmarkCode too_few = static_cast<BenchmarkCode>(operation->index2);
  for (uint64_t i = 0; i < n; ++i) {
    out[i] = end > frame->as_of ? code(BenchmarkCode::pending) : judge_benchmark(operands[0][i], operands[1][i], operands[2][i], too_few, operation->point);
  }
}
