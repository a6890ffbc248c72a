// Pages of the documentation as the rules read them: links, headings, inline code, fenced blocks.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace writ::repository {

struct Link {
  std::string target;  // as written: "a/b.md#part"
  int line = 0;
};

struct Block {
  std::string info;  // what follows the opening fence: "writ bad"
  std::string text;  // with the fence's own indentation taken off
  int line = 0;      // of the opening fence
};

struct CodeSpan {
  std::string text;
  int line = 0;
};

struct Page {
  std::vector<Link> links;
  std::vector<std::string> anchors;  // of headings, in GitHub's form
  std::vector<CodeSpan> code_spans;
  std::vector<Block> blocks;
  int open_fence = 0;  // the line of a fence that is never closed, or 0
};

Page read_page(std::string_view text);

// "What it means" -> "what-it-means"
std::string anchor_of(std::string_view heading);

// Resolves "../a.md" as written in docs/x/y.md to "docs/a.md"; "" when it leads out of the repository.
std::string resolve(std::string_view page, std::string_view target);

}  // namespace writ::repository
