#include "support/golden.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace writ::support {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view mark = "==== ";

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

// `==== ast ====`: "ast"; "" when the line is no heading.
std::string heading_of(const std::string& line) {
  if (!line.starts_with(mark) || !line.ends_with(" ====") || line.size() < 2 * mark.size()) return "";
  return line.substr(mark.size(), line.size() - 2 * mark.size());
}

// The first line that differs, with both readings: enough to see what happened, short enough to read.
std::string first_difference(const std::string& expected, const std::string& real) {
  const std::vector<std::string> old_lines = lines_of(expected), new_lines = lines_of(real);
  for (size_t i = 0; i < std::max(old_lines.size(), new_lines.size()); ++i) {
    const std::string old_line = i < old_lines.size() ? old_lines[i] : "(the end)";
    const std::string new_line = i < new_lines.size() ? new_lines[i] : "(the end)";
    if (old_line != new_line) return fmt::format("line {}\n    expected: {}\n    real:     {}", i + 1, old_line, new_line);
  }
  return "in the end of lines only";
}

std::string with_line_end(std::string text) {
  if (!text.empty() && text.back() != '\n') text += '\n';
  return text;
}

}  // namespace

std::string read_file(const std::string& path) {
  std::ifstream in(fs::path(WRIT_SOURCE_DIR) / path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> files_with(const std::string& folder, std::string_view ending) {
  std::vector<std::string> found;
  const fs::path top = WRIT_SOURCE_DIR;
  if (!fs::exists(top / folder)) return found;
  for (auto it = fs::recursive_directory_iterator(top / folder); it != fs::recursive_directory_iterator(); ++it) {
    const std::string name = it->path().filename().string();
    // Build trees and what belongs to nobody's source.
    if (it->is_directory() && (name.starts_with(".") || name == "build" || name.starts_with("build-"))) it.disable_recursion_pending();
    if (it->is_regular_file() && name.ends_with(ending)) found.push_back(fs::relative(it->path(), top).generic_string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

GoldenFile read_golden(const std::string& path, std::string_view text) {
  GoldenFile file{path, {{fs::path(path).filename().string(), ""}}, {}};
  GoldenPart* part = &file.sources.front();
  for (const std::string& line : lines_of(text)) {
    const std::string heading = heading_of(line);
    if (heading.empty()) {
      part->text += line + "\n";
    } else if (heading.starts_with("source ")) {
      part = &file.sources.emplace_back(GoldenPart{heading.substr(7), ""});
    } else {
      part = &file.sections.emplace_back(GoldenPart{heading, ""});
    }
  }
  return file;
}

std::string golden_text(const GoldenFile& file) {
  std::string text = file.sources.front().text;
  for (size_t i = 1; i < file.sources.size(); ++i) text += fmt::format("==== source {} ====\n{}", file.sources[i].name, with_line_end(file.sources[i].text));
  for (const GoldenPart& section : file.sections) text += fmt::format("==== {} ====\n{}", section.name, with_line_end(section.text));
  return text;
}

GoldenReport run_golden(const std::string& folder, const Produce& produce, bool update) {
  GoldenReport report;
  for (const std::string& path : files_with(folder, ".writ")) {
    ++report.files;
    const GoldenFile expected = read_golden(path, read_file(path));
    const GoldenResult result = produce(expected);
    const bool must_fail = fs::path(path).filename().string().starts_with("bad_");
    if (must_fail != result.failed) report.problems.push_back(path + (must_fail ? ": should fail, but does not" : ": fails, though it is not called bad_..."));
    if (expected.sections.empty()) report.problems.push_back(path + ": expects nothing; add a line such as `==== ast ====`");
    GoldenFile real = expected;
    for (GoldenPart& section : real.sections) section.text = with_line_end(result.section(section.name));
    const std::string before = golden_text(expected), after = golden_text(real);
    if (before == after) continue;
    if (update) {
      std::ofstream(fs::path(WRIT_SOURCE_DIR) / path, std::ios::binary) << after;
    } else {
      report.problems.push_back(fmt::format("{}: {}", path, first_difference(before, after)));
    }
  }
  return report;
}

bool wants_update(int count, char** arguments) {
  const bool asked = std::any_of(arguments, arguments + count, [](const char* argument) { return std::string_view(argument) == "--update"; });
  return asked || std::getenv("WRIT_UPDATE") != nullptr;
}

}  // namespace writ::support
