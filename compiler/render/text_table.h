// A table of text: the first column to the left, the others to the right. Private to render.
#pragma once
#include <string>
#include <vector>

namespace writ::render {

struct Table {
  std::vector<std::vector<std::string>> rows;
};
void print_table(std::string& out, const Table& table);

}  // namespace writ::render
