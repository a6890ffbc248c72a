// What the lowering of several constructs shares. Private to this folder.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "check/context.h"

namespace writ::check {

// The tree of a construct; the symbol must be of that kind (asserted by std::get).
template <class T>
const T& construct(const Context& context, SymbolId id) {
  return *std::get<const T*>(context.symbols[id].node);
}

// "Resolution.due": the name of a part of a construct.
std::string part_name(const Symbol&, std::string_view part);
// Adds a part as a definition of one expression.
ir::DefinitionId add_part(Context&, const Symbol&, std::string_view part, ir::Grain, ir::ExprId body, Span, bool hidden);

// A member of an enum as a constant.
ir::ExprId make_code(Context&, ir::EnumId, int64_t code, Span);
ir::ExprId make_missed(Context&, ir::DefinitionId outcome, Span);  // outcome_is missed, of a commitment or a benchmark

// The party that a name means; `what` is for messages: "who bears the commitment".
std::optional<uint32_t> require_party(Context&, uint32_t file, const ast::Name&);
// `30 days`, `2 weeks`: a count of days that is known when compiling and is at least 1; reports anything else.
std::optional<int64_t> check_days(Context&, uint32_t file, ast::ExprId, std::string_view what);
// The kind of period of a construct; reports `term`. `what`: "a credit".
std::optional<ir::PeriodKind> require_period(Context&, ast::PeriodUnit, Span, std::string_view what);
// Code of a remedy or right in the enum Subject.
uint32_t subject_of(const Context&, const std::string& name);

// The records that an `out of scope` line takes away, as a yes/no per record; invalid when there is none. Made once a record.
ir::DefinitionId out_of_scope_of(Context&, ir::RecordId);

// A symbol that has been lowered, or invalid; cycles and mistakes are reported.
SymbolId require_lowered(Context&, uint32_t file, const ast::Name&, std::string_view what, const std::function<bool(const Symbol&)>& fits);
// A remedy (or right) that a benchmark names; one that this version does not read will do.
void require_remedy(Context&, uint32_t file, const ast::Name&);
bool is_commitment(const Symbol&);
bool is_benchmark(const Symbol&);

}  // namespace writ::check
