// What the command line's exit status says. The numbers are part of the interface.
#pragma once

namespace writ::driver {

enum ExitCode : int {
  exit_clean = 0,
  exit_findings = 1,    // a scenario failed, rows were set aside, a record, a figure or a right is in error
  exit_usage = 2,       // the command line itself
  exit_bad_source = 3,  // an agreement with mistakes
  exit_bad_data = 4,    // facts that cannot be read at all
  exit_undecided = 5,   // a question that could not be decided
  exit_our_bug = 70,    // EX_SOFTWARE of sysexits.h
};

}  // namespace writ::driver
