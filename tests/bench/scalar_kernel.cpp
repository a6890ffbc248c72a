#include <algorithm>
#include <chrono>
#include <vector>

#include "bench/business_days.h"
#include "bench/kernels.h"
#include "bench/terms.h"

namespace writ::bench {

namespace {

struct Row {
  uint8_t tier = 0;
  bool acknowledge_late = false, resolve_late = false;
  uint32_t credit = 0;
};

template <class Elapsed>
Row judge(const Rows& rows, uint32_t i, const uint32_t* acknowledge, const uint32_t* resolve, Elapsed elapsed) {
  int tier = listed_tier[rows.severity[i] * 3 + rows.plan[i]];
  if (rows.plan[i] == 2 && rows.reopened[i] >= 2 && tier > 1) --tier;
  if (rows.channel[i] == 5) tier = 0;
  const bool judged = tier != 0 && !rows.client_caused[i] && !rows.force_majeure[i];
  const auto end = [](uint32_t at) { return at == 0 ? static_cast<uint32_t>(as_of_second) : at; };
  Row row;
  row.tier = static_cast<uint8_t>(tier);
  row.acknowledge_late = judged && elapsed(rows.opened[i], end(rows.acknowledged[i])) > acknowledge[tier] * 60;
  row.resolve_late = judged && elapsed(rows.opened[i], end(rows.resolved[i])) > resolve[tier] * 60;
  uint32_t share = (row.acknowledge_late ? acknowledge_share[tier] : 0u) + (row.resolve_late ? resolve_share[tier] : 0u);
  if (share > most_share) share = most_share;
  if (rows.claim_delay[i] > 30) share = 0;
  row.credit = (rows.fee[i] * share + 100) / 200;  // half up
  return row;
}

uint32_t elapsed_seconds(uint32_t from, uint32_t until) { return until - from; }

template <class Elapsed>
void judge_all(const Rows& rows, const uint32_t* acknowledge, const uint32_t* resolve, Elapsed elapsed, Outcomes& out) {
  for (uint32_t i = 0; i < rows.count; ++i) {
    const Row row = judge(rows, i, acknowledge, resolve, elapsed);
    out.tier[i] = row.tier;
    out.acknowledgement_missed[i] = row.acknowledge_late;
    out.resolution_missed[i] = row.resolve_late;
    out.credit[i] = row.credit;
  }
}

}  // namespace

void scalar_kernel(const Rows& rows, Variant variant, Outcomes& out) {
  if (variant != Variant::business) {
    judge_all(rows, acknowledge_minutes, resolve_minutes, elapsed_seconds, out);
    return;
  }
  static const std::vector<uint32_t> days = make_business_days();
  const auto open = [](uint32_t second) { return static_cast<uint32_t>(open_seconds(days.data(), second - static_cast<uint32_t>(first_second))); };
  judge_all(rows, acknowledge_open_minutes, resolve_open_minutes, [&](uint32_t from, uint32_t until) { return open(until) - open(from); }, out);
}

const uint32_t* month_starts() {
  static const std::vector<uint32_t> starts = [] {
    std::vector<uint32_t> all;
    for (int m = 0; m <= Months::count; ++m) {
      const std::chrono::year_month month = std::chrono::year(2024) / std::chrono::January + std::chrono::months(m);
      all.push_back(static_cast<uint32_t>(std::chrono::sys_seconds(std::chrono::sys_days(month / 1)).time_since_epoch().count()));
    }
    return all;
  }();
  return starts.data();
}

void scalar_months(const Rows& rows, Months& out) {
  out = {};
  const uint32_t* starts = month_starts();
  for (uint32_t i = 0; i < rows.count; ++i) {
    const Row row = judge(rows, i, acknowledge_minutes, resolve_minutes, elapsed_seconds);
    const auto month = std::upper_bound(starts, starts + Months::count, rows.opened[i]) - starts - 1;
    out.misses[month] += row.acknowledge_late + row.resolve_late;
    out.credit[month] += row.credit;
  }
}

std::vector<uint32_t> fees_of(const Rows& rows) {
  std::vector<uint32_t> fee(rows.customers);
  for (uint32_t i = 0; i < rows.count; ++i) fee[rows.customer[i]] = rows.fee[i];
  return fee;
}

void finish_customers(const std::vector<uint32_t>& fee, Customers& out) {
  const size_t customers = fee.size();
  for (size_t month = 0; month < Months::count; ++month) {
    for (size_t c = 0; c < customers; ++c) {
      uint32_t& credit = out.credit[month * customers + c];
      credit = std::min(credit, fee[c] * 15 / 100);
      if (month > 0) out.terminable[c] |= out.due_misses[(month - 1) * customers + c] + out.due_misses[month * customers + c] >= 3;
    }
  }
}

void scalar_customers(const Rows& rows, Customers& out) {
  const uint32_t customers = rows.customers;
  out = Customers(customers);
  const uint32_t* starts = month_starts();
  const auto place = [&](uint32_t row, uint32_t second) {
    const auto month = std::upper_bound(starts, starts + Months::count, second) - starts - 1;
    return static_cast<size_t>(month) * customers + rows.customer[row];
  };
  const auto add_due = [&](uint32_t row, uint32_t minutes) {
    const uint32_t due = rows.opened[row] + minutes * 60;
    if (due < starts[Months::count]) out.due_misses[place(row, due)] += 1;
  };
  for (uint32_t i = 0; i < rows.count; ++i) {
    const Row row = judge(rows, i, acknowledge_minutes, resolve_minutes, elapsed_seconds);
    const size_t at = place(i, rows.opened[i]);
    out.misses[at] = static_cast<uint16_t>(out.misses[at] + row.acknowledge_late + row.resolve_late);
    out.credit[at] += row.credit;
    if (row.acknowledge_late) add_due(i, acknowledge_minutes[row.tier]);
    if (row.resolve_late) add_due(i, resolve_minutes[row.tier]);
  }
  finish_customers(fees_of(rows), out);
}

}  // namespace writ::bench
