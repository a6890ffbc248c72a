// Unpacks gzip while it is read.
#pragma once
#include <memory>

#include "record/fact_file.h"

namespace writ::record {

// Several gzip members in a row are one text (RFC 1952, 2.2). A file that ends early, whose check sum is wrong or that has other bytes behind
// its last member fails with Problem::damaged_gzip; what was unpacked before is still handed out.
std::unique_ptr<ByteSource> unpack_gzip(std::unique_ptr<ByteSource> packed);

}  // namespace writ::record
