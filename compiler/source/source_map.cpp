#include "source/source_map.h"

#include <algorithm>

namespace writ::source {

FileId add_file(SourceMap& map, std::string name, std::string text) {
  File file{std::move(name), std::move(text), {0}};
  for (uint32_t i = 0; i < file.text.size(); ++i) {
    if (file.text[i] == '\n') file.line_starts.push_back(i + 1);
  }
  return map.files.add(std::move(file));
}

static size_t line_index(const File& file, uint32_t offset) {
  const auto after = std::upper_bound(file.line_starts.begin(), file.line_starts.end(), offset);
  return static_cast<size_t>(after - file.line_starts.begin()) - 1;
}

Place place_of(const SourceMap& map, FileId id, uint32_t offset) {
  const File& file = map.files[id];
  const size_t line = line_index(file, offset);
  int column = 1;
  for (uint32_t i = file.line_starts[line]; i < offset && i < file.text.size(); ++i) {
    const bool continuation = (static_cast<unsigned char>(file.text[i]) & 0xC0) == 0x80;
    if (!continuation) ++column;
  }
  return {static_cast<int>(line) + 1, column};
}

std::string_view text_of(const SourceMap& map, Span span) {
  const std::string& text = map.files[span.file].text;
  const size_t begin = std::min<size_t>(span.begin, text.size());
  const size_t end = std::min<size_t>(span.end, text.size());
  return std::string_view(text).substr(begin, end < begin ? 0 : end - begin);
}

std::string_view line_at(const SourceMap& map, FileId id, uint32_t offset) {
  const File& file = map.files[id];
  const size_t line = line_index(file, offset);
  const uint32_t begin = file.line_starts[line];
  uint32_t end = line + 1 < file.line_starts.size() ? file.line_starts[line + 1] - 1 : static_cast<uint32_t>(file.text.size());
  if (end > begin && file.text[end - 1] == '\r') --end;
  return std::string_view(file.text).substr(begin, end - begin);
}

}  // namespace writ::source
