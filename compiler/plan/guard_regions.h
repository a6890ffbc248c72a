// Where the guards of a decision table hold, as ranges of its subjects. Private to this folder.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "plan/look_up.h"

namespace writ::plan {

struct Range {
  int64_t low = INT64_MIN, high = INT64_MAX;
};
// A range of each subject: a guard holds where every subject lies in its range.
using Box = std::array<Range, most_subjects>;

// For numbers: the boxes in which the guard of a case holds. They may overlap. False when there are too many.
bool boxes_of(const evaluate::LookUpTable& table, const evaluate::LookUpCase& one, std::vector<Box>& boxes);

// Where the guard of a case may hold, as far as one subject says, whatever the other ones are, also when they are unknown or at fault:
// ranges of the subject in ascending order, and whether it may hold where the subject is absent.
struct Possible {
  std::vector<Range> ranges;
  bool absent = true;
};
Possible possible_by(const evaluate::LookUpTable& table, const evaluate::LookUpCase& one, uint32_t subject);

}  // namespace writ::plan
