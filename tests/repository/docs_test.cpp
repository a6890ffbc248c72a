// The documentation holds together: links lead somewhere, pages can be found, paths that are named exist.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "repository/markdown.h"
#include "repository/tree.h"

namespace writ::repository {

static bool leads_outside(std::string_view target) { return target.starts_with("http://") || target.starts_with("https://") || target.starts_with("mailto:"); }

TEST_CASE("every relative link resolves, to its heading") {
  std::vector<std::string> problems;
  for (const std::string& path : files_below("", {".md"})) {
    const Page page = read_page(read(path));
    if (page.open_fence != 0) problems.push_back(path + ":" + std::to_string(page.open_fence) + ": a block that is never closed");
    for (const Link& link : page.links) {
      if (leads_outside(link.target)) continue;
      const std::string place = path + ":" + std::to_string(link.line) + ": ";
      const size_t hash = link.target.find('#');
      const std::string file = hash == 0 ? path : resolve(path, link.target.substr(0, hash));
      if (file.empty() || !exists(file)) {
        problems.push_back(place + link.target + " leads nowhere");
        continue;
      }
      if (hash == std::string::npos || !file.ends_with(".md")) continue;
      const std::vector<std::string> anchors = read_page(read(file)).anchors;
      if (std::find(anchors.begin(), anchors.end(), link.target.substr(hash + 1)) == anchors.end())
        problems.push_back(place + link.target + " names no heading");
    }
  }
  CHECK_MESSAGE(problems.empty(), joined(problems));
}

TEST_CASE("every page can be reached from README.md") {
  std::set<std::string> reached;
  std::vector<std::string> open = {"README.md"};
  while (!open.empty()) {
    const std::string path = open.back();
    open.pop_back();
    if (!exists(path) || !reached.insert(path).second || !path.ends_with(".md")) continue;
    for (const Link& link : read_page(read(path)).links) {
      if (leads_outside(link.target)) continue;
      const std::string target = resolve(path, link.target.substr(0, link.target.find('#')));
      if (target.empty()) continue;
      open.push_back(target);
      // A link to a folder shows its README.
      if (std::filesystem::is_directory(root() / target)) open.push_back(resolve(target + "/x", "README.md"));
    }
  }
  std::vector<std::string> problems;
  for (const std::string& path : files_below("", {".md"}))
    if (!reached.contains(path)) problems.push_back(path);
  CHECK_MESSAGE(problems.empty(), "no page links to:" << joined(problems));
}

// A path as a page names it in `code`: below a top folder, or as an include line says it. "" when it is no path, or one with a hole in it.
static std::string named_path(std::string_view code) {
  if (code.find_first_of(" *<>{}()$\"'|=;,\\") != std::string_view::npos || code.find("NNNN") != std::string_view::npos ||
      code.find("CODE") != std::string_view::npos)
    return {};
  if (code.find("..") != std::string_view::npos || code.find('/') == std::string_view::npos) return {};
  std::string path(code.substr(0, code.find('#')));
  const size_t colon = path.find(':');
  if (colon != std::string::npos) path.resize(colon);
  for (const char* top : {"grammar/", "compiler/", "runtime/", "stdlib/", "examples/", "tests/", "docs/", ".ci/"})
    if (path.starts_with(top)) return path;
  for (const char* ending : {".h", ".cpp", ".def", ".g4"})
    if (path.ends_with(ending)) return path;
  return {};
}

TEST_CASE("every path that a page names exists") {
  std::vector<std::string> problems;
  for (const std::string& path : files_below("", {".md"})) {
    if (path == "CHANGELOG.md") continue;  // speaks of what was, too
    for (const CodeSpan& span : read_page(read(path)).code_spans) {
      const std::string named = named_path(span.text);
      if (named.empty()) continue;
      bool found = exists(resolve(path, named));
      for (const char* place : {"", "compiler/", "runtime/", "runtime/include/", "stdlib/", "tests/"}) found = found || exists(place + named);
      if (!found) problems.push_back(path + ":" + std::to_string(span.line) + ": `" + span.text + "`");
    }
  }
  CHECK_MESSAGE(problems.empty(), "named, but not there:" << joined(problems));
}

// compiler/README.md is the map: | phase | in | out | door | page |, a row for each folder.
TEST_CASE("the map of the compiler has a row for each folder, and what a row names exists") {
  std::map<std::string, std::string> rows;
  for (const std::string& line : lines_of(read("compiler/README.md"))) {
    if (!line.starts_with("| `")) continue;
    rows[line.substr(3, line.find('`', 3) - 3)] = line;
  }
  std::vector<std::string> problems;
  std::set<std::string> folders;
  for (const std::string& path : files_below("compiler", {".h", ".cpp"})) {
    const size_t start = std::string("compiler/").size();
    folders.insert(path.substr(start, path.find('/', start) - start));
  }
  for (const std::string& folder : folders)
    if (!rows.contains(folder)) problems.push_back("compiler/" + folder + " has no row in compiler/README.md");
  for (const auto& [folder, line] : rows)
    if (!folders.contains(folder)) problems.push_back("compiler/README.md has a row for " + folder + ", which is no folder with sources");
  CHECK_MESSAGE(problems.empty(), joined(problems));
}

TEST_CASE("what the reader of pages finds") {
  const Page page = read_page("# One `code` two\n[a](b.md) `[no](link.md)` [`x`](c.md#d)\n```writ bad\nx [n](o.md)\n```\n  ```\n  y\n  ```\n");
  REQUIRE(page.links.size() == 2);
  CHECK(page.links[1].target == "c.md#d");
  CHECK(page.anchors == std::vector<std::string>{"one-code-two"});
  REQUIRE(page.blocks.size() == 2);
  CHECK(page.blocks[0].info == "writ bad");
  CHECK(page.blocks[0].text == "x [n](o.md)\n");
  CHECK(page.blocks[1].text == "y\n");
  CHECK(page.open_fence == 0);
  CHECK(read_page("```\nx").open_fence == 1);
  CHECK(resolve("docs/x/y.md", "../a.md") == "docs/a.md");
  CHECK(resolve("README.md", "../a.md").empty());
  CHECK(anchor_of("4. Every hard case: one answer") == "4-every-hard-case-one-answer");
  CHECK(named_path("compiler/parse/parse.h") == "compiler/parse/parse.h");
  CHECK(named_path("parse/parse.h:12") == "parse/parse.h");
  CHECK(named_path("docs/diagnostics/CODE.md").empty());
  CHECK(named_path("build/writ").empty());
  CHECK(named_path("house/rules.writ").empty());  // a reader's own module
}

}  // namespace writ::repository
