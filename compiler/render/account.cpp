// The account of one commitment: which row applied, how its clock ran, and what would have met it.
#include <fmt/format.h>

#include "render/statement.h"
#include "render/value_text.h"
#include "render/why.h"

namespace writ::render {

namespace {

using value::State;

std::string written(const source::SourceMap& sources, source::Span span) {
  if (!span.valid()) return {};
  std::string text;
  for (const char c : source::text_of(sources, span)) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space)
      text += c;
    else if (!text.ends_with(' '))
      text += ' ';
  }
  while (text.ends_with(' ')) text.pop_back();
  return text;
}

const ir::Commitment::Row* row_that_applies(const ir::Agreement& agreement, const ir::Commitment& commitment, const RecordView& view, std::string& tier) {
  if (!commitment.tier.valid()) return commitment.rows.empty() ? nullptr : &commitment.rows.front();
  const value::Value& v = view.values[commitment.tier.index];
  const ir::Definition& definition = agreement.definitions[commitment.tier];
  if (!value::is_certain(v)) return nullptr;
  tier = agreement.enums[definition.type.enumeration].members[static_cast<size_t>(v.lo)];
  const ir::Commitment::Row* untiered = nullptr;
  for (const ir::Commitment::Row& row : commitment.rows) {
    if (row.tier == tier) return &row;
    if (row.tier.empty()) untiered = &row;
  }
  return untiered;
}

// The amount of a row: a constant, or a parameter's value.
std::optional<int64_t> amount_of(const ir::Agreement& agreement, const RecordView& view, ir::ExprId id) {
  if (!id.valid()) return {};
  const ir::Expr& expr = agreement.exprs[id];
  if (expr.op == ir::Op::constant) return static_cast<int64_t>(expr.number);
  if (expr.op == ir::Op::param && expr.param.index < view.params.size() && value::is_certain(view.params[expr.param.index])) {
    return static_cast<int64_t>(view.params[expr.param.index].lo);
  }
  return {};
}

std::vector<ClockRow> running_rows(const std::vector<value::LedgerRow>& ledger, bool elapsed) {
  std::vector<ClockRow> rows;
  for (const value::LedgerRow& row : ledger) {
    const bool runs = row.kind == value::LedgerKind::open;
    rows.push_back({row.from, row.until, elapsed && runs ? "running" : std::string(value::name(row.kind)), runs ? row.until - row.from : 0});
  }
  return rows;
}

bool paused_at(const std::vector<value::Interval>& pauses, int64_t t) {
  for (const value::Interval& pause : pauses) {
    if (pause.from <= t && t < pause.until) return true;
  }
  return false;
}

// The days after the start's day that have begun by the end; a business day in progress counts.
std::vector<ClockRow> business_day_rows(const value::CalendarTable& table, int64_t start, int64_t end, const std::vector<value::Interval>& pauses) {
  std::vector<ClockRow> rows;
  if (table.day_ends_same_time) {
    const value::Moment moved = value::next_opening(table, start);
    if (moved.known) start = moved.at;
  }
  for (int64_t at = value::row_of(table, start) + 1; at > 0 && at + 1 < static_cast<int64_t>(table.days.size()); ++at) {
    const value::DayRow& day = table.days[static_cast<size_t>(at)];
    if (day.start >= end) break;
    const bool paused = day.is_business && paused_at(pauses, day.close - 1);
    const bool counts = day.is_business && !paused;
    const std::string kind = paused ? "paused" : counts ? "counts" : day.closed_by_holiday ? "holiday" : "closed";
    const int64_t until = table.days[static_cast<size_t>(at) + 1].start;
    if (!rows.empty() && rows.back().kind == kind && kind == "closed")
      rows.back().until = until;
    else
      rows.push_back({day.start, until, kind, counts ? 1 : 0});
  }
  return rows;
}

// An event on the last day that counts, but past its hour, has used one day more than the days begun.
void add_overrun(CommitmentAccount& account) {
  const bool late = value::is_certain(account.outcome) && account.outcome.lo == static_cast<value::i128>(ir::CommitmentOutcome::missed);
  if (!late || !account.in_days || !account.allowed || !account.due || account.used > *account.allowed) return;
  const int64_t missing = *account.allowed + 1 - account.used;
  account.rows.push_back({*account.due, account.end, "past due", missing});
  account.used += missing;
}

