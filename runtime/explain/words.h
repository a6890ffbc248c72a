// Values in words: the one place that decides how an amount, an instant, an outcome or a missing value is printed.
#pragma once
#include <string>
#include <string_view>

#include "explain/description.h"
#include "value/value.h"
#include "value/zone.h"

namespace writ::explain {

// Where words and digits come from.
struct Vocabulary {
  virtual ~Vocabulary() = default;
  virtual const value::Zone& zone() const = 0;
  virtual const Currency& currency(uint32_t index) const = 0;
  // "?" for a code that nothing stands for.
  virtual std::string_view member(uint32_t enumeration, i128 code) const = 0;
  virtual std::string_view text(i128 code) const = 0;
};

// For people: `GBP 1,200.00`, `Mon 2026-03-02 11:00`, `the end of Mon 2026-03-02`, `not measured`, `4 to 7` when only bounds are known.
// A ratio that has no short decimal is rounded half up to four digits and marked with `~`.
std::string in_words(const Vocabulary& vocabulary, const Type& type, const value::Value& v);

// For machines: exact and without words for units: `1200.00`, ISO 8601 with the offset, the member's name; a ratio as `n/d`;
// bounds as `lo..hi`; absent values as `not yet`, `none`; else `cannot tell` or `error: ...`.
std::string exactly(const Vocabulary& vocabulary, const Type& type, const value::Value& v);

std::string instant_text(const value::Zone& zone, int64_t instant);
std::string instant_iso(const value::Zone& zone, int64_t instant);
std::string date_text(int32_t date);                                       // Mon 2026-03-02
std::string duration_text(int64_t microseconds);                           // 2 h 30 min
std::string money_text(const Currency& currency, int scale, i128 scaled);  // GBP 1,200.00
std::string period_text(value::PeriodKind kind, int32_t first_date);       // 2026-03, 2026 Q1, 2026, from 2026-01-15
// `end of the day` deadlines are kept as the day's last microsecond.
bool is_end_of_day(const value::Zone& zone, int64_t instant);
// The word for a member of a built-in enum: `out of scope`.
std::string words(std::string_view member);

}  // namespace writ::explain
