#include "repository/page_blocks.h"

#include <algorithm>
#include <cctype>

#include "repository/run_writ.h"
#include "repository/tree.h"

namespace writ::repository {

BlockKind kind_of(const Block& block) {
  BlockKind kind;
  for (const std::string& word : words_of(block.info)) {
    if (kind.language.empty())
      kind.language = word;
    else if (word == "bad" || word == "good" || word == "part")
      kind.mark = word;
    else if (word == "bytes")
      kind.bytes = true;
    else if (word.find('.') != std::string::npos)
      kind.file = word.starts_with("file=") ? word.substr(5) : word;
  }
  const bool run = kind.language == "writ" || kind.language == "console" ||
                   ((kind.language == "csv" || kind.language == "json" || kind.language == "ndjson") && !kind.file.empty());
  if (!run) kind = {};
  return kind;
}

std::string with_bytes(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    const bool escape = text.substr(at, 2) == "\\x" && at + 3 < text.size() && std::isxdigit(static_cast<unsigned char>(text[at + 2])) != 0 &&
                        std::isxdigit(static_cast<unsigned char>(text[at + 3])) != 0;
    if (!escape) {
      out += text[at];
      continue;
    }
    out += static_cast<char>(std::stoi(std::string(text.substr(at + 2, 2)), nullptr, 16));
    at += 3;
  }
  return out;
}

