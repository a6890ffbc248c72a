#include "real/tables.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace writ::real {
namespace {

std::string trimmed(const std::string& text) {
  const size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> cells_of(const std::string& line, char separator) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (size_t i = 0; i < line.size(); ++i) {
    const bool doubled = quoted && line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"';
    if (line[i] == '"' && !doubled)
      quoted = !quoted;
    else if (line[i] == separator && !quoted)
      cells.emplace_back();
    else
      cells.back() += line[doubled ? i++ : i];
  }
  for (std::string& cell : cells) cell = trimmed(cell);
  return cells;
}

}  // namespace

bool read_table(const std::string& path, Table& out) {
  std::ifstream file(path, std::ios::binary);
  std::string line;
  if (!std::getline(file, line)) return false;
  const char separator = line.find(';') != std::string::npos ? ';' : ',';
  out.name = std::filesystem::path(path).stem().string();
  out.columns = cells_of(line, separator);
  while (std::getline(file, line))
    if (!trimmed(line).empty()) out.rows.push_back(cells_of(line, separator));
  return true;
}

std::optional<size_t> column(const Table& table, const std::string& name) {
  const auto found = std::find(table.columns.begin(), table.columns.end(), name);
  return found == table.columns.end() ? std::nullopt : std::optional<size_t>(found - table.columns.begin());
}

}  // namespace writ::real
