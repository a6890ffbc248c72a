// The commands: each takes the options, prints, and returns the exit code.
#pragma once
#include "driver/options.h"

namespace writ::driver {

int command_check(const Options& options);    // writ check AGREEMENT
int command_run(const Options& options);      // writ run AGREEMENT: the statement
int command_test(const Options& options);     // writ test AGREEMENT: its scenarios
int command_why(const Options& options);      // writ why AGREEMENT KEY: one record explained
int command_build(const Options& options);    // writ build AGREEMENT: a rule set for programs
int command_explain(const Options& options);  // writ explain CODE: the page of a message

}  // namespace writ::driver
