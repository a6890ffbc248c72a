// Calendars: hours, holidays, business days, zone and years become value::CalendarRules. The numbers in brackets are the rules of
// docs/language/reference/calendars.md.
#include <fmt/format.h>

#include <algorithm>

#include "check/calendars.h"
#include "check/holidays.h"
#include "check/literals.h"
#include "check/zones.h"

namespace writ::check {
namespace {

// Holidays and calendars of all files, by symbol.
struct Made {
  std::vector<HolidaySet> sets;
  std::vector<SymbolId> under_way;  // calendars that are being merged, outermost first
};

struct Years {
  int first = 0, last = 0;
};

const ast::Calendar& node_of(const Context& context, SymbolId id) { return *std::get<const ast::Calendar*>(context.symbols[id].node); }

void read_zone(CalendarReader& reader, value::CalendarRules& rules) {
  rules.zone = reader.context.agreement.zone;
  if (!reader.node.zone.written()) return;
  const value::Zone* zone = find_zone(reader.context, reader.node.zone.text, reader.node.zone.span);
  if (zone != nullptr) {
    rules.zone = *zone;
  } else {
    reader.sound = false;
  }
}

void read_business_days(CalendarReader& reader, value::CalendarRules& rules) {
  rules.day_ends_same_time = reader.node.day_end == ast::Calendar::DayEnd::same_time;
  rules.runs_out_at_next_opening = reader.node.runs_out_at_next_opening;
  rules.business_days_stated = !reader.node.business_days.empty();
  for (const ast::Weekday day : reader.node.business_days)
    rules.business_weekdays = static_cast<uint8_t>(rules.business_weekdays | 1u << static_cast<unsigned>(day));
}

// The holiday sets behind `closed`; their days and sources go into the calendar.
std::vector<const HolidaySet*> read_holidays(CalendarReader& reader, const Made& made, ir::Calendar& calendar) {
  std::vector<const HolidaySet*> sets;
  for (const ast::Name& name : reader.node.closed) {
    const SymbolId id = require_symbol(reader.context, reader.file, name, "holiday set",
                                       [](const Symbol& symbol) { return std::holds_alternative<const ast::Holidays*>(symbol.node); });
    if (!id.valid() || !made.sets[id.index].whole) {
      reader.sound = false;
      continue;
    }
    const HolidaySet& set = made.sets[id.index];
    sets.push_back(&set);
    calendar.rules.holidays.insert(calendar.rules.holidays.end(), set.days.begin(), set.days.end());
    calendar.sources.insert(calendar.sources.end(), set.sources.begin(), set.sources.end());
  }
  std::vector<value::Date>& days = calendar.rules.holidays;
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  const bool says_when_closed = !reader.node.closed.empty() || !reader.node.closed_on.empty() || reader.node.no_holidays || reader.node.merged_with.written();
  if (!says_when_closed && !reader.node.damaged)
    diag::report(reader.context.sink, code::no_holidays_stated, reader.node.name.span, {{"name", reader.node.name.text}})
        .helps.push_back("write `closed england_and_wales` (or another holiday set), or `closed never` if every such day is worked");
  if (reader.node.no_holidays && !reader.node.closed.empty())
    calendar_mistake(reader, code::closed_never_and_on_holidays, reader.node.closed.front().span, {{"name", reader.node.name.text}},
                     "take one of the two lines away");
  return sets;
}

// [CA4] The years that were written; else those for which all holiday sets are right; else five years around the term.
Years years_of(CalendarReader& reader, const std::vector<const HolidaySet*>& sets) {
  const ir::Agreement& agreement = reader.context.agreement;
  constexpr int margin = 5;
  Years years{value::civil_from_days(agreement.effective).year - margin, value::civil_from_days(agreement.end - 1).year + margin};
  if (!sets.empty()) {
    years = {sets.front()->first_year, sets.front()->last_year};
    for (const HolidaySet* set : sets) years = {std::max(years.first, set->first_year), std::min(years.last, set->last_year)};
    if (years.last < years.first)
      calendar_mistake(reader, code::no_common_years, reader.node.closed.front().span, {{"name", reader.node.name.text}},
                       "its holiday sets have no year in common: widen their `years`, or leave one out");
  }
  if (!reader.node.year_first.valid() || !reader.node.year_last.valid()) return years;
  const std::optional<int> first = literal_year(reader.context, reader.file, reader.node.year_first, "the first year of the calendar");
  const std::optional<int> last = literal_year(reader.context, reader.file, reader.node.year_last, "the last year of the calendar");
  if (!first || !last) {
    reader.sound = false;
    return years;
  }
  const Span span = source::cover(span_of(reader.context, reader.file, reader.node.year_first), span_of(reader.context, reader.file, reader.node.year_last));
  if (*last < *first || *last - *first >= 400) {
    calendar_mistake(reader, code::bad_years, span, {{"first", std::to_string(*first)}, {"last", std::to_string(*last)}},
                     "write the earlier year first, and at most 400 years");
    return years;
  }
  if (!sets.empty() && (*first < years.first || *last > years.last))
    calendar_mistake(reader, code::years_beyond_holidays, span, {{"years", fmt::format("{}..{}", years.first, years.last)}},
                     "write years within them: outside nobody has said which days are holidays");
  return {*first, *last};
}

void check_years_of_dates(CalendarReader& reader, const value::CalendarRules& rules) {
  const auto check = [&](const std::vector<ast::DateHours>& rows) {
    for (const ast::DateHours& row : rows)
      for (const ast::ExprId id : row.dates) {
        const auto* written = std::get_if<ast::DateExpr>(&expr_of(reader.context, reader.file, id).node);
        const value::Parsed<value::Date> date = value::parse_date(written == nullptr ? "" : written->text);
        if (date.ok() && (date.value < rules.first || date.value > rules.last))
          diag::report(reader.context.sink, code::idle_date, span_of(reader.context, reader.file, id),
                       {{"date", written->text}, {"first", value::format_date(rules.first)}, {"last", value::format_date(rules.last)}})
              .helps.push_back("write the years for which the calendar is right, `years 2010..2030`, or take the date away");
      }
  };
  check(reader.node.open_on);
  check(reader.node.closed_on);
}

void make_calendar(Context& context, Made& made, SymbolId id);

void merge(CalendarReader& reader, Made& made, ir::Calendar& calendar) {
  const ast::Name& name = reader.node.merged_with;
  const SymbolId other = require_symbol(reader.context, reader.file, name, "calendar",
                                        [](const Symbol& symbol) { return std::holds_alternative<const ast::Calendar*>(symbol.node); });
  if (!other.valid()) {
    reader.sound = false;
    return;
  }
  if (std::find(made.under_way.begin(), made.under_way.end(), other) != made.under_way.end()) {
    calendar_mistake(reader, code::merged_with_itself, name.span, {{"name", reader.node.name.text}}, "merge it with a calendar that stands on its own");
    return;
  }
  make_calendar(reader.context, made, other);
  const ir::CalendarId id = reader.context.symbols[other].calendar;
  if (!id.valid()) {
    reader.sound = false;
    return;
  }
  const ir::Calendar& with = reader.context.agreement.calendars[id];
  std::optional<value::CalendarRules> merged = merge_rules(calendar.rules, with.rules);
  if (!merged) {
    calendar_mistake(reader, code::unmergeable, name.span, {{"name", reader.node.name.text}, {"other", name.text}},
                     "write the common hours out: some of them begin or end in an hour that the clock shows twice, or the two have no date in common");
    return;
  }
  calendar.rules = std::move(*merged);
  calendar.sources.insert(calendar.sources.end(), with.sources.begin(), with.sources.end());
}

void make_calendar(Context& context, Made& made, SymbolId id) {
  if (context.symbols[id].progress == Symbol::Progress::done) return;
  context.symbols[id].progress = Symbol::Progress::lowering;
  made.under_way.push_back(id);
  const ast::Calendar& node = node_of(context, id);
  CalendarReader reader{context, context.symbols[id].file, node};
  ir::Calendar calendar{.name = node.name.text, .span = node.span};
  read_zone(reader, calendar.rules);
  read_hours(reader, calendar.rules);
  read_business_days(reader, calendar.rules);
  if (node.open.empty() && node.open_on.empty() && node.business_days.empty() && !node.damaged)
    calendar_mistake(reader, code::never_open, node.name.span, {{"name", node.name.text}},
                     "write when it is open, `open Mon..Fri 09:00..17:30`, or which its `business days` are");
  const std::vector<const HolidaySet*> sets = read_holidays(reader, made, calendar);
  const Years years = years_of(reader, sets);
  calendar.rules.first = value::days_from_civil(years.first, 1, 1);
  calendar.rules.last = value::days_from_civil(years.last, 12, 31);
  if (reader.sound) check_years_of_dates(reader, calendar.rules);
  if (node.merged_with.written() && reader.sound) merge(reader, made, calendar);
  made.under_way.pop_back();
  context.symbols[id].progress = Symbol::Progress::done;
  // A calendar with a mistake is kept with what could be read, so that nobody misses it; no table is made after errors.
  context.symbols[id].calendar = context.agreement.calendars.add(std::move(calendar));
}

void find_default(Context& context) {
  SymbolId first;
  for (uint32_t i = 0; i < context.symbols.size(); ++i) {
    const auto* node = std::get_if<const ast::Calendar*>(&context.symbols.items[i].node);
    if (node == nullptr || !(*node)->is_default) continue;
    if (first.valid()) {
      diag::report(context.sink, code::two_default_calendars, (*node)->name.span, {{"name", (*node)->name.text}})
          .labels.push_back({node_of(context, first).name.span, "this one is the default already"});
      continue;
    }
    first = {i};
    context.default_calendar = context.symbols[first].calendar;
  }
}

}  // namespace

diag::Diagnostic& calendar_mistake(CalendarReader& reader, const diag::Kind& kind, Span span, std::vector<diag::Argument> arguments, std::string help) {
  reader.sound = false;
  diag::Diagnostic& report = diag::report(reader.context.sink, kind, span, std::move(arguments));
  report.helps.push_back(std::move(help));
  return report;
}

void check_calendars(Context& context) {
  Made made;
  made.sets.resize(context.symbols.size());
  for (uint32_t i = 0; i < context.symbols.size(); ++i)
    if (const auto* node = std::get_if<const ast::Holidays*>(&context.symbols.items[i].node))
      made.sets[i] = check_holidays(context, context.symbols.items[i].file, **node);
  for (uint32_t i = 0; i < context.symbols.size(); ++i)
    if (std::holds_alternative<const ast::Calendar*>(context.symbols.items[i].node)) make_calendar(context, made, {i});
  find_default(context);
}

}  // namespace writ::check
