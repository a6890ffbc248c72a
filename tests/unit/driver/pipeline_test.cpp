// What a source and the standard library come to together.
#include "driver/pipeline.h"

#include <doctest/doctest.h>

namespace writ::driver::test {

namespace {

// The help of the one message that the calendar leads to.
std::string help_of(const std::string& lines) {
  Program program;
  load_program_text("desk.writ", R"(agreement "Desk"
between Desk as provider "Desk Ltd"
and Client as customer "Client plc"
effective 2026-01-01
term 12 months
time zone "Europe/London"
)" + lines,
                    program);
  REQUIRE(program.sink.diagnostics.size() == 1);
  REQUIRE(program.sink.diagnostics[0].helps.size() == 1);
  return program.sink.diagnostics[0].helps[0];
}

}  // namespace

TEST_CASE("a holiday set of the standard library that is not used, and a misspelt module") {
  CHECK(help_of("calendar Office {\n open Mon..Fri 09:00..17:00\n closed england_and_wales\n}\n") == "add a line `use std.holidays.england_and_wales`");
  CHECK(help_of("use std.holidays.england_and_wails\n") == "did you mean `use std.holidays.england_and_wales`?");
}

}  // namespace writ::driver::test
