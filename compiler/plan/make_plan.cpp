#include "plan/plan.h"

#include <cassert>

#include "evaluate/codes.h"
#include "plan/debug.h"
#include "plan/make_parts.h"

namespace writ::plan {

namespace {

// Fault keys hold a trace point in 24 bits (evaluate::fault_key).
[[maybe_unused]] bool points_fit(const ir::Agreement& agreement) {
  for (const ir::Definition& definition : agreement.definitions) {
    if (definition.point >= evaluate::fault_point_limit) return false;
    for (const ir::Case& one : definition.cases) {
      if (one.point >= evaluate::fault_point_limit) return false;
    }
  }
  return true;
}

// The runtime has its own names for the built-in outcomes; their codes are one language's.
template <class A, class B>
constexpr bool same_code(A a, B b) {
  return static_cast<int>(a) == static_cast<int>(b);
}
static_assert(same_code(ir::CommitmentOutcome::met, evaluate::CommitmentCode::met) &&
              same_code(ir::CommitmentOutcome::missed, evaluate::CommitmentCode::missed) &&
              same_code(ir::CommitmentOutcome::pending, evaluate::CommitmentCode::pending) &&
              same_code(ir::CommitmentOutcome::excused, evaluate::CommitmentCode::excused) &&
              same_code(ir::CommitmentOutcome::out_of_scope, evaluate::CommitmentCode::out_of_scope));
static_assert(same_code(ir::BenchmarkOutcome::met, evaluate::BenchmarkCode::met) && same_code(ir::BenchmarkOutcome::missed, evaluate::BenchmarkCode::missed) &&
              same_code(ir::BenchmarkOutcome::pending, evaluate::BenchmarkCode::pending) &&
              same_code(ir::BenchmarkOutcome::not_measured, evaluate::BenchmarkCode::not_measured));
static_assert(same_code(ir::CreditState::none, evaluate::CreditCode::none) && same_code(ir::CreditState::accrued, evaluate::CreditCode::accrued) &&
              same_code(ir::CreditState::claimable, evaluate::CreditCode::claimable) && same_code(ir::CreditState::claimed, evaluate::CreditCode::claimed) &&
              same_code(ir::CreditState::forfeited, evaluate::CreditCode::forfeited) && same_code(ir::CreditState::settled, evaluate::CreditCode::settled));
static_assert(same_code(ir::RightState::not_arisen, evaluate::RightCode::not_arisen) && same_code(ir::RightState::arisen, evaluate::RightCode::arisen) &&
              same_code(ir::RightState::notice_given, evaluate::RightCode::notice_given) && same_code(ir::RightState::cured, evaluate::RightCode::cured) &&
              same_code(ir::RightState::exercisable, evaluate::RightCode::exercisable) &&
              same_code(ir::RightState::exercised, evaluate::RightCode::exercised) && same_code(ir::RightState::lapsed, evaluate::RightCode::lapsed));

}  // namespace

Plan make_plan(const ir::Agreement& agreement, const source::SourceMap* sources) {
  assert(points_fit(agreement));
  Plan plan;
  PlanContext context{agreement, plan, std::vector<Facts>(agreement.definitions.size()), {}, {}, sources, {}};
  begin_debug(context);
  make_tables(context);
  // Totals first: what records read of them is known by then.
  make_totals(context);
  for (uint32_t pass = 0; pass < plan.tables.passes; ++pass) {
    for (uint32_t record = 0; record < agreement.records.size(); ++record) plan.records.push_back(make_record(context, record, pass));
  }
  if (plan.tables.passes == 1 && sources == nullptr) make_portfolio(context);
  set_param_limits(context);
  return plan;
}

}  // namespace writ::plan
