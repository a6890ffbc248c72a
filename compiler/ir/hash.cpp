#include "ir/hash.h"

#include "ir/print.h"

namespace writ::ir {

namespace {

// Two hashes of 64 bits (FNV-1a of Fowler, Noll and Vo, from two starts): enough to keep the states of two rule sets apart.
struct Hash {
  uint64_t state[2] = {14695981039346656037ull, 0x9e3779b97f4a7c15ull};
  void add(uint8_t byte) {
    for (uint64_t& s : state) s = (s ^ byte) * 1099511628211ull;
  }
  void add(int64_t number) {
    for (int i = 0; i < 8; ++i) add(static_cast<uint8_t>(static_cast<uint64_t>(number) >> (8 * i)));
  }
  void add(const value::RuleDay& day) {
    for (int64_t n : {int64_t{static_cast<int>(day.kind)}, int64_t{day.day}, int64_t{day.month}, int64_t{day.week}, int64_t{day.seconds}}) add(n);
  }
  // What a zone's name stands for comes from the zone files, so the name alone would not do.
  void add(const value::Zone& zone) {
    for (int64_t n : zone.transitions) add(n);
    for (int32_t n : zone.offsets) add(int64_t{n});
    add(int64_t{zone.rule.present});
    add(int64_t{zone.rule.has_summer});
    add(int64_t{zone.rule.standard_offset});
    add(int64_t{zone.rule.summer_offset});
    add(zone.rule.summer_starts);
    add(zone.rule.summer_ends);
  }
};

}  // namespace

std::array<uint64_t, 2> hash_rules(const Agreement& agreement) {
  Hash hash;
  for (char c : print(agreement)) hash.add(static_cast<uint8_t>(c));
  hash.add(agreement.zone);
  for (const Calendar& calendar : agreement.calendars) hash.add(calendar.rules.zone);
  return {hash.state[0], hash.state[1]};
}

}  // namespace writ::ir
