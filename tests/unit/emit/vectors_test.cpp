// Code for every level of processor works on the widest vectors of that level: its loops are read as assembly.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "emit/emit.h"
#include "plan/plan.h"
#include "unit/plan/source.h"

#if defined(__x86_64__)

namespace writ::emit {
namespace {

// Bytes and 32 bits a row, a column that may be absent, a table, a verdict, a product: what desks have.
const std::string body = R"(
enum Severity { S1, S2, S3 }
enum Plan     { starter, enterprise }
record Ticket since opened {
  severity : Severity
  plan     : Plan
  opened   : instant
  resolved : instant or not yet
  reopened : 0..60
  fee      : money in GBP 49.00..GBP 25,000.00
}
clause 1 "Rules" {
  rule level per Ticket {
    case a : 1 when severity = S1 and plan = enterprise
    case b : 2 when severity = S1 and plan = starter
    case c : 2 when severity = S2 and plan = enterprise
    base 3
  }
  tier of Ticket {
    Tier1 when level = 1
    Tier2 otherwise
  }
  commitment Resolution for Ticket by Desk {
    from opened until resolved
    Tier1 : within 4 hours
    Tier2 : within 20 hours
    excused when reopened > 30
  }
  rule credit per Ticket {
    base GBP 0.00
    case late : rounded(12.50% of fee, 2) when missed Resolution
  }
}
)";

struct Loop {
  std::vector<std::string> instructions;
  size_t with(const std::string& text) const {
    return static_cast<size_t>(
        std::count_if(instructions.begin(), instructions.end(), [&](const std::string& one) { return one.find(text) != std::string::npos; }));
  }
};

// The instructions of a function from the target of its last jump backwards to that jump: its loop over groups.
Loop loop_of(const std::string& assembly, const std::string& function) {
  std::vector<std::string> lines;
  std::istringstream text(assembly);
  bool inside = false;
  for (std::string line; std::getline(text, line);) {
    if (line == function + ":" || line.rfind(function + ": ", 0) == 0 || line.rfind(function + ":\t", 0) == 0) inside = true;
    if (inside && line.rfind(".Lfunc_end", 0) == 0) break;
    if (inside) lines.push_back(line);
  }
  Loop loop;
  for (size_t end = lines.size(); end-- > 0;) {
    const size_t label = lines[end].find(".LBB");
    if (lines[end].rfind("\tj", 0) != 0 || label == std::string::npos) continue;
    const std::string target = lines[end].substr(label) + ":";
    for (size_t start = 0; start < end; ++start) {
      if (lines[start].rfind(target, 0) != 0) continue;
      for (size_t i = start + 1; i < end; ++i) {
        if (lines[i].size() > 1 && lines[i][0] == '\t' && lines[i][1] >= 'a' && lines[i][1] <= 'z') loop.instructions.push_back(lines[i]);
      }
      return loop;
    }
  }
  return loop;
}

// Moves of a register into memory, other than into the frame of the function.
size_t stores(const Loop& loop, const std::string& registers) {
  return static_cast<size_t>(std::count_if(loop.instructions.begin(), loop.instructions.end(), [&](const std::string& one) {
    const size_t from = one.find(registers), to = one.find('(');
    return one.find("mov") < from && from < to && to != std::string::npos && one.find("(%rsp") == std::string::npos;
  }));
}

struct Width {
  const char* level;
  int made;  // the Wanted whose code serves columns
  const char* registers;
  std::vector<const char*> wider;
};

TEST_CASE("the loop over usual rows works on the widest vectors of every level") {
  const ir::Agreement agreement = plan::testing::agreement_of(body);
  ArtefactOptions options;
  options.name = "desk";
  for (const char* name : {"level", "Resolution", "credit"}) options.columns.push_back(plan::testing::definition_index(agreement, name));
  const std::string assembly = print_assembly(plan::make_plan(agreement), options);
  const Width widths[] = {
      {"level4", 1, "%zmm", {}}, {"level3", 1, "%ymm", {"%zmm"}}, {"level2", 1, "%xmm", {"%ymm", "%zmm"}}, {"level1", 2, "%xmm", {"%ymm", "%zmm"}}};
  for (const Width& width : widths) {
    CAPTURE(width.level);
    const Loop loop = loop_of(assembly, std::string(width.level) + "_record0_pass0_form0_facts" + std::to_string(width.made) + "_0");
    REQUIRE(loop.instructions.size() > 20);
    for (const char* wider : width.wider) CHECK(loop.with(wider) == 0);
    // Some instructions handle half of a group where lanes are widened; most handle all of a vector.
    const size_t wide = loop.with(width.registers);
    const size_t all = loop.with("mm");
    CHECK(wide * 3 > all * 2);
    CHECK(loop.with("pcmp") > 0);
    CHECK(stores(loop, width.registers) >= options.columns.size());
    // No row is taken out of a vector or put into one by itself.
    for (const char* one_by_one : {"pinsr", "pextr"}) CHECK(loop.with(one_by_one) == 0);
  }
}

}  // namespace
}  // namespace writ::emit

#endif