void run_clock(const ir::Agreement& agreement, const ir::Commitment::Row& row, const std::vector<value::Interval>& pauses, CommitmentAccount& account) {
  value::CalendarTable table;
  const bool on_calendar = row.calendar.valid() && value::build_calendar(agreement.calendars[row.calendar].rules, table) == value::CalendarError::none;
  if (row.deadline == ir::Op::deadline_open && on_calendar) {
    account.rows = running_rows(value::ledger(table, account.start, account.end, pauses), false);
  } else if (row.deadline == ir::Op::deadline_business_days && on_calendar) {
    account.rows = business_day_rows(table, account.start, account.end, pauses);
    account.in_days = true;
  } else if (row.deadline == ir::Op::deadline_elapsed) {
    account.rows = running_rows(value::ledger_elapsed(account.start, account.end, pauses), true);
  } else {
    const value::Date from = value::date_of(agreement.zone, account.start), until = value::date_of(agreement.zone, account.end);
    if (until > from)
      account.rows.push_back({value::start_of_day(agreement.zone, from + 1), value::start_of_day(agreement.zone, until + 1), "counts", until - from});
    account.in_days = true;
  }
  for (const ClockRow& stretch : account.rows) account.used += stretch.used;
  add_overrun(account);
}

std::string figure(const CommitmentAccount& account, int64_t amount) {
  return account.in_days ? fmt::format("{} {}", amount, amount == 1 ? "day" : "days") : duration_text(amount);
}

void say_verdict(const ir::Agreement& agreement, const source::SourceMap& sources, const ir::Commitment& commitment, CommitmentAccount& account) {
  const ir::Definition& until = agreement.definitions[commitment.until];
  std::string event = until.base ? written(sources, agreement.exprs[*until.base].span) : std::string();
  if (event.empty()) event = "the event";
  const std::string by = account.due ? instant_text(agreement, *account.due) : std::string();
  const std::string limit = commitment.strict ? "before " : "by ";
  switch (static_cast<ir::CommitmentOutcome>(static_cast<int>(account.outcome.lo))) {
    case ir::CommitmentOutcome::met:
      account.reasons.push_back(fmt::format("`{}` at {}, due {}{}: in time", event, instant_text(agreement, account.end), limit, by));
      return;
    case ir::CommitmentOutcome::missed:
      account.reasons.push_back(account.ended ? fmt::format("`{}` at {}, due {}{}: late", event, instant_text(agreement, account.end), limit, by)
                                              : fmt::format("`{}` has not happened, due {}{}: late", event, limit, by));
      account.reasons.push_back(fmt::format("`{}` {}{} would have met it", event, limit, by));
      return;
    case ir::CommitmentOutcome::pending:
      account.reasons.push_back(by.empty() ? "its clock has not started" : fmt::format("`{}` has not happened yet and is due {}{}", event, limit, by));
      return;
    case ir::CommitmentOutcome::excused: account.reasons.push_back("an excuse of the clause holds, so it is not judged"); return;
    case ir::CommitmentOutcome::out_of_scope: account.reasons.push_back("the clause does not cover this record"); return;
  }
}

}  // namespace

CommitmentAccount account_for(const ir::Agreement& agreement, const source::SourceMap& sources, const RecordView& view, ir::CommitmentId id) {
  const ir::Commitment& commitment = agreement.commitments[id];
  CommitmentAccount account;
  account.commitment = id;
  account.outcome = view.values[commitment.outcome.index];
  const value::Value& from = view.values[commitment.from.index];
  const value::Value& until = view.values[commitment.until.index];
  const value::Value& due = view.values[commitment.due.index];
  const ir::Commitment::Row* row = row_that_applies(agreement, commitment, view, account.tier);
  if (row != nullptr) account.row = written(sources, row->span);
  if (value::is_certain(due)) account.due = static_cast<int64_t>(due.lo);
  account.ended = value::is_certain(until);
  const bool judged = value::is_certain(account.outcome) && account.outcome.lo <= static_cast<value::i128>(ir::CommitmentOutcome::pending);
  if (row != nullptr && value::is_certain(from) && (judged || !value::is_certain(account.outcome))) {
    account.start = static_cast<int64_t>(from.lo);
    account.end = account.ended ? static_cast<int64_t>(until.lo) : view.as_of;
    account.has_clock = account.end >= account.start && row->amount.valid();
    account.allowed = amount_of(agreement, view, row->amount);
    if (account.has_clock) run_clock(agreement, *row, view.pauses[id.index], account);
  }
  if (value::is_certain(account.outcome)) {
    say_verdict(agreement, sources, commitment, account);
  } else if (value::is_fault(account.outcome)) {
    account.reasons.push_back("error: " + std::string(value::name(account.outcome.fault)) + definition_at_point(agreement, account.outcome.point));
  } else {
    account.reasons.push_back("what decides it is unknown, or lies outside the years that its calendar knows");
  }
  if (account.has_clock && account.allowed && judged) {
    const int64_t left = *account.allowed - account.used;
    account.reasons.push_back(
        left >= 0 ? fmt::format("used {} of {}", figure(account, account.used), figure(account, *account.allowed))
                  : fmt::format("used {} of {}, {} too many", figure(account, account.used), figure(account, *account.allowed), figure(account, -left)));
  }
  return account;
}

}  // namespace writ::render
