#include "record/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace writ::record {

namespace {

struct GzipBytes : ByteSource {
  std::unique_ptr<ByteSource> packed;
  std::vector<char> buffer;
  z_stream stream{};
  bool open = false;  // inside a member
  bool input_ended = false;
  bool done = false;

  ~GzipBytes() override { inflateEnd(&stream); }

  size_t fail(Problem problem, std::string why) {
    failure = problem;
    detail = std::move(why);
    done = true;
    return 0;
  }

  void fill() {
    size_t n = packed->read(buffer.data(), buffer.size());
    if (n == 0) input_ended = true;
    stream.next_in = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_in = static_cast<uInt>(n);
  }

  size_t read(char* into, size_t size) override {
    size = std::min<size_t>(size, 1u << 30);
    while (!done && size > 0) {
      if (stream.avail_in == 0 && !input_ended) fill();
      if (packed->failure != Problem::none) return fail(packed->failure, packed->detail);
      if (!open) {
        if (stream.avail_in == 0) {
          done = true;
          return 0;
        }
        // Padding with zeros up to a block is usual on tapes and in some archives; anything else is not ours.
        if (*stream.next_in == 0) {
          ++stream.next_in;
          --stream.avail_in;
          continue;
        }
        inflateReset(&stream);
        open = true;
      }
      stream.next_out = reinterpret_cast<Bytef*>(into);
      stream.avail_out = static_cast<uInt>(size);
      int code = inflate(&stream, Z_NO_FLUSH);
      size_t made = size - stream.avail_out;
      if (code == Z_STREAM_END)
        open = false;
      else if (code != Z_OK && code != Z_BUF_ERROR)
        return made > 0 ? made : fail(Problem::damaged_gzip, reason(code));
      if (made > 0) return made;
      if (open && stream.avail_in == 0 && input_ended) return fail(Problem::damaged_gzip, "it ends in the middle");
    }
    return 0;
  }

  std::string reason(int code) const {
    if (stream.msg) return stream.msg;
    return code == Z_NEED_DICT ? "it needs a dictionary" : "its bytes are no packed data";
  }
};

}  // namespace

std::unique_ptr<ByteSource> unpack_gzip(std::unique_ptr<ByteSource> packed) {
  auto source = std::make_unique<GzipBytes>();
  source->packed = std::move(packed);
  source->buffer.resize(1 << 16);
  // 16: gzip headers only.
  if (inflateInit2(&source->stream, 15 + 16) != Z_OK) source->fail(Problem::cannot_read, "there is no memory to unpack it");
  return source;
}

}  // namespace writ::record
