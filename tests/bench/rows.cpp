#include "bench/rows.h"

#include <algorithm>
#include <numeric>

#include "bench/terms.h"

namespace writ::bench {

namespace {

// SplitMix64 (Steele, Lea, Flood 2014), from one seed: the same rows on every machine.
struct Chance {
  uint64_t state = 20260102;
  uint64_t next() {
    uint64_t z = (state += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  uint32_t below(uint64_t n) { return static_cast<uint32_t>(next() % n); }
};

struct Customer {
  uint8_t plan = 0;
  uint32_t fee = 0;
};

std::vector<Customer> make_customers(Chance& chance, uint32_t customers) {
  constexpr uint32_t low[3] = {4900, 29900, 200000}, high[3] = {29900, 199900, 2500000};
  std::vector<Customer> all(customers);
  for (Customer& c : all) {
    const uint32_t r = chance.below(10);
    c.plan = r < 5 ? 0 : r < 8 ? 1 : 2;
    c.fee = low[c.plan] + chance.below(high[c.plan] - low[c.plan] + 1);
  }
  return all;
}

// When an event happens: mostly within the target, late for some, later for the poorly served.
uint64_t event(Chance& chance, uint64_t opened, uint32_t minutes, uint32_t late_per_mille, uint32_t late_range, uint32_t usual_low, uint32_t usual_range) {
  const bool late = chance.below(1000) < late_per_mille;
  const uint64_t percent = late ? 100 + chance.below(late_range) : usual_low + chance.below(usual_range);
  return opened + uint64_t{minutes} * 60 * percent / 100 + chance.below(60);
}

Rows room_for(uint32_t count, uint32_t customers) {
  return {count,
          Array<uint8_t>(count),
          Array<uint8_t>(count),
          Array<uint8_t>(count),
          Array<uint8_t>(count),
          Array<uint8_t>(count),
          Array<uint8_t>(count),
          Array<uint8_t>(count),
          Array<uint32_t>(count),
          Array<uint32_t>(count),
          Array<uint32_t>(count),
          Array<uint32_t>(count),
          Array<uint16_t>(count),
          customers};
}

void copy_row(const Rows& from, uint32_t row, Rows& to, uint32_t at) {
  to.severity[at] = from.severity[row];
  to.plan[at] = from.plan[row];
  to.channel[at] = from.channel[row];
  to.reopened[at] = from.reopened[row];
  to.client_caused[at] = from.client_caused[row];
  to.force_majeure[at] = from.force_majeure[row];
  to.claim_delay[at] = from.claim_delay[row];
  to.opened[at] = from.opened[row];
  to.acknowledged[at] = from.acknowledged[row];
  to.resolved[at] = from.resolved[row];
  to.fee[at] = from.fee[row];
  to.customer[at] = from.customer[row];
}

// Groups of 64 read beyond the last row: let them find rows like it there.
void pad(Rows& rows) {
  for (uint32_t i = rows.count; i % 64 != 0; ++i) copy_row(rows, rows.count - 1, rows, i);
}

}  // namespace

Rows make_rows(uint32_t count, uint32_t customers) {
  Chance chance;
  const std::vector<Customer> all = make_customers(chance, customers);
  Rows rows = room_for(count, customers);
  constexpr uint64_t span = end_second - first_second;
  for (uint32_t i = 0; i < count; ++i) {
    const uint32_t c = chance.below(customers);
    rows.customer[i] = static_cast<uint16_t>(c);
    rows.plan[i] = all[c].plan;
    rows.fee[i] = all[c].fee;
    uint32_t r = chance.below(100);
    rows.severity[i] = r < 8 ? 0 : r < 30 ? 1 : r < 70 ? 2 : 3;
    r = chance.below(100);
    rows.channel[i] = static_cast<uint8_t>(r < 5 ? 5 : r % 5);
    rows.opened[i] = static_cast<uint32_t>(first_second + (uint64_t{i} * span + chance.below(span)) / count);
    r = chance.below(100);
    rows.reopened[i] = r < 80 ? 0 : r < 90 ? 1 : r < 95 ? 2 : r < 97 ? 3 : r < 99 ? 4 : 5;
    rows.client_caused[i] = chance.below(100) < 6;
    rows.force_majeure[i] = chance.below(100) < 1;
    rows.claim_delay[i] = static_cast<uint8_t>(chance.below(61));
    const bool poor = c % 4 == 0;
    const int tier = listed_tier[rows.severity[i] * 3 + rows.plan[i]];
    const uint64_t acknowledged = event(chance, rows.opened[i], acknowledge_minutes[tier], poor ? 70 : 12, 900, 5, 90);
    uint64_t resolved = event(chance, rows.opened[i], resolve_minutes[tier], poor ? 50 : 8, 400, 10, 86);
    if (resolved < acknowledged) resolved = acknowledged + chance.below(3600);
    const bool never_acknowledged = chance.below(1000) < (poor ? 20u : 2u);
    const bool never_resolved = chance.below(1000) < (poor ? 40u : 4u);
    const auto seen = [](uint64_t at, bool never) { return never || at > static_cast<uint64_t>(as_of_second) ? 0u : static_cast<uint32_t>(at); };
    rows.acknowledged[i] = seen(acknowledged, never_acknowledged);
    rows.resolved[i] = seen(resolved, never_resolved);
  }
  pad(rows);
  return rows;
}

Rows by_customer(const Rows& rows) {
  std::vector<uint32_t> order(rows.count);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return rows.customer[a] < rows.customer[b]; });
  Rows sorted = room_for(rows.count, rows.customers);
  for (uint32_t i = 0; i < rows.count; ++i) copy_row(rows, order[i], sorted, i);
  pad(sorted);
  return sorted;
}

}  // namespace writ::bench
