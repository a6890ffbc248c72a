// The agreement and the tickets of these tests.
#pragma once
#include "unit/arrow/support.h"

namespace writ::embed::testing {

using arrow::testing::NodePtr;
using arrow::testing::numbers;
using arrow::testing::table;
using arrow::testing::texts;

inline const std::string helpdesk = R"(agreement "Help desk"

between Desk   as provider "Bright Desk Ltd"
and     Garden as customer "Green Garden plc"

effective  2026-01-01
term       12 months
currency   GBP
time zone  "Europe/London"
round      half up, to the minor unit

calendar Office default {
  open Mon..Fri 09:00..17:30
  closed never
}

record Ticket since opened {
  id       : text, key
  opened   : instant
  answered : instant or not yet
}

clause 1 "Answers" {
  commitment Answer for Ticket by Desk {
    from opened until answered
    within 2 business hours
  }
}

clause 2 "Late answers" {
  remedy LateAnswer for missed Answer {
    credit GBP 50.00 for each missed Answer
    cap GBP 200.00 per month
    claimed by Garden within 30 days after month end
  }
}
)";

inline constexpr int64_t tuesday_ten = 1'776'157'200;  // 2026-04-14T10:00+01:00

inline NodePtr tickets() {
  return table(2, texts("id", {"T1", "T2"}), numbers<int64_t>("opened", "tss:UTC", {tuesday_ten, tuesday_ten}),
               numbers<int64_t>("answered", "tss:UTC", {tuesday_ten + 3600, tuesday_ten + 3 * 3600}));
}

}  // namespace writ::embed::testing
