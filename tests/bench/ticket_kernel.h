// The terms of elapsed.writ for one ticket at a time, as a service would write them that keeps tickets as structures.
#pragma once
#include <cstdint>
#include <optional>

namespace writ::bench {

struct Ticket {
  int severity = 0, plan = 0, channel = 0;
  int64_t opened = 0;
  std::optional<int64_t> acknowledged, resolved;
  int reopened = 0;
  bool client_caused = false, force_majeure = false;
  int claim_delay = 0;
  int64_t fee = 0;
};

struct Decision {
  int tier = 0;
  bool acknowledgement_missed = false, resolution_missed = false;
  int64_t credit = 0;
};

Decision decide(const Ticket& ticket);

}  // namespace writ::bench
