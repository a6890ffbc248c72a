#include "plan/guard_regions.h"

#include <algorithm>
#include <cassert>
#include <span>

namespace writ::plan {

namespace {

using evaluate::LookUpCase;
using evaluate::LookUpTable;
using evaluate::LookUpTest;
using TestOp = LookUpTest::Op;

constexpr size_t most_boxes = 4096;  // of one guard

// --- Ranges of one subject, in ascending order and apart ----------------------------------------------------------------

using Ranges = std::vector<Range>;

void add_range(Ranges& ranges, i128 low, i128 high) {
  low = std::max<i128>(low, INT64_MIN);
  high = std::min<i128>(high, INT64_MAX);
  if (low <= high) ranges.push_back({static_cast<int64_t>(low), static_cast<int64_t>(high)});
}

Ranges everywhere() { return {{INT64_MIN, INT64_MAX}}; }

Ranges complement(const Ranges& ranges) {
  Ranges out;
  i128 from = INT64_MIN;
  for (const Range& range : ranges) {
    add_range(out, from, i128{range.low} - 1);
    from = i128{range.high} + 1;
  }
  add_range(out, from, INT64_MAX);
  return out;
}

Ranges intersection(const Ranges& a, const Ranges& b) {
  Ranges out;
  for (size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    add_range(out, std::max(a[i].low, b[k].low), std::min(a[i].high, b[k].high));
    if (a[i].high < b[k].high)
      ++i;
    else
      ++k;
  }
  return out;
}

Ranges merged(const Ranges& a, const Ranges& b) { return complement(intersection(complement(a), complement(b))); }

// The numbers of its subject for which a test is true.
Ranges numbers_of(const LookUpTest& test) {
  const i128 unit = value::pow10(test.rescale);
  const i128 down = value::floor_div(test.number, unit);
  const i128 up = value::ceil_div(test.number, unit);
  Ranges out;
  switch (test.op) {
    case TestOp::truth: return complement({{0, 0}});
    case TestOp::is_given: return everywhere();
    case TestOp::eq:
      if (down == up) add_range(out, down, up);
      return out;
    case TestOp::ne:
      if (down == up) add_range(out, down, up);
      return complement(out);
    case TestOp::lt: add_range(out, INT64_MIN, up - 1); return out;
    case TestOp::le: add_range(out, INT64_MIN, down); return out;
    case TestOp::gt: add_range(out, down + 1, INT64_MAX); return out;
    case TestOp::ge: add_range(out, up, INT64_MAX); return out;
    case TestOp::constant:
    case TestOp::not_:
    case TestOp::and_:
    case TestOp::or_: break;
  }
  assert(false);
  return out;
}

std::span<const LookUpTest> tests_of(const LookUpTable& table, const LookUpCase& one) { return std::span(table.tests).subspan(one.first_test, one.tests); }

// --- Boxes --------------------------------------------------------------------------------------------------------------

// Where a part of a guard is true, and where it is false (only worked out for guards that negate something).
struct Region {
  std::vector<Box> yes, no;
};

bool meet(const Box& a, const Box& b, Box& out) {
  for (size_t i = 0; i < most_subjects; ++i) {
    out[i] = {std::max(a[i].low, b[i].low), std::min(a[i].high, b[i].high)};
    if (out[i].low > out[i].high) return false;
  }
  return true;
}

bool product(std::vector<Box>& a, const std::vector<Box>& b) {
  std::vector<Box> out;
  for (const Box& one : a) {
    for (const Box& other : b) {
      Box both;
      if (!meet(one, other, both)) continue;
      if (out.size() == most_boxes) return false;
      out.push_back(both);
    }
  }
  a = std::move(out);
  return true;
}

bool join(std::vector<Box>& a, const std::vector<Box>& b) {
  if (a.size() + b.size() > most_boxes) return false;
  a.insert(a.end(), b.begin(), b.end());
  return true;
}

std::vector<Box> boxes_along(uint32_t subject, const Ranges& ranges) {
  std::vector<Box> out;
  for (const Range& range : ranges) {
    Box box;
    box[subject] = range;
    out.push_back(box);
  }
  return out;
}

bool is_true(const LookUpTest& test) { return test.number != 0; }

}  // namespace

bool boxes_of(const LookUpTable& table, const LookUpCase& one, std::vector<Box>& boxes) {
  const std::span<const LookUpTest> tests = tests_of(table, one);
  const bool negates = std::any_of(tests.begin(), tests.end(), [](const LookUpTest& test) { return test.op == TestOp::not_; });
  std::vector<Region> stack;
  for (const LookUpTest& test : tests) {
    switch (test.op) {
      case TestOp::constant: {
        const std::vector<Box> all{Box{}};
        stack.push_back(is_true(test) ? Region{all, {}} : Region{{}, all});
        break;
      }
      case TestOp::truth:
      case TestOp::is_given:
      case TestOp::eq:
      case TestOp::ne:
      case TestOp::lt:
      case TestOp::le:
      case TestOp::gt:
      case TestOp::ge: {
        const Ranges numbers = numbers_of(test);
        Region region{boxes_along(test.subject, numbers), {}};
        if (negates) region.no = boxes_along(test.subject, complement(numbers));
        stack.push_back(std::move(region));
        break;
      }
      case TestOp::not_: std::swap(stack.back().yes, stack.back().no); break;
      case TestOp::and_:
      case TestOp::or_: {
        const Region right = std::move(stack.back());
        stack.pop_back();
        Region& left = stack.back();
        if (test.op == TestOp::and_) {
          if (!product(left.yes, right.yes) || !join(left.no, right.no)) return false;
        } else {
          if (!join(left.yes, right.yes) || (negates && !product(left.no, right.no))) return false;
        }
        break;
      }
    }
  }
  boxes = std::move(stack.back().yes);
  return true;
}

Possible possible_by(const LookUpTable& table, const LookUpCase& one, uint32_t subject) {
  // Where it is surely true and surely false; `absent`: where the subject is absent.
  struct Sure {
    Ranges yes, no;
    bool absent_yes = false, absent_no = false;
  };
  std::vector<Sure> stack;
  for (const LookUpTest& test : tests_of(table, one)) {
    switch (test.op) {
      case TestOp::constant: stack.push_back(is_true(test) ? Sure{everywhere(), {}, true, false} : Sure{{}, everywhere(), false, true}); break;
      case TestOp::truth:
      case TestOp::is_given:
      case TestOp::eq:
      case TestOp::ne:
      case TestOp::lt:
      case TestOp::le:
      case TestOp::gt:
      case TestOp::ge: {
        Sure sure;
        if (test.subject == subject) {
          sure.yes = numbers_of(test);
          sure.no = complement(sure.yes);
          sure.absent_yes = test.op == TestOp::ne;  // an absent one differs from every number
          sure.absent_no = test.op == TestOp::eq || test.op == TestOp::is_given;
        }
        stack.push_back(std::move(sure));
        break;
      }
      case TestOp::not_:
        std::swap(stack.back().yes, stack.back().no);
        std::swap(stack.back().absent_yes, stack.back().absent_no);
        break;
      case TestOp::and_:
      case TestOp::or_: {
        const Sure right = std::move(stack.back());
        stack.pop_back();
        Sure& left = stack.back();
        if (test.op == TestOp::and_) {
          left = {intersection(left.yes, right.yes), merged(left.no, right.no), left.absent_yes && right.absent_yes, left.absent_no || right.absent_no};
        } else {
          left = {merged(left.yes, right.yes), intersection(left.no, right.no), left.absent_yes || right.absent_yes, left.absent_no && right.absent_no};
        }
        break;
      }
    }
  }
  return {complement(stack.back().no), !stack.back().absent_no};
}

}  // namespace writ::plan
