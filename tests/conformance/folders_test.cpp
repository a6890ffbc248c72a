// Every case of files of facts: `writ run` in its folder, on each engine, and what came of it against its expected.txt.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <regex>
#include <sstream>
#include <stdexcept>

#include "conformance/case_files.h"

namespace writ::conformance {
namespace {

namespace fs = std::filesystem;

struct Run {
  std::string arguments;  // behind `writ`, as typed
  std::string expected;
};

// Lines that begin with # are remarks; one that begins with $ is a command, and what must come of it follows.
std::vector<Run> runs_of(const fs::path& file) {
  std::vector<Run> runs;
  std::istringstream lines(text_of_file(file));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line.rfind("$ writ ", 0) == 0) {
      runs.push_back({line.substr(7), {}});
    } else {
      REQUIRE_MESSAGE(!runs.empty(), "a command belongs before " << line);
      runs.back().expected += line + "\n";
    }
  }
  return runs;
}

struct Scratch {
  std::string path;
  Scratch() {
    std::string pattern = (fs::temp_directory_path() / "writ-conformance-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path = pattern;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

std::string without_carriage_returns(std::string text) {
  std::erase(text, '\r');
  return text;
}

// What stands behind `"name": ` in one object of the statement.
std::string member_of(const std::string& object, const std::string& name) {
  std::smatch found;
  return std::regex_search(object, found, std::regex("\"" + name + "\": (?:\"([^\"]*)\"|([^,\n]*))")) ? found[1].str() + found[2].str() : "?";
}

// "Ticket from tickets.csv: 3 rows, 1 set aside, 0 replaced", a line for each entry of "facts". What is nought and unusual is not shown.
std::string facts_of(const std::string& json) {
  const size_t begin = json.find("\"facts\": [\n"), end = json.find("\n  ]", begin);
  if (begin == std::string::npos || end == std::string::npos) return {};
  const std::string list = json.substr(begin, end - begin);
  std::string text;
  for (size_t at = list.find("{"); at != std::string::npos; at = list.find("{", at + 1)) {
    const std::string object = list.substr(at, list.find("}", at) - at);
    text += fmt::format("{} from {}: {} rows, {} set aside, {} replaced", member_of(object, "of"), member_of(object, "file"), member_of(object, "rows"),
                        member_of(object, "set_aside"), member_of(object, "superseded"));
    for (const auto& [name, words] : {std::pair{"outside_term", "outside the term"}, {"after_as_of", "after the as-of"}, {"with_error", "with an error"}}) {
      const std::string number = member_of(object, name);
      if (number != "0" && number != "?") text += fmt::format(", {} {}", number, words);
    }
    text += "\n";
  }
  return text;
}

// "tickets.csv:3: R0001" for every message that names a code of its own, without its wording.
std::string messages_of(const std::string& output) {
  const std::regex form("(?:^(?:note: |error: |warning: )?|\")([^\"]*?[A-Z][0-9]{4}): ");
  std::string text;
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    std::smatch found;
    if (std::regex_search(line, found, form)) text += found[1].str() + "\n";
  }
  return text;
}

// Expectations have no empty lines.
std::string without_empty_lines(std::string text) {
  for (size_t at = text.find("\n\n"); at != std::string::npos; at = text.find("\n\n", at)) text.erase(at, 1);
  return text;
}

// Runs the command in the folder of the case. With `--csv`, and of `why`, what is printed counts; else the counts of rows, the reasons
// and the records.
std::string outcome_of(const fs::path& folder, const std::string& arguments, const std::string& engine) {
  const Scratch scratch;
  const bool printed_counts = arguments.find("--csv") != std::string::npos || arguments.starts_with("why ");
  const std::string records = scratch.path + "/records.csv", output = scratch.path + "/output", errors = scratch.path + "/errors";
  const std::string command = fmt::format("cd '{}' && NO_COLOR=1 '{}' </dev/null {}{} --engine {} >'{}' 2>'{}'", folder.string(), WRIT_EXE, arguments,
                                          printed_counts ? "" : " --format json --records '" + records + "'", engine, output, errors);
  const int status = std::system(command.c_str());
  std::string text = fmt::format("exit {}\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  const std::string printed = text_of_file(output);
  text += printed_counts ? without_empty_lines(without_carriage_returns(printed)) : facts_of(printed) + messages_of(printed);
  text += messages_of(text_of_file(errors));
  if (!printed_counts && printed.find("\"agreement\"") != std::string::npos) text += without_carriage_returns(text_of_file(records));
  return text;
}

TEST_CASE("every case of files of facts comes to what it expects, on every engine") {
  const std::vector<fs::path> folders = case_files().folders;
  CHECK(folders.size() > 20);
  for (const fs::path& folder : folders) {
    CAPTURE(folder.filename().string());
    const std::vector<Run> runs = runs_of(folder / "expected.txt");
    CHECK(!runs.empty());
    for (const Run& run : runs) {
      CAPTURE(run.arguments);
      CHECK(outcome_of(folder, run.arguments, "interpreter") == run.expected);
#ifdef WRIT_NATIVE
      CHECK(outcome_of(folder, run.arguments, "native") == run.expected);
#endif
    }
  }
}

// The runner itself: it sees the exit code, the counts, the codes and the records.
TEST_CASE("a run that comes to something else is seen") {
  const fs::path folder = WRIT_SOURCE_DIR "/tests/conformance/facts_files/FF06_as_many_fields_as_the_header";
  const std::string arguments = "run agreement.writ --as-of 2026-06-01 --facts Ticket=t.csv";
  const std::string right = outcome_of(folder, arguments, "interpreter");
  CHECK(right == runs_of(folder / "expected.txt").at(0).expected);
  CHECK(outcome_of(folder, "run agreement.writ --as-of 2026-06-01 --facts Ticket=", "interpreter") == "exit 0\nR0203\nrecord,key,admission,one\n");
  CHECK(outcome_of(folder, "run agreement.writ --as-of 2026-06-01 --facts Ticket=none.csv", "interpreter") == "exit 4\nR0101\n");
  CHECK(outcome_of(folder, "run agreement.writ --as-of 2026-01-01 --facts Ticket=t.csv", "interpreter") != right);
}

}  // namespace
}  // namespace writ::conformance
