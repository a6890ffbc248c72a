#include "driver/progress.h"

#include <fmt/format.h>

#include <cstdio>

namespace writ::driver {

void advance(Progress& progress, uint64_t rows) {
  progress.rows += rows;
  if (!progress.on) return;
  using namespace std::chrono_literals;
  const auto now = std::chrono::steady_clock::now();
  if (now - progress.start < 1s || now - progress.last < 200ms) return;
  progress.last = now;
  progress.shown = true;
  fmt::print(stderr, "\r{} records ...", progress.rows);
}

void clear(const Progress& progress) {
  if (progress.shown) fmt::print(stderr, "\r{:40}\r", "");
}

}  // namespace writ::driver
