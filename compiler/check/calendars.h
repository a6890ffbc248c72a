// Parts of a calendar, one file each. Private to this folder.
#pragma once
#include <optional>
#include <vector>

#include "check/context.h"
#include "value/calendar.h"

namespace writ::check {

// Where the parts of one calendar are read: its file, its tree, and whether a mistake was reported.
struct CalendarReader {
  Context& context;
  uint32_t file;
  const ast::Calendar& node;
  bool sound = true;
};

// A mistake in a calendar; the help says what to write instead.
diag::Diagnostic& calendar_mistake(CalendarReader&, const diag::Kind&, Span, std::vector<diag::Argument>, std::string help);

// calendar_hours.cpp: opening hours as seconds since midnight, reported and left out where they are no hours of a day.
std::vector<value::LocalInterval> read_ranges(CalendarReader&, const std::vector<ast::TimeRange>&);
// The week, special openings, closures and breaks; overlaps are reported.
void read_hours(CalendarReader&, value::CalendarRules&);

// merge_calendars.cpp: open where both are open, a business day where both have one. Nothing when the common hours cannot be said in
// the first one's zone.
std::optional<value::CalendarRules> merge_rules(const value::CalendarRules&, const value::CalendarRules&);

}  // namespace writ::check
