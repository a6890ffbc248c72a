// Parts of the statement for people that an overview of many agreements has as well. Private to render.
#pragma once
#include <string>

#include "render/statement.h"

namespace writ::render {

void print_head(std::string& out, const Statement& statement);
void print_facts(std::string& out, const Statement& statement);
void print_not_modelled(std::string& out, const Statement& statement);
// "Ticket T7: division by zero, in Answer (clause 1)", of one of Results::faults.
std::string fault_text(const Statement& statement, size_t fault);

}  // namespace writ::render
