// Parts of verify, one file each. Private to ir/verify.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ir/agreement.h"

namespace writ::ir {

struct Broken {
  const Agreement& agreement;
  std::vector<std::string> promises;
};

void add_broken(Broken& broken, std::string_view rule, std::string_view where, std::string_view what);

// I01, I02: ids and operand counts of every node, operands before the node that reads them. Until it holds nothing else can be asked.
bool verify_shapes(Broken& broken);
// I03, I04: scales, kinds and constants of every node.
void verify_types(Broken& broken);
// I05, I06: what an expression may read where it stands.
void verify_grains(Broken& broken);
// I07, I08: definitions and their cases.
void verify_definitions(Broken& broken);
// I09, I10: order and passes.
void verify_order(Broken& broken);
// I11 to I15: constructs, records, calendars, scenarios, the header.
void verify_constructs(Broken& broken);

}  // namespace writ::ir
