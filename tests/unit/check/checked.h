// A source text, read and checked, for tests.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "check/check.h"

namespace writ::check_test {

struct Checked {
  source::SourceMap sources;
  std::vector<ast::File> files;
  diag::Sink sink;
  ir::Agreement agreement;
};

struct ModuleText {
  std::string name, text;
};

// Modules of the standard library are found by themselves. Without errors, the promises of the ir are verified on the way.
Checked checked(std::string text, const std::vector<ModuleText>& modules = {});

// A whole agreement around some lines: two parties (Company, Client), the year 2026, GBP, London, a calendar Support without
// holidays, Mon..Fri 09:00..17:30 by default.
std::string agreement(std::string_view lines);
// The same with a record Ticket (severity P1..P3, opened, resolved or not yet, fee : money, score : 0..10 or none) and its history of
// a status (working, waiting); `lines` stand in clause 1.
std::string tickets(std::string_view lines);

// "C0001 C0403", in order of report, warnings too.
std::string codes(const Checked&);
// All messages, for a failing test.
std::string messages(const Checked&);
// The printed definition; "no definition" when there is none.
std::string definition(const Checked&, std::string_view name);

// Whether golden files are to be rewritten.
bool& update();

}  // namespace writ::check_test
