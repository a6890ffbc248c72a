// How a diagnostic looks: to a person, in a log, to a program.
#include <doctest/doctest.h>

#include "diag/render.h"
#include "unit/parse/reading.h"

namespace writ::parse_test {

static constexpr diag::Kind example{"C0203", "unknown_name", diag::Severity::error, "there is no {kind} called `{name}`"};
static constexpr diag::Kind advice{"L0001", "advice", diag::Severity::warning, "look at this"};

namespace {

struct Report {
  source::SourceMap sources;
  diag::Diagnostic said;
};

source::Span place(const source::SourceMap& sources, source::FileId file, std::string_view text) {
  const auto at = static_cast<uint32_t>(sources.files[file].text.find(text));
  return {file, at, at + static_cast<uint32_t>(text.size())};
}

Report two_places() {
  Report report;
  const source::FileId file = source::add_file(report.sources, "agreement.writ", "rule größe = breite\n// two\n// three\nrule weite = 1\n");
  report.said = {&example, place(report.sources, file, "breite"), {{"kind", "rule"}, {"name", "breite"}}, {}, {}, {}, {}};
  report.said.labels.push_back({place(report.sources, file, "weite"), "this one is near"});
  report.said.notes.emplace_back("names are compared letter by letter");
  report.said.helps.emplace_back("did you mean `weite`?");
  report.said.fixes.push_back({report.said.span, "weite"});
  return report;
}

}  // namespace

TEST_CASE("a person sees excerpt, underline, other places, notes and help") {
  const Report report = two_places();
  CHECK(diag::render_human(report.said, report.sources, false) ==
        "error[C0203]: there is no rule called `breite`\n"
        " --> agreement.writ:1:14\n"
        "  |\n"
        "1 | rule größe = breite\n"
        "  |              ^^^^^^\n"
        "...\n"
        "4 | rule weite = 1\n"
        "  |      ----- this one is near\n"
        "  = note: names are compared letter by letter\n"
        "  = help: did you mean `weite`?\n");
  const std::string coloured = diag::render_human(report.said, report.sources, true);
  CHECK(coloured.starts_with("\033[1;31merror[C0203]\033[0m: "));
}

TEST_CASE("a log has one line and indented ones below it") {
  const Report report = two_places();
  CHECK(diag::render_plain(report.said, report.sources) ==
        "agreement.writ:1:14: error C0203: there is no rule called `breite`\n"
        "  agreement.writ:4:6: this one is near\n"
        "  note: names are compared letter by letter\n"
        "  help: did you mean `weite`?\n"
        "  fix: agreement.writ:1:14: `weite`\n");
}

TEST_CASE("a program gets every part as a field") {
  const Report report = two_places();
  CHECK(diag::render_json(report.said, report.sources) ==
        R"({"code":"C0203","name":"unknown_name","severity":"error","message":"there is no rule called `breite`",)"
        R"("arguments":{"kind":"rule","name":"breite"},)"
        R"("span":{"file":"agreement.writ","line":1,"column":14,"end_line":1,"end_column":20,"begin":15,"end":21},)"
        R"("labels":[{"span":{"file":"agreement.writ","line":4,"column":6,"end_line":4,"end_column":11,"begin":43,"end":48},"text":"this one is near"}],)"
        R"("notes":["names are compared letter by letter"],"helps":["did you mean `weite`?"],)"
        R"("fix":{"span":{"file":"agreement.writ","line":1,"column":14,"end_line":1,"end_column":20,"begin":15,"end":21},"text":"weite"}})");
}

TEST_CASE("tabs, hidden characters, long lines and broken bytes are shown so that the underline stands right") {
  Report report;
  const source::FileId file =
      source::add_file(report.sources, "a.writ", "\trule \u202Ex = \xFF y\n" + std::string(500, 'z') + " here " + std::string(500, 'z') + "\n");
  report.said = {&advice, place(report.sources, file, "y"), {}, {}, {}, {}, {}};
  CHECK(diag::render_human(report.said, report.sources, false) ==
        "warning[L0001]: look at this\n --> a.writ:1:14\n  |\n1 |     rule <U+202E>x = <FF> y\n  |                           ^\n");
  report.said.span = place(report.sources, file, "here");
  const std::string shown = diag::render_human(report.said, report.sources, false);
  CHECK(shown.size() < 500);
  const size_t line = shown.find("2 | "), mark = shown.find("  | ", line);
  CHECK(shown.find("here", line) - line == shown.find("^^^^", mark) - mark);
  CHECK(diag::render_json({&advice, place(report.sources, file, "\xFF"), {}, {}, {{}, "a \xFF"}, {}, {}}, report.sources).find("\xEF\xBF\xBD") !=
        std::string::npos);
}

TEST_CASE("a diagnostic without a place is a line and its help") {
  source::SourceMap sources;
  diag::Diagnostic said{&advice, {}, {}, {}, {}, {"do that"}, {}};
  CHECK(diag::render_human(said, sources, false) == "warning[L0001]: look at this\n  = help: do that\n");
  CHECK(diag::render_plain(said, sources) == "warning L0001: look at this\n  help: do that\n");
  CHECK(diag::render_json(said, sources).find("\"span\":null") != std::string::npos);
}

TEST_CASE("labels in other files follow the file of the mistake") {
  source::SourceMap sources;
  const source::FileId other = source::add_file(sources, "std/cx.writ", "type NPS = 1..2\n");
  const source::FileId file = source::add_file(sources, "a.writ", "x\ny\n");
  diag::Diagnostic said{&advice, {file, 2, 3}, {}, {{{other, 5, 8}, "declared here"}, {{file, 0, 1}, "first"}}, {}, {}, {}};
  CHECK(diag::render_human(said, sources, false) ==
        "warning[L0001]: look at this\n --> a.writ:2:1\n  |\n1 | x\n  | - first\n2 | y\n  | ^\n"
        " ::: std/cx.writ:1:6\n  |\n1 | type NPS = 1..2\n  |      --- declared here\n");
}

}  // namespace writ::parse_test
