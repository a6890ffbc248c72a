// Codes of the built-in outcomes and states, in the order of their members in the language. The compiler asserts that its own agree.
#pragma once

namespace writ::evaluate {

enum class CommitmentCode { met, missed, pending, excused, out_of_scope };
enum class BenchmarkCode { met, missed, pending, not_measured };
enum class CreditCode { none, accrued, claimable, claimed, forfeited, settled };
enum class RightCode { not_arisen, arisen, notice_given, cured, exercisable, exercised, lapsed };
enum class PeriodFold { sum, minimum, maximum, count_true };

}  // namespace writ::evaluate
