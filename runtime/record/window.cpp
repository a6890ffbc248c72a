#include "record/window.h"

#include <algorithm>
#include <cstring>

namespace writ::record {

Window open_window(const FactFile& file) {
  Window window;
  window.source = open_bytes(file);
  constexpr uint64_t usual = 256 << 10;
  window.bytes.resize(static_cast<size_t>(file.size == 0 ? usual : std::clamp<uint64_t>(file.size, 4096, usual)) + window_slack);
  return window;
}

void fill(Window& window) {
  if (window.ended) return;
  size_t room = window.bytes.size() - window_slack;
  if (window.begin > 0) {
    std::memmove(window.bytes.data(), window.bytes.data() + window.begin, window.end - window.begin);
    window.end -= window.begin;
    window.offset += window.begin;
    window.begin = 0;
  }
  if (window.end * 2 > room) {
    room *= 2;
    window.bytes.resize(room + window_slack);
  }
  // To the brim: a long row would otherwise be looked at again for every small piece.
  while (window.end < room && !window.ended) {
    size_t n = window.source->read(window.bytes.data() + window.end, room - window.end);
    window.end += n;
    if (n == 0) window.ended = true;
  }
}

}  // namespace writ::record
