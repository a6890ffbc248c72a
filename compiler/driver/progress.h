// A line on the terminal that says how far a long run is; nothing for one of less than a second.
#pragma once
#include <chrono>
#include <cstdint>

namespace writ::driver {

struct Progress {
  bool on = false;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now(), last = start;
  uint64_t rows = 0;
  bool shown = false;
};
void advance(Progress& progress, uint64_t rows);
void clear(const Progress& progress);

}  // namespace writ::driver
