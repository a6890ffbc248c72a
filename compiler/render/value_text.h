// Values in words: the one place that decides how an amount, an instant, an outcome or a missing value is printed.
#pragma once
#include <string>

#include "ir/agreement.h"
#include "value/value.h"

namespace writ::render {

// For people: `GBP 1,200.00`, `Mon 2026-03-02 11:00`, `the end of Mon 2026-03-02`, `not measured`, `4 to 7` when only bounds are known.
// A ratio that has no short decimal is rounded half up to four digits and marked with `~`.
std::string value_text(const ir::Agreement& agreement, const ir::Type& type, const value::Value& value);

// For machines: exact and without words for units: `1200.00`, ISO 8601 with the offset, the member's name; a ratio as `n/d`;
// bounds as `lo..hi`; absent values as `not yet`, `none`; else `cannot tell` or `error: ...`.
std::string plain_value(const ir::Agreement& agreement, const ir::Type& type, const value::Value& value);

// The type of the members of an enum.
ir::Type enum_type(ir::EnumId enumeration);

std::string instant_text(const ir::Agreement& agreement, int64_t instant);
std::string instant_iso(const ir::Agreement& agreement, int64_t instant);
std::string date_text(int32_t date);                                                               // Mon 2026-03-02
std::string duration_text(int64_t microseconds);                                                   // 2 h 30 min
std::string money_text(const ir::Agreement& agreement, const ir::Type& type, value::i128 scaled);  // GBP 1,200.00
std::string period_text(value::PeriodKind kind, int32_t first_date);                               // 2026-03, 2026 Q1, 2026, from 2026-01-15
// `end of the day` deadlines are kept as the day's last microsecond.
bool is_end_of_day(const ir::Agreement& agreement, int64_t instant);
// The word for a member of a built-in enum: `out of scope`.
std::string words(std::string_view member);

}  // namespace writ::render
