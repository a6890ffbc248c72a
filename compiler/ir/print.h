// The meaning of an agreement as stable text: for `--stop-after ir --print`, golden tests and messages of `verify`.
// Names stand where there are names, so that an unrelated change moves no other line. Definitions come in evaluation order,
// everything else as written.
#pragma once
#include <string>
#include <string_view>

#include "ir/agreement.h"

namespace writ::ir {

std::string print(const Agreement& agreement);

// "instant or not yet", "money GBP", "number 2 in 0.00..5.00": the scale is shown where it is not the plain one.
std::string print_type(const Agreement& agreement, const Type& type);
// "per Ticket", "per month", "per agreement".
std::string print_grain(const Agreement& agreement, const Grain& grain);
// One line: `and(eq(.severity, P1), is_given(.planned))`. Fields begin with a point, `row.` marks those of a history row.
// The grain is that of the reader: a field is known by its place in the record at hand only.
std::string print_expression(const Agreement& agreement, const Grain& grain, ExprId id);
// A constant of a type as a person reads it: "GBP 12.50", "P1", "2026-03-02", "2 business hours".
std::string print_constant(const Agreement& agreement, const Type& type, i128 number);
std::string print_aggregate(const Agreement& agreement, AggregateId id);
// The count of a deadline with its unit: "2 business hours".
std::string print_count(const Agreement& agreement, const Grain& grain, Op op, ExprId count);
// The whole definition: its name, type and grain, its base and its cases.
std::string print_definition(const Agreement& agreement, DefinitionId id);

std::string_view name_of(Op op);
std::string_view name_of(PeriodKind kind);
std::string_view name_of(Aggregate::Fold fold);

}  // namespace writ::ir
