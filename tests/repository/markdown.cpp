#include "repository/markdown.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "repository/tree.h"

namespace writ::repository {

std::string anchor_of(std::string_view heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '_' || c == '-' || byte >= 0x80)
      anchor += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
    else if (c == ' ')
      anchor += '-';
  }
  return anchor;
}

std::string resolve(std::string_view page, std::string_view target) {
  const std::filesystem::path path = (std::filesystem::path(page).parent_path() / target).lexically_normal();
  const std::string text = path.generic_string();
  return text.starts_with("..") ? std::string() : text;
}

// Takes links and code spans out of one line of text; a link inside a code span is none.
static void read_line(std::string_view line, int number, Page& page) {
  std::string rest;
  for (size_t at = 0; at < line.size();) {
    if (line[at] != '`') {
      rest += line[at++];
      continue;
    }
    size_t ticks = 0;
    while (at + ticks < line.size() && line[at + ticks] == '`') ++ticks;
    const size_t close = line.find(std::string(ticks, '`'), at + ticks);
    if (close == std::string_view::npos) break;
    page.code_spans.push_back({std::string(trimmed(line.substr(at + ticks, close - at - ticks))), number});
    rest += 'c';  // keeps `[`code`](target)` a link
    at = close + ticks;
  }
  for (size_t at = rest.find("]("); at != std::string::npos; at = rest.find("](", at + 2)) {
    const size_t end = rest.find(')', at);
    if (end == std::string::npos) break;
    const std::vector<std::string> words = words_of(std::string_view(rest).substr(at + 2, end - at - 2));
    if (!words.empty()) page.links.push_back({words[0], number});
  }
}

Page read_page(std::string_view text) {
  Page page;
  std::string fence;
  size_t indent = 0;
  int number = 0;
  for (const std::string& line : lines_of(text)) {
    ++number;
    const std::string_view inner = trimmed(line);
    if (!fence.empty()) {
      if (inner == fence) {
        fence.clear();
        page.open_fence = 0;
        continue;
      }
      const size_t blank = std::min(indent, std::min(line.find_first_not_of(' '), line.size()));
      page.blocks.back().text += line.substr(blank) + "\n";
      continue;
    }
    if (inner.starts_with("```") || inner.starts_with("~~~")) {
      const size_t ticks = std::min(inner.find_first_not_of(inner[0]), inner.size());
      fence = std::string(ticks, inner[0]);
      indent = line.find_first_not_of(' ');
      page.open_fence = number;
      page.blocks.push_back({std::string(trimmed(inner.substr(ticks))), "", number});
      continue;
    }
    if (line.starts_with('#')) {
      const size_t start = line.find_first_not_of('#');
      if (start != std::string::npos && line[start] == ' ') page.anchors.push_back(anchor_of(trimmed(std::string_view(line).substr(start))));
    }
    read_line(line, number, page);
  }
  return page;
}

}  // namespace writ::repository
