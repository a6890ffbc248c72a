// A credit while it is lowered. Private to lower_credit.cpp and credit_terms.cpp.
#pragma once
#include <string_view>
#include <vector>

#include "check/context.h"

namespace writ::check {

struct CreditLowering {
  Context& context;
  SymbolId id;
  const ast::Remedy& node;
  uint32_t file = 0;
  ir::PeriodKind period = ir::PeriodKind::month;
  std::vector<SymbolId> of;  // what `for missed ...` names
  bool bad_when = false;     // the remedy's own `when` was reported: no term asks again
  ir::Credit made;
  ir::Grain grain() const { return {.of = ir::Grain::Of::period, .period = period}; }
};

Span span_of(const CreditLowering&, ast::ExprId);
// An amount of money that is always there, exact (money, or a quotient of money); reports anything else.
ir::ExprId check_money(CreditLowering&, ast::ExprId, const Scope&, std::string_view what);
// The exact amount of a period, from `sum of`, `largest of`, `first that applies of`, a single term or one amount; invalid or an error
// node after a report. Fills the commitments and benchmarks of the credit.
ir::ExprId lower_terms(CreditLowering&);

}  // namespace writ::check
