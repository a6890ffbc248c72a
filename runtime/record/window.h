// A sliding view of a file: the bytes that are being looked at lie in one piece.
#pragma once
#include <memory>
#include <vector>

#include "record/fact_file.h"

namespace writ::record {

struct Window {
  std::unique_ptr<ByteSource> source;
  std::vector<char> bytes;    // at least `slack` more than can be filled, so that whole vectors may be loaded anywhere
  size_t begin = 0, end = 0;  // what has been read and not yet used
  uint64_t offset = 0;        // of bytes[0], in the file
  bool ended = false;         // nothing more will come: the end, or a failure of the source
};

inline constexpr size_t window_slack = 64;

Window open_window(const FactFile& file);
// Reads more behind `end`; moves or enlarges what is held when there is no room. Sets `ended` when nothing came.
void fill(Window& window);

}  // namespace writ::record
