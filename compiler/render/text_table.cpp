#include "render/text_table.h"

#include <algorithm>

namespace writ::render {

namespace {

size_t shown_width(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

void print_table(std::string& out, const Table& table) {
  std::vector<size_t> widths;
  for (const auto& row : table.rows) {
    if (widths.size() < row.size()) widths.resize(row.size());
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], shown_width(row[i]));
  }
  for (const auto& row : table.rows) {
    std::string line = "  ";
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string pad(widths[i] - shown_width(row[i]), ' ');
      line += i == 0 ? row[i] + pad : "  " + pad + row[i];
    }
    while (line.ends_with(' ')) line.pop_back();
    out += line + "\n";
  }
}

}  // namespace writ::render
