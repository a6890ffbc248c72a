// Every case of a refusal: exactly the messages that its remarks state, on the lines on which they stand.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "conformance/case_files.h"
#include "driver/pipeline.h"

namespace writ::conformance {
namespace {

// "refused: C0101" or "warned: C0129", and the line; 0 where the case does not say which.
struct Message {
  std::string what;
  int line = 0;
};

// A remark behind a sentence speaks of its line; one alone on its line speaks of the text, or of the line that it names.
std::vector<Message> stated(const std::string& text) {
  const std::regex form("// ((?:refused|warned): [A-Z][0-9]{4})(, line ([0-9]+))?"), alone("^\\s*//");
  std::vector<Message> list;
  size_t start = 0;
  for (int line = 1; start < text.size(); ++line) {
    const size_t end = std::min(text.find('\n', start), text.size());
    const std::string of_line = text.substr(start, end - start);
    const bool is_alone = std::regex_search(of_line, alone);
    for (std::sregex_iterator found(of_line.begin(), of_line.end(), form), none; found != none; ++found) {
      const int named = (*found)[3].matched ? std::stoi((*found)[3].str()) : 0;
      list.push_back({(*found)[1].str(), is_alone ? named : line});
    }
    start = end + 1;
  }
  return list;
}

// What was reported; line 0 for a mistake in another file than the case.
std::vector<Message> reported(const driver::Program& program) {
  std::vector<Message> list;
  for (const diag::Diagnostic& diagnostic : program.sink.diagnostics) {
    const bool here = diagnostic.span.file == program.files.front().id;
    const int line = here ? source::place_of(program.sources, diagnostic.span.file, diagnostic.span.begin).line : 0;
    list.push_back({fmt::format("{}: {}", diagnostic.kind->severity == diag::Severity::error ? "refused" : "warned", diagnostic.kind->code), line});
  }
  return list;
}

// Takes out what is in both lists; statements with a line choose first.
void match(std::vector<Message>& stated, std::vector<Message>& reported) {
  for (const bool with_line : {true, false}) {
    for (size_t i = stated.size(); i-- > 0;) {
      if ((stated[i].line != 0) != with_line) continue;
      const auto found = std::find_if(reported.begin(), reported.end(),
                                      [&](const Message& each) { return each.what == stated[i].what && (!with_line || each.line == stated[i].line); });
      if (found == reported.end()) continue;
      reported.erase(found);
      stated.erase(stated.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
}

TEST_CASE("every case of a refusal is refused with the codes that it states, and no others") {
  const std::vector<std::filesystem::path> files = case_files().refused;
  CHECK(files.size() > 20);
  for (const std::filesystem::path& file : files) {
    CAPTURE(file.filename().string());
    driver::Program program;
    std::string error;
    REQUIRE_MESSAGE(driver::load_program(file.string(), program, error), error);
    CHECK(program.sink.errors > 0);
    std::vector<Message> wanted = stated(text_of_file(file)), given = reported(program);
    match(wanted, given);
    for (const Message& each : wanted) FAIL_CHECK(fmt::format("line {} is not {}", each.line, each.what));
    for (const Message& each : given) FAIL_CHECK(fmt::format("line {} is {}", each.line, each.what));
  }
}

// The runner itself: what is missing, on another line, of another code or not stated is left over.
TEST_CASE("a refusal that is not as stated is reported") {
  const std::string source =
      "module house.terms\n"
      "// refused: C0002, line 3\n"
      "rule one = 1 + GBP 1.00  // refused: C0101\n"
      "rule two = missing       // refused: C0101\n"
      "rule six = missing\n"
      "// refused: C0001\n";
  driver::Program program;
  driver::load_program_text("runner.writ", source, program);
  std::vector<Message> wanted = stated(source), given = reported(program);
  REQUIRE(wanted.size() == 4);
  REQUIRE(given.size() == 3);
  match(wanted, given);
  REQUIRE(wanted.size() == 2);
  CHECK((wanted[0].what == "refused: C0002" && wanted[0].line == 3));
  CHECK((wanted[1].what == "refused: C0101" && wanted[1].line == 4));
  REQUIRE(given.size() == 1);
  CHECK(given[0].what == "refused: C0001");
}

}  // namespace
}  // namespace writ::conformance