static std::vector<std::string> tidy_lines(std::string_view text) {
  std::vector<std::string> lines = lines_of(text);
  for (std::string& line : lines) line.erase(line.find_last_not_of(" \t\r") + 1);
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

bool output_matches(std::string_view shown, std::string_view real) {
  const std::vector<std::string> want = tidy_lines(shown), have = tidy_lines(real);
  // matches[j]: the lines of `want` seen so far can stand for have[0, j).
  std::vector<bool> matches(have.size() + 1, false);
  matches[0] = true;
  for (const std::string& line : want) {
    std::vector<bool> next(have.size() + 1, false);
    bool any = false;
    for (size_t j = 0; j <= have.size(); ++j) {
      any = any || matches[j];
      if (line == "...")
        next[j] = any;
      else if (j > 0)
        next[j] = matches[j - 1] && have[j - 1] == line;
    }
    matches = next;
  }
  return matches[have.size()];
}

// Line for line, whatever the indentation.
static bool stands_in(std::string_view part, std::string_view whole) {
  std::vector<std::string> a, b;
  for (const std::string& line : lines_of(part))
    if (!trimmed(line).empty()) a.emplace_back(trimmed(line));
  for (const std::string& line : lines_of(whole))
    if (!trimmed(line).empty()) b.emplace_back(trimmed(line));
  return !a.empty() && std::search(b.begin(), b.end(), a.begin(), a.end()) != b.end();
}

namespace {

struct Visit {
  const std::string& path;
  const std::string& code;
  Workshop workshop;
  std::string agreement;  // the last agreement written, for facts that follow it
  std::vector<Rewrite>* rewrites = nullptr;
  std::vector<std::string> problems;
};

void complain(Visit& visit, const Block& block, const std::string& what, const RunResult& result) {
  visit.problems.push_back(visit.path + ":" + std::to_string(block.line) + ": " + what + " (exit code " + std::to_string(result.exit_code) + ")\n" +
                           result.output);
}

bool gives(const RunResult& result, const std::string& code) { return result.output.find(code) != std::string::npos; }

void visit_agreement(Visit& visit, const Block& block, const BlockKind& kind) {
  visit.agreement = kind.file.empty() ? "agreement.writ" : kind.file;
  put(visit.workshop, visit.agreement, kind.bytes ? with_bytes(block.text) : block.text);
  const RunResult checked = run_writ(visit.workshop, "check --format plain " + visit.agreement);
  if (kind.mark == "bad") {
    if (visit.code.empty() && checked.exit_code != 3) complain(visit, block, "is accepted, but marked `bad`", checked);
    if (!visit.code.empty() && !gives(checked, visit.code)) complain(visit, block, "does not give " + visit.code, checked);
    return;
  }
  if (!visit.code.empty() && gives(checked, visit.code)) complain(visit, block, "gives " + visit.code + " though it is mended", checked);
  if (checked.exit_code != 0) {
    complain(visit, block, "is not accepted", checked);
  } else if (block.text.find("scenario \"") != std::string::npos) {
    const RunResult tested = run_writ(visit.workshop, "test " + visit.agreement);
    if (tested.exit_code != 0) complain(visit, block, "has a scenario that does not hold", tested);
  }
}

void visit_facts(Visit& visit, const Block& block, const BlockKind& kind) {
  put(visit.workshop, kind.file, kind.bytes ? with_bytes(block.text) : block.text);
  if (kind.mark.empty()) return;
  // The page of a message about facts: the agreement above reads this file by its own `facts` line.
  const RunResult run = run_writ(visit.workshop, "run --format plain --as-of 2026-12-31T12:00 " + visit.agreement);
  const bool given = gives(run, visit.code);
  if (kind.mark == "bad" && !given) complain(visit, block, "does not give " + visit.code, run);
  if (kind.mark == "good" && given) complain(visit, block, "gives " + visit.code + " though it is mended", run);
}

// `$ writ ...` lines and, below each, what it prints.
void visit_console(Visit& visit, const Block& block, const BlockKind& kind) {
  const std::vector<std::string> lines = lines_of(block.text);
  bool gave = false, right = true;
  std::string real;
  for (size_t i = 0; i < lines.size();) {
    if (!lines[i].starts_with("$ writ ")) {
      complain(visit, block, "has a line that is no `$ writ` command: " + lines[i], {});
      return;
    }
    const std::string arguments = lines[i].substr(7);
    std::string shown;
    for (++i; i < lines.size() && !lines[i].starts_with("$ "); ++i) shown += lines[i] + "\n";
    const RunResult result = run_writ(visit.workshop, arguments);
    real += "$ writ " + arguments + "\n";
    for (const std::string& line : tidy_lines(result.output)) real += line + "\n";
    gave = gave || gives(result, visit.code);
    if (output_matches(shown, result.output)) continue;
    right = false;
    if (visit.rewrites == nullptr) complain(visit, block, "shows something else than `writ " + arguments + "` prints", result);
  }
  const bool elided = std::find(lines.begin(), lines.end(), "...") != lines.end();
  if (!right && visit.rewrites != nullptr && !elided) visit.rewrites->push_back({block.line, real});
  if (visit.code.empty()) return;
  if (kind.mark == "bad" && !gave) complain(visit, block, "does not give " + visit.code, {});
  if (kind.mark == "good" && gave) complain(visit, block, "gives " + visit.code + " though it is mended", {});
}

}  // namespace

std::vector<std::string> page_problems(const std::string& path, const Page& page, const std::string& code, std::vector<Rewrite>* rewrites) {
  Visit visit{path, code, {}, {}, rewrites, {}};
  for (const Block& block : page.blocks) {
    const BlockKind kind = kind_of(block);
    if (kind.mark == "part") {
      const bool found = std::any_of(page.blocks.begin(), page.blocks.end(), [&](const Block& other) {
        return &other != &block && kind_of(other).language == "writ" && kind_of(other).mark != "part" && kind_of(other).mark != "bad" &&
               stands_in(block.text, other.text);
      });
      if (!found) complain(visit, block, "is a part of no whole block of this page", {});
    } else if (kind.language == "writ") {
      visit_agreement(visit, block, kind);
    } else if (kind.language == "console") {
      visit_console(visit, block, kind);
    } else if (!kind.language.empty()) {
      visit_facts(visit, block, kind);
    }
  }
  return visit.problems;
}

std::string rewritten(std::string_view text, const std::vector<Rewrite>& rewrites) {
  const std::vector<std::string> lines = lines_of(text);
  std::string out;
  for (size_t i = 0; i < lines.size(); ++i) {
    out += lines[i] + "\n";
    const auto rewrite = std::find_if(rewrites.begin(), rewrites.end(), [&](const Rewrite& r) { return r.line == static_cast<int>(i) + 1; });
    if (rewrite == rewrites.end()) continue;
    const std::string indent = lines[i].substr(0, lines[i].find('`'));
    for (const std::string& line : lines_of(rewrite->text)) out += line.empty() ? "\n" : indent + line + "\n";
    while (i + 1 < lines.size() && !trimmed(lines[i + 1]).starts_with("```")) ++i;
  }
  return out;
}

}  // namespace writ::repository
