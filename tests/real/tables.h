// Tables in files: a line of names and lines of cells, with quotes as CSV has them.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace writ::real {

struct Table {
  std::string name;  // of the file, without its folder and its ending
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

// The separator is `;` where the first line holds one, else `,`. Spaces around cells do not count. False for a file that is not there.
bool read_table(const std::string& path, Table& out);
std::optional<size_t> column(const Table& table, const std::string& name);

}  // namespace writ::real
