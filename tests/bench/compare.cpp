#include "bench/compare.h"

#include <cstdio>
#include <cstdlib>

namespace writ::bench {

namespace {

std::string place_text(const std::string& what, uint32_t place, int64_t got, int64_t want) {
  return what + " " + std::to_string(place) + " is " + std::to_string(got) + " and should be " + std::to_string(want);
}

}  // namespace

std::string compare_row(const Outcomes& expected, uint32_t row, int64_t tier, int64_t a_missed, int64_t r_missed, int64_t credit) {
  if (tier != expected.tier[row]) return place_text("the tier of row", row, tier, expected.tier[row]);
  if (a_missed != expected.acknowledgement_missed[row]) return place_text("the acknowledgement of row", row, a_missed, expected.acknowledgement_missed[row]);
  if (r_missed != expected.resolution_missed[row]) return place_text("the resolution of row", row, r_missed, expected.resolution_missed[row]);
  if (credit != expected.credit[row]) return place_text("the credit of row", row, credit, expected.credit[row]);
  return {};
}

std::string compare_outcomes(const Outcomes& expected, const Outcomes& got, uint32_t rows) {
  for (uint32_t i = 0; i < rows; ++i) {
    const std::string text = compare_row(expected, i, got.tier[i], got.acknowledgement_missed[i], got.resolution_missed[i], got.credit[i]);
    if (!text.empty()) return text;
  }
  return {};
}

std::string compare_counts(const ir::Agreement& agreement, const evaluate::Results& results, const Outcomes& expected, uint32_t rows) {
  int64_t want[2] = {};
  for (uint32_t i = 0; i < rows; ++i) want[0] += expected.acknowledgement_missed[i], want[1] += expected.resolution_missed[i];
  for (uint32_t c = 0; c < 2; ++c) {
    const value::Value& missed = results.values[agreement.commitments.items[c].counts[1].index][0];
    if (!(missed == value::given(want[c]))) return place_text("the number of misses of commitment", c, static_cast<int64_t>(missed.lo), want[c]);
  }
  return {};
}

std::string compare_months(const ir::Agreement& agreement, const evaluate::Results& results, const Months& expected) {
  const std::vector<value::Value>& missed = results.values[find_definition(agreement, "missed_in_month")];
  const std::vector<value::Value>& owed = results.values[find_definition(agreement, "owed_for_month")];
  for (uint32_t m = 0; m < Months::count; ++m) {
    if (!(missed[m] == value::given(expected.misses[m]))) return place_text("the misses of month", m, static_cast<int64_t>(missed[m].lo), expected.misses[m]);
    if (!(owed[m] == value::given(expected.credit[m]))) return place_text("the credit of month", m, static_cast<int64_t>(owed[m].lo), expected.credit[m]);
  }
  return {};
}

uint32_t find_definition(const ir::Agreement& agreement, const std::string& name) {
  for (uint32_t i = 0; i < agreement.definitions.size(); ++i) {
    if (agreement.definitions.items[i].name == name) return i;
  }
  std::fprintf(stderr, "the agreement has no %s\n", name.c_str());
  std::exit(1);
}

Compared find_compared(const ir::Agreement& agreement) {
  const auto find = [&](const char* name) { return find_definition(agreement, name); };
  return {find("shown_tier"), find("Acknowledgement"), find("Resolution"), find("credit")};
}

}  // namespace writ::bench
