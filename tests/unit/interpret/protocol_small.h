// Small agreements with a credit and a right whose facts are written down directly: the amount of each month, the due instant
// and the outcome of each ticket.
#pragma once
#include "unit/interpret/small.h"

namespace writ::interpret::testing {

struct Protocol {
  Small small;
  ir::FieldIndex due = 0, outcome = 0, amount = 0;
  ir::RightId right;
  ir::CreditId credit;
};

// Tickets have `due`, `outcome` (code of CommitmentOutcome) and `amount` (of the credit, placed by `due`); all may be unknown.
inline Protocol make_protocol(const char* effective = "2026-01-01", const char* end = "2027-01-01") {
  Protocol made;
  made.small = make_small(effective, end);
  Small& small = made.small;
  ir::Agreement& agreement = small.agreement;
  made.due = add_field(small, "due", plain(ir::Kind::instant, ir::Absence::none));
  made.outcome = add_field(small, "outcome", number());
  ir::Type ranged = number();
  ranged.has_range = true;
  ranged.high = 1000;
  made.amount = add_field(small, "amount", ranged);
  agreement.enums[agreement.subject_enum].members = {"Credit", "Right"};

  ir::Commitment commitment;
  commitment.name = "C";
  commitment.record = small.ticket;
  commitment.due = define(small, "C.due", per_ticket(small), plain(ir::Kind::instant, ir::Absence::none), field(small, made.due));
  commitment.outcome = define(small, "C", per_ticket(small), number(), field(small, made.outcome));
  const ir::CommitmentId commitment_id = agreement.commitments.add(commitment);

  ir::Aggregate sum;
  sum.fold = ir::Aggregate::Fold::sum;
  sum.value = field(small, made.amount);
  sum.placed_by = field(small, made.due);
  sum.period = ir::PeriodKind::month;
  const ir::ExprId read = node(small, ir::Op::aggregate, number());
  agreement.exprs[read].aggregate = aggregate(small, sum);
  ir::Credit credit;
  credit.name = "Credit";
  credit.amount = credit.exact = credit.rounded = define(small, "Credit", per_month(), number(), read);
  credit.claim = ir::Credit::Claim{1, 30};
  credit.subject = 0;
  made.credit = agreement.credits.add(credit);

  ir::Right right;
  right.name = "Right";
  right.party = 1;
  right.consecutive = 2;
  right.misses = {commitment_id};
  right.at_least = 3;
  right.each_at_least = 1;
  right.notice = true;
  right.cure_days = 30;
  right.cured_when_no_miss = true;
  right.subject = 1;
  made.right = agreement.rights.add(right);
  return made;
}

inline Row fact(value::Value due, value::Value outcome, value::Value amount = value::given(0)) {
  return {{value::given(0), value::given(at("2026-01-20T00:00")), due, outcome, amount}};
}
inline value::Value code(ir::CommitmentOutcome outcome) { return value::given(static_cast<int>(outcome)); }
inline Row miss(const char* due) { return fact(value::given(at(due)), code(ir::CommitmentOutcome::missed)); }

inline evaluate::Act act(const char* when, uint32_t by, uint32_t of) { return {at(when), by, of, false, 0}; }
inline evaluate::Act act(const char* when, uint32_t by, uint32_t of, const char* period) { return {at(when), by, of, true, day(period)}; }

}  // namespace writ::interpret::testing
