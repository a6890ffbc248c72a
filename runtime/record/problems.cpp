#include "record/problems.h"

#include <cassert>
#include <cstddef>

namespace writ::record {

namespace {

constexpr ProblemKind kinds[] = {
    {"", "none", Gravity::note, ""},
#define WRIT_DIAGNOSTIC(number, name, severity, message) {#number, #name, Gravity::severity, message},
#include "record/diagnostics.def"
#undef WRIT_DIAGNOSTIC
};

// What a file holds goes to terminals and logs: control characters would let it rewrite them.
void append_shown(std::string& out, std::string_view text) {
  constexpr size_t most = 80;
  bool cut = text.size() > most;
  if (cut) {
    size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text = text.substr(0, end);
  }
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7F) {
      out += c;
    } else {
      constexpr char digits[] = "0123456789ABCDEF";
      out += "\\x";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  if (cut) out += "...";
}

}  // namespace

const ProblemKind& kind_of(Problem problem) {
  assert(problem != Problem::none);
  return kinds[static_cast<size_t>(problem)];
}

std::string message_of(const Finding& finding) {
  std::string_view message = kind_of(finding.problem).message;
  std::string out;
  while (!message.empty()) {
    size_t open = message.find('{');
    if (open == std::string_view::npos) open = message.size();
    out += message.substr(0, open);
    message.remove_prefix(open);
    if (message.empty()) break;
    size_t close = message.find('}');
    assert(close != std::string_view::npos);
    std::string_view hole = message.substr(1, close - 1);
    if (hole == "field")
      append_shown(out, finding.field);
    else if (hole == "text")
      append_shown(out, finding.text);
    else if (hole == "detail")
      out += finding.detail;
    else
      assert(false && "a hole that findings do not have");
    message.remove_prefix(close + 1);
  }
  return out;
}

void set_aside(Report& report, Finding finding) {
  if (finding.agreement != nothing) ++report.of_agreements[finding.record][finding.agreement].set_aside;
  RowCounts& counts = (finding.of_history ? report.histories : report.records)[finding.record];
  if (++counts.set_aside <= report.keep) report.set_aside.push_back(std::move(finding));
}

bool refuse_table(Finding& failure, std::string column, std::string why) {
  failure.problem = Problem::unusable_table;
  failure.field = std::move(column);
  failure.detail = std::move(why);
  return false;
}

std::string place_of(const Report& report, const Finding& finding) {
  if (finding.file == nothing) return {};
  std::string out = report.files[finding.file];
  if (finding.line > 0) out += ':' + std::to_string(finding.line);
  if (finding.column > 0) out += ", column " + std::to_string(finding.column);
  if (!finding.column_name.empty()) {
    out += finding.column > 0 ? " (" : ", member `";
    append_shown(out, finding.column_name);
    out += finding.column > 0 ? ")" : "`";
  }
  return out;
}

}  // namespace writ::record
