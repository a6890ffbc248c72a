// A number that tells two rule sets apart, so that a state never meets rules that it was not made by.
#include "interpret/tables.h"
#include "ir/print.h"

namespace writ::interpret {

namespace {

// FNV-1a of 64 bits (Fowler, Noll, Vo): guards against mix-ups, not against forgery.
struct Hash {
  uint64_t state = 14695981039346656037ull;

  void byte(uint8_t b) { state = (state ^ b) * 1099511628211ull; }
  void number(int64_t n) {
    for (int i = 0; i < 8; ++i) byte(static_cast<uint8_t>(static_cast<uint64_t>(n) >> (8 * i)));
  }
  void text(const std::string& s) {
    number(static_cast<int64_t>(s.size()));
    for (char c : s) byte(static_cast<uint8_t>(c));
  }
};

void add_day(Hash& hash, const value::RuleDay& day) {
  hash.number(static_cast<int64_t>(day.kind));
  hash.number(day.day);
  hash.number(day.month);
  hash.number(day.week);
  hash.number(day.seconds);
}

// The printed meaning names a zone; what the name stands for comes from the machine's zone files.
void add_zone(Hash& hash, const value::Zone& zone) {
  hash.number(static_cast<int64_t>(zone.transitions.size()));
  for (int64_t instant : zone.transitions) hash.number(instant);
  for (int32_t offset : zone.offsets) hash.number(offset);
  hash.number(zone.rule.present);
  hash.number(zone.rule.has_summer);
  hash.number(zone.rule.standard_offset);
  hash.number(zone.rule.summer_offset);
  add_day(hash, zone.rule.summer_starts);
  add_day(hash, zone.rule.summer_ends);
}

}  // namespace

uint64_t hash_rules(const ir::Agreement& agreement) {
  Hash hash;
  hash.text(ir::print(agreement));
  add_zone(hash, agreement.zone);
  for (const ir::Calendar& calendar : agreement.calendars) add_zone(hash, calendar.rules.zone);
  return hash.state;
}

}  // namespace writ::interpret
