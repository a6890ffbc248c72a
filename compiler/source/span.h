// A half-open range of bytes in one source file.
#pragma once
#include <cstdint>

#include "base/ids.h"

namespace writ::source {

using FileId = base::Id<struct FileTag>;

struct Span {
  FileId file;
  uint32_t begin = 0;  // byte offset of the first byte
  uint32_t end = 0;    // one past the last byte

  bool valid() const { return file.valid(); }
  friend bool operator==(const Span&, const Span&) = default;
};

// The smallest span that covers both; they must be of one file. An invalid span is neutral.
inline Span cover(Span a, Span b) {
  if (!a.valid()) return b;
  if (!b.valid()) return a;
  return {a.file, a.begin < b.begin ? a.begin : b.begin, a.end > b.end ? a.end : b.end};
}

}  // namespace writ::source
