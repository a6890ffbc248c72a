// What is measured: time of this thread on the processor, so that work of other programs is left out, and memory.
#pragma once
#include <time.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

namespace writ::bench {

inline double seconds_now() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

template <class Work>
double seconds_of(const Work& work) {
  const double start = seconds_now();
  work();
  return seconds_now() - start;
}

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Peak memory of this process in MB. (That of getrusage would count the parent's before exec, too.)
inline double own_peak() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    double kb = 0;
    if (word == "VmHWM:" && status >> kb) return kb / 1024;
  }
  return -1;
}

}  // namespace writ::bench
