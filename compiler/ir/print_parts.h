// Parts of the printed ir, one file each. Private to ir/print.cpp.
#pragma once
#include <string>

#include "ir/agreement.h"

namespace writ::ir {

std::string print_calendar(const Calendar& calendar);
// Defined terms, commitments, benchmarks, credits, rights, what is not modelled.
std::string print_constructs(const Agreement& agreement);
// Mappings of foreign files, and scenarios.
std::string print_facts(const Agreement& agreement);

}  // namespace writ::ir
