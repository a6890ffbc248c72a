// The parts of make_plan, in the order in which it uses them. Private to this folder.
#pragma once
#include "plan/build_stage.h"

namespace writ::plan {

// Layout of records, closed values, cells, periods and protocols. Grids that nothing uses are left out.
void make_tables(PlanContext& context);
// The stages of values per period and of the agreement, in evaluation order. Sets context.closed as it goes.
void make_totals(PlanContext& context);
// The same for many agreements at once, as far as their values are usual.
void make_portfolio(PlanContext& context);
// The stages of one record type in one pass, in both forms.
RecordStages make_record(PlanContext& context, uint32_t record, uint32_t pass);
// Between which numbers the lean stages take the parameters to lie.
void set_param_limits(PlanContext& context);

}  // namespace writ::plan
