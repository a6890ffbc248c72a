// A file of facts that can be read from its beginning as often as a run needs it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "record/problems.h"

namespace writ::record {

enum class FileFormat : uint8_t { csv, json_lines };

// Owns a descriptor; closes it.
struct Descriptor {
  int number = -1;
  Descriptor() = default;
  explicit Descriptor(int n) : number(n) {}
  Descriptor(Descriptor&& other) noexcept : number(other.number) { other.number = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
};

struct FactFile {
  std::string name;  // as a person named it; "standard input"
  FileFormat format = FileFormat::csv;
  Descriptor descriptor;
  uint64_t size = 0;  // bytes, when it was opened
  int64_t modified_ns = 0;
  bool spooled = false;  // a private copy: nobody else can change it
};

// csv, csv.gz, ndjson, jsonl and their .gz by the end of the name. False when it says nothing.
bool format_of_name(std::string_view path, FileFormat& format);

// Opens a path, or "-" for standard input. What cannot be read twice (a pipe, a terminal) is copied first into a nameless temporary file
// under TMPDIR or /tmp. On failure the finding says why and the file is not usable.
FactFile open_fact_file(const std::string& path, FileFormat format, Finding& failure);

// The bytes of a file from its beginning, unpacked when they are gzip (told by their first two bytes).
struct ByteSource {
  virtual ~ByteSource() = default;
  // Up to `size` bytes; 0 at the end or after a failure.
  virtual size_t read(char* into, size_t size) = 0;
  Problem failure = Problem::none;
  std::string detail;
};
std::unique_ptr<ByteSource> open_bytes(const FactFile& file);
// Whether the file is still the one that was opened; a run that reads twice must not mix two states.
bool unchanged(const FactFile& file);

}  // namespace writ::record
