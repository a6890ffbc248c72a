// Facts that are written in the source: in scenarios, in code maps, as constants of a mapping. Private to this folder.
#pragma once
#include <optional>
#include <string>

#include "check/context.h"

namespace writ::check {

struct FactValue {
  value::Value value;
  std::string text;  // of a text field
};

// A value of a field as it is stored; `not yet`, `none` and `unknown` where the field allows them. Reports everything else.
std::optional<FactValue> fact_value(Context&, uint32_t file, ast::ExprId, const ir::Type&, const std::string& what);
// What a field holds that a fact says nothing about: its absence, or unknown. Nothing when it must be given.
std::optional<FactValue> unstated_value(const ir::Type&);
// The record, the defined record type or the act that a name means: `Ticket`, `Claim`. Reports an unknown one; invalid then.
ir::RecordId require_fact_record(Context&, uint32_t file, const ast::Name&);
std::optional<ir::FieldIndex> field_called(const std::vector<ir::Field>&, std::string_view name);
// Reports an unknown field with the nearest one.
void report_no_field(Context&, const std::string& of, const std::vector<ir::Field>&, const ast::Name&);
// A date of the term that lies in the month, quarter or year that begins with this month; of a contract month: the one that begins in it.
value::Date date_in_period(const Context&, ir::PeriodKind, int year, int month);

}  // namespace writ::check
