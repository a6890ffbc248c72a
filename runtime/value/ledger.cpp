// The ledger of a clock: what it did, row by row.

#include <algorithm>

#include "value/clock.h"
#include "value/pause.h"

namespace writ::value {

std::string_view name(LedgerKind kind) {
  switch (kind) {
    case LedgerKind::open: return "open";
    case LedgerKind::closed: return "closed";
    case LedgerKind::holiday: return "holiday";
    case LedgerKind::paused: return "paused";
    case LedgerKind::outside: return "outside the calendar";
  }
  return "";
}

namespace {

using Rows = std::vector<LedgerRow>;

void put(Rows& rows, Instant from, Instant until, LedgerKind kind) {
  if (from >= until) return;
  if (!rows.empty() && rows.back().kind == kind) {
    rows.back().until = until;
  } else {
    rows.push_back({from, until, kind});
  }
}

void put_running(Rows& rows, Instant from, Instant until, std::span<const Interval> pauses) {
  PauseWalk walk{pauses};
  Interval pause;
  while (walk.next(pause) && pause.from < until) {
    if (pause.until <= from) continue;
    put(rows, from, pause.from, LedgerKind::open);
    Instant paused_until = std::min(pause.until, until);
    put(rows, std::max(from, pause.from), paused_until, LedgerKind::paused);
    from = paused_until;
  }
  put(rows, from, until, LedgerKind::open);
}

void put_closed(Rows& rows, const CalendarTable& table, Instant from, Instant until) {
  while (from < until) {
    auto row = static_cast<size_t>(row_of(table, from));
    Instant end = std::min(until, table.days[row + 1].start);
    put(rows, from, end, table.days[row].closed_by_holiday ? LedgerKind::holiday : LedgerKind::closed);
    from = end;
  }
}

}  // namespace

std::vector<LedgerRow> ledger(const CalendarTable& some, Instant from, Instant until, std::span<const Interval> pauses) {
  Rows rows;
  if (from >= until) return rows;
  const CalendarTable& table = table_of(some, from, until);
  put(rows, from, std::min(until, table.known_from), LedgerKind::outside);
  Instant at = std::max(from, table.known_from), end = std::min(until, table.known_until);
  auto next = std::upper_bound(table.intervals.begin(), table.intervals.end(), at, [](Instant t, const Interval& i) { return t < i.until; });
  for (; at < end && next != table.intervals.end() && next->from < end; ++next) {
    put_closed(rows, table, at, next->from);
    at = std::max(at, next->from);
    Instant close = std::min(end, next->until);
    put_running(rows, at, close, pauses);
    at = close;
  }
  if (at < end) put_closed(rows, table, at, end);
  put(rows, std::max(from, table.known_until), until, LedgerKind::outside);
  return rows;
}

std::vector<LedgerRow> ledger_elapsed(Instant from, Instant until, std::span<const Interval> pauses) {
  Rows rows;
  put_running(rows, from, until, pauses);
  return rows;
}

}  // namespace writ::value
