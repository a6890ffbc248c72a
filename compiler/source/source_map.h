// Owns the text of every source file of one run; turns spans into lines, columns and excerpts. Reads no files itself.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/store.h"
#include "source/span.h"

namespace writ::source {

struct Place {
  int line = 0;    // from 1
  int column = 0;  // from 1, in code points, as an editor shows it
};

struct File {
  std::string name;  // as a person named it: a path, or "std/holidays/england_and_wales.writ"
  std::string text;  // UTF-8
  std::vector<uint32_t> line_starts;
};

struct SourceMap {
  base::Store<FileTag, File> files;
};

FileId add_file(SourceMap& map, std::string name, std::string text);
Place place_of(const SourceMap& map, FileId file, uint32_t offset);
std::string_view text_of(const SourceMap& map, Span span);
// The whole line that holds the offset, without its line end.
std::string_view line_at(const SourceMap& map, FileId file, uint32_t offset);

}  // namespace writ::source
