// Golden files: the source first, then what must come out of it, section by section.
//
//   // one idea in a line
//   rule x = 1 + 2
//   ==== ast ====
//   rule x
//     base: (+ 1 2)
//
// A file that needs several sources has further ones between `==== source NAME ====` lines; the first is called by the file's own name.
// A file called bad_... must fail, and no other may. `--update` (or WRIT_UPDATE=1) rewrites the sections; a person reads the difference.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::support {

struct GoldenPart {
  std::string name;
  std::string text;
};

struct GoldenFile {
  std::string path;  // from the top of the repository
  std::vector<GoldenPart> sources;
  std::vector<GoldenPart> sections;  // as expected
};

// What the test really gives for a file.
struct GoldenResult {
  std::function<std::string(std::string_view section)> section;  // called for each section that the file has
  bool failed = false;                                           // were there errors?
};
using Produce = std::function<GoldenResult(const GoldenFile&)>;

struct GoldenReport {
  int files = 0;
  std::vector<std::string> problems;  // one a file that differs, with expected and real lines
};

// Runs all *.writ files below the folder (from the top of the repository), in the order of their names.
GoldenReport run_golden(const std::string& folder, const Produce& produce, bool update);

GoldenFile read_golden(const std::string& path, std::string_view text);
std::string golden_text(const GoldenFile& file);

// For a `main` with doctest: is `--update` among the arguments, or WRIT_UPDATE set?
bool wants_update(int count, char** arguments);

// The text of a file, and the paths of files with an ending, from the top of the repository.
std::string read_file(const std::string& path);
std::vector<std::string> files_with(const std::string& folder, std::string_view ending);
std::string joined(const std::vector<std::string>& lines);

}  // namespace writ::support
