#include "unit/parse/seeds.h"

#include <sstream>

#include "fuzz/mutate.h"
#include "support/golden.h"

namespace writ::parse_test {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  return lines;
}

// The same lines again, once or often, there or elsewhere: tables, and what looks like them.
std::string repeat_lines(const std::string& text, std::mt19937& random) {
  std::vector<std::string> lines = lines_of(text);
  if (lines.empty()) return text;
  for (size_t times = 1 + random() % 3; times > 0; --times) {
    const size_t begin = random() % lines.size();
    const size_t length = std::min<size_t>(1 + random() % 6, lines.size() - begin);
    const std::vector<std::string> piece(lines.begin() + static_cast<long>(begin), lines.begin() + static_cast<long>(begin + length));
    const size_t to = random() % 4 == 0 ? random() % (lines.size() + 1) : begin;
    for (size_t copies = 1 + random() % 4; copies > 0; --copies) lines.insert(lines.begin() + static_cast<long>(to), piece.begin(), piece.end());
  }
  std::string result;
  for (const std::string& line : lines) result += line;
  return result;
}

}  // namespace

std::vector<std::string> repository_sources() {
  std::vector<std::string> sources;
  // Golden files hold their expectation behind the source.
  for (const std::string& path : support::files_with("", ".writ")) sources.push_back(support::read_golden(path, support::read_file(path)).sources.front().text);
  return sources;
}

void for_each_source(int changed, const std::function<void(const std::string&)>& look) {
  const std::vector<std::string> sources = repository_sources();
  for (const std::string& text : sources) look(text);
  std::mt19937 random(1);
  for (int i = 0; i < changed; ++i) {
    std::string text = sources[random() % sources.size()];
    if (random() % 2 == 0) text = repeat_lines(text, random);
    if (random() % 2 == 0) text = fuzz::change_words(text, sources, random);
    if (random() % 4 == 0) text = fuzz::change_bytes(text, sources, random);
    look(text);
  }
}

}  // namespace writ::parse_test
