#include "explain/account.h"

#include "evaluate/codes.h"
#include "explain/described.h"
#include "value/civil.h"
#include "value/clock.h"

namespace writ::explain {

namespace {

using evaluate::CommitmentCode;

// The reader's code made nothing up: an index may still be nowhere.
const value::Value& value_of(const Evaluated& evaluated, uint32_t definition) {
  static const value::Value none = value::none();
  return definition < evaluated.values.size() ? evaluated.values[definition] : none;
}

const CommitmentRow* row_that_applies(const Evaluated& evaluated, const Commitment& commitment) {
  if (commitment.tier == nowhere) return commitment.rows.empty() ? nullptr : &commitment.rows.front();
  const value::Value& v = value_of(evaluated, commitment.tier);
  if (!value::is_certain(v)) return nullptr;
  const std::vector<std::string>& words = evaluated.description->enums[evaluated.description->definitions[commitment.tier].type.enumeration].words;
  if (v.lo < 0 || v.lo >= static_cast<i128>(words.size())) return nullptr;
  const std::string& tier = words[static_cast<size_t>(v.lo)];
  const CommitmentRow* untiered = nullptr;
  for (const CommitmentRow& row : commitment.rows) {
    if (row.tier == tier) return &row;
    if (row.tier.empty()) untiered = &row;
  }
  return untiered;
}

// The amount of a row: a constant, or a parameter's value.
std::optional<int64_t> amount_of(const Evaluated& evaluated, const CommitmentRow& row) {
  switch (row.amount) {
    case Amount::none:
    case Amount::computed: return {};
    case Amount::constant: return static_cast<int64_t>(row.constant);
    case Amount::param: break;
  }
  if (row.param >= evaluated.params.size() || !value::is_certain(evaluated.params[row.param])) return {};
  return static_cast<int64_t>(evaluated.params[row.param].lo);
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

bool is(const value::Value& outcome, CommitmentCode code) { return value::is_certain(outcome) && outcome.lo == static_cast<i128>(code); }

// An event on the last day that counts, but past its hour, has used one day more than the days begun.
void add_overrun(Account& account) {
  const bool late = is(account.outcome, CommitmentCode::missed);
  if (!late || !account.in_days || !account.allowed || !account.due || account.used > *account.allowed) return;
  const int64_t missing = *account.allowed + 1 - account.used;
  account.rows.push_back({*account.due, account.end, "past due", missing});
  account.used += missing;
}

void run_clock(const Evaluated& evaluated, const CommitmentRow& row, const std::vector<value::Interval>& pauses, Account& account) {
  const value::CalendarTable* table = row.calendar < evaluated.calendars.size() ? &evaluated.calendars[row.calendar] : nullptr;
  const value::Zone& zone = *evaluated.zone;
  if (row.clock == Clock::open_time && table != nullptr) {
    account.rows = running_rows(value::ledger(*table, account.start, account.end, pauses), false);
  } else if (row.clock == Clock::business_days && table != nullptr) {
    account.rows = business_day_rows(value::table_of(*table, account.start, account.end), account.start, account.end, pauses);
    account.in_days = true;
  } else if (row.clock == Clock::elapsed) {
    account.rows = running_rows(value::ledger_elapsed(account.start, account.end, pauses), true);
  } else {
    const value::Date from = value::date_of(zone, account.start), until = value::date_of(zone, account.end);
    if (until > from) account.rows.push_back({value::start_of_day(zone, from + 1), value::start_of_day(zone, until + 1), "counts", until - from});
    account.in_days = true;
  }
  for (const ClockRow& stretch : account.rows) account.used += stretch.used;
  add_overrun(account);
}

std::string figure(const Account& account, int64_t amount) {
  return account.in_days ? std::to_string(amount) + (amount == 1 ? " day" : " days") : duration_text(amount);
}

void say_verdict(const Evaluated& evaluated, const Commitment& commitment, Account& account) {
  const std::string event = commitment.event.empty() ? "`the event`" : "`" + commitment.event + "`";
  const std::string by = account.due ? instant_text(*evaluated.zone, *account.due) : std::string();
  const std::string limit = (commitment.strict ? "before " : "by ") + by;
  const auto happened = [&] { return event + " at " + instant_text(*evaluated.zone, account.end) + ", due " + limit; };
  switch (static_cast<CommitmentCode>(static_cast<int>(account.outcome.lo))) {
    case CommitmentCode::met: account.reasons.push_back(happened() + ": in time"); return;
    case CommitmentCode::missed:
      account.reasons.push_back(account.ended ? happened() + ": late" : event + " has not happened, due " + limit + ": late");
      account.reasons.push_back(event + " " + limit + " would have met it");
      return;
    case CommitmentCode::pending:
      account.reasons.push_back(by.empty() ? "its clock has not started" : event + " has not happened yet and is due " + limit);
      return;
    case CommitmentCode::excused: account.reasons.emplace_back("an excuse of the clause holds, so it is not judged"); return;
    case CommitmentCode::out_of_scope: account.reasons.emplace_back("the clause does not cover this record"); return;
  }
}

std::string fault_at(const Description& description, uint32_t point) {
  const At at = at_point(description, point);
  if (at.definition == nullptr) return {};
  const std::string clause = at.definition->clause == nowhere ? std::string() : " (clause " + description.clauses[at.definition->clause].number + ")";
  return ", in " + at.definition->name + clause;
}

}  // namespace

std::string clause_words(const Description& d, uint32_t clause) {
  return clause == nowhere ? std::string() : "clause " + d.clauses[clause].number + " \"" + d.clauses[clause].title + "\"";
}

Account account_for(const Evaluated& evaluated, uint32_t index) {
  const Commitment& commitment = evaluated.description->commitments[index];
  Account account;
  account.commitment = index;
  account.outcome = value_of(evaluated, commitment.outcome);
  const value::Value& from = value_of(evaluated, commitment.from);
  const value::Value& until = value_of(evaluated, commitment.until);
  const value::Value& due = value_of(evaluated, commitment.due);
  const CommitmentRow* row = row_that_applies(evaluated, commitment);
  if (row != nullptr) account.row = row->quote;
  if (value::is_certain(due)) account.due = static_cast<int64_t>(due.lo);
  account.ended = value::is_certain(until);
  const bool judged = value::is_certain(account.outcome) && account.outcome.lo <= static_cast<i128>(CommitmentCode::pending);
  if (row != nullptr && value::is_certain(from) && (judged || !value::is_certain(account.outcome))) {
    account.start = static_cast<int64_t>(from.lo);
    account.end = account.ended ? static_cast<int64_t>(until.lo) : evaluated.as_of;
    account.has_clock = account.end >= account.start && row->amount != Amount::none;
    account.allowed = amount_of(evaluated, *row);
    if (account.has_clock) run_clock(evaluated, *row, evaluated.pauses[index], account);
  }
  if (value::is_certain(account.outcome)) {
    say_verdict(evaluated, commitment, account);
  } else if (value::is_fault(account.outcome)) {
    account.reasons.push_back("error: " + std::string(value::name(account.outcome.fault)) + fault_at(*evaluated.description, account.outcome.point));
  } else {
    account.reasons.emplace_back("what decides it is unknown, or lies outside the years that its calendar knows");
  }
  if (account.has_clock && account.allowed && judged) {
    const int64_t left = *account.allowed - account.used;
    const std::string used = "used " + figure(account, account.used) + " of " + figure(account, *account.allowed);
    account.reasons.push_back(left >= 0 ? used : used + ", " + figure(account, -left) + " too many");
  }
  return account;
}

}  // namespace writ::explain
